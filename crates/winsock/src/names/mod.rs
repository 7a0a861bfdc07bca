//! Names and addresses.
pub mod text_address;
