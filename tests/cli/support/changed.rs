//! A good recipe with one thing wrong.
use super::{Env, servers};

/// What `generate` says to the plain server's recipe with one change.
pub(crate) fn changed(from: &str, to: &str) -> String {
    let env = Env::new();
    servers::hearth(&env);
    assert!(servers::HEARTH.contains(from), "`{from}` is not in the recipe");
    env.write("hearth.toml", servers::HEARTH.replacen(from, to, 1).trim_start());
    let ran = env.run(&["generate", "--offline", "hearth.toml"]);
    assert!(!env.work().join("pkgsrc").exists(), "nothing is written");
    assert!(ran.status == 2 && ran.stdout.is_empty(), "{ran}");
    assert!(ran.stderr.contains("--> hearth.toml:"), "names the place: {ran}");
    // What there is to choose from is a way out, too.
    assert!(ran.stderr.contains("= help:") || ran.stderr.contains("= note: "), "has a way out: {ran}");
    ran.stderr
}
