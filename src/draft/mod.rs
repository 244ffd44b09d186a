//! Drafting a recipe from what a crate shows. Pure: a [`Material`] in, a [`Draft`] out; nothing is run or fetched.
//!
//! Facts stand in the draft as they are; everything else is a guess with its reason in a comment above it, and is
//! listed by [`Draft::guesses`].
mod arguments;
mod assemble;
mod cli_hints;
mod config_file;
mod config_name;
mod dockerfile;
mod document;
mod environment;
mod features;
mod guess;
mod launch;
mod licence_text;
mod listen;
mod material;
mod options;
mod package;
mod places;
mod programs;
mod rust_source;
mod samples;
mod server;
mod service;
mod service_unit;
mod systemd;
mod unfit;

pub use assemble::{Origin, draft};
pub use document::Draft;
pub use guess::{Guess, Reason, Seen};
pub use licence_text::{is_licence_file, recognise};
pub use material::Material;

use config_name::{CONFIG_FILE, is_config_name};
