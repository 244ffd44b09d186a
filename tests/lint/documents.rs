//! The pages of all codes stand in docs/lint.md.
use portwright::finding::page;
use portwright::lint::{all_rules, documentation};

#[test]
fn the_documentation_is_what_explain_prints() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint.md");
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == documentation(), "to write it: cargo run -- explain --markdown >docs/lint.md");
}

#[test]
fn each_code_has_its_page() {
    let documentation = documentation();
    for rule in all_rules() {
        assert_eq!(
            documentation.matches(&format!("\n### {}: {}\n", rule.code, rule.title)).count(),
            1,
            "{}",
            rule.code
        );
        let page = page(rule);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [rule.title, rule.what, rule.effect, rule.mend, rule.source] {
            assert!(words(&page).contains(&words(part)), "{}: the page lacks\n{part}\n{page}", rule.code);
        }
        for line in page.lines().filter(|line| !line.starts_with("    ")) {
            assert!(line.chars().count() <= 160, "{}: {line}", rule.code);
        }
    }
}
