//! A live host: this machine, as a pkgsrc host with its packages under a directory of the test's own. The server runs
//! under its generated rc.d script, with a stand-in for rc.subr.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

[[service.data]]
path = "{state}/pictures"

[[program]]
name = "ffmpeg"
version = ">=4"
probe = ["-version"]
"#;

const SERVER: &str = "\
ffmpeg -v error -y -f lavfi -i color=red:size=8x8 -frames:v 1 \"$HOME/pictures/red.png\" && echo painted by $(command -v ffmpeg)
i=0
while [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
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
        let generated = machine.portwright(&["generate", "gallery.toml", "--offline", "--target", "rc.d", "--profile", "trial", "--out", "out"]);
        assert!(generated.status.success(), "{}", text(&generated));
        fs::create_dir_all(machine.at("rc.d")).unwrap();
        fs::copy(machine.at("out/rc.d/trial/gallery"), machine.at("rc.d/gallery")).unwrap();
        fs::set_permissions(machine.at("rc.d/gallery"), fs::Permissions::from_mode(0o755)).unwrap();
        let subr = include_str!("../data/rc.subr").replace("@RC_CONF@", &format!("{here}/rc.conf"));
        machine.write("rc.subr", &subr).write("rc.conf", "hostname=lamp\n");
        machine.write("pkg/etc/gallery/gallery.conf", SERVER);
        for (path, mode) in [("pkg/etc/gallery/gallery.conf", 0o640), ("var/db/gallery", 0o750), ("var/log/gallery", 0o750)] {
            if !machine.at(path).exists() {
                fs::create_dir_all(machine.at(path)).unwrap();
            }
            let owner = if path.starts_with("var") { Some(65534) } else { None };
            chown(machine.at(path), owner, Some(65534)).unwrap();
            fs::set_permissions(machine.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        fs::create_dir_all(machine.at("pkg/bin")).unwrap();
        fs::create_dir_all(machine.at("pkg/pkgdb/gallery-1.0")).unwrap();
        machine.write("pkg/pkgdb/gallery-1.0/+CONTENTS", "@name gallery-1.0\n");
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
        let mut command = Command::new(self.at("rc.d/gallery"));
        command.arg(verb).env_clear().env("HOME", "/").env("PATH", "/sbin:/bin:/usr/sbin:/usr/bin").env("SHELL", "/bin/sh");
        let quiet = command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().unwrap().success()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
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
    // pictures/ was never made.
    fs::remove_file(machine.at("pkg/bin/ffmpeg7")).unwrap();
    fs::create_dir(machine.at("var/db/gallery/pictures")).unwrap();
    chown(machine.at("var/db/gallery/pictures"), Some(65534), Some(65534)).unwrap();
    let _ = fs::remove_file(machine.at("var/run/gallery.bin/ffmpeg"));
    machine.write("rc.conf", "gallery_env='PATH=/nowhere'\n");
    assert!(agree(&machine, "PW6001"));
    machine.write("rc.conf", "");
    symlink("/bin/true", machine.at("pkg/bin/ffmpeg7")).unwrap();
    assert!(!agree(&machine, "PW6001"));
    chown(machine.at("var/log/gallery"), Some(0), Some(0)).unwrap();
    assert!(agree(&machine, "PW6030"));
}
