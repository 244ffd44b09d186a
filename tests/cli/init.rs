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
    assert_snapshot!(bench.draft(), @r###"
# Drafted from srv 1.2.3 by portwright init: look at every line with `guess` or `review`.

[upstream]
path = "."

[package]
name = "srv"
# review: say who looks after the package: maintainer = "you@example.org"

[build]
bins = ["srv"]
# review: no option for vendored: how libraries are linked, which the package decides

# guess: a sample configuration (srv.example.toml)
[[build.install]]
from = "srv.example.toml"
to = "{examples}/srv.toml"

# guess: there is a systemd unit for it (contrib/srv.service)
[service]
# guess: ExecStart of the systemd unit (contrib/srv.service:5)
command = ["{bin}/srv", "--config={config.main}", "--files", "{state}/files", "--log", "{log}/a.log", "serve"]
# guess: User of the systemd unit (contrib/srv.service:4)
user = "srvd"
# guess: addresses in the sample configuration (srv.example.toml:2)
listen = ["127.0.0.1:8080"]
# guess: what the unit is started after (contrib/srv.service:2)
needs = ["network", "local-filesystems", "postgresql", "name-services"]
# guess: how the systemd unit stops it (contrib/srv.service:10)
stop = { signal = "INT", timeout = "90s" }
# guess: ExecReload of the systemd unit (contrib/srv.service:9)
reload = "HUP"
# guess: LimitNOFILE of the systemd unit (contrib/srv.service:12)
open-files = 8192
# review: left out of the environment: SRV_TITLE=`My server`: an rc.d service cannot be given ` `: put it into
#   the configuration file (contrib/srv.service:7)
# review: left out of the environment: SRV_TOKEN=`abc`: a secret in a package is everybody's: it belongs into
#   the configuration (contrib/srv.service:7)
# review: the unit reads variables from /etc/default/srv: what is needed of them goes into
#   [service.environment] (contrib/srv.service:8)
# review: the unit allows ports below 1024, which only root may use on NetBSD: let it listen on another one
#   (contrib/srv.service:15)

[service.environment]
# guess: Environment of the systemd unit (contrib/srv.service:7)
RUST_LOG = "warn"
# guess: Environment of the systemd unit (contrib/srv.service:7)
SRV_RUN = "{run}"

[[service.config]]
id = "main"
# guess: looks like the sample configuration (srv.example.toml)
sample = "{examples}/srv.toml"
# guess: the command names /etc/srv/srv.toml (contrib/srv.service:5)
path = "{sysconf}/srv.toml"
# guess: it can hold secrets: `password` (srv.example.toml:4)
mode = "0640"

# guess: StateDirectory of the systemd unit (contrib/srv.service:13)
[[service.data]]
path = "{state}/files"

# guess: CacheDirectory of the systemd unit (contrib/srv.service:14)
[[service.data]]
path = "{state}/cache"
backup = "none"

# guess: the sources run it by name (src/main.rs:1)
[[program]]
name = "ffmpeg"
# review: the sources seem to run `sometool`; no profile knows a package for it (a profile of your own can say
#   one: --profile-file) (src/main.rs:1)

# guess: a feature that is on by default (Cargo.toml:11)
[[option]]
name = "sqlite"
# guess: the comment on the feature
description = "SQLite as the database."
# guess: databases: at least one is needed
set = "database"
features = ["sqlite"]

# guess: a feature that is off by default (Cargo.toml:14)
[[option]]
name = "postgres"
# guess: the comment on the feature
description = "Use PostgreSQL."
# guess: databases: at least one is needed
set = "database"
features = ["postgres"]
"###);
}

#[test]
fn a_tool_gets_no_service() {
    let bench =
        Bench::new(&MANIFEST.replace("Small example server", "Counts words in a file"), &[("count.toml", b"a = 1\n")]);
    assert_snapshot!(body(&bench.draft()), @r###"
bins = ["srv"]
# review: no [service]: nothing says that it is a server
"###);
}

#[test]
fn a_container_image_is_the_second_source() {
    let dockerfile = b"FROM rust AS build\nCMD [\"cargo\"]\nFROM debian\nENV SRV_CONFIG=/data/config.yml SRV_SECRET=x A='b c'\n\
        EXPOSE 3000\nVOLUME /data\nENTRYPOINT [\"tini\", \"--\", \"/usr/bin/srv\"]\nCMD [\"--dir\", \"/data/files\", \"$EXTRA\"]\n";
    let bench =
        Bench::new(MANIFEST, &[("Dockerfile", dockerfile), ("config.example.yml", b"listen: 127.0.0.1:3000\n")]);
    assert_snapshot!(body(&bench.draft()), @r###"
bins = ["srv"]

# guess: a sample configuration (config.example.yml)
[[build.install]]
from = "config.example.yml"
to = "{examples}/config.yml"

# guess: its container image exposes port 3000 (Dockerfile:5)
[service]
# guess: the command of the container image (Dockerfile:7)
command = ["{bin}/srv", "--dir", "{state}/files"]
# guess: after the package's name
user = "srv"
# guess: addresses in the sample configuration (config.example.yml:1)
listen = ["127.0.0.1:3000"]
# guess: what most servers need before they start
needs = ["network", "local-filesystems"]
# review: left out of the command: `$EXTRA`: it has a variable, which only the original environment fills in
#   (Dockerfile:7)
# review: left out of the environment: SRV_SECRET=`x`: a secret in a package is everybody's: it belongs into
#   the configuration (Dockerfile:4)
# review: left out of the environment: A=`b c`: an rc.d service cannot be given ` `: put it into the
#   configuration file (Dockerfile:4)

[service.environment]
# guess: environment of the container image (Dockerfile:4)
SRV_CONFIG = "{config.main}"

[[service.config]]
id = "main"
# guess: looks like the sample configuration (config.example.yml)
sample = "{examples}/config.yml"
# guess: SRV_CONFIG names /data/config.yml (Dockerfile:4)
path = "{sysconf}/config.yml"
"###);
}

#[test]
fn the_sources_are_the_last_resort_and_a_broken_sample_is_none() {
    let source = b"use clap::Parser;\n#[derive(Parser)]\nstruct Cli {\n    /// Where the configuration is\n    #[arg(short, long)]\n    config_file: Option<std::path::PathBuf>,\n}\n\
        #[derive(clap::Subcommand)]\nenum Command {\n    Migrate,\n    Serve,\n}\nfn main() { std::net::TcpListener::bind(\"127.0.0.1:80\"); }\n";
    let sample = b"[repo]\na = 1\n[repo]\nb = 2\n";
    let bench = Bench::new(MANIFEST, &[("src/main.rs", source), ("srv.toml", sample)]);
    assert_snapshot!(body(&bench.draft()), @r###"
bins = ["srv"]

# guess: a sample configuration (srv.toml)
[[build.install]]
from = "srv.toml"
# guess: to be read, not to be used as it stands
to = "{doc}/srv.toml"

# guess: its description or keywords say `server`
[service]
# guess: the sources declare it for the configuration file (src/main.rs:6); a subcommand that seems to start
#   the server (src/main.rs:11)
command = ["{bin}/srv", "--config-file", "{config.main}", "serve"]
# guess: after the package's name
user = "srv"
# guess: what most servers need before they start
needs = ["network", "local-filesystems"]
# review: say where it listens: listen = ["127.0.0.1:8080"]

[[service.config]]
id = "main"
# guess: a file in the package's own directory
path = "{sysconf}/srv.toml"
# guess: what it will hold is not known: nobody but the service reads it
mode = "0640"
# review: no sample: the server could not read srv.toml as it stands (line 3: duplicate key); keep one of your
#   own beside the recipe: template = "FILE"
"###);
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
    assert_snapshot!(bench.draft(), @r###"
# Drafted from srv 1.2.3 by portwright init: look at every line with `guess` or `review`.

[upstream]
path = "."

[package]
name = "srv"
# review: say who looks after the package: maintainer = "you@example.org"

[build]
bins = ["srv"]

# guess: a sample configuration (srv.json)
[[build.install]]
from = "srv.json"
# guess: to be read, not to be used as it stands
to = "{doc}/srv.json"

# guess: there is a systemd unit for it (systemd/srv.service)
[service]
# guess: ExecStart of the systemd unit (systemd/srv.service:3)
command = ["{bin}/srv", "--name", "its", "--", "--ok=A"]
# guess: after the package's name
user = "srv"
# guess: what most servers need before they start
needs = ["network", "local-filesystems"]
# review: left out of the command: `--title $(id)`: it has a variable, which only the original environment
#   fills in (systemd/srv.service:3)
# review: left out of the command: `{brace}`: an rc.d service cannot be given `{`: put it into the
#   configuration file (systemd/srv.service:3)
# review: say where it listens: listen = ["127.0.0.1:8080"]
# review: left out of the environment: A=`$(id)`: it has a variable, which only the original environment fills
#   in (systemd/srv.service:7)
# review: left out of the environment: B=``id``: an rc.d service cannot be given ```: put it into the
#   configuration file (systemd/srv.service:7)
# review: left out of the environment: C=`{x}`: an rc.d service cannot be given `{`: put it into the
#   configuration file (systemd/srv.service:7)
# review: the unit runs it in /etc/../..; here it runs in its state directory (systemd/srv.service:8)
# review: the unit reloads it with a command; a recipe has a signal for that (systemd/srv.service:12)
# review: the unit asks for -1 open files; say what it needs: open-files = 4096 (systemd/srv.service:11)
# review: a command of the unit could not be read: only systemd can fill in `%i` (systemd/srv.service:2)

[service.environment]
# guess: Environment of the systemd unit (systemd/srv.service:7)
F = "%n"

# guess: a feature that is off by default (Cargo.toml:14)
[[option]]
name = "a-bplusc"
features = ["a.b+c"]
"###);
}

#[test]
fn a_recipe_that_is_there_is_not_overwritten() {
    let bench = Bench::new(MANIFEST, &[("portwright.toml", b"mine\n")]);
    let output = bench.run(&["init", "--offline"]);
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!(text(&output.stderr), @r###"
error: there is a recipe `portwright.toml` already
 |
 = help: --force overwrites it, --out FILE writes another one, --stdout prints the draft
"###);
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
