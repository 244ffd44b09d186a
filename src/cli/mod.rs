//! The command line: one file per verb. This is the only part that knows a terminal.
mod args;
mod doctor;
mod documents;
mod explain;
mod gather;
mod generate;
mod init;
mod init_licences;
mod init_report;
mod init_target;
mod lint;
mod outcome;
mod patches;
mod ports;
mod profile;
mod progress;
mod report;
mod run;
mod schema;
mod terminal;

pub use outcome::Outcome;
pub use run::run;
