//! What the program prints and how it ends: every command's output, help and errors, as snapshots, and the examples of
//! README.md.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test -p wsa-cli --test cli` writes the snapshots anew.

#[test]
fn output_is_as_recorded() {
    trycmd::TestCases::new().case("tests/cmd/*.md").case("../../README.md");
}
