//! NetBSD's and pkgsrc's rc.subr(8): `cd NAME_chdir; env NAME_env … command NAME_flags command_args`, as `NAME_user`.
use crate::doctor::Host;
use crate::port::{Port, Service};

use super::rc_script::{Script, common, found};
use super::{Fact, Limit, Met};

/// The service under rc(8).
pub(super) fn meet(host: &Host<'_>, port: &Port, service: &Service) -> Met {
    let directory = port.profile.service.rc_d.clone().unwrap_or_else(|| "/etc/rc.d".to_owned());
    found(host, port, service, &directory, |script| read(port, service, &script))
}

fn read(port: &Port, service: &Service, script: &Script) -> Met {
    let mut met = Met::nothing(port, service, &script.name, "");
    met.definition = Ok(script.path.clone());
    met.has_environment = !matches!(script.own("env").value, Ok(None));
    // With a start_cmd of its own rc.subr applies none of what follows.
    let own_start = script.variable("start_cmd");
    let replaced = !matches!(own_start.value, Ok(None));
    let why = "the script starts the server by a start_cmd of its own, which is not worked out";
    met.user = script.own("user").map(|user| user.filter(|user| !user.is_empty()).unwrap_or_else(|| "root".to_owned()));
    met.path = script.path();
    if replaced {
        met.user = Fact::unknown(why, &script.path);
        met.path = Fact::unknown(why, &script.path);
    }
    let command = script.variable("command");
    if let Fact { value: Ok(Some(command)), from } = command {
        // daemonize(1) and its like run what their arguments say.
        let wrapped = script.variable("procname");
        let program = match wrapped.value {
            Ok(Some(program)) if program.starts_with('/') => program,
            _ => command,
        };
        met.program = Fact::known(program, from);
    }
    common(&mut met, port, service, script);
    let own = script.own("nofiles");
    met.own_limit = matches!(own.value, Ok(Some(_)));
    met.open_files = match own {
        Fact { value: Ok(Some(text)), from } => match text.parse() {
            Ok(limit) => Fact::known(Limit::Of(limit), from),
            Err(_) => Fact::unknown(format!("`{text}` is not a number"), from),
        },
        _ => script.open_files(port.profile.host.open_files),
    };
    met.memory = script.memory();
    met.log = script.own("log").value.ok().flatten().filter(|path| path.starts_with('/'));
    met
}
