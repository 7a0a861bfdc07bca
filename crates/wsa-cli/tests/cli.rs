//! What the program prints and how it ends: every command's output, help and errors, as snapshots, and the examples of
//! README.md.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test -p wsa-cli --test cli` writes the snapshots anew.

#[test]
fn output_is_as_recorded() {
    // README's reader stands in the root of the repository.
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::env::set_current_dir(root).unwrap();
    trycmd::TestCases::new().case("crates/wsa-cli/tests/cmd/*.md").case("README.md");
}
