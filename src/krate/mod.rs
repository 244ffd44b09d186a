//! The crate, as cargo sees it: metadata, features, binaries, licence, files, the locked dependencies with their
//! checksums, and what of them ends up in the program.
//!
//! [`open`] gives a [`Krate`]. Nothing of a crate is ever run: manifests and locks are read, files are read out of
//! archives without unpacking them, and cargo, where it is needed (downloads and dependency trees), works in a
//! temporary project that has the crate's manifests and nothing else.
//!
//! | call | gives | needs the network |
//! |---|---|---|
//! | [`open`] | the [`Krate`]: facts, [`Lock`], [`Distribution`] | when the release is not in cargo's cache |
//! | [`lock_digests`], [`distfile_digests`] | [`Digests`] for checksum files | for crates that are neither known nor cached |
//! | [`lock_licences`] | what each crate of the lock says of its licence | for crates that are neither known nor cached |
//! | [`linked`] | [`Linked`]: what is in the program, what builds it | for crates that are not in cargo's cache |
//! | [`readme_first_paragraph`], [`description_paragraph`] | plain text | never |
//!
//! Kept in the cache directory ([`Options::cache_dir`]): `digests` and `licences` (by SHA-256), `linked/` (by what the answer depends
//! on), `distfiles/OWNER/` (archives; a file put there by hand is used). Everything there may be removed at any time.
//!
//! Trust: what cargo downloads is compared with the lock's SHA-256 before it is used, a release itself with the
//! registry's index where cargo has that in its cache ([`Distfile::checksum_verified`]). Names from outside are checked
//! before they become file names or arguments; texts (descriptions, licences) are passed on as they are.
mod cargo;
mod cargo_home;
mod digests;
mod directory;
mod distribution;
mod dot_cargo;
mod fetch;
#[cfg(test)]
pub(crate) mod fixture;
mod git_crates;
mod github;
mod known_digests;
mod linked;
mod linked_cache;
mod lock;
mod lock_licences;
mod manifest;
mod names;
mod open;
mod opened;
mod pack;
mod package_facts;
mod peek;
mod progress;
mod prose;
mod published;
mod registry;
mod siblings;
mod tarball;
mod tree_output;
mod upstream;
mod workspace;

pub use cargo_home::{CargoHome, IndexEntry};
pub use digests::{Digests, Wanted, digest_files};
pub use distribution::{DistFile, Distfile, Distribution};
pub use dot_cargo::CargoConfig;
pub use fetch::{distfile_digests, ensure, lock_digests};
pub use git_crates::{GitCrate, git_crates, unfit_git};
pub use known_digests::KnownDigests;
pub use linked::{FeatureChoice, Linked, LinkedPackage, linked};
pub use lock::{Lock, LockedPackage, LockedReference, LockedSource};
pub use lock_licences::{Licences, known_licences, lock_licences};
pub use manifest::Binary;
pub use names::to_hex;
pub use open::open;
pub use opened::Krate;
pub use pack::{Packed, pack};
pub use peek::peek;
pub use progress::{Progress, Silent};
pub use prose::{description_paragraph, readme_first_paragraph};
pub use siblings::{locked_files, siblings};
pub use upstream::{Options, Upstream};
