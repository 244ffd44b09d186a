//! What `explain` prints of a rule, and the same as documentation.
use std::fmt::Write as _;

use super::Rule;

/// Lines are broken here.
const WIDTH: usize = 96;

/// The page of a rule for a terminal.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut page = format!("{}: {}\nusually: {}\n\n{}\n", rule.code, rule.title, rule.severity, filled(rule.what, 0));
    // Writing to a string cannot fail.
    let _ = write!(page, "\nAt run time:\n{}\n", filled(rule.effect, 2));
    let _ = write!(page, "\nMend:\n{}\n", filled(rule.mend, 2));
    for example in rule.examples {
        let _ = write!(page, "\nInstead of\n{}\nwrite\n{}\n", indented(example.bad), indented(good(example.good)));
    }
    let _ = write!(page, "\nSource: {}\n", filled(rule.source, 8).trim_start());
    page
}

/// The pages of all rules in Markdown, each under its own heading.
#[must_use]
pub fn markdown<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> String {
    let mut text = String::new();
    for rule in rules {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n### {}: {}\n\nUsually: {}. {}\n", rule.code, rule.title, rule.severity, rule.what);
        let _ = write!(text, "\n**At run time.** {}\n\n**Mend.** {}\n", rule.effect, rule.mend);
        for example in rule.examples {
            let _ = write!(
                text,
                "\nInstead of\n\n```\n{}\n```\n\nwrite\n\n```\n{}\n```\n",
                example.bad.trim_end(),
                good(example.good).trim_end()
            );
        }
        let _ = write!(text, "\nSource: {}\n", rule.source);
    }
    text
}

/// An example whose right form is that nothing is there.
fn good(good: &'static str) -> &'static str {
    if good.trim().is_empty() { "(nothing)" } else { good }
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// The text in lines of at most [`WIDTH`] characters, each but for the first word's own sake not longer.
fn filled(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut lines = vec![margin.clone()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is a first line");
        if last.len() > indent && last.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{margin}{word}"));
        } else {
            if last.len() > indent {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.join("\n")
}
