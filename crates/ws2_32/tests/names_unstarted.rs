//! Before `WSAStartup` every name function is 10093; the text functions and byte order do not need it. A process of its
//! own, since start-up is counted for the whole process.
#![allow(
    unsafe_code,
    clippy::undocumented_unsafe_blocks,
    reason = "the C ABI, with live places and strings throughout"
)]

use std::ptr::{null, null_mut};

use ws2_32::*;

#[test]
fn name_functions_need_start_up() {
    let mut result = null_mut();
    let mut wide_result = null_mut();
    let mut buffer = [0_u8; 64];
    let mut room = 64_u32;
    let mut length = 28_i32;
    let mut address = [0_u8; 28];
    address[0] = 2;
    let name = c"127.0.0.1".as_ptr().cast::<u8>();
    // SAFETY: live places and strings.
    let failures: Vec<(&str, bool)> = unsafe {
        let mut failures = Vec::new();
        let mut check = |what, failed: bool| failures.push((what, failed && WSAGetLastError() == 10093));
        check("getaddrinfo", getaddrinfo(name, null(), null(), &mut result) == 10093);
        let code =
            GetAddrInfoExW(null(), null(), 99, null(), null(), &mut wide_result, null(), null(), null(), null_mut());
        check("GetAddrInfoExW", code == 10093);
        check(
            "getnameinfo",
            getnameinfo(address.as_ptr().cast(), 16, buffer.as_mut_ptr(), 64, null_mut(), 0, 2) == 10093,
        );
        check("gethostname", gethostname(buffer.as_mut_ptr(), 64) == -1);
        check("gethostbyname", gethostbyname(name).is_null());
        check("gethostbyaddr", gethostbyaddr(address.as_ptr(), 4, 2).is_null());
        check("getservbyname", getservbyname(c"http".as_ptr().cast(), null()).is_null());
        check("getservbyport", getservbyport(80, null()).is_null());
        check("getprotobyname", getprotobyname(c"tcp".as_ptr().cast()).is_null());
        check("getprotobynumber", getprotobynumber(6).is_null());
        let printed = WSAAddressToStringA(address.as_ptr().cast(), 16, null(), buffer.as_mut_ptr(), &mut room);
        check("WSAAddressToString", printed == -1);
        let read = WSAStringToAddressA(name, 2, null(), address.as_mut_ptr().cast(), &mut length);
        check("WSAStringToAddress", read == -1);
        check("WSAEnumProtocols", WSAEnumProtocolsA(null(), null_mut(), &mut room) == -1);
        check("WSAEnumNameSpaceProviders", WSAEnumNameSpaceProvidersA(&mut room, null_mut()) == -1);
        failures
    };
    for (what, as_expected) in failures {
        assert!(as_expected, "{what}");
    }
    // SAFETY: a live string.
    assert_eq!(unsafe { inet_addr(name) }, 0x0100_007f);
}
