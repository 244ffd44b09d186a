//! The server, and the programs that it runs by name.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::Fact;
use crate::doctor::fix::Action;
use crate::doctor::rules::{PROGRAM, SERVER};
use crate::port::{Before, Place, Program};
use crate::profile::Manager;

use super::Checks;
use super::find_program::{Search, cannot_run, search, similar};

/// The server's own program.
pub(super) fn server(subject: &Subject<'_>) -> Checks {
    let program = match &subject.met.program.value {
        Err(why) => return vec![Check::new(&SERVER, Status::Unknown, thing("the server"), why.clone())],
        Ok(program) => program,
    };
    let at = || file(program);
    let check = match subject.host.root.find(program) {
        Err(failure) if failure.is_absent() => {
            let missing = Check::new(&SERVER, Status::Bad, at(), failure.to_string());
            missing.next(install(subject, &subject.port.name))
        }
        Err(failure @ (crate::doctor::root::Failure::Dangling(..) | crate::doctor::root::Failure::Loop(_))) => {
            Check::new(&SERVER, Status::Bad, at(), format!("the server cannot be run: {failure}"))
                .next(format!("ls -l {program}"))
        }
        Err(failure) => Check::new(&SERVER, Status::Unknown, at(), failure.to_string()),
        Ok(found) => match cannot_run(subject, &found) {
            None => Check::new(&SERVER, Status::Ok, at(), "the service's user may run it"),
            Some(why) => Check::new(&SERVER, Status::Bad, at(), why).next(format!("ls -l {}", found.path)),
        },
    };
    vec![check.looked(format!("{program}, from {}", subject.met.program.from))]
}

/// The programs of the recipe.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let before: Vec<&Program> = subject
        .before_start()
        .filter_map(|before| match before {
            Before::Program(program) | Before::Linked(program, ..) => Some(program),
            _ => None,
        })
        .collect();
    // Beyond what keeps the service from starting: what is optional, or belongs to an option in use.
    let more = subject.port.programs.iter().filter(|program| {
        subject.is_chosen(program.option.as_deref()) && !before.iter().any(|known| known.name == program.name)
    });
    before.iter().copied().chain(more).map(|program| one(subject, program)).collect()
}

fn one(subject: &Subject<'_>, program: &Program) -> Check {
    let Program { name, .. } = program;
    let Fact { value, from } = &subject.met.path;
    let path = match value {
        Ok(path) => path,
        Err(why) => {
            let message = format!("where the service looks for `{name}` is not known: {why}");
            return Check::new(&PROGRAM, Status::Unknown, thing(name), message);
        }
    };
    let shown = format!("PATH={} ({from})", path.join(":"));
    let found = search(subject, path, name);
    if let Some((path, _)) = &found.hit {
        let good = Check::new(&PROGRAM, Status::Ok, file(path), format!("`{name}` is {path}"));
        return good.looked(shown);
    }
    if let Some(good) = made_at_start(subject, program, path) {
        return good.looked(shown);
    }
    if let Some(why) = found.blind.first() {
        let message = format!("whether the service finds `{name}` is not known: {why}");
        return Check::new(&PROGRAM, Status::Unknown, thing(name), message).looked(shown);
    }
    missing(subject, program, path, &found).looked(shown)
}

/// A stand-alone script or manifest makes the link itself.
fn made_at_start(subject: &Subject<'_>, program: &Program, path: &[String]) -> Option<Check> {
    let (directory, link) = subject.service.own_links.iter().find(|(_, link)| link.name == program.name)?;
    let directory = subject.path_of(directory);
    let target = format!("{}/{}", Place::Bin.path(&subject.port.profile.paths, &subject.port.name), link.file);
    let there = subject.host.root.find(&target).ok()?;
    (path.contains(&directory) && cannot_run(subject, &there).is_none()).then(|| {
        let message = format!("the service links `{}` to {target} when it starts", program.name);
        Check::new(&PROGRAM, Status::Ok, file(target), message)
    })
}

fn missing(subject: &Subject<'_>, program: &Program, path: &[String], found: &Search) -> Check {
    let Program { name, .. } = program;
    let mut message = format!("the service does not find `{name}`");
    for obstacle in &found.obstacles {
        message = format!("{message}; {obstacle}");
    }
    let near = similar(subject, path, name);
    let elsewhere = only_for_the_caller(subject, path, name);
    if let Some(near) = near.first() {
        let exact = near.rsplit('/').next() == Some(name.as_str());
        let how = if exact { "outside the PATH of the service" } else { "under another name" };
        message = format!("{message}; {near} is there, {how}");
    } else if let Some(elsewhere) = &elsewhere {
        message = format!("{message}; {elsewhere} is found by your shell's PATH only");
    }
    let status = if program.optional { Status::Warn } else { Status::Bad };
    let check = Check::new(&PROGRAM, status, thing(name), message);
    if let Some(there) = near.into_iter().next().or(elsewhere) {
        give_the_name(subject, check, name, &there, path)
    } else {
        let known = subject.port.profile.programs.get(name).map(|package| package.name.as_str());
        check.next(install(subject, known.unwrap_or(name)))
    }
}

/// The link, in a directory that only this service has in its PATH, and that directory in its PATH.
fn give_the_name(subject: &Subject<'_>, check: Check, name: &str, there: &str, path: &[String]) -> Check {
    let paths = &subject.port.profile.paths;
    let private = format!("{}/bin", Place::Libexec.path(paths, &subject.port.name));
    let own = subject.service.own_links.iter().map(|(directory, _)| subject.path_of(directory));
    // Not below the user's own state: root does not write where the user could turn a directory into a link.
    let state = Place::State.path(paths, &subject.port.name);
    let listed = std::iter::once(private.clone())
        .chain(own)
        .find(|directory| path.contains(directory) && !directory.starts_with(&state));
    let directory = listed.clone().unwrap_or(private);
    let link = Action::Link { at: format!("{directory}/{name}"), target: there.to_owned() };
    let check = check.fix(link);
    if listed.is_some() {
        return check;
    }
    let script = &subject.met.name;
    let rest =
        subject.service.path.iter().filter(|part| !subject.service.own_links.iter().any(|(own, _)| own == *part));
    let rest: Vec<String> = rest.map(|part| subject.path_of(part)).filter(|part| *part != directory).collect();
    let whole = format!("{directory}:{}", rest.join(":"));
    match subject.port.profile.service.manager {
        // What is set already is not overwritten: there may be more in it.
        Manager::RcD | Manager::FreebsdRc if subject.met.has_environment => check.next(format!(
            "put {directory} first in the PATH of {script}_env, and the directories of packages behind it: PATH={whole}"
        )),
        Manager::RcD | Manager::FreebsdRc if subject.met.definition.is_ok() => {
            let conf = super::service::setting_file(subject).unwrap_or_else(|| "/etc/rc.conf".into());
            let home = Place::State.path(paths, &subject.port.name);
            check.fix(Action::Setting {
                file: conf,
                variable: format!("{script}_env"),
                value: format!("HOME={home} PATH={whole}"),
            })
        }
        Manager::Smf => check
            .next(format!("svccfg -s {script} setenv PATH {whole}"))
            .next(format!("svcadm refresh {script} && svcadm restart {script}")),
        Manager::OpenbsdRc => check.next(format!(
            "put `{script}:path={} :tc=daemon:` into /etc/login.conf.d/{script}",
            whole.replace(':', " ")
        )),
        _ => check,
    }
}

/// Where the caller's shell would find it.
fn only_for_the_caller(subject: &Subject<'_>, path: &[String], name: &str) -> Option<String> {
    let callers = subject.host.callers_path.filter(|_| subject.host.is_live())?;
    let others: Vec<String> =
        callers.split(':').filter(|one| !path.iter().any(|known| known == one)).map(ToOwned::to_owned).collect();
    search(subject, &others, name).hit.map(|(file, _)| file)
}

/// The command that installs a package.
pub(super) fn install(subject: &Subject<'_>, package: &str) -> String {
    let known = &subject.port.profile.host.install;
    if known.is_empty() { format!("install the package {package}") } else { known.replace("{package}", package) }
}
