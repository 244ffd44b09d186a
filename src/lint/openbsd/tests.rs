//! Every rule with a case that it is about and the same port without it.
use std::collections::BTreeSet;

use super::OpenBsd;
use crate::finding::Severity;
use crate::lint::Around;
use crate::lint::package::trial::{Case, Trial, against_lock, are_all, cases, fixes, silent, speaks, told};

/// Cases that the files alone decide.
const CASES: &[Case<'_>] = &[
    ("PW4001", "Makefile", "SEPARATE_BUILD", ".if ${MACHINE} == \"x\"\nSEPARATE_BUILD"),
    ("PW4101", "TODO", "", "nothing\n"),
    ("PW4101", "pkg/NOTES", "", "nothing\n"),
    ("PW4101", "notes/TODO", "", "nothing\n"),
    ("PW4102", "Makefile", ".include \"crates.inc\"", ".include \"./crates.inc\""),
    ("PW4104", "Makefile", "# assembler", "# $OpenBSD$\n# assembler"),
    ("PW4105", "patches/other", "", "x\n"),
    ("PW4107", "patches/patch-Cargo_toml", "+b\n", "+b\r\n"),
    ("PW4108", "pkg/DESCR", "tests.\n", "tests. \n"),
    (
        "PW4109",
        "Makefile",
        "made-up server",
        "made-up server\n# a comment that goes on and on and on and on and on and on and on and on and on and on",
    ),
    ("PW4110", "pkg/DESCR", "tests.\n", "tests."),
    ("PW4111", "pkg/README", "rcctl", "/usr/local/bin/x"),
    ("PW4111", "Makefile", "${PREFIX}/sbin/", "/var/db/acme"),
    ("PW4113", "pkg/PFRAG.shared", "", "x\n"),
    ("PW4201", "Makefile", "SEPARATE_BUILD =", "CATEGORIES =\tnet\nSEPARATE_BUILD ="),
    ("PW4203", "Makefile", "SEPARATE_BUILD =", "SUDO =\tdoas\nSEPARATE_BUILD ="),
    ("PW4204", "Makefile", "SEPARATE_BUILD =", "MASTER_SITES =\thttps://x/\nSEPARATE_BUILD ="),
    ("PW4205", "Makefile", "\twww\n", "\tweb\n"),
    ("PW4206", "Makefile", "made-up server", "a made-up server"),
    ("PW4206", "Makefile", "made-up server", "made-up server that has far too many words in what it says of it"),
    ("PW4207", "Makefile", "SEPARATE_BUILD =", "DISTFILES =\tv1.2.tar.gz\nSEPARATE_BUILD ="),
    ("PW4208", "Makefile", "SEPARATE_BUILD =", "GH_COMMIT =\t0123abc\nSEPARATE_BUILD ="),
    ("PW4209", "Makefile", "PERMIT_PACKAGE =\tYes", "PERMIT_PACKAGE =\tNo"),
    ("PW4210", "Makefile", "PERMIT_PACKAGE =\tYes\n", ""),
    ("PW4211", "Makefile", "PERMIT_PACKAGE =\tYes\n", "PERMIT_PACKAGE =\tYes\nPERMIT_DISTFILES =\tYes\n"),
    ("PW4212", "Makefile", "BUILD_DEPENDS =", "BUILD_DEPENDS-main ="),
    (
        "PW4213",
        "Makefile",
        "SEPARATE_BUILD =",
        ".if ${MACHINE} == \"x\"\nSHARED_LIBS =\tacme 0.0\n.endif\nSEPARATE_BUILD =",
    ),
    ("PW4214", "Makefile", "m sqlite3", "m sqlite3 c++"),
    ("PW4215", "Makefile", "# AGPLv3+\n", ""),
    ("PW4216", "Makefile", "SEPARATE_BUILD =", "SITES =\thttps://bitbucket.org/x/\nSEPARATE_BUILD ="),
    ("PW4217", "Makefile", "SEPARATE_BUILD =", "PKG_ARCH =\t*\nSEPARATE_BUILD ="),
    ("PW4301", "pkg/PLIST", "", "share/${OTHER}\n"),
    ("PW4302", "pkg/PLIST", "@bin", "\n@bin"),
    ("PW4303", "pkg/PLIST", "", "share/${FULLPKGNAME}/x\n"),
    ("PW4304", "pkg/acme-d.rc", "", "#!/bin/ksh\n"),
    ("PW4305", "pkg/PLIST", "@rcscript ${RCDIR}/acme\n", ""),
    ("PW4306", "pkg/PLIST", "@rcscript ${RCDIR}/acme\n", "@rcscript ${RCDIR}/acme\n@rcscript ${RCDIR}/other\n"),
    ("PW4307", "pkg/PLIST", "@rcscript", "@mode 0755\n@rcscript"),
    ("PW4308", "pkg/PLIST", "share/doc/pkg-readmes/${PKGSTEM}\n", ""),
    ("PW4309", "pkg/PLIST", "@man man/", "@man share/man/"),
    ("PW4310", "pkg/PLIST", "acme.8", "acme.8.gz"),
    ("PW4311", "pkg/PLIST", "", "@exec %D/bin/update-desktop-database\n"),
    ("PW4312", "pkg/PLIST", "", "share/applications/acme.desktop\n"),
    ("PW4312", "pkg/PLIST", "", "share/icons/hicolor/48x48/apps/acme.png\n"),
    ("PW4312", "pkg/PLIST", "", "share/glib-2.0/schemas/acme.xml\n"),
    ("PW4321", "pkg/acme.login", "acme:", "acmed:"),
    ("PW4322", "pkg/PLIST", "login.conf.d/acme\n@sample ${SYSCONFDIR}/login.conf.d/acme\n", "x\n"),
    ("PW4323", "pkg/PLIST", "@newgroup _acme:", "@newgroup acme:"),
    ("PW4324", "pkg/PLIST", "@newgroup _acme:999", "@newgroup _acme:NNN"),
    ("PW4325", "pkg/PLIST", "@newgroup _acme:999", "@newgroup _acme:998"),
    ("PW4404", "crates.inc", "", "MODCARGO_CRATES +=\tlibc\t0.2.172\n"),
    ("PW4405", "crates.inc", "libc\t0.2.172", "libc"),
    ("PW4405", "crates.inc", "libc\t0.2.172", "libc\t0.2"),
    ("PW4411", "crates.inc", "", "MODCARGO_CRATES +=\tnew\t1.0.0\n"),
    ("PW4412", "crates.inc", "MODCARGO_CRATES +=\tlibc\t0.2.172\t# MIT\n", ""),
    ("PW4413", "distinfo", "SIZE (acme-1.4.2.tar.gz) = ", "SIZE (acme-1.4.2.tar.gz) = x"),
    ("PW4414", "distinfo", "SIZE (acme-1.4.2.tar.gz)", "SIZE (acme-1.4.3.tar.gz)"),
    ("PW4415", "distinfo", "", "SHA256 (z.tar.gz) = 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"),
    ("PW4416", "distinfo", "", "what is this\n"),
    ("PW4421", "Makefile", "CONFIGURE_STYLE =\tcargo", "CONFIGURE_STYLE =\tnone"),
    ("PW4422", "Makefile", "SEPARATE_BUILD =", "DIST_SUBDIR =\tacme\nSEPARATE_BUILD ="),
    ("PW4423", "Makefile", " sqlite3\n", "\n"),
    ("PW4424", "Makefile", "KEEP =\tzstd-sys", "KEEP =\tzstd-sys lzma-sys"),
    ("PW4425", "Makefile", "USE_NOEXECONLY =", "OTHER ="),
    ("PW4426", "Makefile", "security/rust-ring", "devel/cmake"),
];

#[test]
fn a_clean_port_and_one_change() {
    let trial = Trial::read("openbsd/acme");
    let clean = trial.judged(&OpenBsd, &Around::default());
    assert_eq!(clean.len(), 1, "only that Cargo.lock is not at hand:\n{}", told(&clean));
    assert_eq!((clean[0].rule.code, clean[0].severity), ("PW4003", Severity::Unknown));
    cases(&OpenBsd, &trial, &Around::default(), CASES);
    let has = |trial: &Trial, around: &Around, code: &str| speaks(&OpenBsd, trial, around, code);
    has(&trial.without("pkg/DESCR"), &Around::default(), "PW4112");
    has(&trial.with("Makefile", "", &"#\n".repeat(200_000)), &Around::default(), "PW4002");
    let new = Around { new: true, ..Around::default() };
    has(&trial.with("Makefile", "SEPARATE_BUILD", "REVISION =\t0\nSEPARATE_BUILD"), &new, "PW4202");
    let mut empty = Trial::read("openbsd/acme");
    empty.files.insert("patches/patch-x".into(), String::new());
    has(&empty, &Around::default(), "PW4106");
    let hex =
        trial.files["distinfo"].lines().next().map(|line| line.split(" = ").next().unwrap_or_default().to_owned());
    let line = trial.files["distinfo"].lines().next().expect("a line").to_owned();
    has(
        &trial.with("distinfo", &line, &format!("{} = {}", hex.expect("a name"), "0a".repeat(32))),
        &Around::default(),
        "PW4413",
    );
}

/// What real ports do, and does no harm.
const SILENT: &[Case<'_>] = &[
    ("PW4305", "pkg/PLIST", "@rcscript ${RCDIR}/acme\n", "@rcscript ${RCDIR}/acm${SIX}\n"),
    ("PW4101", "patches-1.2/patch-x", "", "x\n"),
    ("PW4217", "Makefile", "SEPARATE_BUILD =", "PKG_ARCH-doc =\t*\nSEPARATE_BUILD ="),
    ("PW4312", "pkg/PLIST", "", "share/icons/hicolor/48x48/\n"),
    ("PW4312", "Makefile", "MODULES =\t", "MODULES =\tdevel/meson "),
    ("PW4305", "pkg/PLIST", "@rcscript ${RCDIR}/acme\n", "@rcscript ${SYSCONFDIR}/rc.d/acme\n"),
    (
        "PW4308",
        "pkg/PLIST",
        "share/doc/pkg-readmes/${PKGSTEM}\n",
        "@cwd ${LOCALBASE}/share/doc/pkg-readmes\n${FULLPKGNAME}\n",
    ),
];

#[test]
fn good_ports_are_left_alone() {
    let trial = Trial::read("openbsd/acme");
    silent(&OpenBsd, &trial, SILENT);
    let mut shared = trial.with("Makefile", "SEPARATE_BUILD =", "PKGDIR =\t${.CURDIR}/../pkg\nSEPARATE_BUILD =");
    shared.files.remove("pkg/acme.rc");
    let found = shared.judged(&OpenBsd, &Around::default());
    assert!(found.iter().all(|one| one.rule.code != "PW4306"), "{}", told(&found));
    // Spelt otherwise the list is read all the same.
    let other = trial.with("Makefile", ".include \"crates.inc\"", ".include \"./crates.inc\"");
    let found = other.judged(&OpenBsd, &Around::default());
    assert!(found.iter().any(|one| one.rule.code == "PW4102" && one.severity == Severity::Note), "{}", told(&found));
    let none = trial.with("Makefile", ".include \"crates.inc\"", "");
    let found = none.judged(&OpenBsd, &Around::default());
    assert!(found.iter().any(|one| one.rule.code == "PW4102" && one.severity == Severity::Error), "{}", told(&found));
}

#[test]
fn an_executable_file_is_found_on_the_disk() {
    use std::os::unix::fs::PermissionsExt as _;
    let trial = Trial::read("openbsd/acme");
    let dir = tempfile::tempdir().expect("tempdir");
    for (name, text) in &trial.files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("mkdir");
        std::fs::write(&path, text).expect("write");
    }
    let judged = || crate::lint::lint(&[dir.path().to_owned()], &Around::default()).expect("judged").findings;
    assert!(judged().iter().all(|one| one.rule.code != "PW4103"));
    std::fs::create_dir(dir.path().join("files")).expect("mkdir");
    assert!(judged().iter().any(|one| one.rule.code == "PW4114"), "{}", told(&judged()));
    std::fs::write(dir.path().join("files/x"), "x\n").expect("write");
    assert!(judged().iter().all(|one| one.rule.code != "PW4114"), "{}", told(&judged()));
    std::fs::set_permissions(dir.path().join("pkg/acme.rc"), std::fs::Permissions::from_mode(0o755)).expect("chmod");
    assert!(judged().iter().any(|one| one.rule.code == "PW4103"), "{}", told(&judged()));
}

/// Codes that need Cargo.lock.
const WITH_LOCK: [&str; 3] = ["PW4401", "PW4402", "PW4403"];

#[test]
fn with_the_lock_at_hand() {
    let trial = Trial::read("openbsd/acme");
    let crates = [
        ("aws-lc-sys", "0.30.0"),
        ("libc", "0.2.172"),
        ("libsqlite3-sys", "0.35.0"),
        ("ring", "0.16.20"),
        ("zstd-sys", "2.0.15"),
    ];
    against_lock(&OpenBsd, &trial, &crates, WITH_LOCK);
}

#[test]
fn every_rule_has_a_case() {
    let mut seen: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(WITH_LOCK).collect();
    seen.extend(["PW4002", "PW4003", "PW4103", "PW4106", "PW4112", "PW4114", "PW4202"]);
    are_all(&OpenBsd, &seen);
}

#[test]
fn fixes_mend_what_they_are_about() {
    fixes(&OpenBsd, &Trial::read("openbsd/acme"), CASES, &["PW4104", "PW4108", "PW4110", "PW4302", "PW4412", "PW4415"]);
}
