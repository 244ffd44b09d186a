//! Features that are no choice for the person who builds a package, told by their names.

/// Names, and why a feature of such a name is no choice.
struct Rule {
    /// Between hyphens anywhere in the name.
    parts: &'static [&'static str],
    /// At the start of the name.
    starts: &'static [&'static str],
    /// Anywhere in the name.
    inside: &'static [&'static str],
    /// The whole name.
    whole: &'static [&'static str],
    why: &'static str,
}

const NONE: &[&str] = &[];

/// In the order in which they are tried.
const RULES: &[Rule] = &[
    Rule {
        parts: &[
            "nightly",
            "unstable",
            "test",
            "tests",
            "testing",
            "bench",
            "benches",
            "benchmark",
            "ci",
            "fuzz",
            "fuzzing",
            "docsrs",
            "dev",
            "mock",
            "internal",
        ],
        starts: NONE,
        inside: NONE,
        whole: NONE,
        why: "for development",
    },
    Rule {
        parts: &["profiling", "pprof", "dhat"],
        starts: &[
            "tokio-console",
            "console",
            "dhat",
            "pprof",
            "profil",
            "heap-prof",
            "tracy",
            "deadlock",
            "flame",
            "debug",
            "timing",
            "instrument",
        ],
        inside: NONE,
        whole: NONE,
        why: "for debugging",
    },
    Rule {
        parts: &["vendored", "bundled", "static", "vendor", "musl", "embedded", "system", "dynamic", "embed"],
        starts: &["bundled", "vendored", "static"],
        inside: NONE,
        whole: NONE,
        why: "how libraries are linked, which the package decides",
    },
    Rule {
        parts: NONE,
        starts: NONE,
        inside: &["self-update", "selfupdate", "autoupdate", "self-upgrade"],
        whole: NONE,
        why: "packages are updated by their own tools",
    },
    Rule {
        parts: &[
            "windows",
            "winservice",
            "journald",
            "systemd",
            "sd",
            "macos",
            "linux",
            "android",
            "ios",
            "wasm",
            "wasm32",
            "uring",
            "seccomp",
            "landlock",
            "ebpf",
        ],
        starts: NONE,
        inside: NONE,
        whole: NONE,
        why: "for another system",
    },
    Rule {
        parts: &["allocator"],
        starts: NONE,
        inside: &["malloc"],
        whole: NONE,
        why: "an allocator: a matter of the build",
    },
    Rule {
        parts: NONE,
        starts: NONE,
        inside: NONE,
        whole: &[
            "lib",
            "std",
            "alloc",
            "no-std",
            "serde",
            "cli",
            "bin",
            "build-binary",
            "full",
            "all",
            "everything",
            "all-features",
            "minimal",
            "default-features",
            "derive",
            "simd",
            "simd-json",
            "avx2",
            "portable",
            "openapi",
            "schema",
            "schemars",
            "clap",
            "completions",
            "shell-completions",
            "docs",
            "doc",
            "client",
            "server",
            "daemon",
            "experimental",
        ],
        why: "not a choice about the server",
    },
];

/// Why a feature is no choice; nothing when it may be one.
pub(super) fn unfit(name: &str) -> Option<&'static str> {
    if name.starts_with('_') || name == "default" || name.contains('/') {
        return Some("internal");
    }
    let lower = name.to_ascii_lowercase().replace('_', "-");
    let matches = |rule: &&Rule| {
        lower.split('-').any(|part| rule.parts.contains(&part))
            || rule.starts.iter().any(|word| lower.starts_with(word))
            || rule.inside.iter().any(|word| lower.contains(word))
            || rule.whole.contains(&lower.as_str())
    };
    RULES.iter().find(matches).map(|rule| rule.why)
}

#[cfg(test)]
mod tests {
    use super::unfit;

    #[test]
    fn what_is_no_choice() {
        for name in [
            "_x",
            "default",
            "tokio-console",
            "vendored-openssl",
            "bundled-libs",
            "journald",
            "nightly",
            "io_uring",
            "jemalloc",
            "self-update",
        ] {
            assert!(unfit(name).is_some(), "{name}");
        }
        for name in ["sqlite", "metrics", "k2v", "tls", "s3", "telemetry-otlp"] {
            assert_eq!(unfit(name), None, "{name}");
        }
    }
}
