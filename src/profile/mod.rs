//! Profiles: what an OS gives. They know no server.
mod builtin;
mod host;
mod load;
mod model;

pub use builtin::{BUILTIN, builtin_text};
pub use host::{Commands, Host};
pub use load::{Profiles, load};
pub use model::{
    CrateFact, Kind, KnownBroken, Libraries, Library, LibraryDefault, Licence, Manager, Packaging, Paths, Profile,
    ProgramPackage, ServiceFacts, Tool, Users,
};
