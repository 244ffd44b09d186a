//! A small manifest and what lint says of it.
use super::{Env, Ran};

/// A manifest that nothing is wrong with.
pub(crate) const GOOD: &str = r#"<?xml version="1.0"?>
<!DOCTYPE service_bundle SYSTEM "/usr/share/lib/xml/dtd/service_bundle.dtd.1">
<service_bundle type="manifest" name="hearth">
  <service name="site/hearth" type="service" version="1">
    <create_default_instance enabled="false"/>
    <exec_method type="method" name="start" exec="/usr/bin/hearth &amp;" timeout_seconds="60"/>
    <exec_method type="method" name="stop" exec=":kill" timeout_seconds="60"/>
  </service>
</service_bundle>
"#;

/// A directory with a manifest `hearth.xml`.
pub(crate) fn with_manifest(text: &str) -> Env {
    let env = Env::new();
    env.write("hearth.xml", text);
    env
}

/// The same with one change of the good one.
pub(crate) fn with_change(from: &str, to: &str) -> Env {
    assert!(GOOD.contains(from), "{from}");
    with_manifest(&GOOD.replacen(from, to, 1))
}

/// Runs lint.
pub(crate) fn lint(env: &Env, args: &[&str]) -> Ran {
    env.run(&[&["lint"], args].concat())
}
