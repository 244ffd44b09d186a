//! What a service needs from its login class (OpenBSD) beyond what services get that have none of their own.
use super::{LoginClass, Opt, Service};
use crate::profile::ServiceFacts;
use crate::recipe::parse_size;

const MIB: u64 = 1 << 20;

/// The class, if the service needs one.
#[must_use]
pub(super) fn needed(service: &Service, options: &[Opt], facts: &ServiceFacts) -> Option<LoginClass> {
    let given = facts.class.as_ref()?;
    // One class serves all flavours.
    let options = options.iter().filter(|option| option.broken.is_none()).filter_map(|option| option.memory);
    let memory = options.chain(service.memory).max();
    // The limit counts what is reserved, too, and a server at its limit dies: twice the need must fit.
    let limit = parse_size(&given.memory).unwrap_or(u64::MAX);
    let class = LoginClass {
        open_files: service.open_files.filter(|files| *files > given.open_files),
        memory: memory
            .map(|bytes| bytes.saturating_mul(2))
            .filter(|bytes| *bytes > limit)
            .map(|bytes| bytes.div_ceil(MIB)),
        path: service.path.len() > facts.path.len(),
        more_than_system: service.open_files.is_some_and(|files| files > given.system_open_files),
    };
    let silent = class.open_files.is_none() && class.memory.is_none() && !class.path && service.environment.is_empty();
    (!silent).then_some(class)
}
