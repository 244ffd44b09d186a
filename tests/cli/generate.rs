//! `generate`: what it writes, when it refuses to, and how it answers.
use std::fs;
use std::process::Stdio;
use std::time::Duration;

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
    new         out/rc.d/netbsd/hearth
    new         out/smf/hearth.xml
    --- stderr
    ");
    assert_snapshot!(env.generate(&["hearth.toml", "--out", "out"]), @"
    exit 0
    --- stdout
    10 files were as they should be
    --- stderr
    ");
    assert_snapshot!(env.generate(&["hearth.toml", "--out", "out", "--check"]), @"
    exit 0
    --- stdout
    --- stderr
    ");
}

#[test]
fn check_shows_the_drift_and_the_command_that_mends_it() {
    let env = tidbits();
    env.write("tidbits.toml", &servers::TIDBITS.replace("[\"tidbits\", \"tidctl\"]", "[\"tidbits\"]"));
    let before = env.files("");
    let checked = env.run(&["generate", "--offline", "tidbits.toml", "--check"]);
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
    some files are not as the recipes say; to write them: portwright generate --offline tidbits.toml
    ");
    assert_eq!(env.files(""), before, "nothing is written");
    let shown = env.run(&["generate", "--offline", "tidbits.toml", "--diff"]);
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
        let package = names.iter().filter(|name| name.starts_with("pkgsrc/net/hearth/")).count();
        let others: Vec<String> = names.into_iter().filter(|name| !name.starts_with("pkgsrc/")).collect();
        (package > 0, others.join(" "))
    };
    assert_eq!(written(&[]), (true, "rc.d/netbsd/hearth smf/hearth.xml".to_owned()));
    assert_eq!(written(&["--target", "smf"]), (false, "smf/hearth.xml".to_owned()));
    assert_eq!(written(&["--target", "rc.d,pkgsrc"]), (true, "rc.d/netbsd/hearth".to_owned()));
    assert_eq!(written(&["--profile", "illumos"]), (true, "smf/hearth.xml".to_owned()));
    assert_eq!(
        written(&["--target", "rc.d", "--profile", "linux-pkgsrc"]),
        (false, "rc.d/linux-pkgsrc/hearth".to_owned())
    );
    let env = tidbits();
    assert_snapshot!(env.run(&["generate", "tidbits.toml", "--profile", "netbds"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no profile `netbds`
     |
     = note: profiles: illumos, linux-pkgsrc, netbsd
     = help: did you mean `netbsd`?
    ");
    assert_eq!(env.run(&["generate", "tidbits.toml", "--target", "deb"]).status, 2);
}

#[test]
fn the_answer_for_programs() {
    let env = Env::new();
    servers::quarry(&env);
    let answer = env.generate(&["quarry.toml", "--format", "json", "--out", "out"]);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(json["format"], 1);
    assert_snapshot!(answer.stdout, @r#"
    {
      "format": 1,
      "packages": [
        {
          "recipe": "quarry.toml",
          "name": "quarry",
          "version": "0.6.0-rc.6",
          "package-version": "0.6.0rc6",
          "licence": "apache-2.0 OR mit",
          "licence-to-accept": [],
          "licences": [
            {
              "crate": "quarry",
              "version": "0.6.0-rc.6",
              "licence": "MIT OR Apache-2.0"
            },
            {
              "crate": "granite",
              "version": "1.0.0",
              "licence": "GPL-3.0-only"
            },
            {
              "crate": "openssl-sys",
              "version": "0.9.100",
              "licence": "MIT"
            }
          ],
          "distfiles": 3,
          "dependencies": [
            "ImageMagick>=7.0:../../graphics/ImageMagick",
            "ffmpeg7-[0-9]*:../../multimedia/ffmpeg7"
          ],
          "options": [
            {
              "name": "wasmstore",
              "tree-name": "quarry-wasmstore",
              "description": "Enable the wasm feature."
            },
            {
              "name": "sqlite",
              "tree-name": "sqlite",
              "description": "Enable the native feature."
            },
            {
              "name": "thumbs",
              "tree-name": "quarry-thumbs",
              "description": "Enable the thumbs feature."
            },
            {
              "name": "posters",
              "tree-name": "quarry-posters",
              "description": "Enable the posters feature."
            },
            {
              "name": "http2",
              "tree-name": "http2",
              "description": "Enable the http2 feature."
            },
            {
              "name": "gopher",
              "tree-name": "quarry-gopher",
              "description": "Enable the gopher feature."
            },
            {
              "name": "tls",
              "tree-name": "tls",
              "description": "Enable the tls feature."
            },
            {
              "name": "viewer",
              "tree-name": "quarry-viewer",
              "description": "Enable viewer."
            }
          ],
          "findings": [
            "a pkgsrc tree wants these lines in mk/defaults/options.description:\nquarry-wasmstore\tEnable the wasm feature.\nquarry-thumbs\tEnable the thumbs feature.\nquarry-posters\tEnable the posters feature.\nquarry-gopher\tEnable the gopher feature.\nquarry-viewer\tEnable viewer."
          ]
        }
      ],
      "files": [
        {
          "path": "pkgsrc/databases/quarry/DESCR",
          "status": "missing",
          "sha256": "ee1eb9d2b1d5baeea51dedf65a1558caf876b64d9fb6255a6d41e8cd80b08f35",
          "size": 30
        },
        {
          "path": "pkgsrc/databases/quarry/Makefile",
          "status": "missing",
          "sha256": "ede53ff0713e3ef6db0b76724771d9deaebdde54ace1a43b1214ad1135b56dc2",
          "size": 2395
        },
        {
          "path": "pkgsrc/databases/quarry/PLIST",
          "status": "missing",
          "sha256": "0994a89186d80be262ba0f29a78e48008baf8c3555a4f7ff80585c50881dca11",
          "size": 192
        },
        {
          "path": "pkgsrc/databases/quarry/cargo-depends.mk",
          "status": "missing",
          "sha256": "3c797fbaa7f06b9638f67ffbee2dacf39baa98514dcb2d041535c3711114b8ed",
          "size": 90
        },
        {
          "path": "pkgsrc/databases/quarry/distinfo",
          "status": "missing",
          "sha256": "9e06ab485c06e4d4a22a5ee2b662a4d377a92827ad8bddbdc71c4ca380bed645",
          "size": 928
        },
        {
          "path": "pkgsrc/databases/quarry/files/README.pkgsrc",
          "status": "missing",
          "sha256": "4bb8410a76b63504ae12837bf7b27fc4b884830db7d206c45ca2db5d61c40ad1",
          "size": 2567
        },
        {
          "path": "pkgsrc/databases/quarry/files/quarry.sh",
          "status": "missing",
          "sha256": "5febfd908f6c0f9b82bbfe2c85eb40a58a54e086ddbaa652ca7bdca4c8589d3a",
          "size": 3296
        },
        {
          "path": "pkgsrc/databases/quarry/files/smf/manifest.xml",
          "status": "missing",
          "sha256": "623876434458845fea04da902c0a66dc090f4ea366857f1f375166139c140c89",
          "size": 2399
        },
        {
          "path": "pkgsrc/databases/quarry/options.mk",
          "status": "missing",
          "sha256": "147336596317bfc86a7daed5f6f002e6ed330ec371b19464db3b8146566d055f",
          "size": 2008
        },
        {
          "path": "rc.d/netbsd/quarry",
          "status": "missing",
          "sha256": "9789e46a2b234c325fb78704e22d0b8be2aaa92af2cb22ee1fe006511957ac14",
          "size": 3788
        },
        {
          "path": "smf/quarry.xml",
          "status": "missing",
          "sha256": "dd9f3c6d2f18ed095a96730d9f9c30d4ef39cd6ca0768039e2edadd13aab8c5f",
          "size": 2789
        }
      ]
    }
    "#);
}

#[test]
fn the_same_bytes_whatever_the_clock_the_language_and_the_place() {
    let run = |variables: &[(&str, &str)], out: &str| {
        let env = Env::new();
        servers::hearth(&env);
        servers::quarry(&env);
        let mut command = env.command(&["generate", "--offline", "hearth.toml", "quarry.toml", "--out", out]);
        for (name, value) in variables {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", env.finish(&output));
        let mut files = env.files(out);
        files.retain(|(name, _)| !name.ends_with(".toml"));
        assert!(files.len() > 20);
        files
    };
    let here = run(&[("TZ", "UTC")], "out");
    let elsewhere = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOSTNAME", "elsewhere"),
        ("USER", "somebody"),
        ("SOURCE_DATE_EPOCH", "86400"),
        ("COLUMNS", "40"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    assert!(here == run(&elsewhere, "a directory of another name"));
}

#[test]
fn killed_while_it_writes_and_run_again() {
    let env = Env::new();
    servers::quarry(&env);
    let variants =
        [servers::QUARRY.to_owned(), servers::QUARRY.replace("Store for small stones", "Store for large stones")];
    // What each of the recipes gives.
    let wanted: Vec<Vec<(String, String)>> = variants
        .iter()
        .map(|recipe| {
            env.write("quarry.toml", recipe);
            env.generate(&["quarry.toml", "--out", "out"]);
            env.files("out")
        })
        .collect();
    // How long one run takes, so that the kills fall into all of it.
    let start = std::time::Instant::now();
    env.generate(&["quarry.toml", "--out", "out"]);
    let whole = start.elapsed();
    let mut interrupted = 0;
    for round in 0..12_u32 {
        env.write("quarry.toml", &variants[round as usize % 2]);
        let mut command = env.command(&["generate", "--offline", "quarry.toml", "--out", "out"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * (round + 1) / 12 + Duration::from_micros(u64::from(round) * 137));
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());
        for (name, text) in env.files("out") {
            let known = wanted.iter().any(|files| files.contains(&(name.clone(), text.clone())));
            assert!(known, "{name} is neither old nor new");
        }
        // The next run repairs.
        if round % 3 == 2 {
            env.generate(&["quarry.toml", "--out", "out"]);
            assert!(env.files("out") == wanted[round as usize % 2]);
        }
    }
    assert!(interrupted > 0, "no kill met a run at work");
    let leavings = fs::read_dir(env.work().join("out"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("tmp"));
    assert_eq!(leavings.count(), 0);
}
