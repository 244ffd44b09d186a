//! `generate`: what it writes, when it refuses to, and how it answers.
use insta::assert_snapshot;

use crate::support::{Env, servers};

/// A directory with the programs of [`servers::TIDBITS`] packaged: few files, no service.
fn tidbits() -> Env {
    let env = Env::new();
    servers::tidbits(&env);
    env.generate(&["tidbits.toml"]);
    env
}

#[test]
fn it_says_what_it_wrote_and_then_nothing_is_left_to_do() {
    let env = Env::new();
    servers::hearth(&env);
    assert_snapshot!(env.generate(&["hearth.toml", "--out", "out"]), @"
    exit 0
    --- stdout
    new         out/pkgsrc/net/hearth/DESCR
    new         out/pkgsrc/net/hearth/Makefile
    new         out/pkgsrc/net/hearth/PLIST
    new         out/pkgsrc/net/hearth/cargo-depends.mk
    new         out/pkgsrc/net/hearth/distinfo
    new         out/pkgsrc/net/hearth/files/README.pkgsrc
    new         out/pkgsrc/net/hearth/files/hearth.sh
    new         out/pkgsrc/net/hearth/files/smf/manifest.xml
    new         out/ports/freebsd/net/hearth/Makefile
    new         out/ports/freebsd/net/hearth/Makefile.crates
    new         out/ports/freebsd/net/hearth/distinfo
    new         out/ports/freebsd/net/hearth/files/hearth.in
    new         out/ports/freebsd/net/hearth/files/pkg-message.in
    new         out/ports/freebsd/net/hearth/pkg-descr
    new         out/ports/freebsd/net/hearth/pkg-plist
    new         out/ports/openbsd/net/hearth/Makefile
    new         out/ports/openbsd/net/hearth/crates.inc
    new         out/ports/openbsd/net/hearth/distinfo
    new         out/ports/openbsd/net/hearth/pkg/DESCR
    new         out/ports/openbsd/net/hearth/pkg/PLIST
    new         out/ports/openbsd/net/hearth/pkg/README
    new         out/ports/openbsd/net/hearth/pkg/hearth.login
    new         out/ports/openbsd/net/hearth/pkg/hearth.rc
    new         out/rc.d/freebsd/hearth
    new         out/rc.d/netbsd/hearth
    new         out/rc.d/openbsd/hearth
    new         out/rc.d/openbsd/login.conf.d/hearth
    new         out/smf/hearth.xml
    --- stderr
    hearth.toml: on OpenBSD accounts have registered numbers: PLIST has NNN for one. Take a free number of infrastructure/db/user.list, add the line `NNN _hearth	_hearth	net/hearth` there, and say [os.openbsd] user-id = NNN
    hearth.toml: a FreeBSD tree wants these lines, in UIDs and in GIDs, if it has none for them:
        hearth:*:NNN:NNN::0:0:hearth daemon:/var/db/hearth:/usr/sbin/nologin
        hearth:*:NNN:
    ");
    assert_snapshot!(env.generate(&["hearth.toml", "--out", "out"]), @"
    exit 0
    --- stdout
    28 files were as they should be
    --- stderr
    hearth.toml: on OpenBSD accounts have registered numbers: PLIST has NNN for one. Take a free number of infrastructure/db/user.list, add the line `NNN _hearth	_hearth	net/hearth` there, and say [os.openbsd] user-id = NNN
    hearth.toml: a FreeBSD tree wants these lines, in UIDs and in GIDs, if it has none for them:
        hearth:*:NNN:NNN::0:0:hearth daemon:/var/db/hearth:/usr/sbin/nologin
        hearth:*:NNN:
    ");
    assert_snapshot!(env.generate(&["hearth.toml", "--out", "out", "--check"]), @"
    exit 0
    --- stdout
    --- stderr
    hearth.toml: on OpenBSD accounts have registered numbers: PLIST has NNN for one. Take a free number of infrastructure/db/user.list, add the line `NNN _hearth	_hearth	net/hearth` there, and say [os.openbsd] user-id = NNN
    hearth.toml: a FreeBSD tree wants these lines, in UIDs and in GIDs, if it has none for them:
        hearth:*:NNN:NNN::0:0:hearth daemon:/var/db/hearth:/usr/sbin/nologin
        hearth:*:NNN:
    ");
}

#[test]
fn check_shows_the_drift_and_the_command_that_mends_it() {
    let env = tidbits();
    env.write("tidbits.toml", &servers::TIDBITS.replace("[\"tidbits\", \"tidctl\"]", "[\"tidbits\"]"));
    let before = env.files("");
    let checked = env.run(&["generate", "--offline", "tidbits.toml", "--target", "pkgsrc", "--check"]);
    assert_snapshot!(checked, @r"
    exit 1
    --- stdout
    diff --git a/pkgsrc/sysutils/tidbits/Makefile b/pkgsrc/sysutils/tidbits/Makefile
    --- a/pkgsrc/sysutils/tidbits/Makefile
    +++ b/pkgsrc/sysutils/tidbits/Makefile
    @@ -16,8 +16,6 @@
     do-install:
     	${INSTALL_PROGRAM} ${WRKSRC}/target/release/tidbits \
     		${DESTDIR}${PREFIX}/bin
    -	${INSTALL_PROGRAM} ${WRKSRC}/target/release/tidctl \
    -		${DESTDIR}${PREFIX}/bin
     	${INSTALL_MAN} ${WRKSRC}/tidbits.1 \
     		${DESTDIR}${PREFIX}/${PKGMANDIR}/man1
     	${INSTALL_DATA} ${FILESDIR}/README.pkgsrc \
    diff --git a/pkgsrc/sysutils/tidbits/PLIST b/pkgsrc/sysutils/tidbits/PLIST
    --- a/pkgsrc/sysutils/tidbits/PLIST
    +++ b/pkgsrc/sysutils/tidbits/PLIST
    @@ -1,5 +1,4 @@
     @comment $NetBSD$
     bin/tidbits
    -bin/tidctl
     man/man1/tidbits.1
     share/doc/tidbits/README.pkgsrc
    --- stderr
    some files are not as the recipes say; to write them: portwright generate --offline tidbits.toml --target pkgsrc
    ");
    assert_eq!(env.files(""), before, "nothing is written");
    let shown = env.run(&["generate", "--offline", "tidbits.toml", "--target", "pkgsrc", "--diff"]);
    assert_eq!((shown.status, shown.stdout), (0, checked.stdout));
    assert_eq!(env.files(""), before, "nothing is written");
    env.generate(&["tidbits.toml"]);
    assert_eq!(env.run(&["generate", "--offline", "tidbits.toml", "--check"]).status, 0);
}

#[test]
fn check_and_diff_exclude_each_other() {
    let env = tidbits();
    assert_eq!(env.run(&["generate", "tidbits.toml", "--check", "--diff"]).status, 2);
}

#[test]
fn an_edited_file_is_not_overwritten_unless_asked_for() {
    let env = tidbits();
    let makefile = "pkgsrc/sysutils/tidbits/Makefile";
    let good = env.read(makefile);
    let edited = good.replace("CATEGORIES=\tsysutils", "CATEGORIES=\tsysutils net");
    assert_ne!(edited, good);
    env.write(makefile, &edited);
    // Its wish and ours are the same until the recipe changes.
    env.write(
        "tidbits.toml",
        &servers::TIDBITS.replace("[build]", "[package]\nmaintainer = \"porter@example.org\"\n[build]"),
    );
    let refused = env.run(&["generate", "--offline", "tidbits.toml"]);
    assert_snapshot!(refused, @"
    exit 2
    --- stdout
    --- stderr
    error: a file was edited by hand and would be overwritten; nothing was changed
     |
     = note: `./pkgsrc/sysutils/tidbits/Makefile`: edited since portwright wrote it
     = note: what would be lost (-) and come instead (+):
             diff --git a/pkgsrc/sysutils/tidbits/Makefile b/pkgsrc/sysutils/tidbits/Makefile
             --- a/pkgsrc/sysutils/tidbits/Makefile
             +++ b/pkgsrc/sysutils/tidbits/Makefile
             @@ -1,10 +1,10 @@
              # $NetBSD$
              
              DISTNAME=	tidbits-2.0.0
             -CATEGORIES=	sysutils net
             +CATEGORIES=	sysutils
              EXTRACT_SUFX=	.crate
              
             -MAINTAINER=	pkgsrc-users@NetBSD.org
             +MAINTAINER=	porter@example.org
              COMMENT=	Small server called tidbits
              LICENSE=	isc
              
     = help: move the change into the recipe's additions for this target, then generate again
     = help: or take the generated files, and keep the edited ones as `FILE.orig`: add `--force`
    ");
    assert_eq!(env.read(makefile), edited);
    assert!(env.read("pkgsrc/sysutils/tidbits/PLIST").contains("bin/tidctl"));

    let forced = env.generate(&["tidbits.toml", "--force"]);
    assert!(env.read(makefile).contains("MAINTAINER=\tporter@example.org"), "{forced}");
    assert_eq!(env.read(&format!("{makefile}.orig")), edited, "what was there is kept");
    assert_eq!(env.run(&["generate", "--offline", "tidbits.toml", "--check"]).status, 0);
}

#[test]
fn patches_belong_to_people_and_are_listed() {
    let env = tidbits();
    let patch = "$NetBSD$\n\nMake it build.\n\n--- src/main.rs.orig\n+++ src/main.rs\n@@ -1 +1 @@\n-a\n+b\n";
    env.write("pkgsrc/sysutils/tidbits/patches/patch-src_main.rs", patch);
    env.write("pkgsrc/sysutils/tidbits/patches/patch-src_main.rs.orig", "x");
    env.write("pkgsrc/sysutils/tidbits/TODO", "Something else.\n");
    assert_eq!(env.run(&["generate", "--offline", "tidbits.toml", "--check"]).status, 1, "distinfo lacks the patch");
    env.generate(&["tidbits.toml"]);
    let distinfo = env.read("pkgsrc/sysutils/tidbits/distinfo");
    let listed: Vec<&str> = distinfo.lines().filter(|line| line.contains("patch-")).collect();
    assert_eq!(listed, ["SHA1 (patch-src_main.rs) = becb094d037f0e2ecca60ef930ac2e0abf459a5e"]);
    assert_eq!(env.read("pkgsrc/sysutils/tidbits/patches/patch-src_main.rs"), patch);
    assert_eq!(env.read("pkgsrc/sysutils/tidbits/TODO"), "Something else.\n");
    // A committed patch has an id that changes; its digest does not.
    env.write(
        "pkgsrc/sysutils/tidbits/patches/patch-src_main.rs",
        &patch.replace("$NetBSD$", "$NetBSD: patch,v 1.1 x $"),
    );
    assert_eq!(env.run(&["generate", "--offline", "tidbits.toml", "--check"]).status, 0);
}

#[test]
fn targets_and_profiles_narrow_what_is_written() {
    let written = |args: &[&str]| {
        let env = Env::new();
        servers::hearth(&env);
        env.generate(&[&["hearth.toml", "--out", "out"], args].concat());
        let names: Vec<String> = env.files("out").into_iter().map(|(name, _)| name).collect();
        // A package is its directory.
        let mut said: Vec<String> = Vec::new();
        for name in names {
            let name = name.split_once("/net/hearth/").map_or(name.clone(), |(tree, _)| tree.to_owned());
            if !said.contains(&name) {
                said.push(name);
            }
        }
        said.join(" ")
    };
    assert_eq!(
        written(&[]),
        "pkgsrc ports/freebsd ports/openbsd rc.d/freebsd/hearth rc.d/netbsd/hearth rc.d/openbsd/hearth rc.d/openbsd/login.conf.d/hearth smf/hearth.xml"
    );
    assert_eq!(written(&["--target", "smf"]), "smf/hearth.xml");
    assert_eq!(
        written(&["--target", "rc.d,pkgsrc"]),
        "pkgsrc rc.d/freebsd/hearth rc.d/netbsd/hearth rc.d/openbsd/hearth rc.d/openbsd/login.conf.d/hearth"
    );
    assert_eq!(written(&["--target", "freebsd"]), "ports/freebsd");
    assert_eq!(written(&["--target", "openbsd"]), "ports/openbsd");
    assert_eq!(
        written(&["--profile", "openbsd"]),
        "ports/openbsd rc.d/openbsd/hearth rc.d/openbsd/login.conf.d/hearth"
    );
    assert_eq!(written(&["--profile", "illumos"]), "pkgsrc smf/hearth.xml");
    assert_eq!(written(&["--profile", "freebsd"]), "ports/freebsd rc.d/freebsd/hearth");
    assert_eq!(written(&["--target", "rc.d", "--profile", "linux-pkgsrc"]), "rc.d/linux-pkgsrc/hearth");
    let env = tidbits();
    assert_snapshot!(env.run(&["generate", "tidbits.toml", "--profile", "netbds"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no profile `netbds`
     |
     = note: profiles: freebsd, illumos, linux-pkgsrc, netbsd, openbsd
     = help: did you mean `netbsd`?
    ");
    assert_eq!(env.run(&["generate", "tidbits.toml", "--target", "deb"]).status, 2);
}

#[test]
fn a_target_that_the_profile_has_nothing_for() {
    let env = tidbits();
    assert_snapshot!(env.run(&["generate", "--offline", "tidbits.toml", "--target", "smf", "--profile", "netbsd"]), @"
    exit 2
    --- stdout
    --- stderr
    error: nothing that --target asks for is written for the profile `netbsd`
     |
     = help: leave --target out to get everything that there is for a profile
    ");
}
