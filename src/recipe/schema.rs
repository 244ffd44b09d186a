//! The JSON schema of the recipe, so that editors complete it.
use schemars::schema_for;

use super::Recipe;

/// The schema as pretty JSON with a final newline; the same bytes every time.
#[must_use]
pub fn json_schema() -> String {
    let mut schema = schema_for!(Recipe);
    schema.insert("title".into(), "portwright recipe".into());
    let mut text = format!("{:#}", serde_json::Value::from(schema));
    text.push('\n');
    text
}
