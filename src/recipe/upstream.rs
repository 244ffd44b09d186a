//! Where the server comes from.
use schemars::JsonSchema;
use serde::Deserialize;

/// `[upstream]`: exactly one of `crate`, `path` and `github`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Upstream {
    /// A crate of the registry.
    #[serde(rename = "crate")]
    pub krate: Option<String>,
    /// A directory with a `Cargo.toml`, relative to the recipe.
    pub path: Option<String>,
    /// `owner/name` on GitHub.
    pub github: Option<String>,
    /// The release. Needed with `crate` and `github`; with `path` the crate's own.
    pub version: Option<String>,
    /// The tag of the release on GitHub; `v{version}` unless given.
    pub tag: Option<String>,
    /// The member of a workspace that is the server.
    pub package: Option<String>,
    /// For a service-only recipe of a server that is not a crate: its name.
    pub name: Option<String>,
}
