//! "Did you mean …?"

/// The candidate nearest to `word`, when one is near enough that a slip of the fingers explains the difference.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1) + 1;
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn near_words_only() {
        assert_eq!(did_you_mean("comand", ["command", "user"]), Some("command"));
        assert_eq!(did_you_mean("zebra", ["command", "user"]), None);
    }
}
