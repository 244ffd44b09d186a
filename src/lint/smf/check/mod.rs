//! The checks of one document, each about one part of what svccfg does with it.
mod delegated;
mod document;
mod entities;
mod fmris;
mod grammar;
mod methods;
mod names;
mod notify;
mod order;
mod out;
mod template;
mod texts;
mod values;

pub(super) use delegated::is_startd;
pub(super) use document::{check_all, unreadable, wrong_byte};
pub(super) use methods::FOR_EVER;
pub(super) use out::{Out, short};
