//! How tables of rules are written.

/// A table of rules: each becomes a static of its own, and all of them, in their order, `ALL`.
macro_rules! rule_table {
    ($($name:ident = $code:literal, $severity:ident, $title:literal {
        what: $what:expr,
        effect: $effect:expr,
        mend: $mend:expr,
        source: $source:expr,
        examples: [$(($bad:expr, $good:expr $(,)?)),* $(,)?],
    })*) => {
        $(
            #[doc = $title]
            #[allow(clippy::doc_markdown, reason = "the title is prose for a terminal")]
            pub(crate) static $name: $crate::finding::Rule = $crate::finding::Rule {
                code: $code,
                title: $title,
                severity: $crate::finding::Severity::$severity,
                what: $what,
                effect: $effect,
                mend: $mend,
                source: $source,
                examples: &[$($crate::finding::Example { bad: $bad, good: $good }),*],
            };
        )*
        /// All of them, by code.
        pub(crate) static ALL: &[&$crate::finding::Rule] = &[$(&$name),*];
    };
}

pub(crate) use rule_table;
