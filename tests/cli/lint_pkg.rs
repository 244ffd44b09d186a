//! `lint` on packages of pkgsrc and ports of OpenBSD and FreeBSD: what a user sees.
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Env, Ran};

/// The made-up package of a tree below `acme/`, with changes: file, what stands there, what comes in its place.
fn package(tree: &str, changes: &[(&str, &str, &str)]) -> Env {
    let env = Env::new();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lint").join(tree).join("acme");
    let mut todo = vec![top.clone()];
    while let Some(directory) = todo.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
                continue;
            }
            let name = path.strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
            let mut text = std::fs::read_to_string(&path).unwrap();
            for (_, from, to) in changes.iter().filter(|change| change.0 == name) {
                assert!(text.contains(from), "{name} has no {from:?}");
                text = text.replacen(from, to, 1);
            }
            env.write(&format!("acme/{name}"), &text);
        }
    }
    env
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"))
}

#[test]
fn a_package_of_pkgsrc() {
    let env = package(
        "pkgsrc",
        &[
            ("Makefile", "LICENSE=\tmit AND mpl-2.0", "LICENSE=\tMIT AND mpl-2.0"),
            ("Makefile", ".include \"../../security/openssl/buildlink3.mk\"\n", ""),
            ("files/smf/manifest.xml", "<method_credential user=\"@ACME_USER@\"/>", ""),
            ("PLIST", "sbin/acme\n", "sbin/acme\nsbin/acme-tool\n"),
        ],
    );
    assert_snapshot!(env.run(&["lint", "acme"]), @r#"
    exit 1
    --- stdout
    error[PW3403]: the tree calls `MIT` `mit`
      --> acme/Makefile:12:10
       |
    12 | LICENSE=    MIT AND mpl-2.0
       |             ^^^
       |
       = at run time: The licence is unknown and not accepted: the first make target stops, for everybody.
       = mend (--fix does it): Take the tree's name.

    error[PW3602]: nothing installs `sbin/acme-tool`
     --> acme/PLIST:3:1
      |
    3 | sbin/acme-tool
      | ^^^^^^^^^^^^^^
      |
      = at run time: The package phase stops: `The following files are in the PLIST but not in DESTDIR`.
      = mend: Install it, or take it out of PLIST.

    warning[PW3301]: `openssl-sys` binds openssl, and security/openssl/buildlink3.mk is not included
     --> acme/cargo-depends.mk:4:23
      |
    4 | CARGO_CRATE_DEPENDS+=    openssl-sys-0.9.109
      |                          ^^^^^^^^^^^^^^^^^^^
      |
      = at run time: The build finds no library and stops, finds that of the host, which is not there where the package is installed, or silently builds the crate's own copy.
      = mend: Include the buildlink3.mk; when the crate is never linked (only for tests, another system or a feature that is off), say so in a comment: `# portwright: allow PW3301: only for tests`.

    warning[PW3701]: the rc.d script runs the service as `@ACME_USER@`, the manifest as `root`
      --> acme/files/smf/manifest.xml:12:5
       |
    12 | /     <exec_method type="method" name="start" timeout_seconds="60"
    13 | |       exec="@PREFIX@/sbin/acme --config @PKG_SYSCONFDIR@/acme.toml"/>
       | |_____________________________________________________________________^
       |
      ::: acme/files/acme.sh:20:32
       |
    20 |   command_args="-p ${pidfile} -u ${acme_runas} -c @ACME_HOME@ @PREFIX@/sbin/acme --config @PKG_SYSCONFDIR@/acme.toml"
       |                                  ------------- the rc.d script
       |
       = at run time: On one system the server owns files that it cannot read on the other; what an admin learned on one is wrong on the other. Where one of the two is root, a server that was to be confined is not.
       = mend: Name the same FILES_SUBST variable in both.

    unknown[PW3003]: acme/cargo-depends.mk:3:23: Cargo.lock is not at hand: crates, features and licences are not compared with it
    --- stderr
    13 files judged: 2 errors, 2 warnings, 1 unknown
    more about a code: portwright explain PW3403
    --fix mends 1 of them; --diff shows how
    "#);
    assert_snapshot!(env.run(&["lint", "acme", "--diff"]).stdout.split("error[").next().unwrap(), @"
    --- a/acme/Makefile
    +++ b/acme/Makefile
    @@ -9,7 +9,7 @@
     MAINTAINER=	porter@example.org
     HOMEPAGE=	https://acme.example/
     COMMENT=	Made-up server
    -LICENSE=	MIT AND mpl-2.0
    +LICENSE=	mit AND mpl-2.0
     
     TOOL_DEPENDS+=	protobuf-[0-9]*:../../devel/protobuf
     DEPENDS+=	daemonize-[0-9]*:../../sysutils/daemonize
    ");
    assert_eq!(env.run(&["lint", "acme", "--fix"]).status, 1, "what cannot be fixed is still there");
    assert!(env.read("acme/Makefile").contains("LICENSE=\tmit AND mpl-2.0"));
}

#[test]
fn a_port_of_openbsd() {
    let env = package(
        "openbsd",
        &[
            ("Makefile", "# assembler", "# $OpenBSD$\n# assembler"),
            ("pkg/PLIST", "@rcscript ${RCDIR}/acme\n", ""),
            ("pkg/DESCR", "tests.\n", "tests."),
            ("crates.inc", "MODCARGO_CRATES +=\tlibc\t0.2.172\t# MIT\n", ""),
        ],
    );
    assert_snapshot!(env.run(&["lint", "acme"]), @"
    exit 1
    --- stdout
    warning[PW4104]: `Makefile` has an RCS tag
     --> acme/Makefile:1:3
      |
    1 | # $OpenBSD$
      |   ^^^^^^^^^
      |
      = at run time: Every commit changes the line; portcheck refuses it.
      = mend (--fix does it): Remove the line.

    warning[PW4412]: no crate of this port: `cargo/libc-0.2.172.tar.gz`
     --> acme/distinfo:3:9
      |
    3 | SHA256 (cargo/libc-0.2.172.tar.gz) = 492i953VNUQhcuVIpx4zOp4jkjzcJhuoHLXYkzQLm+Q=
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at run time: Nothing breaks; mirrors look for the file.
      = mend (--fix does it): Remove the lines, or run `make makesum`.

    warning[PW4110]: the last line has no end
     --> acme/pkg/DESCR:1:1
      |
    1 | A server that does not exist, for tests.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at run time: What is appended, the maintainer's line for one, runs on in the last line.
      = mend (--fix does it): End the last line.

    error[PW4305]: no packing list has `@rcscript ${RCDIR}/acme`
     --> acme/pkg/acme.rc:1:1
      |
    1 | #!/bin/ksh
      | ^
      |
      = at run time: The script is not installed: the package has no service.
      = mend: Add the line to PLIST.

    unknown[PW4003]: acme/crates.inc:1:20: Cargo.lock is not at hand: crates are not compared with it
    --- stderr
    10 files judged: 1 error, 3 warnings, 1 unknown
    more about a code: portwright explain PW4104
    --fix mends 3 of them; --diff shows how
    ");
    let fixed = env.run(&["lint", "acme", "--fix"]);
    assert_snapshot!(fixed.stdout.split("error[").next().unwrap(), @r"
    --- a/acme/Makefile
    +++ b/acme/Makefile
    @@ -1,4 +1,3 @@
    -# $OpenBSD$
     # assembler with constants in its text
     USE_NOEXECONLY =	Yes
     
    --- a/acme/distinfo
    +++ b/acme/distinfo
    @@ -1,12 +1,10 @@
     SHA256 (acme-1.4.2.tar.gz) = 9LgVLX4JzuZTo3LizV88YlDXDrzos3czYUu35Ad4nOA=
     SHA256 (cargo/aws-lc-sys-0.30.0.tar.gz) = gm8YRqOSXI5weKpAmaSZjvUSZfsxiTtDrMdRhDDe8uo=
    -SHA256 (cargo/libc-0.2.172.tar.gz) = 492i953VNUQhcuVIpx4zOp4jkjzcJhuoHLXYkzQLm+Q=
     SHA256 (cargo/libsqlite3-sys-0.35.0.tar.gz) = OJYhrMcF1DUr46K7Lz87xDlipaQasKs48X5AKSATr2w=
     SHA256 (cargo/ring-0.16.20.tar.gz) = SxZxFUka/1minlgnSW+WCQD1G4skMyWck7iRVTqsIfM=
     SHA256 (cargo/zstd-sys-2.0.15.tar.gz) = sS5Ys/8YTDA/Sd8+xdCUSyAghQVMcVJ20m6PyRQZmoY=
     SIZE (acme-1.4.2.tar.gz) = 17000
     SIZE (cargo/aws-lc-sys-0.30.0.tar.gz) = 30000
    -SIZE (cargo/libc-0.2.172.tar.gz) = 25000
     SIZE (cargo/libsqlite3-sys-0.35.0.tar.gz) = 34000
     SIZE (cargo/ring-0.16.20.tar.gz) = 25000
     SIZE (cargo/zstd-sys-2.0.15.tar.gz) = 28000
    --- a/acme/pkg/DESCR
    +++ b/acme/pkg/DESCR
    @@ -1 +1 @@
    -A server that does not exist, for tests.
    \ No newline at end of file
    +A server that does not exist, for tests.
    ");
    assert!(!env.read("acme/distinfo").contains("libc-0.2.172"));
}

/// A port with a licence by the wrong name, a group's description under another, a `#` that hides a crate, and a message
/// without its end.
fn faulty_port() -> Env {
    package(
        "freebsd",
        &[
            ("Makefile", "LICENSE=\tAGPLv3+", "LICENSE= AGPL-3.0-or-later"),
            ("Makefile", "STORAGE_DESC=", "STORAGES_DESC="),
            ("Makefile.crates", "\\#0123", "#0123"),
            ("files/pkg-message.in", "EOM\n}", "}"),
        ],
    )
}

#[test]
fn a_port_of_freebsd() {
    let env = faulty_port();
    assert_snapshot!(env.run(&["lint", "acme"]), @r"
    exit 1
    --- stdout
    note[PW5106]: a value is separated by blanks
      --> acme/Makefile:10:9
       |
    10 | LICENSE= AGPL-3.0-or-later
       |         ^
       |
       = at run time: None for the build; portlint refuses the port.
       = mend (--fix does it): Use tabs; `portfmt -i Makefile` does it.

    error[PW5211]: the tree calls `AGPL-3.0-or-later` `AGPLv3+`
      --> acme/Makefile:10:10
       |
    10 | LICENSE= AGPL-3.0-or-later
       |          ^^^^^^^^^^^^^^^^^
       |
       = at run time: make stops: the licence is unknown and has no LICENSE_NAME.
       = mend (--fix does it): Take the tree's name.

    warning[PW5210]: LICENSE has no `AGPLv3+`
      --> acme/Makefile:11:1
       |
    11 | LICENSE_FILE_AGPLv3+ =    ${WRKSRC}/LICENSE
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = at run time: The package has no copy of the licence's text.
       = mend: Correct the name; `LICENSE_FILE_GPLv3+ =` with a blank.

    warning[PW5222]: `STORAGES` is neither an option nor a group
      --> acme/Makefile:39:1
       |
    39 | STORAGES_DESC=    Where things are kept
       | ^^^^^^^^^^^^^
       |
       = at run time: The text is shown nowhere; the group that it was for has none.
       = mend: Write the name of the option or group.

    error[PW5306]: everything behind this `#` is a comment
     --> acme/Makefile.crates:3:3
      |
    3 |         rt@git+https://example.org/exampleorg/rt?rev=0123abc#0123456789abcdef0123456789abcdef01234567 \
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at run time: The commit and every crate behind it on the line are gone: fetching stops, or crates are missing.
      = mend (--fix does it): Write `\#`.

    warning[PW5322]: no crate of this port: `rust/crates/zstd-sys-2.0.15.crate`
     --> acme/distinfo:6:9
      |
    6 | SHA256 (rust/crates/zstd-sys-2.0.15.crate) = e5f737463f9dcb136ed898d980f7a0e0faae497010c07d09f51ba1209dcebfc6
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at run time: Nothing breaks.
      = mend (--fix does it): Remove the lines, or run `make makesum`.

    error[PW5501]: no line is `EOM`
     --> acme/files/pkg-message.in:3:12
      |
    3 |   message: <<EOM
      |            ^^^^^
      |
      = at run time: pkg refuses the message when the package is made, or everything up to the end of the file is the text.
      = mend: Write the delimiter alone on its line, at the beginning.

    unknown[PW5003]: acme/Makefile.crates:1:15: Cargo.lock is not at hand: crates are not compared with it
    --- stderr
    9 files judged: 3 errors, 3 warnings, 1 note, 1 unknown
    more about a code: portwright explain PW5106
    --fix mends 4 of them; --diff shows how
    ");
}

#[test]
fn a_fix_sees_what_the_others_have_done() {
    let env = faulty_port();
    let fixed = env.run(&["lint", "acme", "--fix"]);
    assert_snapshot!(fixed.stdout.split("error[").next().unwrap(), @r"
    --- a/acme/Makefile
    +++ b/acme/Makefile
    @@ -7,7 +7,7 @@
     COMMENT=	Made-up server
     WWW=		https://acme.example/
     
    -LICENSE= AGPL-3.0-or-later
    +LICENSE=	AGPLv3+
     LICENSE_FILE_AGPLv3+ =	${WRKSRC}/LICENSE
     
     NOT_FOR_ARCHS=	powerpc riscv64
    --- a/acme/Makefile.crates
    +++ b/acme/Makefile.crates
    @@ -1,4 +1,4 @@
     CARGO_CRATES=	libc-0.2.172 \
     		openssl-sys-0.9.109 \
    -		rt@git+https://example.org/exampleorg/rt?rev=0123abc#0123456789abcdef0123456789abcdef01234567 \
    +		rt@git+https://example.org/exampleorg/rt?rev=0123abc\#0123456789abcdef0123456789abcdef01234567 \
     		zstd-sys-2.0.15
    warning[PW5222]: `STORAGES` is neither an option nor a group
      --> acme/Makefile:39:1
       |
    39 | STORAGES_DESC=    Where things are kept
       | ^^^^^^^^^^^^^
       |
       = at run time: The text is shown nowhere; the group that it was for has none.
       = mend: Write the name of the option or group.
    ");
    assert!(env.read("acme/Makefile.crates").contains("\\#0123"));
    // The `#` hid a crate: that distinfo has it was never wrong.
    assert!(env.read("acme/distinfo").contains("zstd-sys"));
}

#[test]
fn a_comment_in_a_makefile_allows_with_its_reason() {
    let change =
        ("Makefile", "RUSTFLAGS+=\t--cfg x", "# portwright: allow PW3305: nothing is set before\nRUSTFLAGS=\t--cfg x");
    let env = package("pkgsrc", &[change]);
    let ran = env.run(&["lint", "acme", "--format", "json"]);
    let answer = json(&ran);
    assert_eq!(ran.status, 0);
    assert_snapshot!(serde_json::to_string_pretty(&answer["allowed"]).unwrap(), @r#"
    [
      {
        "code": "PW3305",
        "line": 20,
        "path": "acme/Makefile",
        "reason": "nothing is set before"
      }
    ]
    "#);
    let codes = |answer: &Value| -> Vec<String> {
        let findings = answer["findings"].as_array().unwrap().iter();
        findings.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&answer), ["PW3003"], "only that Cargo.lock is not at hand");
    // Without a reason nothing is allowed.
    let change = ("Makefile", "RUSTFLAGS+=\t--cfg x", "# portwright: allow PW3305\nRUSTFLAGS=\t--cfg x");
    let env = package("pkgsrc", &[change]);
    assert_eq!(codes(&json(&env.run(&["lint", "acme", "--format", "json"]))), ["PW0001", "PW3305", "PW3003"]);
}

#[test]
fn findings_for_programs() {
    let env = package("openbsd", &[("Makefile", "CONFIGURE_STYLE =\tcargo", "CONFIGURE_STYLE =\tnone")]);
    let ran = env.run(&["lint", "acme/Makefile", "--format", "json"]);
    let answer = json(&ran);
    assert_eq!(ran.status, 1);
    let finding = answer["findings"].as_array().unwrap().iter().find(|one| one["code"] == "PW4421").unwrap();
    assert_snapshot!(serde_json::to_string_pretty(finding).unwrap(), @r#"
    {
      "code": "PW4421",
      "column": 12,
      "effect": "No configuration for cargo is written: it asks the network for every crate and stops.",
      "end-column": 23,
      "end-line": 16,
      "fixable": false,
      "line": 16,
      "mend": "`CONFIGURE_STYLE = cargo`, or call ${MODCARGO_configure} in do-configure.",
      "message": "CONFIGURE_STYLE has no `cargo`",
      "path": "acme/Makefile",
      "severity": "error"
    }
    "#);
    assert!(answer["judged"]["openbsd"].as_u64().unwrap() > 5, "a file stands for its whole package: {ran}");
}
