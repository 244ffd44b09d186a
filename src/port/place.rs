//! Places on a host, and texts that mention them.
use serde::Serialize;

use crate::profile::Paths;
use crate::recipe::{self, Located, Pointer};

/// A place that each OS, and each package, has somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Where packages install to.
    Prefix,
    /// Programs that people run.
    Bin,
    /// Programs that the system runs.
    Sbin,
    /// Programs that only this package runs; the links of [`super::Link`] are in `bin` below it.
    Libexec,
    /// The package's own configuration directory.
    Sysconf,
    /// The service's state; the home of its user.
    State,
    /// The service's log files.
    Log,
    /// The service's run-time files, gone after a boot.
    Run,
    /// Sample configuration.
    Examples,
    /// Documents.
    Doc,
    /// Manual pages.
    Man,
    /// Read-only data.
    Data,
}

impl Place {
    /// Where it is for the package `name`, under the paths of a profile.
    #[must_use]
    pub fn path(self, paths: &Paths, name: &str) -> String {
        let Paths { prefix, sysconf, var, man, daemons } = paths;
        match self {
            Self::Prefix => prefix.clone(),
            Self::Bin => format!("{prefix}/bin"),
            Self::Sbin => format!("{prefix}/{daemons}"),
            Self::Libexec => format!("{prefix}/libexec/{name}"),
            Self::Sysconf => format!("{sysconf}/{name}"),
            Self::State => format!("{var}/db/{name}"),
            Self::Log => format!("{var}/log/{name}"),
            Self::Run => format!("{var}/run/{name}"),
            Self::Examples => format!("{prefix}/share/examples/{name}"),
            Self::Doc => format!("{prefix}/share/doc/{name}"),
            Self::Man => format!("{prefix}/{man}"),
            Self::Data => format!("{prefix}/share/{name}"),
        }
    }

    /// Where it is below the prefix, for those that are.
    #[must_use]
    pub fn below_prefix(self, paths: &Paths, name: &str) -> Option<String> {
        match self {
            Self::Sysconf | Self::State | Self::Log | Self::Run | Self::Prefix => None,
            _ => self.path(paths, name).strip_prefix(&format!("{}/", paths.prefix)).map(ToOwned::to_owned),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "prefix" => Self::Prefix,
            "bin" => Self::Bin,
            "sbin" => Self::Sbin,
            "libexec" => Self::Libexec,
            "sysconf" => Self::Sysconf,
            "state" => Self::State,
            "log" => Self::Log,
            "run" => Self::Run,
            "examples" => Self::Examples,
            "doc" => Self::Doc,
            "man" => Self::Man,
            "data" => Self::Data,
            _ => return None,
        })
    }
}

/// The names of all places, as they are written in recipes.
pub const PLACES: &[&str] =
    &["prefix", "bin", "sbin", "libexec", "sysconf", "state", "log", "run", "examples", "doc", "man", "data"];

/// A piece of a [`Phrase`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Text as it stands.
    Literal(String),
    /// A place.
    Place(Place),
    /// The path of a configuration file, by its id.
    Config(String),
}

/// A text with places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Phrase(pub Vec<Piece>);

impl Phrase {
    /// A place and what follows it.
    #[must_use]
    pub fn at(place: Place, rest: &str) -> Self {
        let mut pieces = vec![Piece::Place(place)];
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        Self(pieces)
    }

    /// Text only.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        Self(vec![Piece::Literal(text.into())])
    }

    /// Reads `{state}/files` as a recipe writes it.
    ///
    /// # Errors
    /// An unknown placeholder or a lone brace, located at `pointer`.
    pub fn parse(text: &str, pointer: &Pointer, scope: &Scope<'_>) -> Result<Self, Located> {
        let parts = recipe::split_placeholders(text).map_err(|message| Located::new(pointer.clone(), message))?;
        let mut pieces = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            pieces.push(match part {
                recipe::Part::Literal(text) => Piece::Literal(text.clone()),
                recipe::Part::Placeholder(name) => {
                    let after = match parts.get(index + 1) {
                        Some(recipe::Part::Literal(text)) => text.as_str(),
                        _ => "",
                    };
                    scope.piece(name, after).ok_or_else(|| scope.unknown(name, pointer))?
                }
            });
        }
        Ok(Self(pieces))
    }

    /// The text when nothing in it differs from host to host.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether the path of a configuration file is in it.
    #[must_use]
    pub fn names_config(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Config(_)))
    }

    /// Its literal text, with nothing where the places are.
    #[must_use]
    pub fn literals(&self) -> String {
        let texts = self.0.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// The place it starts with, and the literal rest, when that is its shape.
    #[must_use]
    pub fn as_place(&self) -> Option<(Place, &str)> {
        match self.0.as_slice() {
            [Piece::Place(place)] => Some((*place, "")),
            [Piece::Place(place), Piece::Literal(rest)] => Some((*place, rest)),
            _ => None,
        }
    }

    /// The file name at its end.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        match self.0.last() {
            Some(Piece::Literal(text)) => text.rsplit('/').next().filter(|name| !name.is_empty()),
            _ => None,
        }
    }
}

/// What placeholders mean in one recipe.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// Ids of the configuration files.
    pub configs: Vec<&'a str>,
    /// Binaries that the service runs: they are in `{sbin}` although recipes write `{bin}`.
    pub daemons: Vec<&'a str>,
}

impl Scope<'_> {
    fn piece(&self, name: &str, after: &str) -> Option<Piece> {
        if let Some(id) = name.strip_prefix("config.") {
            return self.configs.contains(&id).then(|| Piece::Config(id.to_owned()));
        }
        let place = Place::named(name)?;
        let file = after.strip_prefix('/').and_then(|rest| rest.split('/').next()).unwrap_or("");
        let daemon = place == Place::Bin && self.daemons.contains(&file);
        Some(Piece::Place(if daemon { Place::Sbin } else { place }))
    }

    fn unknown(&self, name: &str, pointer: &Pointer) -> Located {
        let configs: Vec<String> = self.configs.iter().map(|id| format!("config.{id}")).collect();
        let known: Vec<&str> = PLACES.iter().copied().chain(configs.iter().map(String::as_str)).collect();
        let error = Located::new(pointer.clone(), format!("unknown placeholder `{{{name}}}`"))
            .note(format!("known here: {}", known.join(", ")));
        match crate::diag::did_you_mean(name, known.iter().copied()) {
            Some(near) => error.help(format!("did you mean `{{{near}}}`?")),
            None => error,
        }
    }
}
