//! Committed files that the tests make: written anew on request, and else compared.

/// Asserts that a file of `src/` has this text. With `WSA_WRITE` in the environment it is written first.
pub(crate) fn assert_is_current(file: &str, wanted: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    if std::env::var_os("WSA_WRITE").is_some() {
        std::fs::write(&path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    let differs = wanted.lines().zip(found.lines()).find(|(one, other)| one != other);
    assert!(
        wanted == found,
        "{file} is not what its sources give: write it with WSA_WRITE=1; first difference: {differs:?}"
    );
}
