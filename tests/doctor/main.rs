//! The doctor on hosts that are built for it.
mod answers;
mod command_line;
mod faulty;
mod healthy;
mod hostile;
mod live;
mod matrix;
mod others;
mod rc_libraries;
mod rc_netbsd;
mod rc_running;
mod situation;
mod support;
mod table;
