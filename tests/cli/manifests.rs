//! SMF manifests: illumos' own DTD and the rules that svccfg and svc.startd add to it.
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Env, as_installed, has_extension, judge, servers, smf};

const VECTORS: &str = include_str!("../data/smf/smf-vectors.tsv");

/// The DTD's verdict: what xmllint complains of.
fn against_dtd(manifest: &str) -> Option<String> {
    let xmllint = judge("xmllint")?;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("manifest.xml");
    std::fs::write(&file, manifest).unwrap();
    let dtd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/smf/service_bundle.dtd.1");
    let output = Command::new(xmllint).args(["--noout", "--nonet", "--dtdvalid"]).arg(dtd).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { String::new() } else { format!("{}: {said}", output.status) })
}

fn judged(name: &str, manifest: &str) {
    if let Some(complaint) = against_dtd(manifest) {
        assert_eq!(complaint, "", "{name}");
    }
    assert_eq!(smf::check(&as_installed(manifest)), [""; 0], "{name}");
}

#[test]
fn generated_manifests_are_valid() {
    let env = Env::new();
    servers::hearth(&env);
    servers::quarry(&env);
    env.generate(&["hearth.toml", "quarry.toml"]);
    let mut judged_files = 0;
    for (name, text) in env.files("").iter().filter(|(name, _)| has_extension(name, "xml")) {
        judged(name, text);
        judged_files += 1;
    }
    assert_eq!(judged_files, 4, "two servers, each in its package and by itself");
}

#[test]
fn manifests_of_the_gallery_are_valid() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for below in ["smf", "pkgsrc"] {
        for path in manifests_below(&top.join(below)) {
            judged(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn manifests_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(manifests_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found
}

#[test]
fn names_and_values_as_illumos_checks_them() {
    let mut checked = 0;
    for line in VECTORS.lines().skip(1) {
        let [kind, value, verdict, ..] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let good = match kind {
            "service" => smf::service(value),
            "name" => smf::ident(value),
            "fmri" => smf::fmri(value),
            "envvar-name" => !value.is_empty() && !value.contains('=') && !value.starts_with("SMF_"),
            "document-type" => value == "manifest",
            _ => smf::value(kind, value),
        };
        assert_eq!(good, verdict == "valid", "{line}");
        checked += 1;
    }
    assert!(checked >= 80, "{checked}");
}

/// A change of a good manifest and the rule that it breaks.
const MUTATIONS: &[(&str, &str, &str)] = &[
    ("</service_bundle>", "", "R01"),
    ("/usr/share/lib/xml/dtd/service_bundle.dtd.1", "service_bundle.dtd.1", "R01"),
    ("type=\"manifest\"", "type=\"profile\"", "R03"),
    ("name=\"hearth\">", "name=\"\">", "R04"),
    ("<stability", "<?x?><stability", "R08"),
    ("</service>", "</service><service name=\"site/hearth\" type=\"service\" version=\"1\"/>", "R09"),
    ("version=\"1\"", "version=\"one\"", "R10"),
    ("name=\"filesystem\"", "name=\"file.system\"", "R11"),
    ("name=\"site/hearth\"", "name=\"s/hearth\"", "R12"),
    (
        "name=\"site/hearth\"",
        "name=\"site/a012345678923456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678\"",
        "R15",
    ),
    ("type=\"application\"", "type=\"\"", "R14"),
    ("file://localhost/", "file:/", "R19"),
    ("svc:/milestone/network:default", "/milestone:/network", "R50"),
    ("<create_default_instance enabled=\"false\"/>", "", "R25"),
    ("enabled=\"false\"", "enabled=\"no\"", "R24"),
    ("enabled=\"false\"", "enabled=\"true\"", "enabled"),
    ("enabled=\"false\"/>", "enabled=\"false\"/><instance name=\"default\" enabled=\"false\"/>", "R22-R23"),
    ("enabled=\"false\"/>", "enabled=\"false\"/><single_instance/>", "R30"),
    ("name=\"network\"", "name=\"start\"", "R26"),
    ("<stability", "<dependent name=\"start\"/><stability", "R27"),
    ("name=\"nofiles\"", "name=\"config_file\"", "R28"),
    ("name=\"application\" type=\"application\"", "name=\"general\" type=\"application\"", "R29"),
    ("type=\"count\" value=\"512\"", "type=\"count\" value=\"many\"", "R34-R44"),
    (
        "<property name=\"environment\" type=\"astring\"/>",
        "<property name=\"environment\" type=\"astring\"><uri_list/></property>",
        "R45",
    ),
    ("timeout_seconds=\"30\"", "timeout_seconds=\"30s\"", "R46"),
    ("timeout_seconds=\"30\"", "timeout_seconds=\"-1\"", "R46"),
    ("name=\"RUST_LOG\"", "name=\"SMF_LOG\"", "R47"),
    ("user=\"hearth\"", "user=\"\"", "R48"),
    ("name=\"refresh\"", "name=\"reload\"", "R49"),
    ("restart_on=\"error\" type=\"service\"", "restart_on=\"error\" type=\"path\"", "R50"),
    ("restart_on=\"error\" type=\"service\"", "restart_on=\"error\" type=\"file\"", "R51"),
    ("name=\"stop\"", "name=\"halt\"", "R55"),
    ("exec_method type=\"method\" name=\"stop\"", "exec_method type=\"monitor\" name=\"stop\"", "R56"),
    ("exec=\":kill\"", "exec=\" \"", "R56"),
    ("value=\"child\"", "value=\"wait\"", "R58"),
    (
        "name=\"duration\" type=\"astring\" value=\"child\"",
        "name=\"ignore_error\" type=\"astring\" value=\"core, signal\"",
        "R59",
    ),
    (
        "name=\"duration\" type=\"astring\" value=\"child\"",
        "name=\"need_session\" type=\"astring\" value=\"true\"",
        "R60",
    ),
    ("<service_fmri value=\"svc:/milestone/network:default\"/>", "", "R61"),
    ("grouping=\"require_all\"", "grouping=\"all\"", "R61"),
    ("restart_on=\"none\"", "restart_on=\"never\"", "R61"),
    ("Warm place for small servers<", "<", "R67"),
    ("Warm place for small servers<", "Warm place for small servers and for all who live with them gladly<", "R69"),
    ("</documentation>", "<doc_link name=\"hearth\" uri=\"https://other.example/\"/></documentation>", "R68"),
    ("working_directory=\"/var/db/hearth\"", "", "directory"),
    ("name=\"PATH\"", "name=\"PATHS\"", "PATH"),
    ("name=\"HOME\"", "name=\"HOMES\"", "HOME"),
    ("name=\"RUST_LOG\"", "name=\"HOME\"", "envvar"),
    ("user=\"hearth\"", "user=\"root\"", "user"),
    ("value=\"child\"", "value=\"contract\"", "duration"),
];

#[test]
fn each_rule_finds_its_offender() {
    let env = Env::new();
    servers::hearth(&env);
    env.generate(&["hearth.toml", "--target", "smf"]);
    let good = env.read("smf/hearth.xml");
    assert_eq!(smf::check(&good), [""; 0]);
    for (from, to, rule) in MUTATIONS {
        assert!(good.contains(from), "`{from}` is not in the manifest: mend the table\n{good}");
        let bad = good.replacen(from, to, 1);
        let found = smf::check(&bad);
        assert!(
            found.iter().any(|complaint| complaint.starts_with(&format!("{rule}:"))),
            "{rule}, {from} => {to}: {found:?}"
        );
    }
}

#[test]
fn the_dtd_finds_its_offenders() {
    let env = Env::new();
    servers::hearth(&env);
    env.generate(&["hearth.toml", "--target", "smf"]);
    let good = env.read("smf/hearth.xml");
    for (from, to) in [
        ("<stability value=\"Unstable\"/>", "<stability value=\"Committed\"/>"),
        ("grouping=\"require_all\" ", ""),
        ("<method_context", "<stability value=\"Stable\"/><method_context"),
    ] {
        assert!(good.contains(from), "{from}");
        let Some(complaint) = against_dtd(&good.replacen(from, to, 1)) else { return };
        assert_ne!(complaint, "", "{from} => {to}");
    }
}
