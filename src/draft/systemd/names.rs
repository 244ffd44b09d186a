//! Specifiers (`%n`, `%S` …) of systemd.unit(5), filled in as on a plain system.

/// Fills in the specifiers of a system unit. `Err` names one that only a running systemd could fill in.
pub(super) fn fill(text: &str, unit: &str, user: Option<&str>) -> Result<String, String> {
    let stem = unit.rsplit_once('.').map_or(unit, |(stem, _)| stem);
    let (prefix, instance) = stem.split_once('@').map_or((stem, None), |(prefix, instance)| (prefix, Some(instance)));
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let filled = match chars.next() {
            // A lone percent sign at the end stands for itself.
            Some('%') | None => "%",
            Some('n') => unit,
            Some('N') => stem,
            Some('p' | 'P' | 'j' | 'J') => prefix,
            Some('S') => "/var/lib",
            Some('C') => "/var/cache",
            Some('L') => "/var/log",
            Some('t') => "/run",
            Some('E') => "/etc",
            Some('T' | 'V') => "/tmp",
            Some('u' | 'U' | 'g' | 'G') if user.is_some() => user.unwrap_or_default(),
            // The instance of a template: the unit is for several servers, ours is the plain one.
            Some('i' | 'I') if instance.is_some_and(|instance| !instance.is_empty()) => instance.unwrap_or_default(),
            Some(other) => return Err(format!("%{other}")),
        };
        out.push_str(filled);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn specifiers() {
        assert_eq!(fill("%S/%p-%n 100%%", "srv.service", None).unwrap(), "/var/lib/srv-srv.service 100%");
        assert_eq!(fill("/etc/%i.toml", "srv@.service", None).unwrap_err(), "%i");
        assert_eq!(fill("%h", "srv.service", Some("x")).unwrap_err(), "%h");
        assert_eq!(fill("%", "srv.service", None).unwrap(), "%");
    }
}
