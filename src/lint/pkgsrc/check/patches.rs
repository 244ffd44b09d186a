//! Patches against distinfo.
use sha1::{Digest as _, Sha1};

use crate::finding::Fix;
use crate::krate::to_hex;
use crate::lint::package::{Out, Record};
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    if package.program.is_assigned("PATCHDIR") || package.program.is_assigned("DISTINFO_FILE") || package.program.open {
        return;
    }
    let is_patch = |name: &str| {
        // What the builder adds has no checksum.
        name.starts_with("patch-")
            && !name.starts_with("patch-local-")
            && ![".orig", ".rej", "~"].iter().any(|end| name.ends_with(end))
            && !name.contains('/')
    };
    let patches: Vec<_> = package.directory.below("patches").filter(|(name, _)| is_patch(name)).collect();
    let Some(distinfo) = &package.distinfo else {
        for (_, source) in &patches {
            let message = "the package has no distinfo, and this patch no checksum";
            out.say(&rules::PATCH_MISSING, crate::finding::Place::text(source, 0..0), message);
        }
        return;
    };
    let by_file = distinfo.by_file();
    for (name, source) in &patches {
        let recorded = by_file.get(name).and_then(|records| records.iter().find(|record| record.algorithm == "SHA1"));
        match recorded {
            None if by_file.contains_key(name) => {}
            None => {
                let message = format!("distinfo has no SHA1 of `{name}`");
                out.say(&rules::PATCH_MISSING, crate::finding::Place::text(source, 0..0), message);
            }
            Some(record) if record.value == "IGNORE" => {}
            Some(record) => compare(&source.text, record, package, out),
        }
    }
    for (file, records) in by_file.iter().filter(|(file, _)| is_patch(file)) {
        if let Some(first) = records.first().filter(|_| !patches.iter().any(|(name, _)| name == file)) {
            let edits = records
                .iter()
                .map(|record| crate::finding::Edit { span: distinfo.whole_line(&record.span), text: String::new() });
            let fix = Fix { what: format!("take out the lines of {file}"), edits: edits.collect() };
            let message = format!("patches/ has no `{file}`");
            out.say_with(&rules::PATCH_LEFT_OVER, distinfo.place(first.file_span.clone()), message, |finding| {
                finding.fix(fix)
            });
        }
    }
}

fn compare(text: &str, record: &Record, package: &Package, out: &mut Out) {
    // Bytes that are no UTF-8 were replaced when the file was read: its digest is not known here.
    if text.contains('\u{fffd}') {
        return;
    }
    let mut hash = Sha1::new();
    for line in text.split_inclusive('\n').filter(|line| !line.contains("$NetBSD")) {
        hash.update(line.as_bytes());
    }
    let digest = to_hex(&hash.finalize());
    if digest == record.value {
        return;
    }
    let Some(distinfo) = &package.distinfo else { return };
    let message = format!("the SHA1 of `{}` is {digest}", record.file);
    let fix = Fix::new(format!("write the SHA1 of {}", record.file), record.value_span.clone(), digest);
    out.say_with(&rules::PATCH_CHANGED, distinfo.place(record.value_span.clone()), message, |finding| finding.fix(fix));
}
