//! The crates that a package lists.
use crate::emit::pkgsrc::is_odd;
use crate::finding::Fix;
use crate::lint::package::{Entry, Listed, LockRules, Out, against_lock, duplicates};
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    listed(package, out);
    if !package.cargo {
        return;
    }
    order(package, out);
    build(package, out);
    let listed = Listed {
        crates: &package.crates,
        open: package.crates_open,
        place: package.place_of(LOCK.list),
        package: package.directory.place(),
    };
    against_lock(&LOCK, listed, package.found.as_ref(), out);
}

static LOCK: LockRules = LockRules {
    list: "CARGO_CRATE_DEPENDS",
    no_lock: &rules::NO_LOCK,
    not_compared: "crates, features and licences are",
    missing: &rules::CRATE_MISSING,
    left_over: &rules::CRATE_LEFT_OVER,
    from_git: &rules::CRATE_FROM_GIT,
};

fn listed(package: &Package, out: &mut Out) {
    for (item, possible) in package.words("CARGO_CRATE_DEPENDS") {
        for text in possible.values.iter().filter(|text| Entry::split(text).is_none()) {
            out.say(&rules::CRATE_NO_CRATE, item.place(), format!("`{text}` is no crate and version"));
        }
    }
    for (again, first) in duplicates(&package.crates) {
        let message = format!("`{}` is listed twice", again.id());
        out.say_with(&rules::CRATE_TWICE, again.place(), message, |finding| {
            let finding = finding.related(first.place(), "listed here, too");
            match whole_line(again) {
                Some(fix) => finding.fix(fix),
                None => finding,
            }
        });
    }
    if !package.cargo || !package.program.unnamed.is_empty() {
        return;
    }
    for entry in package.crates.iter().filter(|entry| is_odd(&entry.name, &entry.version)) {
        if !package.program.is_assigned(&format!("SITES.{}.crate", entry.id())) {
            let message = format!("cargo.mk derives no right URL from `{}`", entry.id());
            out.say(&rules::CRATE_URL, entry.place(), message);
        }
    }
}

/// Takes out the line of an entry when nothing else stands in it.
fn whole_line(entry: &Entry) -> Option<Fix> {
    let text = &entry.source.text;
    let start = text[..entry.span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[entry.span.end..].find('\n').map_or(text.len(), |at| entry.span.end + at + 1);
    let before = text[start..entry.span.start].trim_end();
    let after = text[entry.span.end..end].trim();
    let alone = before == "CARGO_CRATE_DEPENDS+=" && after.is_empty();
    alone.then(|| Fix::new(format!("take out the second `{}`", entry.id()), start..end, ""))
}

fn order(package: &Package, out: &mut Out) {
    let includes = &package.program.includes;
    let Some(at) = includes.iter().position(|one| one.path.ends_with("lang/rust/cargo.mk")) else { return };
    let cargo = &includes[at];
    let late = includes[at + 1..].iter().find(|one| one.path.ends_with("cargo-depends.mk"));
    if let Some(late) = late {
        let message = "the list of crates is included after cargo.mk, which has gone through it already";
        out.say(&rules::CRATES_AFTER, late.file.place(late.include.span.clone()), message);
    } else {
        for one in package.program.assigned("CARGO_CRATE_DEPENDS") {
            if std::sync::Arc::ptr_eq(&one.file, &cargo.file) && one.assign.span.start > cargo.include.span.start {
                let message =
                    "crates are listed after the include of cargo.mk, which has gone through the list already";
                out.say(&rules::CRATES_AFTER, one.place(), message);
                break;
            }
        }
    }
    let seen = package.program.files.iter().any(|file| file.source.path.ends_with("cargo-depends.mk"));
    if package.directory.get("cargo-depends.mk").is_some() && !seen && !package.program.open {
        let message = "nothing includes cargo-depends.mk";
        out.say(&rules::CRATES_NOT_INCLUDED, cargo.file.place(cargo.include.span.clone()), message);
    }
}

fn build(package: &Package, out: &mut Out) {
    let targets = &package.program.targets;
    let installs = targets.iter().any(|one| one.target.is("do-install"));
    let arguments = package.program.possible("CARGO_INSTALL_ARGS");
    let locked = arguments.any(|text| text.contains("--locked") || text.contains("--frozen")) || package.program.open;
    let configured = package.program.is_assigned("GNU_CONFIGURE") || package.program.is_assigned("HAS_CONFIGURE");
    if !installs && !locked && !configured {
        let include = package.program.includes.iter().find(|one| one.path.ends_with("lang/rust/cargo.mk"));
        if let Some(include) = include {
            let message = "`cargo install` runs without --locked and may build other crates than Cargo.lock says";
            out.say(&rules::NOT_LOCKED, include.file.place(include.include.span.clone()), message);
        }
    }
    for reached in targets {
        for command in reached.target.commands.iter().filter(|command| command.text.contains("/target/debug/")) {
            let message = "what is installed was built without --release";
            out.say(&rules::DEBUG_BUILD, reached.file.place(command.span.clone()), message);
        }
    }
    for one in package.program.assigned("ALLOW_NETWORK_ACCESS") {
        out.say(&rules::NETWORK, one.file.place(one.assign.span.clone()), "the build is let out to the network");
    }
}
