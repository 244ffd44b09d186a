//! The recipe's JSON schema, for editors: checked in, printed by a verb, and true of the recipes that are here.
use std::path::Path;

use crate::support::Env;

const CHECKED_IN: &str = include_str!("../../portwright.schema.json");

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(CHECKED_IN).unwrap()).unwrap()
}

fn as_json(toml: &str) -> serde_json::Value {
    serde_json::to_value(toml.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn the_schema_that_is_checked_in_is_the_one_that_is_printed() {
    let ran = Env::new().run(&["schema"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout == CHECKED_IN, "write it again: cargo run -- schema >portwright.schema.json");
    assert_eq!(portwright::recipe::json_schema(), CHECKED_IN);
}

#[test]
fn every_recipe_keeps_to_the_schema() {
    let validator = validator();
    let mut recipes = 0;
    for entry in std::fs::read_dir(top().join("recipes")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let complaints: Vec<_> = validator.iter_errors(&as_json(&text)).map(|error| error.to_string()).collect();
            assert!(complaints.is_empty(), "{}: {complaints:?}", path.display());
            recipes += 1;
        }
    }
    assert!(recipes > 0);
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let validator = validator();
    let good = "[upstream]\ncrate = 'x'\n[service]\ncommand = ['{bin}/x']\nuser = 'x'\n";
    assert!(validator.is_valid(&as_json(good)));
    for wrong in ["usr = 'x'\n", "needs = ['moon']\n", "open-files = 'many'\n", "[[program]]\nversion = '>=1'\n"] {
        let text = format!("{good}{wrong}");
        assert!(!validator.is_valid(&as_json(&text)), "{wrong}");
        assert!(toml::from_str::<portwright::recipe::Recipe>(&text).is_err(), "{wrong}");
    }
}
