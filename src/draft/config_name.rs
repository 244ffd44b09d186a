//! Names of configuration files.

/// Stands for the configuration file in a command line that was put together from hints.
pub(super) const CONFIG_FILE: &str = "\u{1}config";

/// Whether a file name is one that configuration has.
pub(super) fn is_config_name(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "toml", "yaml", "yml", "json", "json5", "jsonc", "ini", "conf", "cfg", "ron", "kdl", "hcl", "config", "dhall",
        "lua",
    ];
    name.rsplit_once('.')
        .is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}
