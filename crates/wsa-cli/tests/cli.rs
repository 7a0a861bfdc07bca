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

/// Each of these once ended in a panic, or would again if it printed by a macro of the standard library.
#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_trouble_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    for words in [&["man", "--dir", folder][..], &["man"], &["completions", "zsh"], &["list"], &["explain", "10054"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_wsa")).args(words).stdout(full).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {stderr}");
        assert!(stderr.starts_with("wsa: ") && stderr.lines().count() == 1, "{words:?}: {stderr}");
    }
}

/// `wsa-scan(1)` has the schemas of both of its forms of JSON, and what the help says of exit codes once.
#[test]
fn a_page_has_all_that_its_help_and_the_schemas_say() {
    let page = std::process::Command::new(env!("CARGO_BIN_EXE_wsa")).args(["man", "scan"]).output().unwrap().stdout;
    let page = String::from_utf8(page).unwrap();
    for part in ["hresult\\-decimal", "skipped_binary", "An input could not be read".to_lowercase().as_str()] {
        assert_eq!(page.matches(part).count(), 1, "{part}: {page}");
    }
    assert!(page.contains(".SH NOTES") && !page.contains(".SH EXTRA"), "{page}");
}
