//! Modifiers of references: `:S/a/b/`, `:tl` and so on (make(1), "Variable modifiers").
use makefile_lossless::{Modifier, ModifierArg, ModifierArgPart, SubstituteFlags, WordSelector};
use regex_automata::meta::Regex;

/// Gives the value of an expression within a modifier.
pub(super) type Inner<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The value with the modifier applied; nothing when that cannot be known.
pub(super) fn apply(value: &str, modifier: &Modifier, inner: Inner<'_>) -> Option<String> {
    let each = |change: &dyn Fn(&str) -> String| Some(by_word(value, change));
    match modifier {
        Modifier::ToLower => Some(value.to_lowercase()),
        Modifier::ToUpper => Some(value.to_uppercase()),
        // What is quoted for a shell is the same thing to whoever looks at it; a default is not needed for what is set.
        Modifier::Quote
        | Modifier::QuoteDollar
        | Modifier::SplitWords
        | Modifier::OneWord
        | Modifier::Words(WordSelector::OneWord | WordSelector::Split)
        | Modifier::Default(_) => Some(value.to_owned()),
        Modifier::Defined(with) => text(with, inner),
        Modifier::Tail => each(&|word| word.rsplit_once('/').map_or(word, |(_, tail)| tail).to_owned()),
        Modifier::Head => each(&|word| word.rsplit_once('/').map_or(".", |(head, _)| head).to_owned()),
        Modifier::Root => each(&|word| split_suffix(word).0.to_owned()),
        Modifier::Suffix => each(&|word| split_suffix(word).1.to_owned()),
        Modifier::Unique => {
            let mut words: Vec<&str> = value.split_whitespace().collect();
            words.dedup();
            Some(words.join(" "))
        }
        Modifier::Match(pattern) => {
            let pattern = text(pattern, inner)?;
            Some(value.split_whitespace().filter(|word| matches(&pattern, word)).collect::<Vec<_>>().join(" "))
        }
        Modifier::NoMatch(pattern) => {
            let pattern = text(pattern, inner)?;
            Some(value.split_whitespace().filter(|word| !matches(&pattern, word)).collect::<Vec<_>>().join(" "))
        }
        Modifier::Substitute { from, to, anchor_start, anchor_end, flags } => {
            let (from, to) = (text(from, inner)?, text(to, inner)?);
            let change = |word: &str| substituted(word, &from, &to, (*anchor_start, *anchor_end), flags.global);
            Some(with_flags(value, *flags, &change))
        }
        Modifier::RegexSubstitute { regex, replacement, flags } => {
            let regex = Regex::new(&text(regex, inner)?).ok()?;
            let replacement = text(replacement, inner)?;
            let change = |word: &str| replaced(word, &regex, &replacement, flags.global);
            Some(with_flags(value, *flags, &change))
        }
        Modifier::SysVSubstitute { from, to } => {
            let (from, to) = (text(from, inner)?, text(to, inner)?);
            if from.contains('%') {
                return None;
            }
            each(&|word| word.strip_suffix(from.as_str()).map_or_else(|| word.to_owned(), |stem| format!("{stem}{to}")))
        }
        Modifier::Separator(separator) => {
            let separator = separator.map(String::from).unwrap_or_default();
            Some(value.split_whitespace().collect::<Vec<_>>().join(&separator))
        }
        Modifier::Words(WordSelector::Range { first, last }) => selected(value, *first, *last),
        Modifier::Words(WordSelector::Count) => Some(value.split_whitespace().count().to_string()),
        _ => None,
    }
}

/// An argument of a modifier with its expressions filled in.
pub(super) fn text(argument: &ModifierArg, inner: Inner<'_>) -> Option<String> {
    let mut out = String::new();
    for part in argument.parts() {
        match part {
            ModifierArgPart::Literal(text) => out.push_str(text),
            ModifierArgPart::Expr(text) => out.push_str(&inner(text)?),
            ModifierArgPart::EscapedDollar => out.push('$'),
        }
    }
    Some(out)
}

fn by_word(value: &str, change: &dyn Fn(&str) -> String) -> String {
    let words = value.split_whitespace().map(change).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn with_flags(value: &str, flags: SubstituteFlags, change: &dyn Fn(&str) -> String) -> String {
    if flags.one_word {
        return change(value);
    }
    if !flags.once {
        return by_word(value, change);
    }
    let mut done = false;
    let words = value.split_whitespace().map(|word| {
        if done {
            return word.to_owned();
        }
        let changed = change(word);
        done = changed != word;
        changed
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn substituted(word: &str, from: &str, to: &str, (start, end): (bool, bool), global: bool) -> String {
    match (start, end) {
        (true, true) if word == from => to.to_owned(),
        (true, true) => word.to_owned(),
        (true, false) => word.strip_prefix(from).map_or_else(|| word.to_owned(), |rest| format!("{to}{rest}")),
        (false, true) => word.strip_suffix(from).map_or_else(|| word.to_owned(), |rest| format!("{rest}{to}")),
        // An empty pattern matches nothing.
        (false, false) if from.is_empty() => word.to_owned(),
        (false, false) if global => word.replace(from, to),
        (false, false) => word.replacen(from, to, 1),
    }
}

fn replaced(word: &str, regex: &Regex, replacement: &str, global: bool) -> String {
    let mut out = String::new();
    let mut at = 0;
    for captures in regex.captures_iter(word).take(if global { usize::MAX } else { 1 }) {
        let Some(whole) = captures.get_match() else { continue };
        out.push_str(&word[at..whole.start()]);
        let mut characters = replacement.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '&' => out.push_str(&word[whole.range()]),
                '\\' => match characters.next() {
                    Some(digit) if digit.is_ascii_digit() => {
                        let group = digit.to_digit(10).and_then(|digit| captures.get_group(digit as usize));
                        out.push_str(group.map_or("", |span| &word[span.range()]));
                    }
                    Some(other) => out.push(other),
                    None => {}
                },
                other => out.push(other),
            }
        }
        at = whole.end();
    }
    out.push_str(&word[at..]);
    out
}

fn split_suffix(word: &str) -> (&str, &str) {
    word.rsplit_once('.').map_or((word, ""), |(stem, suffix)| (stem, suffix))
}

fn selected(value: &str, first: i64, last: i64) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let count = i64::try_from(words.len()).ok()?;
    let from_end = |at: i64| if at < 0 { count + at + 1 } else { at };
    let (first, last) = (from_end(first).max(1), from_end(last).min(count));
    let wanted = (first..=last).filter_map(|at| words.get(usize::try_from(at - 1).ok()?).copied());
    Some(wanted.collect::<Vec<_>>().join(" "))
}

/// Shell patterns: `*`, `?`, `[…]`.
pub(crate) fn matches(pattern: &str, word: &str) -> bool {
    // The work is bounded: patterns of makefiles are short, and whoever writes a long one gets no match.
    pattern.len() <= 256 && glob(pattern.as_bytes(), word.as_bytes(), &mut 10_000)
}

fn glob(pattern: &[u8], word: &[u8], fuel: &mut usize) -> bool {
    if *fuel == 0 {
        return false;
    }
    *fuel -= 1;
    match (pattern.split_first(), word.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => {
            glob(rest, word, fuel) || word.split_first().is_some_and(|(_, more)| glob(pattern, more, fuel))
        }
        (Some((b'?', rest)), Some((_, more))) => glob(rest, more, fuel),
        (Some((b'[', rest)), Some((byte, more))) => {
            let Some(end) = rest.iter().skip(1).position(|one| *one == b']').map(|at| at + 1) else { return false };
            let (negated, set) = match rest[..end].split_first() {
                Some((b'!' | b'^', set)) => (true, set),
                _ => (false, &rest[..end]),
            };
            let mut inside = false;
            let mut at = 0;
            while let Some(low) = set.get(at) {
                if set.get(at + 1) == Some(&b'-')
                    && let Some(high) = set.get(at + 2)
                {
                    inside |= (*low..=*high).contains(byte);
                    at += 3;
                } else {
                    inside |= low == byte;
                    at += 1;
                }
            }
            inside != negated && glob(&rest[end + 1..], more, fuel)
        }
        (Some((b'\\', rest)), Some(_)) if !rest.is_empty() => {
            rest.first() == word.first() && glob(&rest[1..], &word[1..], fuel)
        }
        (Some((one, rest)), Some((byte, more))) => one == byte && glob(rest, more, fuel),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        assert!(matches("*.[ch]", "a.c") && !matches("*.[ch]", "a.o"));
        assert!(matches("[!a-c]*x", "dx") && !matches("[!a-c]*x", "bx"));
        assert!(matches("a?c", "abc") && !matches("a?c", "ac") && matches("\\*", "*"));
        assert!(!matches(&"*a".repeat(60), &"a".repeat(400)[..399].replace('a', "b")), "bounded");
    }
}
