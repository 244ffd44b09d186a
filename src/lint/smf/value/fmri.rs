//! FMRIs: `scf_parse_fmri` of libscf (illumos-gate usr/src/lib/libscf/common/lowlevel.c).
use super::names::{ident, service_name};

/// What an FMRI names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fmri<'a> {
    /// `svc:`, or nothing in front.
    Service {
        /// The scope, if one is written and it is not the local one.
        scope: Option<&'a str>,
        /// The service.
        service: Option<&'a str>,
        /// The instance.
        instance: Option<&'a str>,
        /// Behind `/:properties/`: a property group, and perhaps a property.
        properties: Option<&'a str>,
    },
    /// `file:`
    File {
        /// The absolute path.
        path: &'a str,
    },
}

/// The parts of an FMRI; nothing when libscf refuses it.
#[must_use]
pub fn parse(text: &str) -> Option<Fmri<'_>> {
    match text.strip_prefix("file:") {
        Some(rest) => file(rest),
        // Without a scheme it is a service's: `/etc/x` and `http://h/` are refused because of that.
        None => service(text.strip_prefix("svc:").unwrap_or(text)),
    }
}

fn file(rest: &str) -> Option<Fmri<'_>> {
    let path = match rest.strip_prefix("//") {
        Some(scoped) => {
            let slash = scoped.find('/').unwrap_or(scoped.len());
            let scope = &scoped[..slash];
            if !scope.is_empty() && scope != "localhost" {
                return None;
            }
            &scoped[slash..]
        }
        None => rest,
    };
    (path.starts_with('/') && path.len() > 1).then_some(Fmri::File { path })
}

fn service(text: &str) -> Option<Fmri<'_>> {
    let mut scope = None;
    let mut rest = text;
    if let Some(scoped) = rest.strip_prefix("//") {
        let slash = scoped.find('/').unwrap_or(scoped.len());
        let named = &scoped[..slash];
        let named = named.strip_suffix("@localhost").unwrap_or(named);
        // A scope has no provider: a comma is not allowed in it.
        if !(named.is_empty() || (ident(named) && !named.contains(','))) {
            return None;
        }
        scope = (!named.is_empty() && named != "localhost").then_some(named);
        rest = scoped.get(slash + 1..).unwrap_or_default();
    }
    let named = !rest.is_empty();
    rest = rest.strip_prefix('/').unwrap_or(rest);
    let properties_at = rest.find("/:properties/");
    let (front, properties) = match properties_at {
        Some(at) => (&rest[..at], Some(&rest[at + "/:properties/".len()..])),
        None => (rest, None),
    };
    let (name, instance) = match front.split_once(':') {
        Some((name, instance)) => (name, Some(instance)),
        None => (front, None),
    };
    let good = (!named || service_name(name))
        && instance.is_none_or(ident)
        && properties.is_none_or(|properties| match properties.split_once('/') {
            Some((group, property)) => ident(group) && ident(property),
            None => ident(properties),
        });
    good.then_some(Fmri::Service { scope, service: named.then_some(name), instance, properties })
}

#[cfg(test)]
mod tests {
    use super::{Fmri, parse};

    #[test]
    fn parts() {
        assert_eq!(
            parse("svc://a@localhost/ab/c:d/:properties/e/f"),
            Some(Fmri::Service {
                scope: Some("a"),
                service: Some("ab/c"),
                instance: Some("d"),
                properties: Some("e/f")
            })
        );
        assert_eq!(parse("file:/x"), Some(Fmri::File { path: "/x" }));
        for good in ["svc://host", "svc:///ab/c", "", "svc://localhost//ab/c"] {
            assert!(parse(good).is_some(), "{good}");
        }
        for bad in ["svc:/", "svc:/ab/c:", "svc:/ab/c/:properties/", "svc://a,b/ab/c", "file:x", "file:/"] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
