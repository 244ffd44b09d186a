//! Every rule with a case that it is about and the same port without it.
use std::collections::BTreeSet;

use super::FreeBsd;
use crate::finding::Severity;
use crate::lint::Around;
use crate::lint::package::trial::{Case, Trial, against_lock, are_all, cases, fixes, silent, speaks, told};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// Cases that the files alone decide.
const CASES: &[Case<'_>] = &[
    (
        "PW5001",
        "Makefile",
        "USES=\t\tcargo",
        ".if ${ARCH} == i386\nX=\ty\n.elseif ${ARCH} == arm\n.endif\nUSES=\t\tcargo",
    ),
    ("PW5101", "Makefile", "DISTVERSION=\t1.4.2\nCATEGORIES=\twww\n", "CATEGORIES=\twww\nDISTVERSION=\t1.4.2\n"),
    ("PW5102", "Makefile", "CATEGORIES=\twww\n", "CATEGORIES=\twww\nPORTREVISON=\t1\n"),
    ("PW5103", "Makefile", "USERS=\t\tacme\n", "USERS=\t\tacme\nLIB_DEPENDS=\tliba.so:devel/a\n"),
    ("PW5104", "Makefile", "\n\nLICENSE=", "\n\n\nLICENSE="),
    ("PW5105", "Makefile", "PORTNAME=\tacme\n", "PORTNAME=\tacme \n"),
    ("PW5106", "Makefile", "PORTNAME=\tacme", "PORTNAME= acme"),
    ("PW5107", "Makefile", "PORTNAME=\tacme", "# $FreeBSD$\nPORTNAME=\tacme"),
    ("PW5108", "Makefile", "", "X=\ty\n"),
    ("PW5109", "Makefile", "USES=\t\tcargo ssl\nUSE_GITHUB=\tyes\n", "USE_GITHUB=\tyes\nUSES=\t\tcargo ssl\n"),
    ("PW5110", "Makefile", "${WRKSRC}/acme.toml", "$(WRKSRC)/acme.toml"),
    ("PW5111", "Makefile", "USERS=\t\tacme\n", "USERS=\t\tacme\nNOW!=\tdate\n"),
    ("PW5112", "Makefile", "post-install:", "install:"),
    ("PW5113", "Makefile", "\t${INSTALL_DATA}", "\t@${INSTALL_DATA}"),
    ("PW5114", "Makefile", "\t${INSTALL_DATA}", "\t${ENV} A=b true\n\t${INSTALL_DATA}"),
    ("PW5115", "Makefile", "USERS=\t\tacme\n", "USERS=\t\tacme\nRUST_DEFAULT=\trust-nightly\n"),
    ("PW5116", "Makefile", "USERS=\t\tacme\n", "USERS=\t\tacme\nCARGO_USE_GITHUB=\tyes\n"),
    ("PW5117", "Makefile", "powerpc riscv64", "riscv64 powerpc"),
    ("PW5118", "files/patch-x.orig", "", "x\n"),
    ("PW5118", "files/patch-a b", "", "x\n"),
    ("PW5119", "files/patch-Cargo.toml", "", "+x\r\n"),
    ("PW5119", "files/patch-Cargo.toml", "", "+x"),
    ("PW5201", "Makefile", "MAINTAINER=\tporter@example.org\n", ""),
    ("PW5202", "Makefile", "DISTVERSIONPREFIX=\tv", "PORTVERSION=\t1.4.2"),
    ("PW5203", "Makefile", "DISTVERSION=\t1.4.2", "PORTVERSION=\tv1.4.2"),
    ("PW5204", "Makefile", "DISTVERSION=\t1.4.2\n", "DISTVERSION=\t1.4.2\nPORTREVISION=\t0\n"),
    ("PW5205", "Makefile", "porter@example.org", "A Porter <porter@example.org>"),
    ("PW5206", "Makefile", "Made-up server", "made-up server"),
    ("PW5206", "Makefile", "Made-up server", "The made-up server"),
    ("PW5207", "Makefile", "https://acme.example/", "acme.example"),
    ("PW5208", "Makefile", "CATEGORIES=\twww", "CATEGORIES=\twww web"),
    ("PW5208", "Makefile", "CATEGORIES=\twww", "CATEGORIES=\twww www"),
    ("PW5209", "Makefile", "LICENSE=\tAGPLv3+", "LICENSE=\tAGPLv3+ MIT"),
    ("PW5210", "Makefile", "LICENSE_FILE_AGPLv3+ =", "LICENSE_FILE_AGPLv3+="),
    ("PW5210", "Makefile", "LICENSE_FILE_AGPLv3+ =", "LICENSE_FILE_MIT="),
    ("PW5211", "Makefile", "LICENSE=\tAGPLv3+", "LICENSE=\tAGPL-3.0-or-later"),
    ("PW5212", "Makefile", "LICENSE=\tAGPLv3+\n", ""),
    ("PW5213", "Makefile", "NOT_FOR_ARCHS=", "BROKEN=\tDoes not build.\nNOT_FOR_ARCHS="),
    ("PW5214", "Makefile", "ffmpeg:multimedia/ffmpeg", "multimedia/ffmpeg"),
    ("PW5214", "Makefile", "libzstd.so:archivers/zstd", "zstd:archivers/zstd"),
    ("PW5215", "Makefile", "RUN_DEPENDS=\tffmpeg:multimedia/ffmpeg", "RUN_DEPENDS=\t${BUILD_DEPENDS}"),
    ("PW5216", "Makefile", "PORTNAME=\tacme", "PORTNAME=\tacme=server"),
    ("PW5221", "Makefile", "DIRECTORY_DESC=\tPeople from a directory\n", ""),
    ("PW5222", "Makefile", "STORAGE_DESC=", "STORAGES_DESC="),
    ("PW5223", "Makefile", "DIRECTORY_VARS=", "OTHER_VARS="),
    ("PW5224", "Makefile", "OPTIONS_DEFAULT=\tDIRECTORY", "OPTIONS_DEFAULT=\tOTHER"),
    ("PW5224", "Makefile", "post-install:", ".if ${PORT_OPTIONS:MOTHER}\nX=\ty\n.endif\n\npost-install:"),
    ("PW5225", "Makefile", "OPTIONS_SINGLE_STORAGE=", "OPTIONS_SINGLE_OTHER="),
    ("PW5226", "Makefile", "post-install:", ".if ${PORT_OPTIONS:MDIRECTORY}\nX=\ty\n.endif\n\npost-install:"),
    ("PW5304", "Makefile.crates", "libc-0.2.172", "libc-0.2.172 libc-0.2.172"),
    ("PW5305", "Makefile.crates", "libc-0.2.172", "libc"),
    ("PW5305", "Makefile.crates", COMMIT, "0123abc"),
    ("PW5306", "Makefile.crates", "\\#0123", "#0123"),
    ("PW5307", "Makefile", "USES=\t\tcargo ssl", "USES=\t\tssl"),
    ("PW5308", "Makefile", "USES=\t\tcargo ssl", "USES=\t\tcargo:extra ssl"),
    ("PW5309", "Makefile", "USES=\t\tcargo ssl", "USES=\t\tcargo"),
    ("PW5309", "Makefile", "LIB_DEPENDS=\tlibzstd.so:archivers/zstd\n", ""),
    ("PW5310", "Makefile", "USERS=\t\tacme\n", "USERS=\t\tacme\nINSTALL_TARGET=\tinstall-strip\n"),
    ("PW5321", "Makefile.crates", "libc-0.2.172", "libc-0.2.172 new-1.0.0"),
    ("PW5322", "Makefile.crates", "libc-0.2.172 \\\n\t\t", ""),
    ("PW5323", "distinfo", "SIZE (rust/crates/libc-0.2.172.crate) = ", "SIZE (rust/crates/libc-0.2.172.crate) = x"),
    ("PW5324", "distinfo", "SIZE (rust/crates/libc-0.2.172.crate)", "SIZE (rust/crates/other.crate)"),
    ("PW5326", "distinfo", "", "\n"),
    ("PW5327", "distinfo", "TIMESTAMP = 1760000000\n", ""),
    ("PW5328", "distinfo", "", "SIZE (rust/crates/libc-0.2.172.crate) = 1\n"),
    ("PW5401", "pkg-plist", "", "\n"),
    ("PW5402", "pkg-plist", "", "@dirrm share/acme\n"),
    ("PW5403", "pkg-plist", "acme.toml.sample", "acme.toml"),
    ("PW5404", "pkg-plist", "(root,%%GROUPS%%,640)", "(root,640)"),
    ("PW5405", "pkg-plist", "bin/acme\n", "@owner acme\nbin/acme\n"),
    ("PW5406", "pkg-plist", "", "@files x\n"),
    ("PW5407", "Makefile", "PLIST_SUB=\t", "PLIST_OTHER=\t"),
    ("PW5408", "pkg-plist", "", "etc/rc.d/acme\n"),
    ("PW5409", "pkg-plist", "acme.8.gz", "acme.8"),
    ("PW5410", "pkg-plist", "", "lib/pkgconfig/acme.pc\n"),
    ("PW5411", "pkg-plist", "", "bin/acme\n"),
    ("PW5421", "Makefile", "USE_RC_SUBR=\tacme", "USE_RC_SUBR=\tacmed"),
    ("PW5422", "Makefile", "SUB_LIST=\t", "SUB_OTHER=\t"),
    ("PW5423", "pkg-message", "", "See %%PREFIX%%/etc.\n"),
    ("PW5424", "Makefile", "USE_RC_SUBR=\tacme", "USE_RC_SUBR=\tyes"),
    ("PW5425", "files/acme.in", "# PROVIDE: acme\n", ""),
    ("PW5501", "files/pkg-message.in", "EOM\n}", "}"),
    ("PW5501", "files/pkg-message.in", "\nEOM\n}", "\n  EOM\n}"),
    ("PW5502", "files/pkg-message.in", "}\n]", "]"),
    ("PW5503", "files/pkg-message.in", "type: install", "type: installed"),
    ("PW5503", "files/pkg-message.in", "message:", "text:"),
    ("PW5512", "pkg-descr", "", "WWW: https://acme.example/\n"),
    ("PW5513", "pkg-descr", "\nof two lines.", ""),
];

#[test]
fn empty_and_executable_files_are_found_on_the_disk() {
    use std::os::unix::fs::PermissionsExt as _;
    let trial = Trial::read("freebsd/acme");
    let dir = tempfile::tempdir().expect("tempdir");
    for (name, text) in &trial.files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("mkdir");
        std::fs::write(&path, text).expect("write");
    }
    let judged = || crate::lint::lint(&[dir.path().to_owned()], &Around::default()).expect("judged").findings;
    let count = || judged().iter().filter(|one| one.rule.code == "PW5118").count();
    assert_eq!(count(), 0, "{}", told(&judged()));
    std::fs::write(dir.path().join("files/empty.in"), "").expect("write");
    assert_eq!(count(), 1, "{}", told(&judged()));
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(dir.path().join("files/acme.in"), mode).expect("chmod");
    assert_eq!(count(), 2, "{}", told(&judged()));
}

/// What real ports do, and does no harm.
const SILENT: &[Case<'_>] = &[
    ("PW5119", "files/patch-Cargo.toml", "", "+x\n"),
    (
        "PW5226",
        "Makefile",
        "post-install:",
        ".include <bsd.port.options.mk>\n\n.if ${PORT_OPTIONS:MDIRECTORY}\nX=\ty\n.endif\n\npost-install:",
    ),
    ("PW5222", "Makefile", "STORAGE_DESC=", "daemon_DESC=\tDaemon\nSTORAGE_DESC="),
    ("PW5409", "pkg-plist", "", "acme/man/man8/acme.8\n"),
    ("PW5411", "pkg-plist", "", "%%DIRECTORY%%share/acme/x\n%%LITE%%share/acme/x\n"),
    (
        "PW5421",
        "Makefile",
        "post-install:",
        ".if exists(${FILESDIR}/pkg-other.in)\nSUB_FILES+=\tpkg-other\n.endif\n\npost-install:",
    ),
    (
        "PW5423",
        "Makefile",
        "post-install:\n",
        "post-install:\n\t${SED} \"s|%%X%%|y|\" ${PKGDIR}/pkg-install > ${WRKDIR}/pkg-install\n",
    ),
];

#[test]
fn good_ports_are_left_alone() {
    let trial = Trial::read("freebsd/acme");
    let trial = trial.with("pkg-install", "", "#!/bin/sh\necho %%X%%\n");
    let found = trial.judged(&FreeBsd, &Around::default());
    assert!(found.iter().any(|one| one.rule.code == "PW5423"), "{}", told(&found));
    silent(&FreeBsd, &trial, SILENT);
    let two =
        trial.with("pkg-plist", "(root,%%GROUPS%%,640)", "(root,%%GROUPS%%)").judged(&FreeBsd, &Around::default());
    let two = two.iter().find(|one| one.rule.code == "PW5404").expect("owner and group");
    assert_eq!(two.severity, Severity::Note);
    let old = trial.with("pkg-plist", "", "@dirrm share/a\n@dirrm share/b\n").judged(&FreeBsd, &Around::default());
    let old: Vec<_> = old.iter().filter(|one| one.rule.code == "PW5402").collect();
    assert_eq!(old.len(), 1, "one for each keyword");
    assert!(old[0].message.ends_with("2 times"), "{}", old[0].message);
}

#[test]
fn a_clean_port_and_one_change() {
    let trial = Trial::read("freebsd/acme");
    let clean = trial.judged(&FreeBsd, &Around::default());
    assert_eq!(clean.len(), 1, "only that Cargo.lock is not at hand:\n{}", told(&clean));
    assert_eq!((clean[0].rule.code, clean[0].severity), ("PW5003", Severity::Unknown));
    cases(&FreeBsd, &trial, &Around::default(), CASES);
    let has = |trial: &Trial, around: &Around, code: &str| speaks(&FreeBsd, trial, around, code);
    has(&trial.without("pkg-descr"), &Around::default(), "PW5511");
    has(&trial.with("Makefile", "", &"#\n".repeat(200_000)), &Around::default(), "PW5002");
    let new = Around { new: true, ..Around::default() };
    has(&trial.with("Makefile", "CATEGORIES=", "PORTREVISION=\t1\nCATEGORIES="), &new, "PW5204");
    has(&apart(&trial), &Around::default(), "PW5325");
    let line = trial.files["distinfo"].lines().nth(1).expect("a line").to_owned();
    let name = line.split(" = ").next().expect("a name");
    let base64 = format!("{name} = 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    has(&trial.with("distinfo", &line, &base64), &Around::default(), "PW5323");
}

/// All digests, then all sizes, as OpenBSD has them.
fn apart(trial: &Trial) -> Trial {
    let text = &trial.files["distinfo"];
    let of = |start: &str| text.lines().filter(|line| line.starts_with(start)).collect::<Vec<_>>().join("\n");
    let sorted = format!("{}\n{}\n{}\n", of("TIMESTAMP"), of("SHA256"), of("SIZE"));
    let mut files = trial.files.clone();
    files.insert("distinfo".into(), sorted);
    Trial { files }
}

/// Codes that need Cargo.lock.
const WITH_LOCK: [&str; 3] = ["PW5301", "PW5302", "PW5303"];

#[test]
fn with_the_lock_at_hand() {
    let trial = Trial::read("freebsd/acme");
    let crates = [("libc", "0.2.172"), ("openssl-sys", "0.9.109"), ("zstd-sys", "2.0.15")];
    against_lock(&FreeBsd, &trial, &crates, WITH_LOCK);
}

#[test]
fn every_rule_has_a_case() {
    let mut seen: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(WITH_LOCK).collect();
    seen.extend(["PW5002", "PW5003", "PW5325", "PW5511"]);
    are_all(&FreeBsd, &seen);
}

#[test]
fn fixes_mend_what_they_are_about() {
    let trial = Trial::read("freebsd/acme");
    fixes(
        &FreeBsd,
        &trial,
        CASES,
        &["PW5104", "PW5105", "PW5106", "PW5107", "PW5211", "PW5306", "PW5322", "PW5401", "PW5411"],
    );
    fixes(
        &FreeBsd,
        &apart(&trial),
        &[("PW5325", "distinfo", "TIMESTAMP = 1760000000\n", "TIMESTAMP = 1760000001\n")],
        &["PW5325"],
    );
}
