//! Programs by name: which package has them, and under which file name.
use super::{Link, Program};
use crate::diag::did_you_mean;
use crate::port::version::compare;
use crate::profile::{Packaging, Profile, ProgramPackage};
use crate::recipe::{self, Located, Pointer};

/// The programs of a recipe, as the profile's packages have them.
///
/// # Errors
/// A name that cannot be a file name, a version that is none, or a program that the profile does not know.
pub fn resolve(
    programs: &[recipe::Program],
    options: &[recipe::Opt],
    profile: &Profile,
) -> Result<Vec<Program>, Located> {
    let mut resolved = Vec::new();
    for (index, program) in programs.iter().enumerate() {
        let at = Pointer::new(&[&"program", &index]);
        check_name(&program.name).map_err(|message| Located::new(at.then("name"), message))?;
        if let Some(option) = &program.option
            && !options.iter().any(|known| known.name == *option)
        {
            return Err(Located::new(at.then("option"), format!("there is no option `{option}` in this recipe")));
        }
        let least = match &program.version {
            None => None,
            Some(text) => Some(least_version(text).map_err(|message| Located::new(at.then("version"), message))?),
        };
        let Some(package) = profile.programs.get(&program.name) else {
            return Err(unknown(program, profile, &at.then("name")));
        };
        resolved.push(Program {
            name: program.name.clone(),
            file: package.file.clone().unwrap_or_else(|| program.name.clone()),
            package: package.package.clone(),
            pattern: pattern(&program.name, package, least, profile.packaging),
            version: least.map(ToOwned::to_owned),
            probe: program.probe.clone(),
            option: program.option.clone(),
            optional: program.optional,
            base: package.base.is_some(),
        });
    }
    Ok(resolved)
}

/// What a person should know who relies on them.
pub(super) fn cautions(programs: &[Program], profile: &Profile) -> Vec<String> {
    let caution = |program: &Program| {
        let caution = profile.programs.get(&program.name)?.caution.as_ref()?;
        Some(format!("on {}, `{}` from {}: {caution}", profile.name, program.name, program.package))
    };
    programs.iter().filter_map(caution).collect()
}

/// The links that give programs the names that the server looks for.
#[must_use]
pub fn links(programs: &[Program]) -> Vec<Link> {
    programs
        .iter()
        .filter(|program| program.file != program.name && !program.base)
        .map(|program| Link { name: program.name.clone(), file: program.file.clone(), option: program.option.clone() })
        .collect()
}

fn check_name(name: &str) -> Result<(), String> {
    let good = !name.is_empty()
        && !name.starts_with(['-', '.'])
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte));
    if good {
        Ok(())
    } else {
        Err(format!("`{name}` cannot be a program's file name: letters, digits, `-`, `_`, `.`, `+`"))
    }
}

fn least_version(text: &str) -> Result<&str, String> {
    let version = text.strip_prefix(">=").unwrap_or("");
    let good = version.starts_with(|c: char| c.is_ascii_digit())
        && version.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    if good { Ok(version) } else { Err(format!("`{text}` is not a least version: write `>=5` or `>=12.50`")) }
}

fn pattern(program: &str, package: &ProgramPackage, wanted: Option<&str>, packaging: Packaging) -> String {
    let name = &package.name;
    let file = package.file.as_deref();
    // `ffmpeg7` is version 7 by its name: asking it for `>=5` says nothing.
    let by_name = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let wanted = wanted.filter(|wanted| by_name.is_empty() || compare(wanted, by_name).is_gt());
    let least = match (wanted, package.at_least.as_deref()) {
        (Some(wanted), Some(known)) => Some(if compare(wanted, known).is_gt() { wanted } else { known }),
        (wanted, known) => wanted.or(known),
    };
    match (packaging, least) {
        (Packaging::Pkgsrc, Some(version)) => format!("{name}>={version}"),
        (Packaging::Pkgsrc, None) => format!("{name}-[0-9]*"),
        // What follows the package's path: openbsd/src packages-specs(7).
        (Packaging::Openbsd, Some(version)) => format!(">={version}"),
        (Packaging::Openbsd, None) => String::new(),
        // A file that is looked for in the PATH (bsd.port.mk, RUN_DEPENDS): a package's name depends on its flavour, and
        // a least version on its epoch.
        (Packaging::Freebsd, _) => file.unwrap_or(program).to_owned(),
    }
}

fn unknown(program: &recipe::Program, profile: &Profile, at: &Pointer) -> Located {
    let name = &program.name;
    let error =
        Located::new(at.clone(), format!("no package of the profile `{}` has a program `{name}`", profile.name));
    let error = match did_you_mean(name, profile.programs.keys().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    };
    error.help(format!(
        "say which package has it in a profile of your own and give that with --profile-file:\n\
         name = \"{}\"\nextends = \"{}\"\n[programs]\n{name} = {{ package = \"category/package\", name = \"package\" }}",
        profile.name, profile.name
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_as_committers_write_them() {
        let profile = crate::profile::load("netbsd").unwrap();
        let pattern_of = |name: &str, wanted| pattern(name, &profile.programs[name], wanted, Packaging::Pkgsrc);
        assert_eq!(pattern_of("ffmpeg", Some("5")), "ffmpeg7-[0-9]*");
        assert_eq!(pattern_of("ffmpeg", Some("8")), "ffmpeg7>=8");
        assert_eq!(pattern_of("magick", None), "ImageMagick>=7.0");
        assert_eq!(pattern_of("magick", Some("7.1")), "ImageMagick>=7.1");
        assert_eq!(pattern_of("exiftool", Some("12.50")), "p5-Image-ExifTool>=12.50");
    }
}
