//! A server that really runs under a generated rc.d script, in directories of its own.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::PathBuf;
use std::process::{Command, Output};

use super::{Env, Ran};

const RC_SUBR: &str = include_str!("../../data/rc.subr");

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
echo \"$1|$(id -un)|$(pwd)|$HOME|$PATH|$OIL|$(ulimit -n)\"
i=0
while [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done
";

/// A service installed by hand as a stand-alone script says.
pub(crate) struct Service {
    env: Env,
    script: PathBuf,
}

impl Service {
    /// Installs the service to run as a user with a group, by name and number.
    pub(crate) fn install(user: (&str, u32), group: (&str, u32)) -> Self {
        let env = Env::new();
        let top = env.work();
        // The service's user must get there.
        fs::set_permissions(top.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
        env.write("lantern.toml", &RECIPE.replace("USER", user.0).replace("GROUP", group.0));
        let here = top.display();
        env.write(
            "trial.toml",
            &format!(
                "name = 'trial'\nextends = 'netbsd'\n[paths]\nprefix = '{here}/pkg'\nsysconf = '{here}/pkg/etc'\nvar = '{here}/var'\n\
                 [service]\nrc-subr = '{here}/rc.subr'\nrc-conf = '{here}/rc.conf'\n\
                 [programs]\ntrimmer = {{ package = 'misc/trimmer', name = 'trimmer' }}\n"
            ),
        );
        env.generate(&["lantern.toml", "--profile-file", "trial.toml", "--profile", "trial", "--target", "rc.d"]);
        env.write("rc.subr", &RC_SUBR.replace("@RC_CONF@", &format!("{here}/rc.conf")));
        env.write("rc.conf", "lantern=YES\n");
        let script = top.join("rc.d/trial/lantern");
        let text = fs::read_to_string(&script).unwrap();
        let program = text.lines().find_map(|line| line.strip_prefix("command=\"")?.strip_suffix('"')).unwrap();
        let service = Self { env, script };
        service.program(program, "");
        fs::copy(which::which("dash").or_else(|_| which::which("sh")).unwrap(), program).unwrap();
        service.program(&format!("{here}/pkg/bin/trimmer"), "#!/bin/sh\n");
        service.configure(SERVER);
        for directory in ["var/db/lantern", "var/db/lantern/wicks", "var/log/lantern"] {
            fs::create_dir_all(top.join(directory)).unwrap();
            chown(top.join(directory), Some(user.1), Some(group.1)).unwrap();
        }
        chown(top.join("pkg/etc/lantern/lantern.conf"), None, Some(group.1)).unwrap();
        service
    }

    fn program(&self, path: &str, text: &str) {
        let path = PathBuf::from(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        let _ = &self.env;
    }

    /// Another server, or another configuration if you like.
    pub(crate) fn configure(&self, script: &str) {
        let path = self.env.work().join("pkg/etc/lantern/lantern.conf");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Written in place: the owner stays.
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    }

    /// The environment of the test.
    pub(crate) fn env(&self) -> &Env {
        &self.env
    }

    /// What the server printed.
    pub(crate) fn log(&self) -> String {
        self.env.read("var/log/lantern/lantern.log").replace(&self.env.work().display().to_string(), "[WORK]")
    }

    /// The server's process, if there is one.
    pub(crate) fn pid(&self) -> Option<i32> {
        let text = fs::read_to_string(self.env.work().join("var/run/lantern/lantern.pid")).ok()?;
        let pid: i32 = text.trim().parse().ok()?;
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None).is_ok().then_some(pid)
    }

    /// Runs the script as service(8) does: with next to no environment.
    pub(crate) fn rc(&self, verb: &str) -> Ran {
        // To files: the server keeps the script's own descriptors open if it is not told better, and then a pipe would
        // never end.
        let (out, err) = (self.env.work().join("out"), self.env.work().join("err"));
        let file = |path: &PathBuf| fs::File::create(path).unwrap();
        let mut command = Command::new(&self.script);
        command.arg(verb).env_clear().env("HOME", "/").env("PATH", "/sbin:/bin:/usr/sbin:/usr/bin").current_dir("/");
        // NetBSD's `su -m` takes /bin/sh when SHELL is not set; Linux' one the user's own, which is none.
        command.env("SHELL", "/bin/sh");
        let status = command.stdout(file(&out)).stderr(file(&err)).status().unwrap();
        let output = Output { status, stdout: fs::read(out).unwrap(), stderr: fs::read(err).unwrap() };
        self.env.finish(&output)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(pid) = self.pid() {
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL);
        }
    }
}
