//! Whatever bytes an input has, opening and reading it neither panics nor grows without bound, and what was read does not
//! depend on the size of the pieces.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wsa_input::{OpenOptions, Text, open_reader};

fuzz_target!(|bytes: &[u8]| {
    let (one, other) = (read(bytes, 1 << 16), read(bytes, 7));
    assert_eq!(one, other);
});

/// Number and sum of the text's bytes.
fn read(bytes: &[u8], piece: usize) -> (u64, u64) {
    let mut options = OpenOptions::default();
    options.limits.window_bytes = 1 << 20;
    options.limits.expansion_free_bytes = 1 << 20;
    let Ok(Text::Stream(mut stream)) = open_reader("fuzz", Box::new(Cursor::new(bytes.to_vec())), &options) else {
        return (0, 0);
    };
    let mut buffer = vec![0; piece];
    let (mut count, mut sum) = (0, 0_u64);
    loop {
        let read = stream.read(&mut buffer);
        if read == 0 {
            break;
        }
        count += read as u64;
        sum = buffer[..read].iter().fold(sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        // Bombs are tested elsewhere; here they would only take time.
        if count > 4 << 20 {
            return (0, 0);
        }
    }
    let _ = stream.take_errors();
    (count, sum)
}
