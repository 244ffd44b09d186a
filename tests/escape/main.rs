//! Hostile text goes through every dialect, and the real tools read it back: exactly the text, or it was refused, and
//! refused only for what the dialect is documented not to hold.
mod judges;
mod login_conf;
mod make;
mod openbsd;
mod pkg_message;
mod pkg_plist;
mod sh;
mod subst;
mod toml;
mod values;
mod xml;
