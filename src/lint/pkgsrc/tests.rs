//! Every rule with a case that it is about and the same package without it.
use std::collections::BTreeSet;

use super::Pkgsrc;
use crate::finding::Severity;
use crate::krate::fixture::{Member, tarball};
use crate::lint::Around;
use crate::lint::package::trial::{Case, Trial, are_all, cases, fixes, lock, silent, told};

/// Cases that the files alone decide.
const CASES: &[Case<'_>] = &[
    ("PW3001", "options.mk", ".endif\n", ""),
    ("PW3001", "Makefile", "", "this is no makefile\n"),
    ("PW3104", "cargo-depends.mk", "", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n"),
    ("PW3105", "Makefile", "SITES.wasi", "OTHER.wasi"),
    ("PW3106", "cargo-depends.mk", "libc-0.2.172", "libc"),
    ("PW3107", "Makefile", ".include \"../../security", "CARGO_CRATE_DEPENDS+=\tx-1.0.0\n.include \"../../security"),
    ("PW3108", "Makefile", ".include \"cargo-depends.mk\"\n", ""),
    ("PW3109", "Makefile", "do-install:", "other-target:"),
    ("PW3110", "Makefile", "target/release/acme", "target/debug/acme"),
    ("PW3111", "Makefile", "", "ALLOW_NETWORK_ACCESS=\tyes\n"),
    ("PW3201", "cargo-depends.mk", "", "CARGO_CRATE_DEPENDS+=\tnew-1.0.0\n"),
    ("PW3201", "Makefile", "acme-1.0.0-rc.1\n", "acme-1.0.0-rc.2\n"),
    ("PW3202", "cargo-depends.mk", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n", ""),
    ("PW3203", "distinfo", "Size (libc", "BLAKE2s (other"),
    ("PW3204", "distinfo", " bytes", ""),
    ("PW3204", "distinfo", "BLAKE2s (libc-0.2.172.crate) = ", "BLAKE2s (libc-0.2.172.crate) = 0"),
    ("PW3205", "distinfo", "", "Size (libc-0.2.172.crate) = 1 bytes\n"),
    ("PW3206", "distinfo", "", "what is this\n"),
    ("PW3206", "distinfo", "", "CRC32 (libc-0.2.172.crate) = 1\n"),
    ("PW3207", "distinfo", "", "Size (aaa.crate) = 1 bytes\n"),
    ("PW3211", "patches/patch-other", "", "+new\n"),
    ("PW3212", "distinfo", "", "SHA1 (patch-gone) = 0000000000000000000000000000000000000000\n"),
    ("PW3213", "patches/patch-Cargo.toml", "+b", "+c"),
    ("PW3301", "Makefile", ".include \"../../security/openssl/buildlink3.mk\"\n", ""),
    ("PW3303", "Makefile", "1.88.0", "rust>=1.88"),
    ("PW3304", "Makefile", "TOOL_DEPENDS+=", "#"),
    ("PW3305", "Makefile", "RUSTFLAGS+=", "RUSTFLAGS="),
    ("PW3401", "Makefile", "LICENSE=", "#LICENSE="),
    ("PW3402", "Makefile", "mit AND mpl-2.0", "mit AND mpl-2.0 OR isc"),
    ("PW3402", "Makefile", "mit AND mpl-2.0", "mit mpl-2.0"),
    ("PW3403", "Makefile", "mit AND mpl-2.0", "MIT AND mpl-2.0"),
    ("PW3403", "Makefile", "mit AND mpl-2.0", "mit AND GPL-3.0-or-later"),
    ("PW3501", "options.mk", "", ".if !empty(PKG_OPTIONS:Mother)\nX=\ty\n.endif\n"),
    ("PW3502", "options.mk", "PKG_SUPPORTED_OPTIONS=\tldap", "PKG_SUPPORTED_OPTIONS=\tldap sqlite"),
    ("PW3503", "options.mk", "PKG_SUGGESTED_OPTIONS=\tldap", "PKG_SUGGESTED_OPTIONS=\tldap pgsql"),
    ("PW3505", "options.mk", "CARGO_NO_DEFAULT", "CARGO_FEATURES=\nCARGO_NO_DEFAULT"),
    ("PW3506", "options.mk", "FEATURES=\tyes", "FEATURES=\t1"),
    ("PW3507", "Makefile", "PLIST.web=\tyes", "PLIST.web=\tno"),
    ("PW3508", "PLIST", "", "${PLIST.other}share/acme/other\n"),
    ("PW3601", "PLIST", "sbin/acme\n", ""),
    ("PW3602", "PLIST", "sbin/acme\n", "sbin/acme\nsbin/acme-tool\n"),
    ("PW3603", "Makefile", "do-install:", "other-target:"),
    ("PW3604", "PLIST", "", "share/examples/rc.d/acme\n"),
    ("PW3605", "Makefile", "share/examples/acme/acme.toml", "share/examples/acme/other.toml"),
    ("PW3606", "Makefile", "${REAL_ROOT_USER} ${ACME_GROUP} 0640", "${ACME_GROUP} 0640"),
    ("PW3607", "Makefile", "${REAL_ROOT_USER} ${ACME_GROUP} 0640", "${ACME_USER} ${ACME_GROUP} 0640"),
    ("PW3608", "Makefile", "", "CONF_FILES+=\tshare/examples/acme/acme.toml ${PKG_SYSCONFDIR}/acme.toml\n"),
    ("PW3701", "files/smf/manifest.xml", "<method_credential user=\"@ACME_USER@\"/>", ""),
    ("PW3701", "files/acme.sh", "-u ${acme_runas}", ""),
    ("PW3702", "files/smf/manifest.xml", "@PREFIX@/sbin/acme --config", "@PREFIX@/bin/acme --config"),
    ("PW3703", "files/smf/manifest.xml", "@PKG_SYSCONFDIR@/acme.toml", "@PKG_SYSCONFDIR@/server.toml"),
    ("PW3704", "Makefile", "FILES_SUBST+=\tACME_HOME", "FILES_SUBST+=\tACME_OTHER"),
    ("PW3705", "Makefile", "RCD_SCRIPTS=\tacme", "RCD_SCRIPTS=\tacmed"),
    ("PW3706", "Makefile", "RCD_SCRIPTS=\tacme", "OTHER=\tacme"),
    ("PW3707", "Makefile", "", "FILES_SUBST+=\tACME_X=a!b\n"),
    ("PW3708", "files/smf/manifest.xml", "<?xml", ""),
    ("PW3709", "Makefile", "PKG_USERS=", "OTHER_USERS="),
    ("PW3801", "Makefile", "DEPENDS+=\tdaemonize", "#DEPENDS+=\tdaemonize"),
    // A server that is known to run git.
    ("PW3801", "files/smf/manifest.xml", "@PREFIX@/sbin/acme --config", "@PREFIX@/bin/gitea --config"),
    ("PW3901", "Makefile", "MASTER_SITES=", "OTHER_SITES="),
    ("PW3902", "Makefile", "", "SITES.other-1.tar.gz=\thttps://acme.example/\n"),
];

#[test]
fn a_clean_package_and_one_change() {
    let trial = Trial::read("pkgsrc/acme");
    let clean = trial.judged(&Pkgsrc, &Around::default());
    assert_eq!(clean.len(), 1, "only that Cargo.lock is not at hand:\n{}", told(&clean));
    assert_eq!((clean[0].rule.code, clean[0].severity), ("PW3003", Severity::Unknown));
    let by_hand = ["PW3708"];
    let ready: Vec<Case<'_>> = CASES.iter().filter(|case| !by_hand.contains(&case.0)).copied().collect();
    cases(&Pkgsrc, &trial, &Around::default(), &ready);
    let found = trial.without("files/smf/manifest.xml").judged(&Pkgsrc, &Around::default());
    assert!(found.iter().any(|one| one.rule.code == "PW3708"), "{}", told(&found));
    let large = trial.with("Makefile", "", &"#\n".repeat(200_000)).judged(&Pkgsrc, &Around::default());
    assert!(large.iter().any(|one| one.rule.code == "PW3002"), "{}", told(&large));
}

#[test]
fn variables_that_refer_to_themselves_end() {
    let trial = Trial::read("pkgsrc/acme");
    // `:=` takes what was there before, line by line; more such lines once took minutes.
    let lines = (0..12).map(|at| format!("DISTFILES:=\t${{DISTFILES}} x-{at}.tar.gz\n"));
    let growing = format!("DISTFILES=\tacme-1.0.0-rc.1.crate\n{}", lines.collect::<String>());
    let found =
        trial.with("Makefile", "EXTRACT_SUFX=", &format!("{growing}EXTRACT_SUFX=")).judged(&Pkgsrc, &Around::default());
    let missing = found.iter().find(|one| one.rule.code == "PW3201").expect("archives without digests");
    assert!(missing.message.contains("x-0.tar.gz"), "{}", missing.message);
    // Each is the other's default.
    let circle = trial.with(
        "Makefile",
        "DISTNAME=\tacme-1.0.0-rc.1\nPKGNAME=\t${DISTNAME:S/-rc./rc/}\n",
        "DISTNAME=\t${PKGNAME}-x\n",
    );
    assert!(!circle.judged(&Pkgsrc, &Around::default()).is_empty());
}

#[test]
fn a_licence_that_is_appended_goes_on() {
    let trial = Trial::read("pkgsrc/acme");
    let faulty = |line: &str| {
        let found = trial.with("options.mk", "", line).judged(&Pkgsrc, &Around::default());
        found.iter().any(|one| one.rule.code == "PW3402")
    };
    assert!(!faulty("LICENSE+=\tAND gnu-gpl-v3\n"));
    assert!(faulty("LICENSE+=\tAND OR gnu-gpl-v3\n"));
}

/// What real packages do, and does no harm.
const SILENT: &[Case<'_>] = &[
    // A condition that grows line by line.
    ("PW3402", "options.mk", ".endif\n", "LICENSE+=\tAND isc\n.endif\n"),
    // What a framework fills in, and a comment.
    (
        "PW3704",
        "Makefile",
        "FILES_SUBST+=\tACME_HOME=${ACME_HOME:Q}\n",
        "FILES_SUBST+=\tACME_HOME=${PKG_JAVA_HOME:Q}\n.include \"../../mk/java-vm.mk\"\n",
    ),
    ("PW3704", "files/acme.sh", "load_rc_config", "# @ACME_OTHER@\necho @ECHO_N@\nload_rc_config"),
    // The same account under two names, with its group.
    ("PW3701", "files/acme.sh", "-u ${acme_runas}", "-u acme:acme"),
    // Known only when the service starts.
    ("PW3701", "files/acme.sh", "-u ${acme_runas}", "-u `id -un`"),
    ("PW3801", "files/smf/manifest.xml", "@PREFIX@/sbin/acme --config", "@PREFIX@/bin/acme-that-is-unknown --config"),
    // curl's buildlink3.mk includes openssl's.
    ("PW3301", "Makefile", "security/openssl/buildlink3.mk", "www/curl/buildlink3.mk"),
    ("PW3503", "options.mk", "SUGGESTED_OPTIONS=\tldap", "SUGGESTED_OPTIONS=\tldap -ldap"),
    ("PW3709", "Makefile", "PKG_USERS=", "DEPENDS+=\tacme-users-[0-9]*:../../net/acme-users\nOTHER="),
    ("PW3605", "Makefile", "share/examples/acme/acme.toml \\", "share/examples//acme/acme.toml \\"),
    ("PW3606", "Makefile", "RCD_SCRIPTS=", "REQD_FILES+=\t${ACME:@one@a/${one} b/${one}@}\nRCD_SCRIPTS="),
    (
        "PW3201",
        "Makefile",
        "EXTRACT_SUFX=\t",
        ".if ${OPSYS} == \"SunOS\"\nDISTNAME=\tacme-solaris\n.endif\nEXTRACT_SUFX=\t",
    ),
    // A backslash before an empty line.
    ("PW3606", "Makefile", "${ACME_GROUP} 0640\n", "${ACME_GROUP} 0640 \\\n\n"),
    (
        "PW3705",
        "Makefile",
        "RCD_SCRIPTS=\tacme\n",
        "RCD_SCRIPTS=\tacmed\n.if ${OPSYS} == \"NetBSD\"\nRCD_SCRIPTS+=\tmore\n.endif\n.for one in ${RCD_SCRIPTS}\n\
         RCD_SCRIPT_SRC.${one}=\t${WRKSRC}/${one}\n.endfor\n",
    ),
    // Distfiles of frameworks, and a name with the revision in it.
    (
        "PW3201",
        "Makefile",
        "EXTRACT_SUFX=\t.crate\n",
        "EXTRACT_SUFX=\t.zip\n.include \"../../wip/mk/git-package.mk\"\n",
    ),
    (
        "PW3201",
        "Makefile",
        "EXTRACT_SUFX=\t.crate\n",
        "EXTRACT_SUFX=\t.zip\n.include \"../../mail/other/plugins.mk\"\n",
    ),
    (
        "PW3201",
        "Makefile",
        "DISTNAME=\tacme-1.0.0-rc.1\nPKGNAME=\t${DISTNAME:S/-rc./rc/}\n",
        "PKGNAME=\tacme-1.0.0rc1\nDISTNAME=\t${PKGNAME}-0123abc\nPKGREVISION=\t1\n",
    ),
];

#[test]
fn good_packages_are_left_alone() {
    silent(&Pkgsrc, &Trial::read("pkgsrc/acme"), SILENT);
    let growing = Trial::read("pkgsrc/acme").with("options.mk", ".endif\n", "LICENSE+=\tOR isc\n.endif\n");
    let found = growing.judged(&Pkgsrc, &Around::default());
    assert!(found.iter().any(|one| one.rule.code == "PW3402"), "{}", told(&found));
}

/// Codes that need Cargo.lock.
const WITH_LOCK: &[&str] = &["PW3101", "PW3102", "PW3103", "PW3302", "PW3404", "PW3405", "PW3504"];

fn manifest(more: &str) -> String {
    format!(
        "[package]\nname = \"acme\"\nversion = \"1.0.0-rc.1\"\nedition = \"2024\"\nlicense = \"MIT\"\n{more}\
         [features]\ndirectory = []\n[dependencies]\nlibc = \"0.2\"\nopenssl-sys = \"0.9\"\nwasi = \"0.14\"\n"
    )
}

#[test]
fn with_the_lock_at_hand() {
    let crates = [("libc", "0.2.172"), ("openssl-sys", "0.9.109"), ("wasi", "0.14.7+wasi-0.2.4")];
    let trial = Trial::read("pkgsrc/acme");
    let judged = |lock: &str, manifest: &str, libc: &str| {
        let dir = tempfile::tempdir().expect("tempdir");
        let members =
            [Member::file("acme-1.0.0-rc.1/Cargo.lock", lock), Member::file("acme-1.0.0-rc.1/Cargo.toml", manifest)];
        std::fs::write(dir.path().join("acme-1.0.0-rc.1.crate"), tarball(&members)).expect("write");
        let text = format!("[package]\nname = \"libc\"\nversion = \"0.2.172\"\nlicense = \"{libc}\"\n");
        let members = [Member::file("libc-0.2.172/Cargo.toml", &text)];
        std::fs::write(dir.path().join("libc-0.2.172.crate"), tarball(&members)).expect("write");
        let around = Around { distfiles: vec![dir.path().to_owned()], ..Around::default() };
        trial.judged(&Pkgsrc, &around)
    };
    let good = lock(&crates, "");
    let clean = judged(&good, &manifest(""), "MIT OR Apache-2.0");
    assert!(clean.is_empty(), "{}", told(&clean));
    let more = lock(&[crates[0], crates[1], crates[2], ("new", "1.0.0")], "");
    let git = lock(&crates, "libc");
    let cases = [
        ("PW3101", more, manifest(""), "MIT"),
        ("PW3102", lock(&crates[..2], ""), manifest(""), "MIT"),
        ("PW3103", git, manifest(""), "MIT"),
        ("PW3302", good.clone(), manifest("rust-version = \"1.90\"\n"), "MIT"),
        ("PW3404", good.clone(), manifest("").replace("\"MIT\"", "\"AGPL-3.0-only\""), "MIT"),
        ("PW3405", good.clone(), manifest(""), "LGPL-3.0-only"),
        ("PW3504", good, manifest("").replace("directory", "ldap"), "MIT"),
    ];
    assert_eq!(cases.iter().map(|case| case.0).collect::<Vec<_>>(), WITH_LOCK);
    for (code, lock, manifest, libc) in cases {
        let found = judged(&lock, &manifest, libc);
        assert!(found.iter().any(|one| one.rule.code == code), "{code} is not found\n{}", told(&found));
    }
}

#[test]
fn every_rule_has_a_case() {
    let mut seen: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(WITH_LOCK.iter().copied()).collect();
    seen.extend(["PW3002", "PW3003"]);
    are_all(&Pkgsrc, &seen);
}

#[test]
fn fixes_mend_what_they_are_about() {
    let fixable = ["PW3104", "PW3202", "PW3207", "PW3212", "PW3213", "PW3403", "PW3506"];
    fixes(&Pkgsrc, &Trial::read("pkgsrc/acme"), CASES, &fixable);
}

#[test]
fn a_comment_allows_a_finding_with_its_reason() {
    let trial = Trial::read("pkgsrc/acme");
    let bad = trial.with("Makefile", "RUSTFLAGS+=", "# portwright: allow PW3305: nothing is set before\nRUSTFLAGS=");
    let sources: Vec<_> = bad
        .files
        .iter()
        .map(|(name, text)| std::sync::Arc::new(crate::finding::Source::new(format!("net/acme/{name}"), text.as_str())))
        .collect();
    let report = crate::lint::judge(&sources);
    assert!(report.findings.iter().all(|one| one.rule.code != "PW3305"), "{}", told(&report.findings));
    assert_eq!(report.allowed.len(), 1);
    assert_eq!(report.allowed[0].reason, "nothing is set before");
}
