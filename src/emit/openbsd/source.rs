//! Where the distribution comes from, and what the package is called after it.
use serde::Serialize;

use super::archives;
use crate::port::{Origin, Port, Release};

/// The lines of the Makefile that say it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Source<'a> {
    /// `V`: upstream's version, where lines below need it.
    version: Option<String>,
    distname: Option<String>,
    pkgname: Option<String>,
    /// Of the crate in the registry.
    registry: Option<&'a str>,
    github: Option<[&'a str; 5]>,
    wrkdist: Option<String>,
    /// Packed by portwright: nobody can fetch it.
    local: Option<String>,
    extract_sufx: Option<&'static str>,
    homepage: Option<String>,
}

/// The name of the distribution's file in distinfo.
pub(super) fn distfile(release: &Release) -> String {
    match &release.origin {
        Origin::Registry => format!("cargo/{}-{}.tar.gz", krate(release), release.version),
        Origin::Github { owner, repo, tag } => archives::file(owner, repo, tag),
        Origin::Path => release.distfile.file.clone(),
    }
}

/// The crate's own name.
pub(super) fn krate(release: &Release) -> &str {
    release.statements.first().map_or("", |own| own.krate.as_str())
}

/// The lines for a port.
pub(super) fn source<'a>(port: &'a Port, release: &'a Release) -> Source<'a> {
    let version = release.version.to_string();
    let package = format!("{}-{}", port.name, release.package_version);
    let homepage = port.about.homepage.clone();
    match &release.origin {
        Origin::Registry => {
            let krate = krate(release);
            Source {
                pkgname: pkgname(&package, &format!("{krate}-{version}"), &release.version),
                distname: Some(format!("{krate}-${{V}}")),
                version: Some(version),
                registry: Some(krate),
                homepage: homepage.or_else(|| Some(format!("https://crates.io/crates/{krate}"))),
                ..Source::default()
            }
        }
        Origin::Github { owner, repo, tag } => {
            // What DIST_TUPLE makes DISTNAME of, and what GitHub calls the archive's directory, are the same for these.
            let plain = *tag == version || tag.strip_prefix('v') == Some(&version);
            let distname = format!("{repo}-{version}");
            let given = format!("https://github.com/{owner}/{repo}");
            Source {
                github: Some(archives::tuple(owner, repo, tag)),
                pkgname: if plain { (distname != package).then(|| package.clone()) } else { None },
                distname: (!plain).then(|| package.clone()),
                // The archive's directory is called as the file that GitHub offers.
                wrkdist: (!plain).then(|| release.distfile.file.trim_end_matches(".tar.gz").to_owned()),
                homepage: homepage.filter(|url| *url != given),
                ..Source::default()
            }
        }
        Origin::Path => {
            let file = &release.distfile.file;
            let suffix = [".tar.gz", ".crate", ".tgz"].into_iter().find(|suffix| file.ends_with(suffix));
            let distname = suffix.and_then(|suffix| file.strip_suffix(suffix)).unwrap_or(file).to_owned();
            Source {
                pkgname: (distname != package).then(|| package.clone()),
                distname: Some(distname),
                local: Some(file.clone()),
                extract_sufx: suffix.filter(|suffix| *suffix != ".tar.gz"),
                homepage,
                ..Source::default()
            }
        }
    }
}

/// The right side of `PKGNAME`: a change of DISTNAME where one does it, as committers write it.
fn pkgname(package: &str, distname: &str, version: &semver::Version) -> Option<String> {
    if package == distname {
        return None;
    }
    if let Some((word, number)) = version.pre.as_str().split_once('.')
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && distname.replacen(&format!("-{word}."), word, 1) == package
    {
        return Some(format!("${{DISTNAME:S/-{word}./{word}/}}"));
    }
    let same_version = package.strip_suffix(&format!("-{version}"));
    Some(same_version.map_or_else(|| package.to_owned(), |name| format!("{name}-${{V}}")))
}

#[cfg(test)]
mod tests {
    use super::pkgname;

    #[test]
    fn pkgnames_as_committers_write_them() {
        let of = |package: &str, distname: &str, version: &str| pkgname(package, distname, &version.parse().unwrap());
        assert_eq!(of("garage-2.5.0", "garage-2.5.0", "2.5.0"), None);
        assert_eq!(of("pict-rs-0.6.0rc6", "pict-rs-0.6.0-rc.6", "0.6.0-rc.6").unwrap(), "${DISTNAME:S/-rc./rc/}");
        assert_eq!(of("bore-0.6.0", "bore-cli-0.6.0", "0.6.0").unwrap(), "bore-${V}");
        assert_eq!(of("x-1.0.0alpha3", "x-1.0.0-dev.3", "1.0.0-dev.3").unwrap(), "x-1.0.0alpha3");
    }
}
