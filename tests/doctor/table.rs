//! What must hold before the service starts stands in one table: the generated script or manifest tests it, and the doctor
//! says it.
use portwright::emit::{Spelling, freebsd, openbsd, rcd, smf};
use portwright::port::{Before, Port, before_start};

use crate::support::{Asked, Family, LANTERN, able, alone, host, look};

/// All that is generated for a host of that family.
fn generated(family: Family, port: &Port) -> String {
    let spelling = Spelling::Resolved(port);
    match family {
        Family::Netbsd | Family::Linux => rcd::script(port, &spelling).unwrap(),
        Family::Illumos => smf::manifest(port, &spelling).unwrap(),
        Family::Openbsd => {
            let tree = openbsd::stand_alone(port).unwrap();
            alone(&tree, "lantern") + &alone(&tree, "login.conf.d/lantern")
        }
        Family::Freebsd => alone(&freebsd::stand_alone(port).unwrap(), "lantern"),
    }
}

#[test]
fn scripts_and_doctor_look_into_one_table() {
    if !able() {
        return;
    }
    for family in Family::ALL {
        let port = family.port(LANTERN);
        let service = port.service.as_ref().unwrap();
        let text = generated(family, &port);
        let memory = (family == Family::Linux).then_some(4 << 30);
        let checks = look(&host(family), family, &Asked { memory, ..Asked::default() });
        let mut kinds = 0;
        for before in before_start(&port, service, |option| option.default) {
            let resolved = |phrase| portwright::doctor::facts::resolved(&port, service, phrase);
            // The code under which the doctor says it, the place or words of what it says, and what the script has.
            let (code, said, tested) = match before {
                Before::Program(program) | Before::Linked(program, ..) => {
                    ("PW6001", format!("`{}`", program.name), program.name.clone())
                }
                Before::Readable(config) => ("PW6020", resolved(&config.path), resolved(&config.path)),
                Before::Writable(path) => ("PW6030", resolved(path), resolved(path)),
                Before::Setting(_, setting) => ("PW6023", setting.key.clone(), setting.value.clone()),
                Before::OpenFiles(limit) => ("PW6051", limit.to_string(), limit.to_string()),
            };
            kinds += 1;
            let doctor = checks.iter().any(|check| {
                check.rule.code == code && (check.message.contains(&said) || check.place.name().contains(&said))
            });
            assert!(doctor, "{family:?}: the doctor says nothing of {before:?}");
            // svc.startd itself goes to the working directory; a method that runs as the user finds the rest out.
            let of_smf =
                matches!(before, Before::Writable(path) if family == Family::Illumos && *path != service.directory);
            assert!(of_smf || text.contains(&tested), "{family:?}: nothing tests {before:?}\n{text}");
        }
        assert!(kinds >= 5, "{family:?}: {kinds}");
    }
}
