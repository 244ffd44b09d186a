//! Places as the files of a port name them, and as the files of a service without one do.
use crate::emit::dialect::Text;
use crate::port::{Phrase, Piece, Place, Port, Service};

/// How places are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    /// By the names that the framework fills in (bsd.port.mk(5), `SUBST_VARS`); the argument is that of the prefix.
    Port(&'static str),
    /// As they are.
    Resolved,
}

impl Spelling {
    /// In files that run or are read where the package is.
    pub(super) const INSTALLED: Self = Self::Port("TRUEPREFIX");
    /// In commands of the Makefile, which install below another root.
    pub(super) const STAGED: Self = Self::Port("PREFIX");

    /// A place.
    pub(super) fn place(self, place: Place, port: &Port) -> Text {
        let paths = &port.profile.paths;
        let path = place.path(paths, &port.name);
        let Self::Port(prefix) = self else { return Text::new().lit(path) };
        let below = |root: &str, name: &str| Some(Text::token(name).lit(path.strip_prefix(root)?));
        match place {
            // Nobody moves these, and portcheck wants no name for them.
            Place::Run | Place::Log => Text::new().lit(path),
            Place::Sysconf => below(&paths.sysconf, "SYSCONFDIR").unwrap_or_else(|| Text::new().lit(path.as_str())),
            Place::State => below(&paths.var, "LOCALSTATEDIR").unwrap_or_else(|| Text::new().lit(path.as_str())),
            _ => below(&paths.prefix, prefix).unwrap_or_else(|| Text::new().lit(path.as_str())),
        }
    }

    /// A phrase.
    pub(super) fn phrase(self, phrase: &Phrase, port: &Port) -> Text {
        let mut text = Text::new();
        for piece in &phrase.0 {
            text = match piece {
                Piece::Literal(literal) => text.lit(literal.as_str()),
                Piece::Place(place) => text.text(&self.place(*place, port)),
                Piece::Config(id) => text.text(&self.config(id, port)),
            };
        }
        text
    }

    /// The path of a configuration file.
    fn config(self, id: &str, port: &Port) -> Text {
        let configs = port.service.iter().flat_map(|service| &service.configs);
        // A path has no other file's path in it: `Phrase::parse` knows configs in commands and values only.
        let path = configs.filter(|config| config.id == id).map(|config| self.phrase(&config.path, port)).next();
        path.unwrap_or_default()
    }
}

/// Whether the run directory is mentioned anywhere: only then somebody has to make it.
pub(super) fn uses_run_directory(port: &Port, service: &Service) -> bool {
    let in_phrase = |phrase: &Phrase| phrase.0.contains(&Piece::Place(Place::Run));
    let samples = port.release.iter().flat_map(|release| &release.files).any(|file| match &file.from {
        crate::port::FileSource::Own { text, .. } => in_phrase(text),
        crate::port::FileSource::Distribution(_) => false,
    });
    samples
        || service.arguments.iter().chain(&service.configtest).chain(service.environment.values()).any(in_phrase)
        || service.directories.iter().any(|directory| in_phrase(&directory.path))
}
