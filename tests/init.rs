//! `portwright init` on crates made on the fly: what the draft says, and that it generates.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use insta::assert_snapshot;

/// A crate in a directory with a cargo home and a cache of its own: nothing outside is read.
struct Bench {
    dir: tempfile::TempDir,
}

const MANIFEST: &str = "[package]\nname = \"srv\"\nversion = \"1.2.3\"\nedition = \"2021\"\nlicense = \"ISC\"\n\
    description = \"Small example server\"\nrepository = \"https://example.org/srv\"\n";

impl Bench {
    fn new(manifest: &str, files: &[(&str, &[u8])]) -> Self {
        let bench = Self { dir: tempfile::tempdir().expect("tempdir") };
        let lock = "version = 4\n\n[[package]]\nname = \"srv\"\nversion = \"1.2.3\"\n";
        bench.write("Cargo.toml", manifest.as_bytes());
        bench.write("Cargo.lock", lock.as_bytes());
        bench.write("src/main.rs", b"fn main() {}\n");
        for (path, content) in files {
            bench.write(path, content);
        }
        bench
    }

    fn krate(&self) -> PathBuf {
        self.dir.path().join("srv")
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.krate().join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("mkdir");
        fs::write(path, content).expect("write");
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_portwright"))
            .args(args)
            .current_dir(self.krate())
            .env("XDG_CACHE_HOME", self.dir.path().join("cache"))
            .env("CARGO_HOME", self.dir.path().join("cargo"))
            .env("NO_COLOR", "1")
            .output()
            .expect("run")
    }

    /// The draft, after proving that it generates as it stands.
    fn draft(&self) -> String {
        let output = self.run(&["init", "--offline", "--force"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let generated = self.dir.path().join("generated");
        let output = self.run(&["generate", "portwright.toml", "--offline", "--out", &generated.display().to_string()]);
        assert_eq!(output.status.code(), Some(0), "{}\n{}", text(&output.stderr), self.recipe());
        assert!(generated.join("pkgsrc").is_dir());
        self.recipe()
    }

    fn recipe(&self) -> String {
        fs::read_to_string(self.krate().join("portwright.toml")).expect("recipe")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The draft without the lines that every draft has.
fn body(draft: &str) -> &str {
    draft.split_once("[build]\n").expect("build").1
}

#[test]
fn a_unit_is_carried_over_and_every_guess_says_where_it_is_from() {
    let unit = b"[Unit]\nAfter=network-online.target postgresql.service nss-lookup.target\n[Service]\nUser=srvd\n\
        ExecStart=/usr/local/bin/srv --config=/etc/srv/srv.toml \\\n  --files /var/lib/srv/files --log /var/log/srv/a.log serve\n\
        Environment=RUST_LOG=warn \"SRV_TITLE=My server\" SRV_RUN=/run/srv SRV_TOKEN=abc\nEnvironmentFile=-/etc/default/srv\n\
        ExecReload=/bin/kill -s HUP $MAINPID\nKillSignal=SIGINT\nTimeoutStopSec=1min 30s\nLimitNOFILE=8192\n\
        StateDirectory=srv srv/files\nCacheDirectory=srv\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n";
    let sample = b"[http]\naddress = \"127.0.0.1\"\nport = 8080\n# password = \"x\"\n";
    let source = b"fn main() { std::process::Command::new(\"ffmpeg\"); std::process::Command::new(\"sometool\"); }\n";
    let manifest = format!(
        "{MANIFEST}[features]\ndefault = [\"sqlite\"]\n# SQLite as the database.\nsqlite = []\n\n# Use PostgreSQL.\npostgres = []\n\nvendored = []\n"
    );
    let bench =
        Bench::new(&manifest, &[("contrib/srv.service", unit), ("srv.example.toml", sample), ("src/main.rs", source)]);
    assert_snapshot!(bench.draft());
}

#[test]
fn a_tool_gets_no_service() {
    let bench =
        Bench::new(&MANIFEST.replace("Small example server", "Counts words in a file"), &[("count.toml", b"a = 1\n")]);
    assert_snapshot!(body(&bench.draft()));
}

#[test]
fn a_container_image_is_the_second_source() {
    let dockerfile = b"FROM rust AS build\nCMD [\"cargo\"]\nFROM debian\nENV SRV_CONFIG=/data/config.yml SRV_SECRET=x A='b c'\n\
        EXPOSE 3000\nVOLUME /data\nENTRYPOINT [\"tini\", \"--\", \"/usr/bin/srv\"]\nCMD [\"--dir\", \"/data/files\", \"$EXTRA\"]\n";
    let bench =
        Bench::new(MANIFEST, &[("Dockerfile", dockerfile), ("config.example.yml", b"listen: 127.0.0.1:3000\n")]);
    assert_snapshot!(body(&bench.draft()));
}

#[test]
fn the_sources_are_the_last_resort_and_a_broken_sample_is_none() {
    let source = b"use clap::Parser;\n#[derive(Parser)]\nstruct Cli {\n    /// Where the configuration is\n    #[arg(short, long)]\n    config_file: Option<std::path::PathBuf>,\n}\n\
        #[derive(clap::Subcommand)]\nenum Command {\n    Migrate,\n    Serve,\n}\nfn main() { std::net::TcpListener::bind(\"127.0.0.1:80\"); }\n";
    let sample = b"[repo]\na = 1\n[repo]\nb = 2\n";
    let bench = Bench::new(MANIFEST, &[("src/main.rs", source), ("srv.toml", sample)]);
    assert_snapshot!(body(&bench.draft()));
}

#[test]
fn hostile_files_make_an_inert_draft() {
    let unit = b"[Service]\nExecStart=/usr/bin/srv 'a b' \"$(touch /tmp/x)\" `id` --x=${Y} --title \"q\\\"uote\" {brace} %i\n\
        ExecStart=/usr/bin/srv --title \"$(id)\" --name 'it''s' {brace} -- --ok=\\x41 \\\n# ] \n\nUser=root\\; rm -rf\n\
        Environment=\"A=$(id)\" B=`id` C={x} \"D D=1\" =E PATH=/x SMF_FMRI=y F=%%n\nWorkingDirectory=/etc/../..\n\
        StateDirectory=../../etc srv/$(x)\nTimeoutStopSec=99999999999999999999h\nLimitNOFILE=-1\nExecReload=/bin/sh -c 'kill'\n";
    let manifest = "[package]\nname = \"srv\"\nversion = \"1.2.3\"\nedition = \"2021\"\nlicense = \"ISC\"\n\
        description = \"\"\"\n# ] = \"$(shell id)\" '''\n\\u0001server\"\"\"\nhomepage = \"javascript:alert(1)\"\nrepository = \"x\"\n\
        [features]\n# \"\"\"\n# [os.netbsd]\n\"a.b+c\" = []\n";
    let bench = Bench::new(
        manifest,
        &[
            ("systemd/srv.service", unit),
            ("nul.service", b"[Service]\nExecStart=/usr/bin/srv \0\n"),
            ("long.service", format!("[Service]\nExecStart=/usr/bin/srv {}\n", "a".repeat(2 << 20)).as_bytes()),
            ("open.service", b"[Service]\nExecStart=/usr/bin/srv 'open\n"),
            ("Dockerfile", b"\xff\xfe"),
            ("config.toml", b"\x00\x01"),
            ("srv.json", b"{"),
            ("src/main.rs", b"fn main() { Command::new(\"x\\u{7}\"); which(\"../../a\"); which(\"git\x1b[31m\"); }"),
        ],
    );
    assert_snapshot!(bench.draft());
}

#[test]
fn a_recipe_that_is_there_is_not_overwritten() {
    let bench = Bench::new(MANIFEST, &[("portwright.toml", b"mine\n")]);
    let output = bench.run(&["init", "--offline"]);
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!(text(&output.stderr), @"
    error: there is a recipe `portwright.toml` already
     |
     = help: --force overwrites it, --out FILE writes another one, --stdout prints the draft
    ");
    assert_eq!(bench.recipe(), "mine\n");
    let output = bench.run(&["init", "--offline", "--stdout"]);
    assert_eq!((output.status.code(), bench.recipe().as_str()), (Some(0), "mine\n"));
    assert!(text(&output.stdout).starts_with("# Drafted from srv 1.2.3"));
    let output = bench.run(&["init", ".", "--offline", "-o", "-", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("json");
    assert_eq!((answer["generates"].as_bool(), answer["file"].is_null()), (Some(true), true));
    assert!(answer["guesses"].as_array().is_some_and(|guesses| guesses.iter().all(|guess| guess["why"].is_string())));
    assert_eq!(bench.run(&["init", "--offline", "--force"]).status.code(), Some(0));
    assert!(bench.recipe().contains("path = \".\""));
}

#[test]
fn what_cannot_generate_is_written_with_the_error_that_generate_gives() {
    let bench = Bench::new(&MANIFEST.replace("ISC", "LicenseRef-Own"), &[]);
    let output = bench.run(&["init", "--offline"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("the licence of a crate in the program is not clear"), "{told}");
    assert!(told.contains("the draft does not generate yet"), "{told}");
    assert!(bench.recipe().contains("[upstream]"));
}

#[test]
fn another_place_for_the_recipe_still_finds_the_crate() {
    let bench = Bench::new(MANIFEST, &[]);
    let out = bench.dir.path().join("recipes/srv.toml");
    fs::create_dir_all(out.parent().expect("parent")).expect("mkdir");
    let output = bench.run(&["init", "--offline", "-o", &out.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(fs::read_to_string(&out).expect("recipe").contains("path = \"../srv\""));
    let output = bench.run(&["init", "--offline", "-o", "/nonexistent/x.toml"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(!Path::new("/nonexistent").exists());
}

#[test]
fn crates_that_are_not_there() {
    let bench = Bench::new(MANIFEST, &[]);
    let output = bench.run(&["init", "no-such-crate@1.0.0", "--offline"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let output = bench.run(&["init", "../x/y"]);
    assert_ne!(output.status.code(), Some(0));
    let output = bench.run(&["init", "a b"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}
