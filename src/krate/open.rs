//! Opening a crate, wherever it is.
use super::distribution::Distribution;
use super::opened::Krate;
use super::upstream::{Options, Upstream};
use super::workspace::{Which, choose, find_top};
use super::{github, published, registry};

/// Finds the crate, downloads it when need be and allowed, and reads what it says.
pub fn open(upstream: &Upstream, opts: &Options<'_>) -> anyhow::Result<Krate> {
    let (dist, which) = match upstream {
        Upstream::Registry { name, version } => (registry::open(name, version.as_deref(), opts)?, None),
        Upstream::Path { dir, package } => {
            let (top, below) = find_top(dir)?;
            let mut dist = Distribution::of_directory(&top)?;
            let chosen = match package {
                Some(package) => choose(&dist, Which::Named(package))?,
                None => choose(&dist, Which::In(&below))?,
            };
            // A member's patterns speak of the member's directory; the release is the whole workspace.
            if chosen.dir.is_empty() {
                let manifest = dist.read_text("Cargo.toml")?;
                dist.retain(published::filter(&manifest)?);
            }
            return Krate::assemble(dist, chosen);
        }
        Upstream::Github { owner, repo, tag, package } => (github::open(owner, repo, tag, opts)?, package.as_deref()),
    };
    let chosen = choose(&dist, which.map_or(Which::Obvious, Which::Named))?;
    Krate::assemble(dist, chosen)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::open;
    use crate::diag::{Diagnostic, Fault};
    use crate::krate::fixture::{Home, Member, tarball, write_tree};
    use crate::krate::{Krate, Options, Upstream};

    const LOCK: &str = "version = 4\n[[package]]\nname = \"mailer\"\nversion = \"0.1.0\"\n";
    const MANIFEST: &str = "[package]\nname = \"mailer\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"ISC\"\n\
        [package.metadata.portwright]\nx = 1\n[[bin]]\nname = \"mailer\"\npath = \"src/main.rs\"\n";

    fn opts(home: &Home) -> Options<'static> {
        Options {
            offline: true,
            cargo_home: Some(home.dir.path().into()),
            cache_dir: Some(home.dir.path().join("portwright")),
            ..Options::default()
        }
    }

    fn release(name: &str, version: Option<&str>) -> Upstream {
        Upstream::Registry { name: name.into(), version: version.map(Into::into) }
    }

    fn path(dir: &Path, package: Option<&str>) -> anyhow::Result<Krate> {
        open(&Upstream::Path { dir: dir.into(), package: package.map(Into::into) }, &Options::default())
    }

    fn fault(error: anyhow::Error) -> (Fault, String) {
        let diagnostic = error.downcast::<Diagnostic>().expect("diagnostic");
        (diagnostic.fault, diagnostic.to_string())
    }

    #[test]
    fn a_release_from_the_cache_is_checked_against_the_index() {
        let home = Home::new();
        let files = [("Cargo.toml", MANIFEST), ("Cargo.lock", LOCK), ("src/main.rs", "")];
        home.publish("mailer", "0.1.0", &files);
        let krate = open(&release("mailer", Some("0.1.0")), &opts(&home)).expect("open");
        assert_eq!((krate.name.as_str(), krate.license.as_deref()), ("mailer", Some("ISC")));
        assert_eq!(krate.binaries[0].path, "src/main.rs");
        assert!(krate.manifest_text.contains("[package.metadata.portwright]"));
        let distfile = krate.dist.distfile.expect("distfile");
        assert_eq!((distfile.file_name.as_str(), distfile.checksum_verified), ("mailer-0.1.0.crate", true));

        let path = home.crate_path("mailer", "0.1.0");
        let mut bytes = std::fs::read(&path).expect("read");
        bytes.push(0);
        std::fs::write(&path, bytes).expect("write");
        let (fault, text) = fault(open(&release("mailer", Some("0.1.0")), &opts(&home)).expect_err("tampered"));
        assert_eq!(fault, Fault::Environment);
        assert!(text.contains("rm '") && text.contains("mailer-0.1.0.crate"), "{text}");
    }

    #[test]
    fn the_newest_release_is_neither_yanked_nor_a_preview() {
        let home = Home::new();
        let files = [("Cargo.toml", MANIFEST), ("Cargo.lock", LOCK), ("src/main.rs", "")];
        home.publish("mailer", "0.1.0", &files);
        home.index("mailer", "0.2.0", &"0".repeat(64), true);
        home.index("mailer", "0.3.0-rc.1", &"0".repeat(64), false);
        assert_eq!(open(&release("mailer", None), &opts(&home)).expect("open").version.to_string(), "0.1.0");
        let (fault, text) = fault(open(&release("other", None), &opts(&home)).expect_err("unknown"));
        assert_eq!(fault, Fault::Environment);
        assert!(text.contains("without --offline"), "{text}");
    }

    #[test]
    fn a_release_without_a_lock_or_not_in_the_cache_has_ways_out() {
        let home = Home::new();
        home.publish("mailer", "0.1.0", &[("Cargo.toml", MANIFEST), ("src/main.rs", "")]);
        let (found, text) = fault(open(&release("mailer", Some("0.1.0")), &opts(&home)).expect_err("no lock"));
        assert_eq!(found, Fault::Input);
        assert!(text.contains("cargo generate-lockfile"), "{text}");
        let (found, text) = fault(open(&release("mailer", Some("9.0.0")), &opts(&home)).expect_err("absent"));
        assert_eq!(found, Fault::Environment);
        assert!(text.contains("cargo info mailer@9.0.0"), "{text}");
    }

    #[test]
    fn workspaces_inherit_and_need_a_choice_only_between_servers() {
        let dir = tempfile::tempdir().expect("tempdir");
        let member = "version.workspace = true\nlicense.workspace = true\nreadme.workspace = true\nedition = '2021'\n";
        let server = format!("[package]\nname = 'server'\n{member}[dependencies]\nhelper.workspace = true\n");
        let helper = format!("[package]\nname = 'helper'\n{member}");
        write_tree(
            dir.path(),
            &[
                (
                    "Cargo.toml",
                    "[workspace]\nmembers = ['crates/*']\n[workspace.package]\nversion = '2.0.0'\nlicense = 'MIT'\n\
                     readme = 'README.md'\n[workspace.dependencies]\nhelper = { path = 'crates/helper' }\n",
                ),
                ("Cargo.lock", "version = 4\n"),
                ("README.md", "# Server\n\nServes.\n"),
                ("crates/server/Cargo.toml", &server),
                ("crates/server/src/main.rs", ""),
                ("crates/helper/Cargo.toml", &helper),
                ("crates/helper/src/lib.rs", ""),
            ],
        );
        let krate = path(dir.path(), None).expect("open");
        assert_eq!(
            (krate.name.as_str(), krate.dir.as_str(), krate.virtual_workspace),
            ("server", "crates/server", true)
        );
        assert_eq!((krate.version.to_string().as_str(), krate.license.as_deref()), ("2.0.0", Some("MIT")));
        assert_eq!(krate.readme.as_deref(), Some("README.md"));
        assert_eq!(path(&dir.path().join("crates/server"), None).expect("member").dir, "crates/server");
        assert_eq!(path(dir.path(), Some("helper")).expect("named").binaries, []);
        let (found, text) = fault(path(dir.path(), Some("servr")).expect_err("misspelt"));
        assert_eq!(found, Fault::Input);
        assert!(text.contains("package = \"server\""), "{text}");

        write_tree(dir.path(), &[("crates/helper/src/main.rs", "")]);
        let (_, text) = fault(path(dir.path(), None).expect_err("ambiguous"));
        assert!(text.contains("helper, server"), "{text}");
    }

    #[test]
    fn an_archive_put_into_the_cache_by_hand_is_used() {
        let home = Home::new();
        let upstream =
            Upstream::Github { owner: "example".into(), repo: "mailer".into(), tag: "v0.1.0".into(), package: None };
        let (found, text) = fault(open(&upstream, &opts(&home)).expect_err("absent"));
        assert_eq!(found, Fault::Environment);
        assert!(text.contains("distfiles/example/mailer-0.1.0.tar.gz"), "{text}");
        let bytes = tarball(&[
            Member::file("mailer-0.1.0/Cargo.toml", MANIFEST),
            Member::file("mailer-0.1.0/Cargo.lock", LOCK),
            Member::file("mailer-0.1.0/src/main.rs", ""),
        ]);
        let dir = home.dir.path().join("portwright/distfiles/example");
        std::fs::create_dir_all(&dir).expect("mkdir");
        std::fs::write(dir.join("mailer-0.1.0.tar.gz"), bytes).expect("write");
        let krate = open(&upstream, &opts(&home)).expect("open");
        assert_eq!(krate.dist.distfile.expect("distfile").file_name, "mailer-0.1.0.tar.gz");
    }
}
