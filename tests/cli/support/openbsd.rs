//! A server that really runs under a generated rc.d script of OpenBSD, in directories of its own.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{Env, Ran};

const RC_SUBR: &str = include_str!("../../data/openbsd/rc.subr");
const LOGGER: &str = include_str!("../../data/openbsd/logger");

/// A shell is the program and its script the configuration; the `+` is for the pattern that finds the process.
const RECIPE: &str = r#"
[upstream]
name = "lantern"

[package]
comment = "Light in a window"

[service]
command = ["{bin}/lantern", "{config.main}", "a,b=c:d+e"]
user = "USER"
group = "GROUP"
environment = { OIL = "whale,cod:1", WIND = "$x ~ ^y" }
open-files = 200
reload = "USR1"
configtest = ["{bin}/lantern", "-n", "{config.main}"]
stop = { timeout = "40s" }

[[service.config]]
id = "main"
path = "{sysconf}/lantern.conf"
mode = "0640"

[[service.data]]
path = "{state}/wicks"

[[program]]
name = "trimmer"
"#;

/// It says how it was started, hums until it is told to stop, and ends by itself should a test forget it.
pub(crate) const SERVER: &str = "\
trap 'echo stopped; exit 0' TERM
trap 'echo reloaded' USR1
echo \"$1|$(id -un)|$(pwd)|$OIL|$(ulimit -n)\"
i=0
while [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
";

/// A service installed by hand as a stand-alone script says.
pub(crate) struct Service {
    env: Env,
    shell: PathBuf,
}

impl Service {
    /// Installs the service to run as a user with a group, by name and number; a shell reads the script.
    pub(crate) fn install(shell: PathBuf, user: (&str, u32), group: (&str, u32)) -> Self {
        let env = Env::new();
        let top = env.work();
        // The service's user must get there.
        fs::set_permissions(top.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
        env.write("lantern.toml", &RECIPE.replace("USER", user.0).replace("GROUP", group.0));
        let here = top.display();
        env.write(
            "trial.toml",
            &format!(
                "name = 'trial'\nextends = 'openbsd'\n[paths]\nprefix = '{here}/pkg'\nsysconf = '{here}/etc'\nvar = '{here}/var'\n\
                 [users]\nname-prefix = ''\n[service]\nrc-subr = '{here}/rc.subr'\n\
                 [programs]\ntrimmer = {{ package = 'misc/trimmer', name = 'trimmer' }}\n"
            ),
        );
        env.generate(&["lantern.toml", "--profile-file", "trial.toml", "--profile", "trial", "--target", "rc.d"]);
        env.write("rc.subr", &RC_SUBR.replace("@TOP@", &here.to_string()));
        env.write("login.conf.d/lantern", &env.read("rc.d/trial/login.conf.d/lantern"));
        let service = Self { env, shell };
        for (path, text) in [
            ("pkg/bin/lantern", ""),
            ("pkg/bin/trimmer", "#!/bin/sh\n"),
            ("bin/logger", &LOGGER.replace("@TOP@", &here.to_string())),
        ] {
            service.env.write(path, text);
            fs::set_permissions(top.join(path), fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::copy(which::which("dash").or_else(|_| which::which("sh")).unwrap(), top.join("pkg/bin/lantern")).unwrap();
        service.configure(SERVER);
        for directory in ["var/db/lantern", "var/db/lantern/wicks"] {
            fs::create_dir_all(top.join(directory)).unwrap();
            chown(top.join(directory), Some(user.1), Some(group.1)).unwrap();
        }
        // logger(1) writes to a socket that everybody may write to.
        service.env.write("syslog", "");
        fs::set_permissions(top.join("syslog"), fs::Permissions::from_mode(0o666)).unwrap();
        chown(service.configuration(), None, Some(group.1)).unwrap();
        service
    }

    fn configuration(&self) -> PathBuf {
        self.env.work().join("etc/lantern/lantern.conf")
    }

    /// Another server, or another configuration if you like.
    pub(crate) fn configure(&self, script: &str) {
        let path = self.configuration();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Written in place: the owner stays.
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    }

    /// The environment of the test.
    pub(crate) fn env(&self) -> &Env {
        &self.env
    }

    /// What is in the log, of one priority.
    pub(crate) fn log(&self, priority: &str) -> Vec<String> {
        let text = self.env.read("syslog").replace(&self.env.work().display().to_string(), "[WORK]");
        text.lines()
            .filter_map(|line| line.strip_prefix(priority)?.strip_prefix(" lantern: "))
            .map(Into::into)
            .collect()
    }

    /// The server's process, if there is one.
    pub(crate) fn pid(&self) -> Option<i32> {
        let program = self.env.work().join("pkg/bin/lantern");
        let processes =
            fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
        let mut ours = processes.filter_map(|name| {
            let pid = name.parse().ok()?;
            let command = fs::read_to_string(Path::new("/proc").join(&name).join("cmdline")).ok()?;
            let words: Vec<_> = command.split('\0').collect();
            (Path::new(words.first()?) == program && words.get(1) != Some(&"-n")).then_some(pid)
        });
        ours.next()
    }

    /// Runs the script as rcctl(8) does.
    pub(crate) fn rc(&self, verb: &str) -> Ran {
        let top = self.env.work();
        let (out, err) = (top.join("out"), top.join("err"));
        let file = |path: &PathBuf| fs::File::create(path).unwrap();
        let mut command = Command::new(&self.shell);
        command.arg(top.join("rc.d/trial/lantern")).arg(verb).current_dir("/").env_clear();
        command.env("PATH", format!("{}/bin:/sbin:/bin:/usr/sbin:/usr/bin", top.display())).env("KSH", &self.shell);
        let status = command.stdout(file(&out)).stderr(file(&err)).status().unwrap();
        let output = Output { status, stdout: fs::read(out).unwrap(), stderr: fs::read(err).unwrap() };
        self.env.finish(&output)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(pid) = self.pid() {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
    }
}
