//! OpenBSD's rc.subr(8): `su -fl -c CLASS -s /bin/sh USER`, so that PATH and limits are those of the login class.
use crate::doctor::Host;
use crate::port::{Port, Service};

use super::rc_script::{Script, found};
use super::{Accounts, Fact, Limit, LoginConf, Met};

/// The service under rc(8).
pub(super) fn meet(host: &Host<'_>, port: &Port, service: &Service) -> Met {
    let directory = port.profile.service.rc_d.clone().unwrap_or_else(|| "/etc/rc.d".to_owned());
    found(host, port, service, &directory, |script| read(host, port, service, script))
}

fn read(host: &Host<'_>, port: &Port, service: &Service, mut script: Script) -> Met {
    // The script has no `name`: it is called as its file is.
    script.name = script.path.rsplit('/').next().unwrap_or_default().to_owned();
    // rc.subr reads rc.conf.local before the script's own words are looked at; the script need not call for it.
    let conf: Vec<String> =
        port.profile.host.rc_conf_more.iter().chain(&port.profile.service.rc_conf).cloned().collect();
    let files = crate::doctor::sh::Files { root: host.root, rc_config: conf, rc_subr: None };
    script.shell.run("load_rc_config\n", &files);
    let mut met = Met::nothing(port, service, &script.name, "");
    met.definition = Ok(script.path.clone());
    let first = |own: Fact<Option<String>>, other: Fact<Option<String>>| match own.value {
        Ok(None) => other,
        _ => own,
    };
    met.user = first(script.own("user"), script.variable("daemon_user"))
        .map(|user| user.filter(|user| !user.is_empty()).unwrap_or_else(|| "root".to_owned()));
    if let Fact { value: Ok(Some(daemon)), from } = script.variable("daemon") {
        // Fixed arguments may stand behind it.
        met.program = Fact::known(daemon.split_whitespace().next().unwrap_or_default().to_owned(), from);
    }
    if let Fact { value: Ok(Some(directory)), from } = first(script.own("execdir"), script.variable("daemon_execdir")) {
        met.directory = Fact::known(directory, from);
    }
    class(host, port, &script.name, &mut met);
    let listed = script.variable("pkg_scripts");
    let flags = script.own("flags");
    met.enabled = match (listed.value, &flags.value) {
        (Err(why), _) => Fact::unknown(why, listed.from),
        (Ok(_), Ok(Some(flags))) if flags == "NO" => Fact::known(false, format!("{}_flags=NO", script.name)),
        (Ok(list), _) => {
            let list = list.unwrap_or_default();
            Fact::known(list.split_whitespace().any(|one| one == script.name), listed.from)
        }
    };
    met
}

/// PATH and limits of the service's login class.
fn class(host: &Host<'_>, port: &Port, name: &str, met: &mut Met) {
    let facts = &port.profile.host;
    let files: Vec<String> = facts.login_conf.iter().map(|file| file.replace("{service}", name)).collect();
    let from = files.join(", ");
    let class = LoginConf::read(host.root, &files).map_err(|failure| failure.to_string()).and_then(|conf| {
        if conf.read.is_empty() {
            return Err(format!("none of {from} is there"));
        }
        // The class of the script's name if there is one (rc.subr).
        conf.class(if conf.has(name) { name } else { facts.login_class.as_deref().unwrap_or("daemon") })
    });
    let home = met.user.value.as_ref().ok().and_then(|user| Accounts::new(host.root).user(user).ok().flatten());
    let home = home.map(|account| account.home).unwrap_or_default();
    match class {
        Err(why) => {
            met.path = Fact::unknown(why.clone(), from.clone());
            met.open_files = Fact::unknown(why.clone(), from.clone());
            met.memory = Fact::unknown(why, from);
        }
        Ok(class) => {
            let from = format!("login class {} in {from}", class.name);
            met.path = match class.path(&home) {
                Some(path) => Fact::known(path, &from),
                None => Fact::unknown("the login class sets no path", &from),
            };
            let limit = |what: &str, otherwise: Option<Limit>| match class.limit(what) {
                Err(why) => Fact::unknown(why, &from),
                Ok(Some(limit)) => Fact::known(limit, &from),
                Ok(None) => match otherwise {
                    Some(limit) => Fact::known(limit, &from),
                    None => Fact::unknown(format!("the login class does not set {what}"), &from),
                },
            };
            met.open_files = limit("openfiles", facts.open_files.map(Limit::Of));
            met.memory = limit("datasize", Some(Limit::Unlimited));
        }
    }
}
