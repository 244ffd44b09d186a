//! How often words stand in a script, counted once: rules ask for it for each name.
use std::collections::{BTreeMap, BTreeSet};

use crate::lint::shell::Span;

/// Words of a script outside its comments, and programs that it names by their whole paths.
#[derive(Debug, Default)]
pub(super) struct Mentions<'a> {
    words: BTreeMap<&'a str, usize>,
    programs: BTreeSet<&'a str>,
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '@')
}

impl<'a> Mentions<'a> {
    /// Counts. Names may hold what a port or package fills in later.
    pub(super) fn of(text: &'a str, comments: &[Span], prefixes: &[String]) -> Self {
        let mut found = Self::default();
        let mut start = 0;
        for end in comments.iter().flat_map(|comment| [comment.start, comment.end]).chain([text.len()]) {
            // Every second stretch is a comment.
            let stretch = text.get(start..end).unwrap_or_default();
            let comment = comments.binary_search_by_key(&start, |comment| comment.start).is_ok_and(|_| end > start);
            if !comment {
                found.count(stretch, prefixes);
            }
            start = end;
        }
        found
    }

    fn count(&mut self, text: &'a str, prefixes: &[String]) {
        for word in text.split(|c: char| !in_word(c)).filter(|word| !word.is_empty()) {
            *self.words.entry(word).or_default() += 1;
        }
        for prefix in prefixes {
            for (at, _) in text.match_indices(prefix.as_str()) {
                let path = &text[at + prefix.len()..];
                let path = &path[..path.find(|c: char| !(in_word(c) || "/.-".contains(c))).unwrap_or(path.len())];
                let directories = ["/bin/", "/sbin/", "/libexec/"];
                if let Some(name) = directories.iter().find_map(|directory| path.strip_prefix(directory))
                    && !name.contains('/')
                {
                    self.programs.insert(name);
                }
            }
        }
    }

    /// How often a word stands in the script.
    pub(super) fn count_of(&self, word: &str) -> usize {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// Whether a program with that name is named by its whole path below a package's directory.
    pub(super) fn names_program(&self, name: &str) -> bool {
        self.programs.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::Mentions;

    #[test]
    fn comments_do_not_count() {
        let text =
            "lamp=1 # lamp /usr/pkg/bin/lamp\necho $lamp_oil ${lamp} %%X%%_lamp /usr/pkg/sbin/oild-ctl\n# lamp\n";
        let comments = [7..31, text.len() - 7..text.len() - 1];
        let mentions = Mentions::of(text, &comments, &["/usr/pkg".to_owned()]);
        assert_eq!(mentions.count_of("lamp"), 2);
        assert_eq!(mentions.count_of("lamp_oil"), 1);
        assert_eq!(mentions.count_of("%%X%%_lamp"), 1);
        assert!(mentions.names_program("oild-ctl") && !mentions.names_program("lamp"));
    }
}
