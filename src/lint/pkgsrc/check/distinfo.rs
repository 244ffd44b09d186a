//! distinfo against the distfiles.
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Edit, Fix, Severity};
use crate::lint::package::{Distinfo, Line, Out, Record, listing};
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    // Packages that share a distinfo (DISTINFO_FILE) are not compared: it has the files of all of them.
    let shared = package.program.is_assigned("DISTINFO_FILE");
    let Some(distinfo) = &package.distinfo else {
        if !shared && !package.program.open && !package.crates.is_empty() {
            let message = "the package has distfiles and no distinfo";
            out.say(&rules::DISTINFO_MISSING, package.directory.place(), message);
        }
        return;
    };
    form(distinfo, out);
    complete(distinfo, out);
    order(distinfo, out);
    if !shared {
        compare(package, distinfo, out);
    }
}

fn is_patch(file: &str) -> bool {
    file.starts_with("patch-") || file.starts_with("emul-") && file.contains("-patch-")
}

fn form(distinfo: &Distinfo, out: &mut Out) {
    for line in &distinfo.lines {
        if let Line::Unclear(span) | Line::Timestamp(span) = line {
            out.say(&rules::DISTINFO_FORM, distinfo.place(span.clone()), "this line is no digest of a file");
        }
    }
    for record in distinfo.records() {
        let digits = match record.algorithm.as_str() {
            "BLAKE2s" | "SHA256" => 64,
            "SHA512" => 128,
            "SHA1" | "RMD160" => 40,
            "MD5" => 32,
            "Size" => {
                let number = record.value.trim().strip_suffix(" bytes");
                if number.is_none_or(|number| number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit())) {
                    let message = format!("`{}` is no size: it is a number and `bytes`", record.value);
                    // Only fetching looks at sizes.
                    out.say_with(
                        &rules::DISTINFO_DIGEST,
                        distinfo.place(record.value_span.clone()),
                        message,
                        |finding| {
                            finding.severity(Severity::Warning).effect(
                                "Whether a fetched file is complete is not seen before its digests are computed.",
                            )
                        },
                    );
                }
                continue;
            }
            other => {
                let message = format!("`{other}` is no algorithm that pkgsrc knows");
                out.say(&rules::DISTINFO_FORM, distinfo.place(record.span.clone()), message);
                continue;
            }
        };
        // make(1)'s makepatchsum writes IGNORE for patches that are not to be verified.
        if record.value == "IGNORE" {
            continue;
        }
        let hex = record.value.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if record.value.len() != digits || !hex {
            let message = format!("{} is {digits} hexadecimal digits", record.algorithm);
            out.say(&rules::DISTINFO_DIGEST, distinfo.place(record.value_span.clone()), message);
        }
    }
}

fn complete(distinfo: &Distinfo, out: &mut Out) {
    let mut lacking: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for (file, records) in distinfo.by_file() {
        let has = |algorithm: &str| records.iter().any(|record| record.algorithm == algorithm);
        let mut seen: BTreeMap<&str, &Record> = BTreeMap::new();
        for record in &records {
            match seen.get(record.algorithm.as_str()) {
                Some(first) if first.value != record.value => {
                    let message = format!("`{file}` has two values of {}", record.algorithm);
                    out.say_with(
                        &rules::DISTINFO_TWICE,
                        distinfo.place(record.value_span.clone()),
                        message,
                        |finding| finding.related(distinfo.place(first.value_span.clone()), "the other one"),
                    );
                }
                _ => drop(seen.insert(&record.algorithm, record)),
            }
        }
        let lacks = if is_patch(file) {
            (!has("SHA1")).then_some("SHA1")
        } else {
            // The tree before 2021 had SHA1 and RMD160 where it has BLAKE2s now.
            let old = has("RMD160") || has("SHA1");
            let wanted = [("BLAKE2s", has("BLAKE2s") || old), ("SHA512", has("SHA512") || old), ("Size", has("Size"))];
            wanted.into_iter().find_map(|(name, there)| (!there).then_some(name))
        };
        if let (Some(lacks), Some(record)) = (lacks, records.first()) {
            lacking.entry(lacks).or_default().push(record);
        }
    }
    for (algorithm, records) in lacking {
        let files: Vec<&str> = records.iter().map(|record| record.file.as_str()).collect();
        let message = format!("no {algorithm} of {}", listing(&files));
        out.say(&rules::DISTINFO_INCOMPLETE, distinfo.place(records[0].file_span.clone()), message);
    }
}

/// Distfiles by name, then patches; makesum writes the lines of a file together.
fn order(distinfo: &Distinfo, out: &mut Out) {
    let key = |record: &Record| (is_patch(&record.file), record.file.clone());
    let records: Vec<&Record> = distinfo.records().collect();
    let Some(pair) = records.windows(2).find(|pair| key(pair[0]) > key(pair[1])) else { return };
    let message = format!("`{}` stands before `{}`", pair[0].file, pair[1].file);
    let mut sorted = records.clone();
    sorted.sort_by_key(|record| key(record));
    let fix = distinfo.reordered("sort distinfo", &sorted);
    out.say_with(&rules::DISTINFO_ORDER, distinfo.place(pair[1].file_span.clone()), message, |finding| {
        finding.fix(fix)
    });
}

fn compare(package: &Package, distinfo: &Distinfo, out: &mut Out) {
    let by_file = distinfo.by_file();
    let subdir = if package.program.is_assigned("DIST_SUBDIR") {
        let Some(subdir) = package.program.possible("DIST_SUBDIR").only().map(str::to_owned) else { return };
        format!("{subdir}/")
    } else {
        String::new()
    };
    // cargo.mk of some releases kept the crates in a directory of their own.
    let there = |file: &str| by_file.contains_key(file) || by_file.contains_key(format!("{subdir}{file}").as_str());
    let missing = package.crates.iter().filter(|entry| package.cargo && !there(&format!("{}.crate", entry.id())));
    let missing: Vec<_> = missing.collect();
    if let Some(first) = missing.first() {
        let files: Vec<String> = missing.iter().map(|entry| format!("{}.crate", entry.id())).collect();
        out.say(&rules::DISTINFO_MISSING, first.place(), format!("distinfo lacks {}", listing(&files)));
    }
    if let Some(names) = &package.distfiles {
        for name in names.iter().filter(|name| !name.is_empty() && !there(name)) {
            // What an option adds may be fetched by those who turn it on only; distinfo has it all the same.
            let message = format!("`{name}` is not in distinfo");
            out.say(&rules::DISTINFO_MISSING, package.place_of("DISTNAME"), message);
        }
    }
    left_over(package, distinfo, &subdir, out);
}

fn left_over(package: &Package, distinfo: &Distinfo, subdir: &str, out: &mut Out) {
    let program = &package.program;
    if package.crates_open || program.open || !program.unnamed.is_empty() {
        return;
    }
    let Some(names) = &package.distfiles else { return };
    let mut known: BTreeSet<String> = names.clone();
    known.extend(package.crates.iter().map(|entry| format!("{}.crate", entry.id())));
    for variable in ["PATCHFILES", "EXTRA_DISTFILES"] {
        for (_, possible) in package.words(variable) {
            let Some(all) = possible.all() else { return };
            known.extend(all.iter().flat_map(|text| text.split_whitespace().map(str::to_owned)));
        }
    }
    // What cargo.mk makes of CARGO_GITHUB_CRATES and other frameworks of their lists is not known here.
    let only_cargo = program.includes.iter().all(|one| {
        !one.path.contains("/lang/")
            || one.path.ends_with("lang/rust/cargo.mk")
            || one.path.ends_with("lang/rust/rust.mk")
    });
    let mut edits = Vec::new();
    let mut files = Vec::new();
    let mut first = None;
    for (file, records) in distinfo.by_file() {
        let bare = file.strip_prefix(subdir).unwrap_or(file);
        let decided = bare.strip_suffix(".crate").is_some() || only_cargo;
        if is_patch(file) || known.contains(bare) || !decided {
            continue;
        }
        first = first.or_else(|| records.first().copied());
        files.push(file);
        edits
            .extend(records.iter().map(|record| Edit { span: distinfo.whole_line(&record.span), text: String::new() }));
    }
    if let Some(first) = first {
        edits.sort_by_key(|edit| edit.span.start);
        let fix = Fix { what: format!("take out the lines of {}", listing(&files)), edits };
        let message = format!("no distfile of this package: {}", listing(&files));
        out.say_with(&rules::DISTINFO_LEFT_OVER, distinfo.place(first.file_span.clone()), message, |finding| {
            finding.fix(fix)
        });
    }
}
