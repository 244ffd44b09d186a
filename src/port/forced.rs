//! Options that leave nothing to choose: the only one that works here of those of which one must be on.
use std::mem::take;

use super::{Native, Opt, Port, Release, Rule};

/// Makes them part of the port: a tree's dialogue would offer one button that cannot be left out. An option that adds to
/// the licence stays one.
pub(super) fn fold(port: &mut Port) {
    let only = |name: &str| {
        let mut choices = port.choices.iter().filter(|choice| choice.rule != Rule::AtMostOne);
        choices.any(|choice| choice.options == [name])
    };
    let mut forced: Vec<String> = Vec::new();
    for option in port.options.iter_mut().filter(|option| only(&option.name) && option.licence.is_empty()) {
        if let Some(release) = &mut port.release {
            build_with(release, option);
        }
        option.forced = true;
        port.remarks.push(format!("on FreeBSD, `{}` is always on: nothing else of its group works there", option.name));
        forced.push(option.name.clone());
    }
    port.choices.retain(|choice| !choice.options.iter().any(|name| forced.contains(name)));
    let always = |of: &mut Option<String>| {
        if of.as_ref().is_some_and(|name| forced.contains(name)) {
            *of = None;
        }
    };
    port.programs.iter_mut().for_each(|program| always(&mut program.option));
    if let Some(release) = &mut port.release {
        release.files.iter_mut().for_each(|file| always(&mut file.option));
        release.links.iter_mut().for_each(|link| always(&mut link.option));
    }
}

fn build_with(release: &mut Release, option: &mut Opt) {
    release.features.append(&mut option.features);
    release.environment.append(&mut option.environment);
    release.notes.append(&mut option.notes);
    let Native { libraries, tools, languages, depends, environment, rustflags } = take(&mut option.native);
    release.native.libraries.extend(libraries);
    release.native.tools.extend(tools);
    release.native.languages.extend(languages);
    release.native.depends.extend(depends);
    release.native.environment.extend(environment);
    release.native.rustflags.extend(rustflags);
}
