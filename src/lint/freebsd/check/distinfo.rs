//! distinfo: a time, hexadecimal digits, pairs of digest and size.
use std::collections::BTreeSet;

use crate::finding::{Edit, Fix};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::package::{Distinfo, Line, Out, Record, listing};

pub(super) fn check(package: &Package, out: &mut Out) {
    let Some(distinfo) = &package.distinfo else {
        if package.cargo
            && !package.crates.is_empty()
            && !package.program.open
            && !package.slave
            && !package.program.is_assigned("DISTINFO_FILE")
        {
            out.say(&rules::DISTINFO_MISSING, package.directory.place(), "there is no distinfo");
        }
        return;
    };
    let mut timed = false;
    for line in &distinfo.lines {
        match line {
            Line::Timestamp(_) => timed = true,
            Line::Unclear(span) | Line::Blank(span) | Line::Comment(span) => {
                out.say(&rules::DISTINFO_FORM, distinfo.place(span.clone()), "this line is no digest of a file");
            }
            Line::Record(record) => digest(distinfo, record, out),
        }
    }
    if !timed && distinfo.records().next().is_some() {
        out.say(&rules::NO_TIMESTAMP, distinfo.place(0..0), "distinfo does not say when it was made");
    }
    complete(distinfo, out);
    order(distinfo, out);
    compare(package, distinfo, out);
}

fn digest(distinfo: &Distinfo, record: &Record, out: &mut Out) {
    let place = distinfo.place(record.value_span.clone());
    match record.algorithm.as_str() {
        "SHA256" => {
            let hex = record.value.bytes().all(|byte| byte.is_ascii_hexdigit());
            if record.value.len() == 44 && record.value.ends_with('=') {
                out.say(&rules::DISTINFO_DIGEST, place, "the digest is in base64, and hexadecimal digits are wanted");
            } else if record.value.len() != 64 || !hex {
                out.say(&rules::DISTINFO_DIGEST, place, "SHA256 is 64 hexadecimal digits");
            }
        }
        "SIZE" => {
            if !record.value.bytes().all(|byte| byte.is_ascii_digit()) {
                out.say(&rules::DISTINFO_DIGEST, place, format!("`{}` is no number", record.value));
            }
        }
        other => {
            let message = format!("`{other}` is no algorithm that the tree knows");
            out.say(&rules::DISTINFO_FORM, distinfo.place(record.span.clone()), message);
        }
    }
}

fn complete(distinfo: &Distinfo, out: &mut Out) {
    for (algorithm, files, first) in distinfo.lacking(&["SHA256", "SIZE"]) {
        let message = format!("no {algorithm} of {}", listing(&files));
        out.say(&rules::DISTINFO_INCOMPLETE, distinfo.place(first.file_span.clone()), message);
    }
    for (file, records) in &distinfo.by_file() {
        let mut seen = BTreeSet::new();
        if let Some(again) = records.iter().find(|record| !seen.insert(record.algorithm.as_str())) {
            let message = format!("`{file}` has {} twice", again.algorithm);
            out.say(&rules::DISTINFO_TWICE, distinfo.place(again.span.clone()), message);
        }
    }
}

/// makesum writes digest and size of each file together.
fn order(distinfo: &Distinfo, out: &mut Out) {
    let records: Vec<&Record> = distinfo.records().collect();
    let by_file = distinfo.by_file();
    let of = |file: &str| by_file.get(file).map(Vec::as_slice).unwrap_or_default();
    let apart = records
        .iter()
        .zip(records.iter().skip(1))
        .find(|(one, next)| one.algorithm == "SHA256" && one.file != next.file && of(&one.file).len() > 1);
    let Some((one, _)) = apart else { return };
    // Files in the order of their digests, each with its size behind it.
    let mut sorted: Vec<&Record> = Vec::new();
    for record in records.iter().filter(|record| record.algorithm == "SHA256") {
        sorted.push(record);
        sorted.extend(of(&record.file).iter().filter(|other| other.algorithm != "SHA256"));
    }
    let message = format!("the size of `{}` stands elsewhere", one.file);
    let place = distinfo.place(one.file_span.clone());
    let whole = sorted.len() == records.len();
    let fix = distinfo.reordered("put sizes behind digests", &sorted);
    out.say_with(&rules::DISTINFO_ORDER, place, message, |finding| if whole { finding.fix(fix) } else { finding });
}

fn compare(package: &Package, distinfo: &Distinfo, out: &mut Out) {
    if !package.cargo || package.program.is_assigned("DISTINFO_FILE") {
        return;
    }
    let Some(mut subdir) = package.program.possible("CARGO_DIST_SUBDIR").only().map(str::to_owned) else { return };
    if package.program.is_assigned("DIST_SUBDIR") {
        let Some(above) = package.program.possible("DIST_SUBDIR").only().map(str::to_owned) else { return };
        subdir = format!("{above}/{subdir}");
    }
    // A port of a crate may fetch the crate itself as one of them.
    let own = package.program.files.iter().any(|file| file.source.text.contains("${CARGO_DIST_SUBDIR}"));
    let by_file = distinfo.by_file();
    // Until the next makesum, what an old distinfo calls `.tar.gz` is taken as it is.
    let names = |id: &str| [format!("{subdir}/{id}.crate"), format!("{subdir}/{id}.tar.gz")];
    let missing: Vec<_> = package
        .crates
        .iter()
        .filter(|entry| !names(&entry.id()).iter().any(|name| by_file.contains_key(name.as_str())))
        .collect();
    if let Some(first) = missing.first() {
        let files: Vec<String> = missing.iter().map(|entry| format!("{}.crate", entry.id())).collect();
        out.say(&rules::DISTINFO_MISSING, first.place(), format!("distinfo lacks {}", listing(&files)));
    }
    if own || package.crates_open || package.program.open || !package.program.is_assigned("CARGO_CRATES") {
        return;
    }
    let known: BTreeSet<String> = package.crates.iter().flat_map(|entry| names(&entry.id())).collect();
    let start = format!("{subdir}/");
    let left: Vec<_> = by_file
        .iter()
        // Archives of git repositories are called after the host.
        .filter(|(file, _)| file.starts_with(&start) && !known.contains(**file) && !is_archive(file))
        .collect();
    let Some(first) = left.first().and_then(|(_, records)| records.first()) else { return };
    let files: Vec<&str> = left.iter().map(|(file, _)| **file).collect();
    let mut edits: Vec<Edit> = left
        .iter()
        .flat_map(|(_, records)| records.iter())
        .map(|record| Edit { span: distinfo.whole_line(&record.span), text: String::new() })
        .collect();
    edits.sort_by_key(|edit| edit.span.start);
    let fix = Fix { what: format!("take out the lines of {}", listing(&files)), edits };
    let message = format!("no crate of this port: {}", listing(&files));
    out.say_with(&rules::DISTINFO_LEFT_OVER, distinfo.place(first.file_span.clone()), message, |finding| {
        finding.fix(fix)
    });
}

/// `…_GH0.tar.gz`, `…_GL0.tar.gz` and archives named by a commit.
fn is_archive(file: &str) -> bool {
    let stem = file.trim_end_matches(".tar.gz");
    let host = ["_GH", "_GL"].iter().any(|mark| {
        stem.rsplit_once(mark).is_some_and(|(_, rest)| rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    });
    let commit = stem
        .rsplit(['-', '/'])
        .next()
        .is_some_and(|last| last.len() >= 40 && last.bytes().all(|byte| byte.is_ascii_hexdigit()));
    host || commit || file.contains(".git")
}
