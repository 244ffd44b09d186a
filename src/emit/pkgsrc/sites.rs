//! Crates whose URL cargo.mk cannot derive from their file's name.

/// What cargo.mk (lang/rust/cargo.mk 1.39) takes for name and version of `name-version`: the name is the text before
/// the first `-N.N`, the version the text from the last `-N.N`.
#[must_use]
fn derived(file: &str) -> (String, String) {
    let starts: Vec<usize> = file
        .match_indices('-')
        .map(|(at, _)| at)
        .filter(|at| {
            let rest = &file[at + 1..];
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let after = &rest[digits..];
            digits > 0 && after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
        })
        .collect();
    match (starts.first(), starts.last()) {
        (Some(first), Some(last)) => (file[..*first].to_owned(), file[last + 1..].to_owned()),
        // Neither expression matches: both leave the text as it is.
        _ => (file.to_owned(), file.to_owned()),
    }
}

/// Whether a crate needs a `SITES` line of its own.
#[must_use]
pub(crate) fn is_odd(name: &str, version: &str) -> bool {
    derived(&format!("{name}-{version}")) != (name.to_owned(), version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_odd;

    #[test]
    fn as_the_field_guide_found_them() {
        for (name, version) in [
            ("curl-sys", "0.4.52+curl-7.81.0"),
            ("cargo-c", "0.9.16+cargo-0.68"),
            ("foo", "1.0.0-0.3.7"),
            ("wasi", "0.14.7+wasi-0.2.4"),
        ] {
            assert!(is_odd(name, version), "{name}-{version}");
        }
        for (name, version) in [
            ("zstd-sys", "2.0.10+zstd.1.5.6"),
            ("libgit2-sys", "0.16.2+1.7.2"),
            ("openssl-src", "300.3.1+3.3.1"),
            ("wasi", "0.11.0+wasi-snapshot-preview1"),
            ("sha-1", "0.10.1"),
            ("rand", "0.5.0-pre.2"),
        ] {
            assert!(!is_odd(name, version), "{name}-{version}");
        }
    }
}
