//! Shared libraries of the server and its programs, resolved below the root.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::elf::{Needs, Program, look};
use crate::doctor::rules::LIBRARIES;

use super::Checks;
use super::find_program::search;

/// A program has no more libraries than this; ffmpeg has two hundred.
const MOST: usize = 2000;

/// Each program's.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let mut programs: Vec<String> = subject.met.program.value.iter().cloned().collect();
    if let Ok(path) = &subject.met.path.value {
        let wanted = subject.port.programs.iter().filter(|program| subject.is_chosen(program.option.as_deref()));
        programs.extend(wanted.filter_map(|program| search(subject, path, &program.name).hit.map(|(file, _)| file)));
    }
    // Many programs share most of their libraries.
    let mut known = BTreeMap::new();
    let mut told = BTreeSet::new();
    programs
        .iter()
        .filter(|program| subject.host.root.find(program).is_ok_and(|found| told.insert(found.path)))
        .map(|program| one(subject, program, &mut known))
        .collect()
}

/// What is known of files that were looked at.
type Known = BTreeMap<String, Result<Needs, String>>;

fn one(subject: &Subject<'_>, program: &str, known: &mut Known) -> Check {
    let at = || file(program);
    match walk(subject, program, known) {
        Ok(Walked::Whole(count)) => Check::new(
            &LIBRARIES,
            Status::Ok,
            at(),
            match count {
                0 => "it needs no shared library".to_owned(),
                count => format!("its {count} shared libraries are there"),
            },
        ),
        Ok(Walked::Missing(missing)) => {
            let all = missing.join(", ");
            Check::new(&LIBRARIES, Status::Bad, at(), format!("not there: {all}")).next(format!("ldd {program}"))
        }
        Err(why) => Check::new(&LIBRARIES, Status::Unknown, at(), why).next(format!("ldd {program}")),
    }
}

enum Walked {
    Whole(usize),
    Missing(Vec<String>),
}

fn walk(subject: &Subject<'_>, program: &str, known: &mut Known) -> Result<Walked, String> {
    let found = subject.host.root.find(program).map_err(|failure| failure.to_string())?;
    let opened = found.open().map_err(|failure| failure.to_string())?;
    let needs = match look(&opened)? {
        Program::Script(interpreter) => {
            return Ok(match subject.host.root.find(&interpreter) {
                Ok(_) => Walked::Whole(0),
                Err(failure) if failure.is_absent() => Walked::Missing(vec![format!("the interpreter {interpreter}")]),
                Err(failure) => return Err(failure.to_string()),
            });
        }
        Program::Other => return Err("it is neither an ELF file nor a script".to_owned()),
        Program::Elf(needs) => needs,
    };
    let mut missing = Vec::new();
    if let Some(interpreter) = &needs.interpreter
        && subject.host.root.find(interpreter).is_err()
    {
        missing.push(format!("the dynamic linker {interpreter}"));
    }
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut queue: VecDeque<(String, Needs)> = VecDeque::from([(found.path, needs)]);
    let mut above: Vec<String> = Vec::new();
    while let Some((path, needs)) = queue.pop_front() {
        let own: Vec<String> = needs.run_path.iter().map(|part| origin(part, &path)).collect();
        if above.is_empty() {
            // RPATH of the program holds for what its libraries need, too.
            above.clone_from(&own);
        }
        for library in &needs.libraries {
            if !done.insert(library.clone()) || done.len() > MOST {
                continue;
            }
            match resolve(subject, library, own.iter().chain(&above), known) {
                Some((path, needs)) => queue.push_back((path, needs?)),
                None => missing.push(format!("{library} (needed by {path})")),
            }
        }
    }
    Ok(if missing.is_empty() { Walked::Whole(done.len()) } else { Walked::Missing(missing) })
}

/// `$ORIGIN` is the directory of the file that says it.
fn origin(part: &str, path: &str) -> String {
    let directory = path.rsplit_once('/').map_or("/", |(directory, _)| directory);
    part.replace("${ORIGIN}", directory).replace("$ORIGIN", directory)
}

/// Where a library is: in the run paths, then where the dynamic linker looks by itself.
fn resolve<'d>(
    subject: &Subject<'_>,
    library: &str,
    run_path: impl Iterator<Item = &'d String>,
    known: &mut Known,
) -> Option<(String, Result<Needs, String>)> {
    let host = subject.host;
    let prefix = &subject.port.profile.paths.prefix;
    let standard = host.profile.host.libraries.iter().map(|directory| directory.replace("{prefix}", prefix));
    let candidates: Vec<String> = if library.contains('/') {
        vec![library.to_owned()]
    } else {
        run_path.cloned().chain(standard).map(|directory| format!("{directory}/{library}")).collect()
    };
    for candidate in candidates {
        let Ok(found) = host.root.find(&candidate) else { continue };
        let needs = known.entry(found.path.clone()).or_insert_with(|| {
            let opened = found.open().map_err(|failure| failure.to_string())?;
            match look(&opened).map_err(|why| format!("{}: {why}", found.path))? {
                Program::Elf(needs) => Ok(needs),
                _ => Err(format!("{} is no library", found.path)),
            }
        });
        return Some((found.path, needs.clone()));
    }
    None
}
