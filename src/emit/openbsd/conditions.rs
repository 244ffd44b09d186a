//! When something of an option is there: in words of the Makefile, and of the packing list.
use crate::port::Port;

/// When something is built or installed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// With every flavour.
    Always,
    /// With this flavour.
    Flavour(String),
    /// With none of these; the name is that of the option that they take the place of.
    Without(Vec<String>, String),
    /// Never: the option does not work here.
    Never,
}

impl When {
    /// When an option is on; nothing is everywhere.
    pub(super) fn of(option: Option<&str>, port: &Port) -> Self {
        let Some(name) = option else { return Self::Always };
        if let Some(flavour) = port.flavours.of(name) {
            return Self::Flavour(flavour.name.clone());
        }
        let replaced = port.flavours.replaced.iter().find(|choice| choice.default.as_deref() == Some(name));
        let option = port.options.iter().find(|option| option.name == name);
        match (replaced, option) {
            (Some(choice), Some(option)) => Self::Without(choice.flavours.clone(), option.tree_name.clone()),
            (None, Some(option)) if option.broken.is_none() => Self::Always,
            _ => Self::Never,
        }
    }

    /// The condition of `.if`; nothing when it always or never holds.
    pub(super) fn condition(&self) -> Option<String> {
        match self {
            Self::Always | Self::Never => None,
            Self::Flavour(name) => Some(format!("${{FLAVOR:M{name}}}")),
            Self::Without(names, _) => {
                Some(names.iter().map(|name| format!("!${{FLAVOR:M{name}}}")).collect::<Vec<_>>().join(" && "))
            }
        }
    }

    /// The packing list's fragment: the end of its name, and the line that takes it in (`pkg_create(1)`).
    pub(super) fn fragment(&self) -> Option<(String, String)> {
        match self {
            Self::Always | Self::Never => None,
            Self::Without(names, _) if names.len() == 1 => {
                let name = names.first()?;
                Some((format!("no-{name}"), format!("!%%{name}%%")))
            }
            Self::Flavour(name) | Self::Without(_, name) => Some((name.clone(), format!("%%{name}%%"))),
        }
    }

    /// The name that `pkg_create(1)` has to be told for the fragment, as no flavour has it.
    pub(super) fn defines(&self) -> Option<&str> {
        match self {
            Self::Without(names, name) if names.len() > 1 => Some(name),
            _ => None,
        }
    }
}
