//! A server that really runs under a generated FreeBSD rc.d script, in directories of its own; rc.subr and daemon(8) are
//! stand-ins (tests/data/freebsd).
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::PathBuf;
use std::process::{Command, Output};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::service::SERVER;
use super::{Env, Ran};

const RC_SUBR: &str = include_str!("../../data/freebsd/rc.subr");
const DAEMON: &str = include_str!("../../data/freebsd/daemon");

/// A shell is the program and its script the configuration: a small server in the foreground whose argv[0] is right.
const RECIPE: &str = r#"
[upstream]
name = "lantern"

[package]
comment = "Light in a window"

[service]
command = ["{bin}/lantern", "{config.main}", "a,b=c:d"]
user = "USER"
group = "GROUP"
environment = { OIL = "whale" }
open-files = 200
reload = "USR1"
configtest = ["{bin}/lantern", "-n", "{config.main}"]
MORE

[[service.config]]
id = "main"
path = "{sysconf}/lantern.conf"
mode = "0640"

[[service.data]]
path = "{state}/wicks"

[[program]]
name = "trimmer"
"#;

/// A service installed by hand as a stand-alone script says.
pub(crate) struct FreebsdService {
    env: Env,
    script: PathBuf,
}

impl FreebsdService {
    /// Installs the service to run as a user with a group, by name and number; `more` goes into `[service]`.
    pub(crate) fn install(user: (&str, u32), group: (&str, u32), more: &str) -> Self {
        let env = Env::new();
        let top = env.work();
        // The service's user must get there.
        fs::set_permissions(top.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
        env.write("lantern.toml", &RECIPE.replace("USER", user.0).replace("GROUP", group.0).replace("MORE", more));
        let here = top.display();
        env.write(
            "trial.toml",
            &format!(
                "name = 'trial'\nextends = 'freebsd'\n[paths]\nprefix = '{here}/local'\nsysconf = '{here}/local/etc'\nvar = '{here}/var'\n\
                 [service]\nrc-subr = '{here}/rc.subr'\n\
                 [programs]\ntrimmer = {{ package = 'misc/trimmer', name = 'trimmer' }}\n"
            ),
        );
        env.generate(&["lantern.toml", "--profile-file", "trial.toml", "--profile", "trial", "--target", "rc.d"]);
        env.write("rc.subr", &RC_SUBR.replace("@RC_CONF@", &format!("{here}/rc.conf")));
        let service = Self { script: top.join("rc.d/trial/lantern"), env };
        service.rc_conf("lantern_enable=YES\n");
        service.program("local/bin/lantern", "");
        let shell = which::which("dash").or_else(|_| which::which("sh")).unwrap();
        fs::copy(shell, top.join("local/bin/lantern")).unwrap();
        service.program("local/bin/trimmer", "#!/bin/sh\n");
        service.program("sbin/daemon", DAEMON);
        service.configure(SERVER);
        env_file(&top.join("sbin/messages"), 0o666);
        for directory in ["var/db/lantern", "var/db/lantern/wicks", "var/run"] {
            fs::create_dir_all(top.join(directory)).unwrap();
            chown(top.join(directory), Some(user.1), Some(group.1)).unwrap();
        }
        chown(top.join("local/etc/lantern/lantern.conf"), None, Some(group.1)).unwrap();
        service
    }

    /// Writes rc.conf, in which the stand-in of daemon(8) is named.
    pub(crate) fn rc_conf(&self, text: &str) {
        self.env.write("rc.conf", &format!("{text}lantern_program={}/sbin/daemon\n", self.env.work().display()));
    }

    fn program(&self, path: &str, text: &str) {
        let path = self.env.work().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Another server, or another configuration if you like.
    pub(crate) fn configure(&self, script: &str) {
        let path = self.env.work().join("local/etc/lantern/lantern.conf");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Written in place: the owner stays.
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    }

    /// The environment of the test.
    pub(crate) fn env(&self) -> &Env {
        &self.env
    }

    /// What the server printed, as syslog has it.
    pub(crate) fn log(&self) -> String {
        self.env.read("sbin/messages").replace(&self.env.work().display().to_string(), "[WORK]")
    }

    /// A process by its pid file below /var/run, if it is there.
    pub(crate) fn pid(&self, of: &str) -> Option<i32> {
        let text = fs::read_to_string(self.env.work().join(format!("var/run/lantern/{of}.pid"))).ok()?;
        let pid: i32 = text.trim().parse().ok()?;
        kill(Pid::from_raw(pid), None).is_ok().then_some(pid)
    }

    /// Runs the script as service(8) does: with next to no environment.
    pub(crate) fn rc(&self, verb: &str) -> Ran {
        // To files: what stays behind may keep descriptors open, and then a pipe would never end.
        let (out, err) = (self.env.work().join("out"), self.env.work().join("err"));
        let file = |path: &PathBuf| fs::File::create(path).unwrap();
        let mut command = Command::new(&self.script);
        command.arg(verb).env_clear().env("HOME", "/").env("PATH", "/sbin:/bin:/usr/sbin:/usr/bin").current_dir("/");
        // FreeBSD's `su -m` takes the caller's shell; Linux' one the user's own, which is none, unless SHELL says so.
        command.env("SHELL", "/bin/sh");
        let status = command.stdout(file(&out)).stderr(file(&err)).status().unwrap();
        let output = Output { status, stdout: fs::read(out).unwrap(), stderr: fs::read(err).unwrap() };
        self.env.finish(&output)
    }
}

fn env_file(path: &PathBuf, mode: u32) {
    fs::write(path, "").unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

impl Drop for FreebsdService {
    fn drop(&mut self) {
        for of in ["daemon", "server"] {
            if let Some(pid) = self.pid(of) {
                let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
            }
        }
    }
}
