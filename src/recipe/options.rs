//! Choices that the person who builds or installs has.
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// `[[option]]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Opt {
    /// Its name, lower case with hyphens.
    pub name: String,
    /// One sentence for the person who chooses.
    pub description: Option<String>,
    /// The choice it belongs to: exactly one option of a group is on.
    pub group: Option<String>,
    /// The choice it belongs to: one option of the group or none is on.
    pub optional_group: Option<String>,
    /// The set it belongs to: at least one option of a set is on.
    pub set: Option<String>,
    /// On unless the person decides otherwise. Left out: on if all of `features` are cargo defaults.
    pub default: Option<bool>,
    /// Cargo features that it turns on.
    #[serde(default)]
    pub features: Vec<String>,
    /// Libraries taken from the system when it is on, by the profile's names.
    #[serde(default)]
    pub system: Vec<String>,
    /// Memory that the server needs with it, as `128M` or `4G`.
    pub memory: Option<String>,
    /// Environment of the build.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Settings that the configuration needs with it: `"main:key" = "value"`.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// What differs on one OS, by the OS's name.
    #[serde(default)]
    pub on: BTreeMap<String, OptionOn>,
}

/// What differs about an option on one OS.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OptionOn {
    /// It does not work there; the reason. It is then not offered.
    pub broken: Option<String>,
    /// On there unless the person decides otherwise.
    pub default: Option<bool>,
    /// Memory that the server needs with it there.
    pub memory: Option<String>,
    /// Settings that the configuration needs with it there.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}
