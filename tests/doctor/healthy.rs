//! Healthy hosts have nothing to be said of.
use crate::support::{Asked, Family, able, host, look, not_ok};

#[test]
fn nothing_is_said_of_healthy_hosts() {
    if !able() {
        return;
    }
    for family in Family::ALL {
        let memory = (family == Family::Linux).then_some(4 << 30);
        // FreeBSD's package database and what a package was built with are read by pkg(8) only.
        let options =
            if matches!(family, Family::Freebsd | Family::Openbsd) { vec!["native".to_owned()] } else { vec![] };
        let checks = look(&host(family), family, &Asked { options, memory, ..Asked::default() });
        let allowed: &[&str] = match family {
            Family::Freebsd => &["PW6002", "PW6090"],
            _ => &[],
        };
        let wrong: Vec<String> =
            not_ok(&checks).into_iter().filter(|line| !allowed.iter().any(|code| line.contains(code))).collect();
        assert!(wrong.is_empty(), "{family:?}: {wrong:#?}");
        assert!(checks.len() >= 25, "{family:?}: {} checks", checks.len());
    }
}
