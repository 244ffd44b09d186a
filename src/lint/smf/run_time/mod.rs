//! What svccfg takes and svc.startd, or the server, cannot work with.
mod child;
mod command;
mod context;
mod exec;
mod installed;
mod kill;
mod path;
mod service;
mod shell;
mod stop;

pub(super) use service::check;
