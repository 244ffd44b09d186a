//! The crates that a port lists.
use crate::finding::Fix;
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::package::{Listed, LockRules, Out, against_lock, duplicates};

pub(super) fn check(package: &Package, out: &mut Out) {
    for item in &package.odd {
        let message = format!("`{}` is no crate and version", item.word.text);
        out.say(&rules::CRATE_TOKEN, item.place(), message);
    }
    for (again, first) in duplicates(&package.crates) {
        let message = format!("`{}` is listed twice", again.id());
        out.say_with(&rules::CRATE_TWICE, again.place(), message, |finding| {
            finding.related(first.place(), "listed here, too")
        });
    }
    hashes(package, out);
    let program = &package.program;
    if program.is_assigned("CARGO_CRATES") && !package.cargo && !program.open {
        out.say(&rules::NO_USES, package.place_of("CARGO_CRATES"), "USES has no `cargo`");
    }
    for item in program.value("USES").items.iter().filter(|item| item.word.text.starts_with("cargo:")) {
        out.say(&rules::USES_ARGUMENT, item.place(), format!("`{}`", item.word.text));
    }
    if package.cargo {
        // With these another build system installs.
        let other = ["CARGO_INSTALL", "CARGO_BUILD", "GNU_CONFIGURE", "HAS_CONFIGURE"];
        let installs = !other.iter().any(|name| program.is_assigned(name));
        for one in program.assigned("INSTALL_TARGET") {
            if installs && !program.targets.iter().any(|reached| reached.target.is("do-install")) {
                out.say(
                    &rules::STRIP,
                    one.file.place(one.assign.span.clone()),
                    "cargo.mk does not look at INSTALL_TARGET",
                );
            }
        }
        lock(package, out);
    }
}

/// A comment that begins within an entry.
fn hashes(package: &Package, out: &mut Out) {
    let program = &package.program;
    for one in program.assigned("CARGO_CRATES") {
        for comment in one.file.comments.iter().filter(|comment| one.assign.span.contains(&comment.start)) {
            let text = &one.file.source.text;
            let before = text[..comment.start].rsplit(char::is_whitespace).next().unwrap_or_default();
            let word = comment.start - before.len()..comment.start + 1;
            let commit = text[comment.start + 1..].bytes().take(40).all(|byte| byte.is_ascii_hexdigit());
            if before.contains("@git+") || (commit && !before.is_empty()) {
                let fix = Fix::new("write \\#", comment.start..comment.start + 1, "\\#");
                out.say_with(
                    &rules::HASH,
                    one.file.place(word),
                    "everything behind this `#` is a comment",
                    |finding| finding.fix(fix),
                );
            }
        }
    }
    for item in &package.from_git {
        let text = &item.word.text;
        let commit = text.rsplit_once('#').map(|(_, commit)| commit);
        let full =
            commit.is_some_and(|commit| commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()));
        // Where the comment begins was said above.
        let cut = item.from.file.comments.iter().any(|comment| comment.start == item.word.span.end);
        if !full && !text.contains('$') && !cut {
            out.say(&rules::CRATE_TOKEN, item.place(), format!("`{text}` has no commit of 40 digits behind `\\#`"));
        }
    }
}

static LOCK: LockRules = LockRules {
    list: "CARGO_CRATES",
    no_lock: &rules::NO_LOCK,
    not_compared: "crates are",
    missing: &rules::CRATE_MISSING,
    left_over: &rules::CRATE_LEFT_OVER,
    from_git: &rules::CRATE_FROM_GIT,
};

fn lock(package: &Package, out: &mut Out) {
    let listed = Listed {
        crates: &package.crates,
        open: package.crates_open,
        place: package.place_of(LOCK.list),
        package: package.directory.place(),
    };
    against_lock(&LOCK, listed, package.found.as_ref(), out);
}
