//! Limits of the service's process.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::facts::Limit;
use crate::doctor::rules::OPEN_FILES;
use crate::port::Before;
use crate::profile::Manager;

use super::Checks;

/// Open files.
pub(super) fn open_files(subject: &Subject<'_>) -> Checks {
    let limit = |before| match before {
        Before::OpenFiles(limit) => Some(limit),
        _ => None,
    };
    let Some(needed) = subject.before_start().find_map(limit) else { return Vec::new() };
    let fact = &subject.met.open_files;
    let name = &subject.met.name;
    let at = || thing("open files");
    let check = match &fact.value {
        Err(why) => {
            let message = format!("the server needs {needed} open files; its limit is not known: {why}");
            Check::new(&OPEN_FILES, Status::Unknown, at(), message)
        }
        Ok(Limit::Of(limit)) if *limit < needed => {
            let message = format!("the server needs {needed} open files, and its limit is {limit}");
            let check = Check::new(&OPEN_FILES, Status::Bad, at(), message);
            match subject.port.profile.service.manager {
                Manager::RcD if subject.met.own_limit => check.next(format!("set {name}_nofiles={needed} in rc.conf")),
                // A script that does not ask for the limit cannot be told one.
                Manager::RcD => check.next(format!("add `ulimit -S -n {needed}` to the script's start_precmd")),
                Manager::FreebsdRc => check.next(format!("sysrc {name}_limits=\"-n {needed}\"")),
                Manager::OpenbsdRc => {
                    check.next(format!("put `{name}:openfiles={needed}:tc=daemon:` into /etc/login.conf.d/{name}"))
                }
                Manager::Smf => check
                    .next(format!("svccfg -s {name} setprop application/nofiles = count: {needed}"))
                    .next(format!("svcadm refresh {name} && svcadm restart {name}")),
            }
        }
        Ok(Limit::Of(limit)) => {
            Check::new(&OPEN_FILES, Status::Ok, at(), format!("{limit} files may be open, {needed} are needed"))
        }
        Ok(Limit::Unlimited) => Check::new(&OPEN_FILES, Status::Ok, at(), "nothing limits open files"),
    };
    vec![check.looked(fact.from.clone())]
}
