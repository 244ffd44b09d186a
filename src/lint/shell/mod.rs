//! A reader of shell scripts that keeps the place of everything and guesses nothing.
//!
//! It reads the POSIX shell language (XCU 2) with what ksh and bash add to it, so that rules can tell which of it the
//! shell of a system lacks. Where it is not sure it stops and says so; nothing is said about such a script.
//!
//! The crates that were looked at do not fit: brush-parser 0.4 ends the process on deep nesting (stack overflow) and
//! keeps no places inside words, yash-syntax is GPL, conch-parser is not kept up.
mod command;
mod compound;
mod expansion;
mod here_document;
mod quoted;
mod reader;
mod simple;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
mod word;

pub use reader::{Trouble, TroubleKind, read};
pub use tree::{
    AndOr, Arm, Assignment, Command, Compound, Connector, Function, Kind, List, Operator, Parameter, Part, Pipeline,
    Redirect, Script, Simple, Span, Word,
};
pub use walk::{Found, Place, parts, walk, words};
