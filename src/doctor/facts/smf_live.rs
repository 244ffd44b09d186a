//! What svcprop(1) prints of a running instance.
use std::collections::BTreeMap;

/// Properties with their values. svcprop writes `group/name type value…`, and a backslash before what a shell would
/// take for its own.
pub(super) fn properties(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut properties = BTreeMap::new();
    for line in output.lines() {
        let mut words = words(line).into_iter();
        if let (Some(name), Some(_kind)) = (words.next(), words.next()) {
            properties.insert(name, words.filter(|word| !word.is_empty()).collect());
        }
    }
    properties
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let word = words.last_mut().expect("there is a word");
        match c {
            '\\' => word.extend(chars.next()),
            ' ' => words.push(String::new()),
            '"' => {}
            c => word.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_are_quoted_for_a_shell() {
        let found = super::properties(
            "general/enabled boolean true\nmethod_context/environment astring HOME=/var/db/x PATH=/a:/b\\ c\n\
             application/environment astring \"\"\n",
        );
        assert_eq!(found["general/enabled"], ["true"]);
        assert_eq!(found["method_context/environment"], ["HOME=/var/db/x", "PATH=/a:/b c"]);
        assert!(found["application/environment"].is_empty());
    }
}
