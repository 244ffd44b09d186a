//! What `init` answers.
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::diag::Diagnostic;
use crate::draft::{Draft, Guess};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Answer<'a> {
    format: u32,
    file: Option<String>,
    recipe: String,
    guesses: &'a [Guess],
    generates: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// The answer for programs.
pub(super) fn json(draft: &Draft, file: Option<&Path>, problem: Option<&anyhow::Error>) -> Result<String> {
    let answer = Answer {
        format: 1,
        file: file.map(|file| file.display().to_string()),
        recipe: draft.text(),
        guesses: &draft.guesses(),
        generates: problem.is_none(),
        error: problem.map(|error| shown(error, false)),
    };
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// What to look at and what to type next, on standard error.
pub(super) fn review(draft: &Draft, file: Option<&Path>, target: &str, problem: Option<&anyhow::Error>, colour: bool) {
    let guesses = draft.guesses();
    let name = file.map(|file| file.display().to_string());
    anstream::eprintln!(
        "{} to review, each marked in {}:",
        count(guesses.len()),
        name.as_deref().unwrap_or("the draft")
    );
    let width = guesses.iter().map(|guess| guess.what.chars().count()).max().unwrap_or(0).min(32);
    for guess in &guesses {
        let seen = guess.seen.as_ref().map(|seen| format!(" ({seen})")).unwrap_or_default();
        anstream::eprintln!("  {:width$}  {}", guess.what, line(&format!("{}{seen}", guess.why)));
    }
    if let Some(problem) = problem {
        anstream::eprintln!(
            "{}",
            shown(problem, colour && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
        );
        anstream::eprintln!("the draft does not generate yet: the error above is what portwright generate says to it");
    }
    match name {
        Some(name) => anstream::eprintln!("next: portwright generate {name}"),
        None => anstream::eprintln!("next: portwright init {target} --out FILE, then portwright generate FILE"),
    }
}

fn count(number: usize) -> String {
    if number == 1 { "1 thing".to_owned() } else { format!("{number} things") }
}

/// One line; the whole is in the file.
fn line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= 150 { plain } else { format!("{}…", plain.chars().take(149).collect::<String>()) }
}

fn shown(error: &anyhow::Error, colour: bool) -> String {
    match error.downcast_ref::<Diagnostic>() {
        Some(diagnostic) => diagnostic.render(colour),
        None => format!("error: {error:#}"),
    }
}
