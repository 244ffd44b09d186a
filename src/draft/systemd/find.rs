//! Which files of a distribution are service units.
use super::unit::Unit;
use crate::draft::material::Files;

/// The service units of a distribution: `NAME.service`, also as a template to be filled in (`.in`).
pub(in crate::draft) fn units(files: &Files<'_>) -> Vec<Unit> {
    let is_unit = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        [".service", ".service.in", ".service.example", ".service.sample"].iter().any(|ending| name.ends_with(ending))
    };
    files
        .paths()
        .filter(|path| is_unit(path) && !super::super::material::is_for_tests(path))
        .filter_map(|path| Unit::parse(path, &files.text(path)?))
        .collect()
}
