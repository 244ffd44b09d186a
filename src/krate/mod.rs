//! The crate, as cargo sees it: metadata, features, binaries, licence, files, the locked dependencies with their
//! checksums, and what of them ends up in the program.
//!
//! [`open`] gives a [`Krate`]. Nothing of a crate is ever run: manifests and locks are read, files are read out of
//! archives without unpacking them, and cargo, where it is needed (downloads and dependency trees), works in a
//! temporary project that has the crate's manifests and nothing else.
mod cargo;
mod cargo_home;
mod directory;
mod distribution;
mod dot_cargo;
#[cfg(test)]
mod fixture;
mod github;
mod lock;
mod manifest;
mod names;
mod open;
mod opened;
mod progress;
mod registry;
mod tarball;
mod upstream;
mod workspace;

pub use cargo_home::{CargoHome, IndexEntry};
pub use distribution::{DistFile, Distfile, Distribution};
pub use dot_cargo::CargoConfig;
pub use lock::{Lock, LockedPackage, LockedReference, LockedSource};
pub use manifest::Binary;
pub use names::to_hex;
pub use open::open;
pub use opened::Krate;
pub use progress::{Progress, Silent};
pub use upstream::{Options, Upstream};
