//! What a check says: a stable code, how bad it is, where, what happens at run time because of it, and the way out.
//! `lint` looks at packaging, the doctor at hosts; both say what they find with this one type.
mod edit;
mod found;
mod human;
mod json;
mod page;
mod place;
mod rule;
mod sarif;
mod severity;
mod source;

pub use edit::{Edit, Fix, apply};
pub use found::{Finding, Related};
pub use human::human;
pub use json::{AllowedOf, Answer, FindingOf};
pub use page::{markdown, page};
pub use place::Place;
pub use rule::{Example, Rule};
pub use sarif::sarif;
pub use severity::Severity;
pub use source::{Position, Source};
