//! A live host: this machine, as a pkgsrc host with its packages under a directory of the test's own. The server runs
//! under its generated rc.d script, with a stand-in for rc.subr.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use md5::{Digest as _, Md5};
use tempfile::TempDir;

use crate::support::able;

/// A gallery server as far as it matters here: it makes a picture with the program it calls by name when it starts.
const RECIPE: &str = r#"
[upstream]
name = "gallery"

[package]
comment = "Pictures on a wall"

[service]
command = ["{bin}/gallery", "{config.main}"]
user = "nobody"
group = "nogroup"
open-files = 200

[[service.config]]
id = "main"
path = "{sysconf}/gallery.conf"
mode = "0640"

[[service.config]]
id = "limits"
path = "{sysconf}/limits.toml"

[[service.data]]
path = "{state}/pictures"

[[program]]
name = "ffmpeg"
version = ">=4"
probe = ["-version"]

[[option]]
name = "careful"
default = true
[option.on.linux]
settings = { "limits:journal-mode" = "TRUNCATE" }
"#;

const LIMITS: &str = "journal-mode = 'TRUNCATE'\n";

const SERVER: &str = "\
ffmpeg -v error -y -f lavfi -i color=red:size=8x8 -frames:v 1 \"$HOME/pictures/red.png\" && echo painted by $(command -v ffmpeg)
i=0
while [ $i -lt 300 ] && [ -d \"$HOME\" ]; do sleep 0.1; i=$((i + 1)); done
";

struct Machine {
    dir: TempDir,
}

impl Machine {
    /// The service installed by hand, as the head of its script says.
    fn new(ffmpeg: &Path) -> Self {
        let machine = Self { dir: tempfile::tempdir().unwrap() };
        fs::set_permissions(machine.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let here = machine.dir.path().display().to_string();
        machine.write("gallery.toml", RECIPE);
        machine.write(
            "trial.toml",
            &format!(
                "name = 'trial'\nextends = 'linux-pkgsrc'\nos = 'linux'\n[paths]\nprefix = '{here}/pkg'\nsysconf = '{here}/pkg/etc'\nvar = '{here}/var'\n\
                 [service]\nrc-subr = '{here}/rc.subr'\nrc-conf = '{here}/rc.conf'\nrc-d = '{here}/rc.d'\n\
                 [host]\npackages = ['{here}/pkg/pkgdb']\n"
            ),
        );
        let generated = machine.portwright(&[
            "generate",
            "gallery.toml",
            "--offline",
            "--target",
            "rc.d",
            "--profile",
            "trial",
            "--out",
            "out",
        ]);
        assert!(generated.status.success(), "{}", text(&generated));
        fs::create_dir_all(machine.at("rc.d")).unwrap();
        fs::copy(machine.at("out/rc.d/trial/gallery"), machine.at("rc.d/gallery")).unwrap();
        fs::set_permissions(machine.at("rc.d/gallery"), fs::Permissions::from_mode(0o755)).unwrap();
        let subr = include_str!("../data/rc.subr").replace("@RC_CONF@", &format!("{here}/rc.conf"));
        machine.write("rc.subr", &subr).write("rc.conf", "hostname=lamp\n");
        machine.write("pkg/etc/gallery/gallery.conf", SERVER);
        machine.write("pkg/etc/gallery/limits.toml", LIMITS).write("pkg/share/gallery", LIMITS);
        let sum = portwright::krate::to_hex(&Md5::digest(LIMITS));
        for (path, mode) in [
            ("pkg/etc/gallery/gallery.conf", 0o640),
            ("var/db/gallery", 0o750),
            ("var/db/gallery/pictures", 0o750),
            ("var/log/gallery", 0o750),
        ] {
            if !machine.at(path).exists() {
                fs::create_dir_all(machine.at(path)).unwrap();
            }
            let owner = if path.starts_with("var") { Some(65534) } else { None };
            chown(machine.at(path), owner, Some(65534)).unwrap();
            fs::set_permissions(machine.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        fs::create_dir_all(machine.at("pkg/bin")).unwrap();
        fs::create_dir_all(machine.at("pkg/pkgdb/gallery-1.0")).unwrap();
        machine.write(
            "pkg/pkgdb/gallery-1.0/+CONTENTS",
            &format!("@name gallery-1.0\n@cwd {here}/pkg\nshare/gallery\n@comment MD5:{sum}\n"),
        );
        machine.write("pkg/pkgdb/gallery-1.0/+BUILD_INFO", "PKG_OPTIONS=gallery-careful\n");
        fs::copy(which::which("dash").or_else(|_| which::which("sh")).unwrap(), machine.at("pkg/bin/gallery")).unwrap();
        // As pkgsrc's ffmpeg7 has it.
        symlink(ffmpeg, machine.at("pkg/bin/ffmpeg7")).unwrap();
        machine
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
        self
    }

    fn portwright(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
        command.args(args).args(["--profile-file", "trial.toml"]).current_dir(self.dir.path());
        command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", self.dir.path()).output().unwrap()
    }

    fn doctor(&self, more: &[&str]) -> (Option<i32>, String) {
        let output = self.portwright(&[&["doctor", "gallery.toml", "--profile", "trial"], more].concat());
        (output.status.code(), text(&output))
    }

    /// As service(8) calls it.
    fn rc(&self, verb: &str) -> bool {
        self.service(verb).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    fn service(&self, verb: &str) -> Command {
        let mut command = Command::new(self.at("rc.d/gallery"));
        command
            .arg(verb)
            .env_clear()
            .env("HOME", "/")
            .env("PATH", "/sbin:/bin:/usr/sbin:/usr/bin")
            .env("SHELL", "/bin/sh");
        command.current_dir("/").stdin(Stdio::null());
        command
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // The server ends by itself when its picture's directory is gone; at the latest after half a minute.
        self.rc("onestop");
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The script's own test and the doctor say the same, whatever is wrong: they look into one table.
#[test]
fn the_script_and_the_doctor_agree() {
    if !able() {
        return;
    }
    let machine = Machine::new(Path::new("/bin/true"));
    let agree = |machine: &Machine, code: &str| {
        let (_, said) = machine.doctor(&[]);
        let bad = said.contains(&format!("bad     {code}"));
        assert_eq!(machine.rc("onecheck"), !bad, "{code}: {said}");
        bad
    };
    assert!(!agree(&machine, "PW6001"));
    let config = machine.at("pkg/etc/gallery/gallery.conf");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(agree(&machine, "PW6020"));
    fs::set_permissions(&config, fs::Permissions::from_mode(0o640)).unwrap();
    // A setting that it does not find the script says, and starts: what it looks at is text.
    for (settings, wrong) in [("journal-mode = 'WAL'\n", true), (LIMITS, false)] {
        machine.write("pkg/etc/gallery/limits.toml", settings);
        let (_, said) = machine.doctor(&[]);
        assert_eq!(said.contains("bad     PW6023"), wrong, "{said}");
        let said = text(&machine.service("onecheck").output().unwrap());
        assert_eq!(said.contains("should have journal-mode = TRUNCATE"), wrong, "{said}");
    }
    fs::remove_file(machine.at("pkg/bin/ffmpeg7")).unwrap();
    let _ = fs::remove_file(machine.at("var/run/gallery.bin/ffmpeg"));
    machine.write("rc.conf", "gallery_env='PATH=/nowhere'\n");
    assert!(agree(&machine, "PW6001"));
    machine.write("rc.conf", "");
    symlink("/bin/true", machine.at("pkg/bin/ffmpeg7")).unwrap();
    assert!(!agree(&machine, "PW6001"));
    chown(machine.at("var/log/gallery"), Some(0), Some(0)).unwrap();
    assert!(agree(&machine, "PW6030"));
}

/// The story that portwright began with, on this machine: the server wants `ffmpeg`, and `ffmpeg7` is what there is.
#[test]
fn a_server_that_wants_ffmpeg_where_ffmpeg7_is() {
    if !able() {
        return;
    }
    let Ok(ffmpeg) = which::which("ffmpeg") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "ffmpeg not found, and CI=true");
        eprintln!("skipped: ffmpeg not found");
        return;
    };
    let machine = Machine::new(Path::new("/nonexistent"));
    // A script that somebody else wrote: nothing links what the server wants, and the PATH is rc(8)'s own.
    let here = machine.dir.path().display().to_string();
    let script = machine.at("rc.d/gallery");
    let own = format!(
        "#!/bin/sh\n. {here}/rc.subr\nname=gallery\nrcvar=$name\ncommand={here}/pkg/bin/gallery\npidfile={here}/var/gallery.pid\n\
         load_rc_config $name\n: ${{gallery_user:=nobody}}\n: ${{gallery_chdir:={here}/var/db/gallery}}\n\
         command_args=\"{here}/pkg/etc/gallery/gallery.conf >>{here}/var/log/gallery/gallery.log 2>&1 </dev/null &\"\n\
         run_rc_command \"$1\"\n"
    );
    fs::write(&script, own).unwrap();
    fs::remove_file(machine.at("pkg/bin/ffmpeg7")).unwrap();
    let named = machine.at("pkg/bin/ffmpeg");
    symlink(&ffmpeg, &named).unwrap();
    machine.write(
        "rc.conf",
        &format!("gallery=YES\ngallery_env='HOME={here}/var/db/gallery PATH={here}/pkg/bin:/usr/bin:/bin'\n"),
    );
    let (status, said) = machine.doctor(&["--all"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(&format!("`ffmpeg` is {here}/pkg/bin/ffmpeg")), "{said}");

    // Renamed, as the package has it; and the machine's own must not be found in its place.
    fs::rename(&named, machine.at("pkg/bin/ffmpeg7")).unwrap();
    machine.write("rc.conf", "gallery=YES\n");
    let trial = fs::read_to_string(machine.at("trial.toml")).unwrap();
    machine.write("trial.toml", &trial.replace("[service]\n", "[service]\nboot-path = ['/sbin', '/usr/sbin']\npath = ['{prefix}/sbin', '{prefix}/bin', '/sbin', '/usr/sbin']\n"));
    let (status, said) = machine.doctor(&[]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains(&format!("bad     PW6001 ffmpeg: the service does not find `ffmpeg`; {here}/pkg/bin/ffmpeg7 is there, under another name")), "{said}");
    assert!(said.contains(&format!("ln -s {here}/pkg/bin/ffmpeg7 {here}/pkg/libexec/gallery/bin/ffmpeg")), "{said}");

    let (status, said) = machine.doctor(&["--fix"]);
    assert_eq!(status, Some(0), "{said}");
    let (status, again) = machine.doctor(&["--fix"]);
    assert_eq!(status, Some(0), "{again}");
    assert!(!again.contains("fix "), "{again}");

    // And the server finds it, started as rc(8) does.
    assert!(machine.rc("onestart"));
    let log = machine.at("var/log/gallery/gallery.log");
    let painted = format!("painted by {here}/pkg/libexec/gallery/bin/ffmpeg");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while !fs::read_to_string(&log).unwrap_or_default().contains(&painted) {
        assert!(std::time::Instant::now() < until, "{}", fs::read_to_string(&log).unwrap_or_default());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(machine.at("var/db/gallery/pictures/red.png").metadata().unwrap().len() > 50);

    // The same under the script that portwright generates, which makes the link itself.
    fs::copy(machine.at("out/rc.d/trial/gallery"), &script).unwrap();
    machine.write("rc.conf", "gallery=YES\n");
    let (status, said) = machine.doctor(&["--all"]);
    assert_eq!(status, Some(0), "{said}");
    fs::write(&log, "").unwrap();
    assert!(machine.rc("start"));
    let painted = format!("painted by {here}/var/run/gallery.bin/ffmpeg");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while !fs::read_to_string(&log).unwrap_or_default().contains(&painted) {
        assert!(std::time::Instant::now() < until, "{}", fs::read_to_string(&log).unwrap_or_default());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let (status, said) = machine.doctor(&["--all"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("ok      PW6062 gallery: it runs as process"), "{said}");
}
