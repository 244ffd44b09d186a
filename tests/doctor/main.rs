//! The doctor on hosts that are built for it.
mod command_line;
mod faulty;
mod healthy;
mod hostile;
mod live;
mod others;
mod rc_netbsd;
mod situation;
mod support;
