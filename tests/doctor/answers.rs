//! Answers for programs: the schema, what is written of it, and answers of all families.
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::{Family, LANTERN, Root, able, host};

fn checked_in(name: &str) -> String {
    fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn answer(root: &Root, family: Family, args: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.args(["doctor", LANTERN, "--format", "json", "--profile", family.profile(), "--root"]).arg(root.path());
    serde_json::from_slice(&command.args(args).output().unwrap().stdout).unwrap()
}

#[test]
fn answers_follow_the_schema() {
    if !able() {
        return;
    }
    let schema = Command::new(env!("CARGO_BIN_EXE_portwright")).args(["schema", "doctor"]).output().unwrap();
    let text = checked_in("doctor.schema.json");
    assert_eq!(String::from_utf8(schema.stdout).unwrap(), text, "portwright schema doctor >doctor.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
    let follows = |answer: &Value| {
        let errors: Vec<String> = validator.iter_errors(answer).map(|one| one.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert_eq!(answer["format"], 1);
    };
    for family in Family::ALL {
        let root = host(family);
        follows(&answer(&root, family, &["--memory", "4G"]));
        // Nothing is left of the service: everything is bad or unknown.
        for path in ["/etc", "/var/db"] {
            root.remove(path);
        }
        let ill = answer(&root, family, &["--fix"]);
        follows(&ill);
        assert_eq!(ill["verdict"], "bad", "{family:?}");
    }
    // What is added later does not make an answer wrong for those who check it by an older schema.
    let mut later = answer(&host(Family::Netbsd), Family::Netbsd, &[]);
    later["weather"] = "fair".into();
    follows(&later);
    later.as_object_mut().unwrap().remove("verdict");
    assert!(!validator.is_valid(&later));
}

/// Every field of the schema is explained, and the example is what the program answers.
#[test]
fn answers_are_written_of() {
    if !able() {
        return;
    }
    let guide = checked_in("docs/doctor.md");
    let schema: Value = serde_json::from_str(&checked_in("doctor.schema.json")).unwrap();
    let objects = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    let fields: BTreeSet<&String> =
        objects.filter_map(|object| object["properties"].as_object()).flat_map(serde_json::Map::keys).collect();
    assert!(fields.len() >= 30, "{fields:?}");
    for field in fields {
        assert!(guide.contains(&format!("`{field}`")), "docs/doctor.md says nothing of `{field}`");
    }
    let root = host(Family::Netbsd);
    root.remove("/usr/pkg/libexec/lantern/bin/ffmpeg");
    let answer = answer(&root, Family::Netbsd, &[]);
    let check = answer["checks"].as_array().unwrap().iter().find(|check| check["code"] == "PW6001").unwrap();
    let (_, example) = guide.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert_eq!(&serde_json::from_str::<Value>(example).unwrap(), check);
}
