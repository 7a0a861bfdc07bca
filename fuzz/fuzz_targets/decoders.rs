//! Whatever bytes an input has, opening and reading it neither panics nor grows without bound, and what was read does not
//! depend on the size of the pieces.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wsa_input::{OpenOptions, Stream, Text, open_reader};

fuzz_target!(|bytes: &[u8]| {
    let (one, other) = (read(bytes, 1 << 16), read(bytes, 7));
    assert_eq!(one, other);
});

/// Number and sum of the text's bytes.
fn read(bytes: &[u8], piece: usize) -> (u64, u64) {
    let mut options = OpenOptions::default();
    options.limits.window_bytes = 1 << 20;
    options.limits.expansion_free_bytes = 1 << 20;
    let mut total = (0, 0);
    match open_reader("fuzz", Box::new(Cursor::new(bytes.to_vec())), &options) {
        Ok(Text::Stream(stream)) => add(stream, piece, &mut total),
        Ok(Text::Archive(mut archive)) => {
            while let Some(member) = archive.next_member() {
                if let Ok(Text::Stream(stream)) = member.text {
                    add(stream, piece, &mut total);
                }
            }
            let _ = archive.take_errors();
        }
        _ => {}
    }
    // Bombs are tested elsewhere; here they would only take time.
    if total.0 > MOST_BYTES { (0, 0) } else { total }
}

const MOST_BYTES: u64 = 4 << 20;

/// Adds a text's bytes, as far as there may be more.
fn add(mut stream: Stream, piece: usize, (count, sum): &mut (u64, u64)) {
    let mut buffer = vec![0; piece];
    while *count <= MOST_BYTES {
        let read = stream.read(&mut buffer);
        if read == 0 {
            break;
        }
        *count += read as u64;
        *sum = buffer[..read].iter().fold(*sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    }
    let _ = stream.take_errors();
}
