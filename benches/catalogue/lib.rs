//! Nothing but a place for `benches/lookup.rs`: how long lookups in the catalogue take.
//!
//! `cargo bench -p bench-catalogue`
