//! Each instance with the patterns that are for it (`tmpl_validate_instance`).
use super::builtin;
use super::hold::{hold, placed};
use super::own;
use super::shape::{GroupPattern, Match};
use crate::lint::smf::check::{Out, is_startd};
use crate::lint::smf::model::{Bundle, Group, composed, instances, pieces, restarter, services};
use crate::lint::smf::xml::Element;

/// All instances of a manifest. Services without any are not looked at, by svccfg as here.
pub(in crate::lint::smf) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for service in services(bundle.tree) {
        for instance in instances(service) {
            let entity = instance.element;
            let groups = composed(pieces(entity), pieces(service));
            let by_startd = restarter(service, Some(entity)).is_none_or(is_startd);
            // The nearest level first.
            let mut patterns = own::patterns(entity);
            patterns.extend(own::patterns(service));
            if by_startd {
                patterns.extend(builtin::startd());
            }
            patterns.extend(builtin::global());
            for group in groups.iter().filter(|group| group.kind != Some("template")) {
                if let Some(pattern) = nearest(&patterns, group) {
                    hold(group, pattern, out);
                }
            }
            missing(&patterns, &groups, service, entity, out);
        }
    }
}

/// The pattern that names a group most closely; of several such, the one of the nearest level.
fn nearest<'p, 'a>(patterns: &'p [GroupPattern<'a>], group: &Group<'_>) -> Option<&'p GroupPattern<'a>> {
    let kind = group.kind.unwrap_or_default();
    let closeness = |pattern: &GroupPattern<'_>| -> Option<Match> { pattern.matches(group.name, kind) };
    // The first of equal ones is kept.
    patterns
        .iter()
        .filter_map(|pattern| closeness(pattern).map(|by| (by, pattern)))
        .min_by_key(|(by, _)| *by)
        .map(|(_, pattern)| pattern)
}

/// Groups that must be there and are not.
fn missing(
    patterns: &[GroupPattern<'_>],
    groups: &[Group<'_>],
    service: Element<'_>,
    entity: Element<'_>,
    out: &mut Out,
) {
    for pattern in patterns.iter().filter(|pattern| pattern.required) {
        let fits = |group: &Group<'_>| {
            (pattern.name.is_empty() || group.name == pattern.name)
                && (pattern.kind.is_empty() || group.kind == Some(pattern.kind))
        };
        if groups.iter().any(fits) {
            continue;
        }
        let what = match pattern.kind {
            "method" => format!("no method `{}`", pattern.name),
            "" => format!("no property group `{}`", pattern.name),
            kind => format!("no property group `{}` of type `{kind}`", pattern.name),
        };
        let at = if entity.is("instance") && service.all("instance").count() > 1 { entity } else { service };
        out.say_with(pattern.rule, placed(at), what, |finding| match (pattern.kind, pattern.name) {
            ("method", name) => finding.mend(format!(
                "add <exec_method type=\"method\" name=\"{name}\" exec=\"…\" timeout_seconds=\"60\"/>, with exec=\":true\" if there is nothing to do"
            )),
            _ => finding,
        });
    }
}
