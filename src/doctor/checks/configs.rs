//! Configuration files.
use std::ffi::OsStr;
use std::path::Path;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::Accounts;
use crate::doctor::root::{Failure, Kind, Want, denied};
use crate::doctor::rules::{CONFIG, CONFIG_MODE, CONFIG_SYNTAX};
use crate::doctor::setting::{Format, parse};
use crate::port::{Before, Config};

use super::Checks;

/// Bytes of a configuration file that are read.
pub(super) const LIMIT: u64 = 1 << 20;

/// Each file with the path where the service reads it.
fn each(subject: &Subject<'_>, check: impl Fn(&Config, &str, &str) -> Option<Check>) -> Checks {
    let known = subject.service.configs.iter().filter_map(|config| {
        let fact = subject.met.configs.get(&config.id)?;
        check(config, fact.value.as_ref().ok()?, &fact.from)
    });
    known.collect()
}

/// Whether it is there and the service may read it: what keeps the service from starting, then what is optional.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let needed = subject.before_start().filter_map(|before| match before {
        Before::Readable(config) => Some(config),
        _ => None,
    });
    let optional = subject.service.configs.iter().filter(|config| config.optional);
    let checks = needed.chain(optional).filter_map(|config| {
        let fact = subject.met.configs.get(&config.id)?;
        Some(match &fact.value {
            Ok(path) => one(subject, config, path).looked(format!("{path}, from {}", fact.from)),
            Err(why) => {
                let message = format!("where the service reads its configuration is not known: {why}");
                Check::new(&CONFIG, Status::Unknown, thing(&config.id), message).looked(fact.from.clone())
            }
        })
    });
    checks.collect()
}

fn one(subject: &Subject<'_>, config: &Config, path: &str) -> Check {
    let found = match subject.host.root.find(path) {
        Ok(found) => found,
        Err(failure) if failure.is_absent() && config.optional => {
            return Check::new(&CONFIG, Status::Ok, file(path), "it is not there and need not be");
        }
        Err(failure) if failure.is_absent() || matches!(failure, Failure::Dangling(..) | Failure::Loop(_)) => {
            let check = Check::new(&CONFIG, Status::Bad, file(path), failure.to_string());
            let owner = if config.is_secret() { subject.service.group.as_str() } else { "0" };
            let permissions = format!("chown root:{owner} {path} && chmod {:04o} {path}", config.mode);
            let directory = path.rsplit_once('/').map_or("/", |(directory, _)| directory);
            let make =
                if subject.host.root.find(directory).is_ok() { "" } else { &format!("mkdir -p {directory} && ") };
            return check.next(match &config.sample {
                Some(sample) => format!("{make}cp {} {path} && {permissions}", subject.path_of(sample)),
                None => format!("{make}vi {path} && {permissions}"),
            });
        }
        Err(failure) => return Check::new(&CONFIG, Status::Unknown, file(path), failure.to_string()),
    };
    if found.stat.kind != Kind::File {
        return Check::new(&CONFIG, Status::Bad, file(path), format!("it is {}", found.stat.kind))
            .next(format!("ls -l {path}"));
    }
    match subject.who() {
        None => Check::new(
            &CONFIG,
            Status::Unknown,
            file(path),
            "whether the service may read it depends on its user, who is not known",
        ),
        Some((uid, groups)) => match denied(&found, uid, groups, Want::Read) {
            None => Check::new(&CONFIG, Status::Ok, file(path), format!("{} may read it", subject.user_name())),
            Some((obstacle, stat)) => {
                let user = subject.user_name();
                let message = format!(
                    "{user} may not read {obstacle} (mode {:04o}, owner {}, group {})",
                    stat.mode, stat.uid, stat.gid
                );
                let bad = Check::new(&CONFIG, Status::Bad, file(path), message);
                if stat.kind == Kind::Directory {
                    bad.next(format!("chmod go+x {obstacle}"))
                } else {
                    bad.next(format!(
                        "chown root:{} {obstacle} && chmod {:04o} {obstacle}",
                        subject.service.group, config.mode
                    ))
                }
            }
        },
    }
}

/// Whether it can be parsed.
pub(super) fn syntax(subject: &Subject<'_>) -> Checks {
    each(subject, |_, path, _| {
        let format = Format::of(Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default())?;
        let text = match subject.host.root.text(path, LIMIT) {
            Ok(text) => text,
            Err(failure) if failure.is_absent() || matches!(failure, Failure::Dangling(..)) => return None,
            Err(failure) => return Some(Check::new(&CONFIG_SYNTAX, Status::Unknown, file(path), failure.to_string())),
        };
        Some(match parse(format, &text) {
            Ok(_) => Check::new(&CONFIG_SYNTAX, Status::Ok, file(path), format!("it is {format}")),
            Err(why) => Check::new(&CONFIG_SYNTAX, Status::Bad, file(path), format!("it is no {format}: {why}"))
                .next(format!("vi {path}")),
        })
    })
}

/// Who may read and write it.
pub(super) fn mode(subject: &Subject<'_>) -> Checks {
    each(subject, |config, path, _| {
        let found = match subject.host.root.find(path) {
            Ok(found) if found.stat.kind == Kind::File => found,
            Ok(_) => return None,
            Err(failure) if failure.is_absent() || matches!(failure, Failure::Dangling(..) | Failure::Loop(_)) => {
                return None;
            }
            Err(failure) => return Some(Check::new(&CONFIG_MODE, Status::Unknown, file(path), failure.to_string())),
        };
        let stat = found.stat;
        let group = &subject.service.group;
        let mend = format!("chown root:{group} {path} && chmod {:04o} {path}", config.mode);
        if config.is_secret() && stat.mode & 0o007 != 0 {
            let message = format!("it may hold secrets, and everybody may read it (mode {:04o})", stat.mode);
            return Some(Check::new(&CONFIG_MODE, Status::Bad, file(path), message).next(mend));
        }
        if stat.mode & 0o002 != 0 {
            let message = format!("everybody may write it (mode {:04o})", stat.mode);
            return Some(Check::new(&CONFIG_MODE, Status::Bad, file(path), message).next(mend));
        }
        let gid = match Accounts::new(subject.host.root).group(group) {
            Ok(gid) => gid.map(|group| group.gid),
            Err(failure) => return Some(Check::new(&CONFIG_MODE, Status::Unknown, file(path), failure.to_string())),
        };
        if config.is_secret() && stat.mode & 0o040 != 0 && Some(stat.gid) != gid && stat.gid != 0 {
            let message =
                format!("it may hold secrets, and the group {} may read it (mode {:04o})", stat.gid, stat.mode);
            return Some(Check::new(&CONFIG_MODE, Status::Warn, file(path), message).next(mend));
        }
        let writes =
            subject.who().is_some_and(|(uid, groups)| uid != 0 && denied(&found, uid, groups, Want::Write).is_none());
        if writes {
            let message =
                format!("the service may change its own configuration (mode {:04o}, owner {})", stat.mode, stat.uid);
            return Some(Check::new(&CONFIG_MODE, Status::Warn, file(path), message).next(mend));
        }
        Some(Check::new(&CONFIG_MODE, Status::Ok, file(path), format!("mode {:04o}", stat.mode)))
    })
}
