//! The crate, as cargo sees it: metadata, features, binaries, licence, files, the locked dependencies with their
//! checksums, and what of them ends up in the program.
//!
//! [`open`] gives a [`Krate`]. Nothing of a crate is ever run: manifests and locks are read, files are read out of
//! archives without unpacking them, and cargo, where it is needed (downloads and dependency trees), works in a
//! temporary project that has the crate's manifests and nothing else.
mod cargo;
mod cargo_home;
mod digests;
mod directory;
mod distribution;
mod dot_cargo;
mod fetch;
#[cfg(test)]
mod fixture;
mod github;
mod known_digests;
mod linked;
mod linked_cache;
mod lock;
mod manifest;
mod names;
mod open;
mod opened;
mod package_facts;
mod progress;
mod prose;
mod registry;
mod tarball;
mod tree_output;
mod upstream;
mod workspace;

pub use cargo_home::{CargoHome, IndexEntry};
pub use digests::{Digests, Wanted, digest_files};
pub use distribution::{DistFile, Distfile, Distribution};
pub use dot_cargo::CargoConfig;
pub use fetch::{distfile_digests, ensure, lock_digests};
pub use known_digests::KnownDigests;
pub use linked::{FeatureChoice, Linked, LinkedPackage, linked};
pub use lock::{Lock, LockedPackage, LockedReference, LockedSource};
pub use manifest::Binary;
pub use names::to_hex;
pub use open::open;
pub use opened::Krate;
pub use progress::{Progress, Silent};
pub use prose::{description_paragraph, readme_first_paragraph};
pub use upstream::{Options, Upstream};
