//! Any bytes: no panic, and every finding lies inside its record and the record inside the input.
//! `cargo +nightly fuzz run recognise` in the crate's folder; seeds: `tests/corpus/*.tsv`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use winsock_scan::{Collect, ScannerBuilder};

fuzz_target!(|data: &[u8]| {
    let mut all = Collect::default();
    let summary = ScannerBuilder::new().assume_windows(true).related(true).build().scan_slice(data, &mut all);
    assert_eq!(summary.bytes, data.len() as u64);
    for finding in &all.findings {
        assert!(finding.record_span.start <= finding.span.start && finding.span.end <= finding.record_span.end);
        assert!(finding.record_span.end <= data.len() as u64);
    }
});
