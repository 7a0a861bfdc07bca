//! No bytes make the reading of an address panic, and what was read is read again from what is printed of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use winsock::Address;
use winsock::names::text_address::{address_to_string, inet_addr, inet_ntop, inet_pton, narrow, string_to_address};

fuzz_target!(init: winsock::startup(0x0202).unwrap(), |bytes: &[u8]| {
    let _ = inet_addr(bytes);
    for family in [2, 23] {
        if let Ok(read) = inet_pton(family, bytes)
            && let (true, Some(address)) = (read.valid, read.address)
        {
            let text = inet_ntop(address, 64).unwrap();
            assert_eq!(inet_pton(family, text.as_bytes()).unwrap().address, Some(address), "{text}");
        }
        if let Ok(address) = string_to_address(bytes, family) {
            let text = address_to_string(address).unwrap();
            assert_eq!(string_to_address(text.as_bytes(), family), Ok(address), "{text}");
        }
    }
    let wide = bytes.chunks_exact(2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])));
    let _ = narrow(wide);
    // As a structure: what Windows' layout gives comes back the same, up to the padding that Windows zeroes.
    if let Ok(address) = Address::from_windows(bytes) {
        let windows = address.to_windows();
        assert_eq!(Address::from_windows(&windows).unwrap().to_windows().to_vec(), windows.to_vec());
        let _ = (address.port(), address.is_unspecified(), address.to_socket_addr());
    }
});
