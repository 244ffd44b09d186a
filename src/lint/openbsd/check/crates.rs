//! The crates that a port lists.
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Listed, LockRules, Out, against_lock, duplicates};

pub(super) fn check(package: &Package, out: &mut Out) {
    for item in &package.odd {
        let message = format!("`{}` has no partner that fits", item.word.text);
        out.say(&rules::CRATE_PAIR, item.place(), message);
    }
    for (again, first) in duplicates(&package.crates) {
        let message = format!("`{}` is listed twice", again.id());
        out.say_with(&rules::CRATE_TWICE, again.place(), message, |finding| {
            finding.related(first.place(), "listed here, too")
        });
    }
    for name in ["MODCARGO_CRATES_KEEP", "MODCARGO_CRATES_UPDATE"] {
        for (item, possible) in package.words(name).into_iter().filter(|_| !package.crates_open) {
            for word in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                let bare = word.split([':', '@']).next().unwrap_or(word);
                if !package.crates.iter().any(|entry| entry.name == bare || entry.id() == word) {
                    let message = format!("MODCARGO_CRATES has no `{word}`");
                    out.say(&rules::KEEP_UNKNOWN, item.place(), message);
                }
            }
        }
    }
    if package.cargo {
        build(package, out);
        lock(package, out);
    }
}

fn build(package: &Package, out: &mut Out) {
    let program = &package.program;
    let style = package.lists("CONFIGURE_STYLE", |word| word == "cargo");
    // A configure step of the port's own may call the module's.
    let own = program.files.iter().any(|file| file.source.text.contains("MODCARGO_configure"));
    // Sources that are only installed are not built.
    let built = !program.is_assigned("NO_BUILD") && !program.targets.iter().any(|one| one.target.is("do-build"));
    if built && !style && !own && !program.open && !package.crates.is_empty() {
        out.say(&rules::NO_STYLE, package.place_of("MODULES"), "CONFIGURE_STYLE has no `cargo`");
    }
    if let Some(one) = program.assigned("DIST_SUBDIR").first()
        && !program.is_assigned("MODCARGO_DIST_SUBDIR")
    {
        out.say(&rules::SUBDIR, one.place(), "MODCARGO_DIST_SUBDIR is not set");
    }
}

static LOCK: LockRules = LockRules {
    list: "MODCARGO_CRATES",
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
