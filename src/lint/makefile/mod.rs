//! BSD makefiles: what they say, and what their variables can be.
mod asked;
mod comments;
mod expand;
mod file;
mod modifiers;
mod possible;
mod program;
mod read;
mod statement;
mod words;

pub use comments::allowances;
pub use file::Makefile;
pub use possible::Possible;
pub use program::{Assigned, Included, Item, Program, Reached, Taken, Value};
pub use read::{LARGEST, Unclear};
pub use statement::{Assign, Branch, Command, For, Include, Op, Statement, Target, each};
pub use words::{Word, logical, words};
