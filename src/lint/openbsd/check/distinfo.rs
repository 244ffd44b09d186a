//! distinfo: base64, all digests, then all sizes.
use std::collections::BTreeSet;

use crate::finding::{Edit, Fix};
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Distinfo, Line, Out, Record, listing};

pub(super) fn check(package: &Package, out: &mut Out) {
    let Some(distinfo) = &package.distinfo else { return };
    for line in &distinfo.lines {
        if let Line::Unclear(span) | Line::Timestamp(span) | Line::Blank(span) = line {
            out.say(&rules::DISTINFO_FORM, distinfo.place(span.clone()), "this line is no digest of a file");
        }
    }
    for record in distinfo.records() {
        digest(distinfo, record, out);
    }
    complete(distinfo, out);
    order(distinfo, out);
    compare(package, distinfo, out);
}

fn digest(distinfo: &Distinfo, record: &Record, out: &mut Out) {
    let place = distinfo.place(record.value_span.clone());
    match record.algorithm.as_str() {
        "SHA256" => {
            let (body, pad) = record.value.split_at(record.value.len().min(43));
            let base64 = body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
            if record.value.len() == 64 && record.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                out.say(&rules::DISTINFO_DIGEST, place, "the digest is in hexadecimal digits, and base64 is wanted");
            } else if record.value.len() != 44 || !base64 || pad != "=" {
                out.say(&rules::DISTINFO_DIGEST, place, "SHA256 is 43 characters of base64 and `=`");
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
}

fn order(distinfo: &Distinfo, out: &mut Out) {
    let key = |record: &Record| (record.algorithm.clone(), record.file.clone());
    let records: Vec<&Record> = distinfo.records().collect();
    let Some(pair) = records.windows(2).find(|pair| key(pair[0]) > key(pair[1])) else { return };
    let mut sorted = records.clone();
    sorted.sort_by_key(|record| key(record));
    let fix = distinfo.reordered("sort distinfo", &sorted);
    let message = format!(
        "{} of `{}` stands before {} of `{}`",
        pair[0].algorithm, pair[0].file, pair[1].algorithm, pair[1].file
    );
    out.say_with(&rules::DISTINFO_ORDER, distinfo.place(pair[1].span.clone()), message, |finding| finding.fix(fix));
}

fn compare(package: &Package, distinfo: &Distinfo, out: &mut Out) {
    if !package.cargo || package.program.is_assigned("CHECKSUM_FILE") {
        return;
    }
    let Some(subdir) = package.program.possible("MODCARGO_DIST_SUBDIR").only().map(str::to_owned) else { return };
    let subdir = if subdir.is_empty() { subdir } else { format!("{subdir}/") };
    let by_file = distinfo.by_file();
    let file = |id: &str| format!("{subdir}{id}.tar.gz");
    let missing: Vec<_> =
        package.crates.iter().filter(|entry| !by_file.contains_key(file(&entry.id()).as_str())).collect();
    if let Some(first) = missing.first() {
        let files: Vec<String> = missing.iter().map(|entry| file(&entry.id())).collect();
        out.say(&rules::DISTINFO_MISSING, first.place(), format!("distinfo lacks {}", listing(&files)));
    }
    if package.crates_open || package.program.open || subdir.is_empty() {
        return;
    }
    let known: BTreeSet<String> = package.crates.iter().map(|entry| file(&entry.id())).collect();
    // What the port fetches by itself into the crates' directory.
    let own = package.program.files.iter().any(|makefile| {
        makefile.source.text.contains(&format!("{subdir}${{"))
            || makefile.source.text.contains("${MODCARGO_DIST_SUBDIR}")
    });
    let left = by_file.iter().filter(|(file, _)| file.starts_with(&subdir) && !known.contains(**file) && !own);
    let left: Vec<_> = left.collect();
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
