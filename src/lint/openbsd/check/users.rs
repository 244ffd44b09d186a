//! Users and groups of packing lists.
use std::collections::BTreeMap;

use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::Out;

pub(super) fn check(package: &Package, out: &mut Out) {
    for plist in &package.plists {
        let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
        for line in plist.lines.iter().filter(|line| matches!(line.keyword.as_deref(), Some("newgroup" | "newuser"))) {
            let place = || plist.place(line.span.clone());
            let fields: Vec<&str> = line.rest.split(':').collect();
            let (Some(name), number) = (fields.first(), fields.get(1).copied().unwrap_or_default()) else { continue };
            if !name.starts_with('_') && !name.contains('$') {
                out.say(&rules::USER_NAME, place(), format!("`{name}` does not begin with `_`"));
            }
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            if !is_number && !number.contains('$') {
                out.say(&rules::USER_NUMBER, place(), format!("`{number}` is no number of user.list"));
            }
            if line.keyword.as_deref() == Some("newgroup") {
                groups.insert(name, number);
            } else if is_number && groups.get(name).is_some_and(|group| *group != number) {
                out.say(&rules::USER_DIFFERS, place(), format!("the group `{name}` has another number"));
            }
        }
    }
}
