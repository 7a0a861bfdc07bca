//! The same findings whether the bytes come whole, in chunks or in two ranges.
#![no_main]

use libfuzzer_sys::fuzz_target;
use winsock_scan::{Collect, Scanner, next_split};

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (size, middle, data) = input;
    let scanner = Scanner::new();
    let mut whole = Collect::default();
    scanner.scan_slice(data, &mut whole);

    let mut chunked = Collect::default();
    let mut stream = scanner.stream();
    for chunk in data.chunks(usize::from(size).max(1)) {
        let _ = stream.feed(chunk, &mut chunked);
    }
    stream.finish(&mut chunked);
    assert_eq!(whole.findings, chunked.findings);

    let middle = next_split(data, usize::from(middle).min(data.len()));
    let mut ranges = Collect::default();
    let first = scanner.scan_range(data, 0..middle, 1, &mut ranges);
    scanner.scan_range(data, middle..data.len(), 1 + first.lines, &mut ranges);
    assert_eq!(whole.findings, ranges.findings);
});
