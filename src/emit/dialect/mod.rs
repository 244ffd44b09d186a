//! The languages of the generated files. A template escapes every value for its dialect by default, as HTML
//! engines do; text that a dialect cannot hold is an error that names the text.
mod engine;
mod filters;
mod guard;
mod login_conf;
mod make;
mod make_format;
mod make_line;
mod openbsd_format;
mod openbsd_make;
mod packing_list;
mod pkg_plist;
mod pkg_subst;
mod plist;
mod prose;
mod refused;
mod sh;
mod text;
mod toml;
mod ucl;
mod xml;

pub use engine::{Dialect, Engine, Form};
pub use make_format::{HARD_BREAK, SOFT_BREAK, format as format_make};
pub use pkg_subst::pkg_subst;
pub use refused::Refused;
pub use text::{Part, Text};
pub use ucl::sub_file;
