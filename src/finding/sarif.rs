//! Findings as SARIF 2.1.0, which forges and editors read (OASIS Static Analysis Results Interchange Format).
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Finding, Place, Rule, Severity};

/// A SARIF log with one run. Only the rules that were broken are described in it. What comments in the files allow, with
/// their reasons, is there as suppressed.
#[must_use]
pub fn sarif(findings: &[Finding], allowed: &[(&Finding, &str)]) -> Value {
    let all = || findings.iter().chain(allowed.iter().map(|(finding, _)| *finding));
    let rules: BTreeMap<&str, &Rule> = all().map(|finding| (finding.rule.code, finding.rule)).collect();
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, code)| (*code, at)).collect();
    let result = |finding: &Finding| result(finding, index[finding.rule.code]);
    let mut results: Vec<Value> = findings.iter().map(result).collect();
    for (finding, reason) in allowed {
        let mut result = result(finding);
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
        results.push(result);
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "portwright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.what },
        "help": { "text": format!("{}\n\n{}", rule.effect, rule.mend) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding, index: usize) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let mut location = location(&related.place)?;
            location["message"] = json!({ "text": related.what });
            Some(location)
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        // What could not be decided neither passed nor failed: SARIF has a kind of its own for it.
        "kind": if finding.severity == Severity::Unknown { "open" } else { "fail" },
        "level": level(finding.severity),
        "message": { "text": message(finding) },
        "locations": location(&finding.place).into_iter().collect::<Vec<_>>(),
    });
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    for (what, more) in [("At run time", &finding.effect), ("Mend", &finding.mend)] {
        if !more.is_empty() {
            text = format!("{text}\n{what}: {more}");
        }
    }
    text
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
        Severity::Unknown => "none",
    }
}

fn location(place: &Place) -> Option<Value> {
    let path = place.path()?;
    let mut physical = json!({ "artifactLocation": { "uri": uri(path) } });
    if let (Some(start), Some(end)) = (place.start(), place.end()) {
        physical["region"] = json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        });
    }
    Some(json!({ "physicalLocation": physical }))
}

/// The path as a URI reference: what is not unreserved or a slash is escaped (RFC 3986, 2.1 and 2.3).
fn uri(path: &std::path::Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    let mut uri = String::new();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_as_references() {
        assert_eq!(super::uri("a b/ü:1.xml".as_ref()), "a%20b/%C3%BC%3A1.xml");
    }
}
