//! What a Port says. No field is left undecided.
mod options;
mod port;
mod release;
mod service;

pub use options::{Choice, Edit, Opt, Rule, Setting};
pub use port::{About, Port};
pub use release::{
    Binary, CrateNote, Digests, Distfile, FileKind, FileSource, GitVendored, Installed, LibraryUse, Link, Member,
    Native, Origin, Program, Release, RustNeed, Vendored,
};
pub use service::{Config, Directory, LoginClass, Model, Service};
