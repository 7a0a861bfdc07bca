//! No bytes make the reading of a WHAT panic, and every reading stands in the input or says where it comes from.
#![no_main]

use libfuzzer_sys::fuzz_target;
use winsock_codes::message::{recognise, recognise_lookalike};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for reading in wsa_cli::query::read(&text) {
        assert!(reading.text.len() <= text.len().max(120));
    }
    let _ = wsa_cli::query::contradiction(&text);
    let _ = (recognise(&text).count(), recognise_lookalike(&text).count());
    let _ = text.parse::<winsock_codes::Code>();
});
