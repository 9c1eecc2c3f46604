//! The JSON Schema of the output, generated from the types.

use schemars::generate::SchemaSettings;

use crate::Notice;

/// The JSON Schema (2020-12) that the JSON of every [`Notice`] fits.
///
/// ```
/// let schema = gongwen::schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["title"], "Notice");
/// ```
#[must_use]
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<Notice<'static>>()
        .to_value()
}
