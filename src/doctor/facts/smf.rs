//! The service under illumos' SMF: by its manifest and profiles in a root, by the running instance's properties when
//! the host is live.
use std::collections::BTreeMap;

use crate::doctor::Host;
use crate::doctor::root::{Failure, safe};
use crate::emit::smf::config_property;
use crate::port::{Port, Service};

use super::met::{recipe_configs, resolved};
use super::rc_script::split;
use super::smf_live::properties;
use super::smf_manifest::{Manifest, manifest, overlay};
use super::{Fact, Limit, Met};

/// Bytes of a manifest that are read.
const LIMIT: u64 = 1 << 20;
/// Files of a directory that are looked at.
const FILES: usize = 500;

/// The service under svc.startd(8).
pub(super) fn meet(host: &Host<'_>, port: &Port, service: &Service) -> Met {
    let program = resolved(port, service, &service.program);
    let mut looked = Vec::new();
    let mut found = None;
    for directory in &port.profile.host.manifests {
        let directory = directory.replace("{prefix}", &port.profile.paths.prefix);
        match search(host, port, &directory, &program) {
            Ok(Some(hit)) => {
                found = Some(hit);
                break;
            }
            Ok(None) => looked.push(directory),
            Err(failure) => {
                let met = Met::nothing(port, service, &port.name, &failure);
                return Met { definition: Ok(directory), ..met };
            }
        }
    }
    let Some((path, mut manifest)) = found else {
        let why = "no manifest of the service is installed";
        return Met { definition: Err(looked), ..Met::nothing(port, service, &port.name, why) };
    };
    let mut from = vec![path.clone()];
    for profile in &port.profile.host.smf_profiles {
        for file in files(host, profile).unwrap_or_default() {
            if let Ok(text) = host.root.text(&file, LIMIT)
                && overlay(&text, &mut manifest) == Ok(true)
            {
                from.push(file);
            }
        }
    }
    let mut met = by_manifest(port, service, &manifest, &from.join(", "));
    met.definition = Ok(path);
    let live = host.command(&port.profile.host.commands.properties, &[("{service}", &met.name)]);
    match live {
        None => {}
        Some(Ok(output)) if output.success() => by_instance(service, &properties(&output.stdout), &mut met),
        Some(Ok(_)) => {
            met.not_imported = true;
            met.enabled = Fact::known(false, "svcprop knows no such instance");
        }
        Some(Err(why)) => met.enabled = Fact::unknown(why, "svcprop"),
    }
    let file = format!("{}:{}", manifest.service.replace('/', "-"), manifest.instance);
    met.log = port.profile.host.logs.first().map(|log| log.replace("{service}", &file));
    met
}

/// The files below a place, or that it is.
fn files(host: &Host<'_>, place: &str) -> Result<Vec<String>, Failure> {
    let files = match host.root.names(place, FILES) {
        Ok(names) => names.iter().map(|name| format!("{place}/{}", safe(name))).collect(),
        Err(Failure::NotDirectory(_)) => vec![place.to_owned()],
        Err(failure) if failure.is_absent() => return Ok(Vec::new()),
        Err(failure) => return Err(failure),
    };
    // svccfg takes these only, in small letters (illumos-gate svccfg_engine.c on directories).
    Ok(files.into_iter().filter(|file| file.rsplit('.').next() == Some("xml")).collect())
}

/// The manifest below a directory that runs the program; the ones with the package's name first.
fn search(host: &Host<'_>, port: &Port, directory: &str, program: &str) -> Result<Option<(String, Manifest)>, String> {
    let named = format!("{directory}/{}.xml", port.name);
    match host.root.text(&named, LIMIT) {
        Ok(text) => {
            return manifest(&text, &port.name, program)
                .map(|found| found.map(|found| (named.clone(), found)))
                .map_err(|why| format!("{named}: {why}"));
        }
        Err(failure) if failure.is_absent() || matches!(failure, Failure::NotDirectory(_)) => {}
        Err(failure) => return Err(failure.to_string()),
    }
    for file in files(host, directory).map_err(|failure| failure.to_string())? {
        match host.root.text(&file, LIMIT) {
            Ok(text) => {
                if let Ok(Some(found)) = manifest(&text, &port.name, program) {
                    return Ok(Some((file, found)));
                }
            }
            // The one that is looked for may be among those that there was no time for.
            Err(failure @ Failure::Late(_)) => return Err(failure.to_string()),
            Err(_) => {}
        }
    }
    Ok(None)
}

fn by_manifest(port: &Port, service: &Service, manifest: &Manifest, from: &str) -> Met {
    let fmri = format!("svc:/{}:{}", manifest.service, manifest.instance);
    let mut met = Met::nothing(port, service, &fmri, "");
    met.user = Fact::known(manifest.user.clone().unwrap_or_else(|| "root".to_owned()), from);
    met.privileges.clone_from(&manifest.privileges);
    met.path = environment_path(&manifest.environment, port, from);
    if let Some(directory) = &manifest.directory {
        met.directory = Fact::known(directory.clone(), from);
    }
    met.configs = recipe_configs(port, service);
    for config in &service.configs {
        if let Some(path) = manifest.properties.get(&format!("application/{}", config_property(&config.id))) {
            met.configs.insert(config.id.clone(), Fact::known(path.clone(), from));
        }
    }
    met.open_files = match manifest.properties.get("application/nofiles").map(|text| text.parse()) {
        Some(Ok(limit)) => Fact::known(Limit::Of(limit), from),
        Some(Err(_)) => Fact::unknown("application/nofiles is not a number", from),
        None if manifest.exec.contains("ulimit") => Fact::unknown("the start method calls ulimit", from),
        None => match port.profile.host.open_files {
            Some(limit) => Fact::known(Limit::Of(limit), "what svc.startd gives to methods"),
            None => Fact::unknown("nothing sets it", from),
        },
    };
    met.enabled = match manifest.enabled {
        // What an admin enables is in the repository, which only svccfg reads.
        Some(true) => Fact::known(true, from),
        _ => Fact::unknown("only the zone's own repository tells whether the instance was enabled", from),
    };
    met
}

fn environment_path(environment: &BTreeMap<String, String>, port: &Port, from: &str) -> Fact<Vec<String>> {
    match environment.get("PATH") {
        Some(path) => Fact::known(split(path), from),
        None => Fact::known(port.profile.service.boot_path.clone(), format!("svc.startd, since {from} sets no PATH")),
    }
}

/// What the running instance says comes before what its manifest did.
fn by_instance(service: &Service, found: &BTreeMap<String, Vec<String>>, met: &mut Met) {
    let from = "svcprop";
    let one = |name: &str| found.get(name).and_then(|values| values.first()).cloned();
    // A method's own context comes before the instance's.
    let context = |what: &str| {
        ["start", "method_context"].iter().find_map(|group| found.get(&format!("{group}/{what}"))).cloned()
    };
    if let Some(user) = context("user").and_then(|values| values.into_iter().next()) {
        met.user = Fact::known(user, from);
    }
    if let Some(privileges) = context("privileges") {
        met.privileges = Some(privileges.join(",")).filter(|privileges| privileges != ":default");
    }
    if let Some(path) =
        context("environment").and_then(|values| values.iter().find_map(|value| value.strip_prefix("PATH=").map(split)))
    {
        met.path = Fact::known(path, from);
    }
    if let Some(directory) = context("working_directory").and_then(|values| values.into_iter().next()) {
        met.directory = Fact::known(directory, from);
    }
    for config in &service.configs {
        if let Some(path) = one(&format!("application/{}", config_property(&config.id))) {
            met.configs.insert(config.id.clone(), Fact::known(path, from));
        }
    }
    // `application/environment` is handed to env(1) and comes last.
    let last = found.get("application/environment").into_iter().flatten();
    if let Some(path) = last.filter_map(|value| value.strip_prefix("PATH=")).next_back() {
        met.path = Fact::known(split(path), from);
    }
    if let Some(limit) = one("application/nofiles").and_then(|text| text.parse().ok()) {
        met.open_files = Fact::known(Limit::Of(limit), from);
    }
    // What `svcadm enable -t` says holds until the next boot, and this is about the boot.
    met.enabled = match one("general/enabled") {
        Some(enabled) => Fact::known(enabled == "true", from),
        None => Fact::unknown("svcprop does not print general/enabled", from),
    };
    met.state = one("restarter/state").map(|state| Fact::known(state, from));
}
