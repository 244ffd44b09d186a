//! User, group, home, shell.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::Accounts;
use crate::doctor::root::Kind;
use crate::doctor::rules::{GROUP, HOME, USER};
use crate::port::Place;

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
    let home = Place::State.path(&subject.port.profile.paths, &subject.port.name);
    let group = &subject.service.group;
    Check::new(&USER, Status::Bad, thing(name), format!("there is no user {name}"))
        .next(format!("groupadd {group}"))
        .next(format!("useradd -g {group} -d {home} -s {} {name}", subject.port.profile.users.nologin))
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
        Ok(None) => Check::new(&GROUP, Status::Bad, thing(name), format!("there is no group {name}"))
            .next(format!("groupadd {name}")),
        Ok(Some(group)) => match subject.who() {
            Some((0, _)) => Check::new(&GROUP, Status::Ok, thing(name), "root needs no group"),
            Some((_, groups)) if !groups.contains(&group.gid) => {
                let user = subject.user_name();
                Check::new(&GROUP, Status::Bad, thing(name), format!("{user} does not belong to the group {name}"))
                    .next(format!("usermod -G {name} {user}"))
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
        checks.push(open.next(format!("usermod -s {} {}", subject.port.profile.users.nologin, account.name)));
    }
    checks
}
