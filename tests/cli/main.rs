//! What a user sees: the built program, run in a directory of its own with a cargo home of made-up crates, and the
//! field's own tools that judge what it wrote.
mod crate_errors;
mod freebsd_hostile;
mod freebsd_makefiles;
mod freebsd_service;
mod gallery;
mod generate;
mod git_crates;
mod golden;
mod hostile;
mod init;
mod init_crates;
mod init_hostile;
mod lint_rcd;
mod makefiles;
mod manifests;
mod openbsd_ports;
mod openbsd_rc;
mod readme;
mod recipe_errors;
mod recipe_format;
mod robust;
mod schema;
mod scripts;
mod service_only;
mod support;
