//! Looking into Rust sources without compiling them.

/// The source without the tests at its end and without comments; lines keep their numbers.
pub(super) fn program_part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.starts_with("mod ") && next.ends_with('{')) {
            break;
        }
        if !trimmed.starts_with("//") {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// String literals that are the first argument of a call: `Command::new("git")`. With the 1-based line of the literal.
pub(super) fn literal_arguments<'a>(text: &'a str, call: &str) -> Vec<(&'a str, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(call)) {
        let start = from + at;
        from = start + call.len();
        // `my_which(` is not `which(`.
        let inside_name = text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let rest = text[from..].trim_start();
        if inside_name || !rest.starts_with('"') {
            continue;
        }
        if let Some(literal) = rest[1..].split('"').next().filter(|literal| !literal.contains(['\\', '\n'])) {
            let line = text[..text.len() - rest.len()].matches('\n').count() + 1;
            found.push((literal, line));
        }
    }
    found
}

/// `CamelCase` and `snake_case` as command lines have them.
pub(super) fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (index, c) in name.chars().enumerate() {
        if c == '_' {
            out.push('-');
        } else if c.is_ascii_uppercase() {
            if index > 0 {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{kebab, literal_arguments, program_part};

    #[test]
    fn calls_with_a_literal() {
        let text = "// Command::new(\"no\")\nfn a() { Command::new(\"git\"); Command::new(\n    \"hg\");\n x.my_Command::new(\"y\"); }\n\
            #[cfg(test)]\nmod tests {\nCommand::new(\"ls\") }\n";
        let part = program_part(text);
        assert_eq!(literal_arguments(&part, "Command::new("), [("git", 2), ("hg", 3)]);
        assert!(literal_arguments("Command::new(\"", "Command::new(").len() <= 1);
        assert_eq!((kebab("ServeAll").as_str(), kebab("config_file").as_str()), ("serve-all", "config-file"));
    }
}
