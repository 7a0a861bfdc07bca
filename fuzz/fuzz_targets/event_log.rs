//! Whatever stands in a chunk of a Windows event log, reading it does not panic, its text is UTF-8 and every line of it
//! ends.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wsa_input::{OpenOptions, Text, open_reader};

fuzz_target!(|records: &[u8]| {
    let mut file = vec![0; 4096];
    file[..8].copy_from_slice(b"ElfFile\0");
    let mut chunk = vec![0; 512];
    chunk[..8].copy_from_slice(b"ElfChnk\0");
    for (at, number) in [(40, 128), (44, 512), (48, 512 + records.len().min(65024) as u32), (120, 4)] {
        chunk[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    chunk.extend(records);
    chunk.resize(65536, 0);
    file.extend(chunk);
    let Ok(Text::Stream(mut stream)) = open_reader("fuzz", Box::new(Cursor::new(file)), &OpenOptions::default()) else {
        panic!("an event log is always opened");
    };
    let (mut text, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        match stream.read(&mut buffer) {
            0 => break,
            read => text.extend_from_slice(&buffer[..read]),
        }
    }
    assert!(std::str::from_utf8(&text).is_ok());
    assert!(text.is_empty() || text.ends_with(b"\n"));
    let _ = stream.take_errors();
});
