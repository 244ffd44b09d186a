//! Phrases of a Port in the two forms in which files are written.
use crate::emit::dialect::Text;
use crate::port::{Phrase, Piece, Place, Port};

/// Names that pkgsrc fills in for one package.
#[derive(Clone, Debug)]
pub struct Names {
    /// Beginning of the package's own variables: `PICT_RS`.
    pub upper: String,
    package: String,
}

impl Names {
    /// The names of a Port's package.
    #[must_use]
    pub fn of(port: &Port) -> Self {
        Self { upper: port.ident.to_ascii_uppercase(), package: port.name.clone() }
    }

    /// A place as pkgsrc names it.
    #[must_use]
    pub fn place(&self, place: Place) -> Text {
        let Self { upper, package } = self;
        let below = |rest: String| Text::token("PREFIX").lit(rest);
        match place {
            Place::Prefix => Text::token("PREFIX"),
            Place::Bin => below("/bin".into()),
            Place::Sbin => below("/sbin".into()),
            Place::Libexec => below(format!("/libexec/{package}")),
            Place::Sysconf => Text::token("PKG_SYSCONFDIR"),
            Place::State => Text::token(format!("{upper}_HOME")),
            Place::Log => Text::token(format!("{upper}_LOGDIR")),
            Place::Run => Text::token("VARBASE").lit(format!("/run/{package}")),
            Place::Examples => below(format!("/share/examples/{package}")),
            Place::Doc => below(format!("/share/doc/{package}")),
            Place::Man => below("/".into()).tok("PKGMANDIR"),
            Place::Data => below(format!("/share/{package}")),
        }
    }
}

/// How a file names what differs from host to host.
#[derive(Clone, Debug)]
pub enum Spelling<'a> {
    /// As pkgsrc's tokens.
    Package(Names),
    /// As FreeBSD's ports name them; what is not below the prefix is the same on every host.
    Ports(&'a Port),
    /// As the paths of the Port's own OS.
    Resolved(&'a Port),
}

impl Spelling<'_> {
    /// A place in this spelling.
    #[must_use]
    pub fn place(&self, place: Place) -> Text {
        match self {
            Self::Package(names) => names.place(place),
            Self::Ports(port) => ports_place(place, port),
            Self::Resolved(port) => Text::new().lit(place.path(&port.profile.paths, &port.name)),
        }
    }

    /// A phrase in this spelling; `config` says how the path of a configuration file is written.
    pub fn phrase(&self, phrase: &Phrase, config: impl Fn(&str) -> Text) -> Text {
        let mut text = Text::new();
        for piece in &phrase.0 {
            text = match piece {
                Piece::Literal(literal) => text.lit(literal.as_str()),
                Piece::Place(place) => text.text(&self.place(*place)),
                Piece::Config(id) => text.text(&config(id)),
            };
        }
        text
    }

    /// An account's name: the package lets the builder change it.
    #[must_use]
    pub fn account(&self, port: &Port, which: Account) -> Text {
        let Some(service) = &port.service else { return Text::new() };
        match (self, which) {
            (Self::Package(names), Account::User) => Text::token(format!("{}_USER", names.upper)),
            (Self::Package(names), Account::Group) => Text::token(format!("{}_GROUP", names.upper)),
            (Self::Ports(_) | Self::Resolved(_), Account::User) => Text::new().lit(service.user.as_str()),
            (Self::Ports(_) | Self::Resolved(_), Account::Group) => Text::new().lit(service.group.as_str()),
        }
    }
}

/// A place by the names that `SUB_LIST` and `PLIST_SUB` know (bsd.port.mk).
fn ports_place(place: Place, port: &Port) -> Text {
    match place {
        Place::Sysconf => Text::token("ETCDIR"),
        Place::Examples => Text::token("EXAMPLESDIR"),
        Place::Doc => Text::token("DOCSDIR"),
        Place::Data => Text::token("DATADIR"),
        Place::State | Place::Log | Place::Run => Text::new().lit(place.path(&port.profile.paths, &port.name)),
        Place::Prefix => Text::token("PREFIX"),
        Place::Bin | Place::Sbin | Place::Libexec | Place::Man => {
            let below = place.below_prefix(&port.profile.paths, &port.name).unwrap_or_default();
            Text::token("PREFIX").lit(format!("/{below}"))
        }
    }
}

/// One of a service's two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Its user.
    User,
    /// Its group.
    Group,
}
