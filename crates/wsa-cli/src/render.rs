//! Output: text for people, tables, JSON, CSV and Markdown from the same values.

pub mod markdown;
pub mod screen;
pub mod style;
pub mod table;
