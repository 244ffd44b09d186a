//! Memory.
use std::ops::ControlFlow;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::facts::Limit;
use crate::doctor::root::safe;
use crate::doctor::rules::MEMORY;
use crate::port::size;

use super::Checks;

/// Bytes of boot messages that are read.
const LIMIT: u64 = 1 << 20;

/// What the options in use need, against every bound there is.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let by_option = subject.chosen.iter().filter_map(|option| Some((option.memory?, option.name.as_str()))).max();
    let Some((needed, who)) = by_option.or_else(|| Some((subject.service.memory?, ""))) else { return Vec::new() };
    let needs = match who {
        "" => format!("the server needs {}", size(needed)),
        option => format!("the option {option} needs {}", size(needed)),
    };
    let mut bounds: Vec<(u64, String)> = Vec::new();
    let mut unknown = None;
    match physical(subject) {
        Ok((bytes, from)) => bounds.push((bytes, from)),
        Err(why) => unknown = Some(why),
    }
    match caps(subject) {
        Ok(caps) => bounds.extend(caps),
        // The person who says how much there is knows of caps, too.
        Err(_) if subject.host.memory.is_some() => {}
        Err(why) => unknown = unknown.or(Some(why)),
    }
    match &subject.met.memory.value {
        Ok(Limit::Of(bytes)) => bounds.push((*bytes, subject.met.memory.from.clone())),
        Ok(Limit::Unlimited) => {}
        Err(why) => unknown = unknown.or_else(|| Some(why.clone())),
    }
    let looked = bounds.iter().map(|(bytes, from)| format!("{}: {from}", size(*bytes))).collect::<Vec<_>>().join(", ");
    // A kernel keeps some of the memory for itself: a machine of 4 GB says a little less.
    let tight = |bytes: u64| bytes.saturating_add(bytes / 16) < needed;
    let check = match (bounds.iter().filter(|(bytes, _)| tight(*bytes)).min(), unknown) {
        (Some((bytes, from)), _) => {
            let message = format!("{needs} of memory, and there are {} ({from})", size(*bytes));
            let others: Vec<&str> = subject
                .port
                .options
                .iter()
                .filter(|option| option.broken.is_none() && option.memory.is_some_and(|memory| memory <= *bytes))
                .map(|option| option.name.as_str())
                .collect();
            let check = Check::new(&MEMORY, Status::Bad, thing("memory"), message);
            match others.first() {
                Some(other) => check.next(format!("install the package built with the option {other}")),
                None => check.next("give the machine or zone more memory"),
            }
        }
        (None, Some(why)) => {
            let message = format!("{needs} of memory; how much there is is not known: {why}");
            Check::new(&MEMORY, Status::Unknown, thing("memory"), message).next("say it with --memory SIZE")
        }
        (None, None) => Check::new(&MEMORY, Status::Ok, thing("memory"), format!("{needs} of memory, and has it")),
    };
    vec![if looked.is_empty() { check } else { check.looked(looked) }]
}

/// Physical memory: as said, as the live host says, or as its kernel said at its last boot.
fn physical(subject: &Subject<'_>) -> Result<(u64, String), String> {
    if let Some(bytes) = subject.host.memory {
        return Ok((bytes, "--memory".to_owned()));
    }
    let facts = &subject.host.profile.host;
    if let Some(output) = subject.host.command(&facts.commands.memory, &[]) {
        let output = output?;
        let line = output.stdout.trim();
        let what = facts.commands.memory.join(" ");
        // getconf(1) has pages; everything else prints bytes.
        return total(line)
            .map(|bytes| (bytes, format!("`{what}`")))
            .ok_or_else(|| format!("`{what}` prints {}", safe(line.as_bytes())));
    }
    let mut why = "the host does not run, and no boot messages are there".to_owned();
    for path in &facts.boot_messages {
        let mut found = None;
        let read = subject.host.root.lines(path, LIMIT, |line| {
            found = boot_line(&safe(line)).or(found);
            ControlFlow::Continue(())
        });
        match (read, found) {
            (Ok(()), Some(bytes)) => return Ok((bytes, path.clone())),
            (Ok(()), None) => why = format!("{path} does not tell"),
            (Err(failure), _) if failure.is_absent() => {}
            (Err(failure), _) => why = failure.to_string(),
        }
    }
    Err(why)
}

/// Bytes, or a number of pages and their size on two lines.
fn total(text: &str) -> Option<u64> {
    let mut numbers = text.split_whitespace().map(str::parse::<u64>);
    let first = numbers.next()?.ok()?;
    match numbers.next() {
        None => Some(first),
        Some(second) => first.checked_mul(second.ok()?),
    }
}

/// `total memory = 1023 MB` (NetBSD), `real memory  = 1073741824 (1024 MB)` (FreeBSD), `real mem = 1056964608 (1008MB)`
/// (OpenBSD), `mem = 1048576K (0x40000000)` (illumos).
fn boot_line(line: &str) -> Option<u64> {
    let at = ["total memory = ", "real memory  = ", "real mem = ", "mem = "]
        .iter()
        .find_map(|start| line.find(start).map(|at| at + start.len()))?;
    let rest = &line[at..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number: u64 = rest[..end].parse().ok()?;
    let unit = match rest[end..].trim_start().chars().next() {
        Some('K') => 1 << 10,
        Some('M') => 1 << 20,
        Some('G') => 1 << 30,
        _ => 1,
    };
    number.checked_mul(unit)
}

/// Caps of the zone on the live host (illumos): `zone.max-physical-memory privileged 1073741824 - deny -`.
fn caps(subject: &Subject<'_>) -> Result<Vec<(u64, String)>, String> {
    let commands = &subject.host.profile.host.commands;
    let zone = match subject.host.command(&commands.zone, &[]) {
        None => return Ok(Vec::new()),
        Some(output) => output?.stdout.trim().to_owned(),
    };
    let mut caps = Vec::new();
    for command in &commands.memory_caps {
        let Some(output) = subject.host.command(command, &[("{zone}", &zone)]) else { continue };
        let output = output?;
        if !output.success() {
            let said = safe(output.stderr.lines().next().unwrap_or_default().as_bytes());
            let command = command.join(" ").replace("{zone}", &zone);
            return Err(format!("`{command}` ended with {} {said}", output.end()).trim_end().to_owned());
        }
        for line in output.stdout.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let [name, "privileged", bytes, ..] = words.as_slice()
                && let Ok(bytes) = bytes.parse()
            {
                caps.push((bytes, format!("{name} of the zone {zone}")));
            }
        }
    }
    Ok(caps)
}

#[cfg(test)]
mod tests {
    use super::{boot_line, total};

    #[test]
    fn what_kernels_say() {
        assert_eq!(boot_line("[     1.0000000] total memory = 1023 MB"), Some(1023 << 20));
        assert_eq!(boot_line("real memory  = 1073741824 (1024 MB)"), Some(1 << 30));
        assert_eq!(boot_line("real mem = 1056964608 (1008MB)"), Some(1_056_964_608));
        assert_eq!(boot_line("unix: [ID 1 kern.info] mem = 1048576K (0x40000000)"), Some(1 << 30));
        assert_eq!(boot_line("avail memory = 2 MB"), None);
        assert_eq!((total("1024"), total("10\n4096\n"), total("x")), (Some(1024), Some(40960), None));
    }
}
