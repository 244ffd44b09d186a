//! User, group, home, shell.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::Accounts;
use crate::doctor::root::Kind;
use crate::doctor::rules::{GROUP, HOME, USER};
use crate::emit::filled;

use super::Checks;

/// The user.
pub(super) fn user(subject: &Subject<'_>) -> Checks {
    let from = &subject.met.user.from;
    let name = match &subject.met.user.value {
        Ok(name) => name.clone(),
        Err(why) => {
            // Without a script the recipe's user is still worth a look.
            let wanted = &subject.service.user;
            return match Accounts::new(subject.host.root).user(wanted) {
                Ok(None) => vec![absent(subject, wanted)],
                _ => vec![Check::new(
                    &USER,
                    Status::Unknown,
                    thing(wanted),
                    format!("which user the service runs as is not known: {why}"),
                )],
            };
        }
    };
    let check = match Accounts::new(subject.host.root).user(&name) {
        Err(failure) => Check::new(
            &USER,
            Status::Unknown,
            thing(&name),
            format!("whether there is a user {name} is not known: {failure}"),
        ),
        Ok(None) => absent(subject, &name),
        Ok(Some(account)) if account.uid == 0 && subject.service.user != "root" => {
            let variable = format!("{}_user", subject.met.name);
            Check::new(
                &USER,
                Status::Warn,
                thing(&name),
                format!("the service runs as root, the recipe says {}", subject.service.user),
            )
            .next(format!("set {variable}={} where the service is configured", subject.service.user))
        }
        Ok(Some(account)) => Check::new(&USER, Status::Ok, thing(&name), format!("{name} has number {}", account.uid)),
    };
    vec![check.looked(format!("/etc/passwd; the user's name is from {from}"))]
}

fn absent(subject: &Subject<'_>, name: &str) -> Check {
    let check = Check::new(&USER, Status::Bad, thing(name), format!("there is no user {name}"));
    let (port, service) = (subject.port, subject.service);
    let check = match Accounts::new(subject.host.root).group(&service.group) {
        Ok(Some(_)) => check,
        _ => check.next(filled(&port.profile.users.group_add, port, service)),
    };
    if name == service.user {
        check.next(filled(&port.profile.users.user_add, port, service))
    } else {
        // What an admin set: rather the recipe's user than one more.
        check.next(format!("id {}", service.user))
    }
}

/// A command of the host with names in it.
fn account(command: &str, user: &str, group: &str, shell: &str) -> String {
    command.replace("{user}", user).replace("{group}", group).replace("{shell}", shell)
}

/// The group.
pub(super) fn group(subject: &Subject<'_>) -> Checks {
    let name = &subject.service.group;
    let check = match Accounts::new(subject.host.root).group(name) {
        Err(failure) => Check::new(
            &GROUP,
            Status::Unknown,
            thing(name),
            format!("whether there is a group {name} is not known: {failure}"),
        ),
        Ok(None) => Check::new(&GROUP, Status::Bad, thing(name), format!("there is no group {name}")).next(filled(
            &subject.port.profile.users.group_add,
            subject.port,
            subject.service,
        )),
        Ok(Some(group)) => match subject.who() {
            Some((0, _)) => Check::new(&GROUP, Status::Ok, thing(name), "root needs no group"),
            Some((_, groups)) if !groups.contains(&group.gid) => {
                let user = subject.user_name();
                Check::new(&GROUP, Status::Bad, thing(name), format!("{user} does not belong to the group {name}"))
                    .next(account(&subject.host.profile.host.join_group, user, name, ""))
            }
            _ => Check::new(&GROUP, Status::Ok, thing(name), format!("{name} has number {}", group.gid)),
        },
    };
    vec![check.looked("/etc/group")]
}

/// Home directory and shell.
pub(super) fn home(subject: &Subject<'_>) -> Checks {
    let Ok(account) = &subject.account else { return Vec::new() };
    if account.uid == 0 {
        return Vec::new();
    }
    let at = || file(&account.home);
    let check = match subject.host.root.find(&account.home) {
        // A home that is nowhere on purpose.
        _ if account.home == "/nonexistent" || account.home == "/var/empty" => {
            Check::new(&HOME, Status::Ok, at(), "the account has no home on purpose")
        }
        Ok(found) if found.stat.kind == Kind::Directory => Check::new(&HOME, Status::Ok, at(), "home is there"),
        Ok(found) => {
            Check::new(&HOME, Status::Warn, at(), format!("the home of {} is {}", account.name, found.stat.kind))
        }
        Err(failure) if failure.is_absent() => {
            Check::new(&HOME, Status::Warn, at(), format!("the home of {} is not there", account.name))
                .next(format!("mkdir -p {0} && chown {1} {0}", account.home, account.name))
        }
        Err(failure) => Check::new(&HOME, Status::Unknown, at(), failure.to_string()),
    };
    let closed = |shell: &str| {
        shell.ends_with("/nologin") || shell.ends_with("/false") || shell == subject.port.profile.users.nologin
    };
    let mut checks = vec![check.looked("/etc/passwd")];
    if !closed(&account.shell) {
        let message = format!("{} can log in with the shell {}", account.name, account.shell);
        let open = Check::new(&HOME, Status::Warn, thing(&account.name), message);
        let nologin = &subject.port.profile.users.nologin;
        let command = self::account(&subject.host.profile.host.set_shell, &account.name, "", nologin);
        checks.push(open.looked("/etc/passwd").next(command));
    }
    checks
}
