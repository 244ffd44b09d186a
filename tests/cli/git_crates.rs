//! Crates from git on GitHub: the clone comes from a repository made here, the archive from portwright's cache.
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Env;
use crate::support::openbsd_port::Port;

const RUNTIME: &str =
    "[package]\nname = \"exampled-rt\"\nversion = \"0.3.0\"\nedition = \"2021\"\nlicense = \"MPL-2.0\"\n";

/// Runs git with nobody's configuration but ours.
fn git(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A server in a directory that depends on a crate from git with this manifest; the answer of `generate`, and the commit.
fn with_git_dependency(env: &Env, manifest: &str, args: &[&str]) -> (super::support::Ran, String) {
    let repository = env.work().join("github/rt");
    for (path, text) in [("Cargo.toml", manifest), ("src/lib.rs", "")] {
        env.write(&format!("github/rt/{path}"), text);
    }
    git(&repository, &["init", "-q", "-b", "main", "."]);
    git(&repository, &["add", "-A"]);
    git(&repository, &["commit", "-q", "-m", "x"]);
    let commit = git(&repository, &["rev-parse", "HEAD"]);
    env.archive("exampleorg", &format!("rt-{commit}"), &[("Cargo.toml", manifest), ("src/lib.rs", "")]);
    env.write(
        "exampled/Cargo.toml",
        "[package]\nname = \"exampled\"\nversion = \"0.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n\
         description = \"Small example server\"\n[dependencies]\n\
         exampled-rt = { git = \"https://github.com/exampleorg/rt\", branch = \"main\" }\n",
    );
    env.write("exampled/src/main.rs", "fn main() {}\n");
    env.write(
        "exampled/Cargo.lock",
        &format!(
            "version = 4\n\n[[package]]\nname = \"exampled\"\nversion = \"0.2.0\"\ndependencies = [\n \"exampled-rt\",\n]\n\n\
             [[package]]\nname = \"exampled-rt\"\nversion = \"0.3.0\"\n\
             source = \"git+https://github.com/exampleorg/rt?branch=main#{commit}\"\n"
        ),
    );
    env.write("exampled/portwright.toml", "[upstream]\npath = \".\"\n[package]\ncategories = [\"net\"]\n");
    let mut command = env.command(&[&["generate", "exampled/portwright.toml", "--out", "out"], args].concat());
    command
        .env("CARGO_NET_GIT_FETCH_WITH_CLI", "true")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", format!("url.file://{}/.insteadOf", env.work().join("github").display()))
        .env("GIT_CONFIG_VALUE_0", "https://github.com/exampleorg/");
    let ran = env.finish(&command.output().expect("portwright"));
    (ran, commit)
}

#[test]
fn the_archive_of_the_commit_is_vendored() {
    let env = Env::new();
    let (ran, commit) = with_git_dependency(&env, RUNTIME, &[]);
    assert_eq!(ran.status, 0, "{ran}");
    let makefile = env.read("out/pkgsrc/net/exampled/Makefile");
    for line in [
        format!("DISTFILES+=	rt-{commit}.tar.gz"),
        "LICENSE=	mit AND mpl-2.0".to_owned(),
        format!("	${{CP}} -R ${{WRKDIR}}/rt-{commit} \\\n		${{CARGO_VENDOR_DIR}}/exampled-rt-0.3.0"),
    ] {
        assert!(makefile.contains(&line), "no `{line}` in\n{makefile}");
    }
    assert!(makefile.contains(&format!("exampleorg/rt/archive/{commit}.tar.gz")), "{makefile}");
    assert!(env.read("out/pkgsrc/net/exampled/distinfo").contains(&format!("BLAKE2s (rt-{commit}.tar.gz) = ")));
    // cargo.mk would look for it in the registry.
    assert!(!env.read("out/pkgsrc/net/exampled/cargo-depends.mk").contains("exampled-rt"));
    let sources: toml::Table = env.read("out/pkgsrc/net/exampled/files/git-sources.toml").parse().expect("TOML");
    assert_eq!(sources["source"]["git-1"]["git"].as_str(), Some("https://github.com/exampleorg/rt"));
    assert_eq!(sources["source"]["git-1"]["branch"].as_str(), Some("main"));
    assert_eq!(sources["source"]["git-1"]["replace-with"].as_str(), Some("vendored-sources"));

    // FreeBSD's cargo.mk takes the lock's own words, the crates in front, and makes the rest of it.
    let crates = env.read("out/ports/freebsd/net/exampled/Makefile.crates");
    let token = format!("exampled-rt@git+https://github.com/exampleorg/rt?branch=main\\#{commit}");
    assert_eq!(crates, format!("CARGO_CRATES=\t{token}\n"), "{crates}");
    let distinfo = env.read("out/ports/freebsd/net/exampled/distinfo");
    assert!(distinfo.contains(&format!("SHA256 (exampleorg-rt-{commit}_GH0.tar.gz) = ")), "{distinfo}");
}

#[test]
fn a_manifest_that_needs_its_workspace_is_refused_where_it_stands_alone() {
    let env = Env::new();
    let manifest = in_a_workspace();
    let (ran, _) = with_git_dependency(&env, &manifest, &[]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("exampled-rt 0.3.0") && ran.stderr.contains("from its workspace"), "{ran}");
}

/// A manifest that says nothing without its workspace.
fn in_a_workspace() -> String {
    RUNTIME.replace("license = \"MPL-2.0\"", "license.workspace = true")
        + "[workspace.package]\nlicense = \"MPL-2.0\"\n"
}

/// OpenBSD's ports unpack the whole archive: its workspace is there.
#[test]
fn a_port_of_openbsd_builds_from_the_archive() {
    let env = Env::new();
    let archive = env.work().join("exampled-0.2.0.tar.gz");
    let distfiles = env.work().display().to_string();
    let args = ["--profile", "openbsd", "--target", "openbsd", "--distfiles", &distfiles];
    let (ran, commit) = with_git_dependency(&env, &in_a_workspace(), &args);
    assert_eq!(ran.status, 0, "{ran}");
    let Some(port) = Port::of(&env, "out/ports/openbsd/net/exampled") else { return };
    assert_eq!(
        port.ask("", "${DIST_TUPLE} ${DISTFILES}"),
        format!("github exampleorg rt {commit} . exampled-0.2.0.tar.gz")
    );
    assert!(port.ask("", "${MODCARGO_CRATES}").is_empty(), "devel/cargo would look for it in the registry");
    let distinfo = env.read("out/ports/openbsd/net/exampled/distinfo");
    assert!(distinfo.contains(&format!("SHA256 (exampleorg-rt-{commit}.tar.gz) = ")), "{distinfo}");

    // What the framework does: everything is unpacked into one directory, and cargo is told where the crates are.
    let work = PathBuf::from(port.ask("", "${WRKDIR}"));
    std::fs::create_dir_all(work.join(".cargo")).unwrap();
    let of_commit = env.archives().join(format!("exampleorg/rt-{commit}.tar.gz"));
    for archive in [&archive, &of_commit] {
        assert!(Command::new("tar").arg("xzf").arg(archive).current_dir(&work).status().unwrap().success());
    }
    std::fs::write(
        work.join(".cargo/config.toml"),
        "[net]\noffline = true\n[source.modcargo]\ndirectory = '/nonexistent'\n[source.crates-io]\nreplace-with = 'modcargo'\n",
    )
    .unwrap();
    port.make("", "post-configure");
    let source = PathBuf::from(port.ask("", "${WRKSRC}"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--features", ""]).current_dir(&source).env_remove("CARGO_TARGET_DIR");
    let output = cargo.env("CARGO_HOME", work.join("cargo-home")).env("CARGO_NET_OFFLINE", "true").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(source.join("target/release/exampled").is_file());
}
