//! `lint --format json` and `--format sarif`.
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::manifest::{GOOD, lint, with_change, with_manifest};

#[test]
fn an_answer_for_programs() {
    let env = with_change("name=\"site/hearth\"", "name=\"s/hearth\"");
    let ran = lint(&env, &["hearth.xml", "--format", "json"]);
    assert_snapshot!(ran.stdout, @r#"
    {
      "format": 1,
      "judged": {
        "smf": 1
      },
      "counts": {
        "error": 1,
        "warning": 0,
        "note": 0,
        "unknown": 0
      },
      "findings": [
        {
          "code": "PW1013",
          "severity": "error",
          "message": "the category `s` has one letter, which libuutil does not look at",
          "path": "hearth.xml",
          "line": 4,
          "column": 18,
          "end-line": 4,
          "end-column": 26,
          "effect": "`svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.",
          "mend": "Use a category of two letters or more.",
          "fixable": false
        }
      ],
      "allowed": []
    }
    "#);
    assert_eq!(ran.status, 1);
    assert_eq!(lint(&env, &["hearth.xml", "--format", "json"]).stdout, ran.stdout, "the same bytes");
}

#[test]
fn an_answer_for_forges() {
    let two = "<create_default_instance enabled=\"false\"/><instance name=\"default\" enabled=\"false\"/>";
    let env = with_change("<create_default_instance enabled=\"false\"/>", two);
    let ran = lint(&env, &["hearth.xml", "--format", "sarif"]);
    assert_eq!(ran.status, 1);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&Value::from("2.1.0"), 1));
    let run = &log["runs"][0];
    let rules: Vec<&str> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(rules, ["PW1005", "PW1022"]);
    let second = &run["results"][1];
    assert_eq!(
        (second["ruleId"].as_str(), second["ruleIndex"].as_u64(), second["level"].as_str()),
        (Some("PW1022"), Some(1), Some("error"))
    );
    assert_snapshot!(second["locations"][0], @r#"
    {"physicalLocation":{"artifactLocation":{"uri":"hearth.xml"},"region":{"endColumn":70,"endLine":5,"startColumn":63,"startLine":5}}}
    "#);
    assert_snapshot!(second["relatedLocations"][0], @r#"
    {"message":{"text":"the first one"},"physicalLocation":{"artifactLocation":{"uri":"hearth.xml"},"region":{"endColumn":29,"endLine":5,"startColumn":5,"startLine":5}}}
    "#);
    assert_snapshot!(second["message"]["text"].as_str().unwrap(), @"
    a second instance `default`
    At run time: `svccfg import` and `svccfg validate` refuse the whole file; at boot manifest-import reports it and goes on without the service.
    Mend: Keep one of the two.
    ");
    let unknown = lint(&with_change(" &amp;", ""), &["hearth.xml", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&unknown.stdout).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!((result["kind"].as_str(), result["level"].as_str()), (Some("open"), Some("none")));
}

/// What the schema of SARIF 2.1.0 requires of the parts that are used here, and what its text requires of their values.
fn follows_sarif(log: &Value) {
    let text = |value: &Value| assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{value}");
    assert_eq!(log["version"], "2.1.0");
    text(&log["$schema"]);
    for run in log["runs"].as_array().unwrap() {
        text(&run["tool"]["driver"]["name"]);
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for rule in rules {
            for part in ["id", "/shortDescription/text", "/fullDescription/text", "/help/text"] {
                text(rule.pointer(part).unwrap_or(&rule[part]));
            }
            assert!(
                ["none", "note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
            );
        }
        for result in run["results"].as_array().unwrap() {
            text(&result["message"]["text"]);
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(result["ruleId"], rules[index]["id"]);
            // 3.27.10: what is no failure has no level.
            let fails = result["kind"] == "fail";
            assert!(fails || result["kind"] == "open" && result["level"] == "none", "{result}");
            assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            for location in result["locations"].as_array().unwrap().iter().chain(related) {
                let place = &location["physicalLocation"];
                text(&place["artifactLocation"]["uri"]);
                let number = |name: &str| place["region"][name].as_u64().unwrap();
                assert!(number("startLine") >= 1 && number("startColumn") >= 1, "{place}");
                let start = (number("startLine"), number("startColumn"));
                assert!((number("endLine"), number("endColumn")) >= start, "{place}");
            }
            for suppression in result["suppressions"].as_array().into_iter().flatten() {
                assert!(["inSource", "external"].contains(&suppression["kind"].as_str().unwrap()));
                text(&suppression["justification"]);
            }
        }
    }
}

#[test]
fn sarif_has_what_its_schema_requires() {
    let sarif = |env: &crate::support::Env| -> Value {
        let log = serde_json::from_str(&lint(env, &["hearth.xml", "--format", "sarif"]).stdout).unwrap();
        follows_sarif(&log);
        log
    };
    assert_eq!(sarif(&with_manifest(GOOD))["runs"][0]["results"].as_array().unwrap().len(), 0);
    sarif(&with_change(" &amp;", ""));
    sarif(&with_change("</service>", ""));
    let stop = "<exec_method type=\"method\" name=\"stop\" exec=\":kill\" timeout_seconds=\"";
    let comment = format!("<!-- portwright: allow PW1111: it never hangs -->\n    {stop}0");
    let log = sarif(&with_change(&format!("{stop}60"), &comment));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!((&results[0]["ruleId"], &results[0]["level"]), (&"PW1111".into(), &"warning".into()));
    assert_eq!(results[0]["suppressions"][0]["justification"], "it never hangs");
}

#[test]
fn only_lint_answers_in_sarif() {
    let other = with_manifest("").run(&["profile", "list", "--format", "sarif"]);
    assert_snapshot!(other, @"
    exit 2
    --- stdout
    --- stderr
    error: only `lint` answers in SARIF
     |
     = help: --format json is for programs
    ");
}
