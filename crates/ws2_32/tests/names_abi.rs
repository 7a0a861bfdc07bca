//! The name functions through their C face: what C programs see, pointers included.
#![allow(
    unsafe_code,
    clippy::undocumented_unsafe_blocks,
    reason = "the C ABI, with live places and strings throughout"
)]

use std::ffi::{CStr, c_void};
use std::mem::zeroed;
use std::ptr::{null, null_mut};

use winsock::Code;
use ws2_32::companion::memory::LocalFree;
use ws2_32::types::*;
use ws2_32::*;

/// Starts Winsock for the test process and clears the thread's last error.
fn start() {
    // SAFETY: a live WSADATA.
    assert_eq!(unsafe { WSAStartup(0x0202, &mut zeroed()) }, 0);
    WSASetLastError(0x0dea_dbee);
}

fn text(pointer: *const u8) -> String {
    assert!(!pointer.is_null());
    // SAFETY: the functions give zero-terminated strings.
    unsafe { CStr::from_ptr(pointer.cast()) }.to_str().unwrap().to_owned()
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn wide_32(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).chain([0]).collect()
}

fn sockaddr_in(address: [u8; 4], port: u16) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&2_u16.to_ne_bytes());
    bytes[2..4].copy_from_slice(&port.to_be_bytes());
    bytes[4..8].copy_from_slice(&address);
    bytes
}

// Source: protocol.c, test_getaddrinfo: result null and last error set on failure, last error 0 on success.
#[test]
fn getaddrinfo_sets_the_last_error_and_clears_the_result() {
    start();
    let mut result: *mut ADDRINFOA = 0xdead_beef_usize as *mut ADDRINFOA;
    // SAFETY: live places and strings throughout this file.
    unsafe {
        assert_eq!(getaddrinfo(null(), null(), null(), &mut result), 11001);
        assert!(result.is_null());
        assert_eq!(WSAGetLastError(), 11001);
        assert_eq!(getaddrinfo(c"127.0.0.1".as_ptr().cast(), c"80".as_ptr().cast(), null(), &mut result), 0);
        assert_eq!(WSAGetLastError(), 0);
        let info = &*result;
        assert_eq!((info.ai_family, info.ai_addrlen, info.ai_socktype), (2, 16, 0));
        assert!(info.ai_canonname.is_null() && info.ai_next.is_null());
        assert_eq!(info.ai_addr.cast::<[u8; 16]>().read_unaligned(), sockaddr_in([127, 0, 0, 1], 80));
        freeaddrinfo(result);
        freeaddrinfo(null_mut());
    }
}

// Docs: pHints: members other than the first four must be zero.
#[test]
fn hints_with_other_members_are_no_recovery() {
    start();
    // SAFETY: all zeroes is a valid ADDRINFO.
    let mut hints: ADDRINFOA = unsafe { zeroed() };
    let mut result = null_mut();
    let mut ask = |hints: &ADDRINFOA| unsafe { getaddrinfo(c"127.0.0.1".as_ptr().cast(), null(), hints, &mut result) };
    hints.ai_addrlen = 16;
    assert_eq!(ask(&hints), 11003);
    hints.ai_addrlen = 0;
    hints.ai_addr = 0x1_0000 as *mut SOCKADDR;
    assert_eq!(ask(&hints), 11003);
    hints.ai_addr = null_mut();
    hints.ai_family = 10;
    assert_eq!(ask(&hints), 10047);
}

#[test]
fn bad_pointers_are_faults() {
    start();
    let bad = 8 as *const u8;
    let mut result = null_mut();
    let mut buffer = [0_u8; 64];
    unsafe {
        assert_eq!(getaddrinfo(c"x".as_ptr().cast(), null(), null(), null_mut()), 10014);
        assert_eq!(getaddrinfo(bad, null(), null(), &mut result), 10014);
        assert_eq!(getaddrinfo(null(), bad, null(), &mut result), 10014);
        assert_eq!(getaddrinfo(null(), null(), bad.cast(), &mut result), 10014);
        assert_eq!(getnameinfo(null(), 16, buffer.as_mut_ptr(), 64, null_mut(), 0, 0), 10014);
        assert!(gethostbyname(bad).is_null());
        assert_eq!(WSAGetLastError(), 10014);
        assert!(gethostbyaddr(null(), 4, 2).is_null());
        assert_eq!(WSAGetLastError(), 10014);
        assert!(getservbyname(null(), null()).is_null());
        assert_eq!(WSAGetLastError(), 10014);
        assert!(getprotobyname(null()).is_null());
        assert_eq!(WSAGetLastError(), 10014);
        assert_eq!(gethostname(null_mut(), 256), -1);
        assert_eq!(WSAGetLastError(), 10014);
        assert_eq!(inet_addr(null()), u32::MAX);
        assert_eq!(WSAGetLastError(), 10014);
    }
}

#[test]
fn wide_forms_read_and_write_both_widths() {
    start();
    let mut result: *mut ADDRINFOW = null_mut();
    // SAFETY: all zeroes is a valid ADDRINFO.
    let hints = ADDRINFOW { ai_flags: 2, ..unsafe { zeroed() } };
    unsafe {
        assert_eq!(GetAddrInfoW(wide("10.1.2.3").as_ptr(), wide("http").as_ptr(), &hints, &mut result), 0);
        let name: Vec<u16> = (0..9).map(|index| (*result).ai_canonname.add(index).read()).collect();
        assert_eq!(name, wide("10.1.2.3"));
        FreeAddrInfoW(result);
        let mut buffer = [7_u16; 64];
        let address = sockaddr_in([10, 1, 2, 3], 80);
        let ok = GetNameInfoW(address.as_ptr().cast(), 16, buffer.as_mut_ptr(), 9, null_mut(), 0, 2);
        assert_eq!((ok, &buffer[..9]), (0, wide("10.1.2.3").as_slice()));
        assert_eq!(buffer[9], 7, "nothing is written behind the zero");

        let mut result: *mut ADDRINFO<u32> = null_mut();
        let hints = ADDRINFO::<u32> { ai_flags: 2, ..zeroed() };
        assert_eq!(GetAddrInfoW_utf32(wide_32("10.1.2.3").as_ptr(), null(), &hints, &mut result), 0);
        let name: Vec<u32> = (0..9).map(|index| (*result).ai_canonname.add(index).read()).collect();
        assert_eq!(name, wide_32("10.1.2.3"));
        FreeAddrInfoW_utf32(result);
        let mut buffer = [7_u32; 64];
        let ok = GetNameInfoW_utf32(address.as_ptr().cast(), 16, buffer.as_mut_ptr(), 9, null_mut(), 0, 2);
        assert_eq!((ok, &buffer[..10]), (0, [wide_32("10.1.2.3"), vec![7]].concat().as_slice()));
        let mut place = [0_u8; 16];
        assert_eq!(InetPtonW_utf32(23, wide_32("::1").as_ptr(), place.as_mut_ptr().cast()), 1);
        assert!(!InetNtopW_utf32(23, place.as_ptr().cast(), buffer.as_mut_ptr(), 64).is_null());
        assert_eq!(&buffer[..4], wide_32("::1"));
        let mut allocated: *mut u32 = null_mut();
        let place = (&raw mut allocated).cast();
        assert_eq!(FormatMessageW_utf32(0x1300, null(), 11001, 0, place, 0, null()), 24);
        assert_eq!(std::slice::from_raw_parts(allocated, 25), wide_32("No such host is known.\r\n"));
        LocalFree(allocated.cast());
    }
}

// Source: protocol.c, test_GetAddrInfoExW; docs: reserved parameters, name spaces.
#[test]
fn the_extended_form_takes_dns_and_one_way_to_tell_its_end() {
    start();
    let mut result: *mut ADDRINFOEXW = null_mut();
    let name = wide("127.0.0.1");
    let mut ask = |space, provider: *const GUID, overlapped: *const c_void| unsafe {
        GetAddrInfoExW(
            name.as_ptr(),
            null(),
            space,
            provider,
            null(),
            &mut result,
            null(),
            overlapped,
            null(),
            null_mut(),
        )
    };
    assert_eq!(ask(12, null(), null()), 0);
    assert_eq!(ask(0, null(), null()), 0);
    assert_eq!(ask(13, null(), null()), 10108);
    let other = GUID { data1: 1, data2: 2, data3: 3, data4: [4; 8] };
    assert_eq!(ask(12, &raw const other, null()), 10108);
    let nobody_told = OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: null_mut() };
    assert_eq!(ask(12, null(), (&raw const nobody_told).cast()), 10022);
    unsafe {
        let time = TIMEVAL { tv_sec: 1, tv_usec: 0 };
        let mut result: *mut ADDRINFOEXA = null_mut();
        let name = c"127.0.0.1".as_ptr().cast();
        let code = GetAddrInfoExA(name, null(), 12, null(), null(), &mut result, &time, null(), null(), null_mut());
        assert_eq!(code, 10022, "the A form has no time-out");
        let code = GetAddrInfoExA(name, null(), 12, null(), null(), &mut result, null(), null(), null(), null_mut());
        assert_eq!((code, (*result).ai_bloblen, (*result).ai_provider.is_null()), (0, 0, true));
        FreeAddrInfoEx(result);
    }
    assert_eq!(unsafe { GetAddrInfoExOverlappedResult(null()) }, 10022);
}

// Source: protocol.c, test_dns: aliases and addresses directly follow the structure.
#[test]
fn host_entries_are_followed_by_what_they_point_to() {
    start();
    unsafe {
        let entry = gethostbyname(c"192.0.2.1".as_ptr().cast());
        let host = &*entry;
        assert_eq!(host.h_aliases.cast::<HOSTENT>(), entry.add(1));
        assert!((*host.h_aliases).is_null());
        assert_eq!(host.h_addr_list, host.h_aliases.add(1));
        assert_eq!((*host.h_addr_list).cast::<*mut u8>(), host.h_addr_list.add(2));
        assert!((*host.h_addr_list.add(1)).is_null());
        assert_eq!((*host.h_addr_list).cast::<[u8; 4]>().read(), [192, 0, 2, 1]);
        assert_eq!((host.h_addrtype, host.h_length, text(host.h_name)), (2, 4, "192.0.2.1".to_owned()));
        assert_eq!(WSAGetLastError(), 0);
        // One block per thread, and another one in another thread.
        assert_eq!(gethostbyname(c"192.0.2.2".as_ptr().cast()), entry);
        let elsewhere = std::thread::spawn(|| gethostbyname(c"192.0.2.3".as_ptr().cast()).addr());
        assert_ne!(elsewhere.join().unwrap(), entry.addr());
        assert_eq!((*(*entry).h_addr_list).cast::<[u8; 4]>().read(), [192, 0, 2, 2]);
    }
}

// Docs: "gethostbyaddr function"; the loopback address has the computer's name on Windows.
#[test]
fn addresses_of_wrong_length_or_family_have_their_codes() {
    start();
    let address = [0_u8; 16];
    let ask = |length, family| unsafe {
        assert!(gethostbyaddr(address.as_ptr(), length, family).is_null());
        WSAGetLastError()
    };
    assert_eq!(ask(3, 2), 10014);
    assert_eq!(ask(15, 23), 10022);
    assert_eq!(ask(16, 10), 10047);
    let mut name = [0_u8; 256];
    unsafe {
        assert_eq!(gethostname(name.as_mut_ptr(), 256), 0);
        let entry = gethostbyaddr([127, 0, 0, 1].as_ptr(), 4, 2);
        assert_eq!(text((*entry).h_name), text(name.as_ptr()));
        let loopback = std::net::Ipv6Addr::LOCALHOST.octets();
        let entry = gethostbyaddr(loopback.as_ptr(), 16, 23);
        if !entry.is_null() {
            assert_eq!(((*entry).h_addrtype, (*entry).h_length), (23, 16));
        }
    }
}

// Source: protocol.c, do_getservbyname and test_getprotobynumber.
#[test]
fn services_and_protocols_are_found_both_ways() {
    start();
    unsafe {
        let first = getservbyname(c"domain".as_ptr().cast(), c"udp".as_ptr().cast());
        assert_eq!(((*first).s_port.cast_unsigned(), text((*first).s_proto)), (53_u16.to_be(), "udp".to_owned()));
        let second = getservbyname(c"telnet".as_ptr().cast(), c"tcp".as_ptr().cast());
        assert_eq!(first, second, "the block is not replaced while it is large enough");
        assert_eq!(text((*second).s_name), "telnet");
        let by_port = getservbyport(i32::from(80_u16.to_be()), null());
        assert_eq!(text((*by_port).s_name), "http");
        assert!(getservbyport(i32::from(1_u16), c"none".as_ptr().cast()).is_null());
        assert_eq!(WSAGetLastError(), 11004);
        for number in -1..=256 {
            let entry = getprotobynumber(number);
            let known = [0, 1, 3, 6, 8, 12, 17, 20, 22, 27, 41, 43, 44, 50, 51, 58, 59, 60, 66].contains(&number);
            assert_eq!(!entry.is_null(), known, "{number}");
            if known {
                assert_eq!((*entry).p_aliases.cast::<PROTOENT>(), entry.add(1));
                assert_eq!(text((*entry).p_name), text(*(*entry).p_aliases).to_lowercase());
                assert_eq!(text((*getprotobyname(*(*entry).p_aliases)).p_name), text((*entry).p_name));
            }
        }
    }
}

// Source: protocol.c, test_gethostname: the buffer stays as it was.
#[test]
fn a_short_buffer_for_the_host_name_stays_as_it_was() {
    start();
    let mut name = [0_u8; 256];
    unsafe {
        assert_eq!(gethostname(name.as_mut_ptr(), 256), 0);
        let length = text(name.as_ptr()).len() as i32;
        let mut short = [b'x'; 256];
        assert_eq!(gethostname(short.as_mut_ptr(), length), -1);
        assert_eq!((WSAGetLastError(), short[0]), (10014, b'x'));
        assert_eq!(gethostname(short.as_mut_ptr(), -1), -1);
        assert_eq!(gethostname(short.as_mut_ptr(), length + 1), 0);
        let mut wide = [0_u16; 256];
        assert_eq!(GetHostNameW(wide.as_mut_ptr(), length), -1);
        assert_eq!(GetHostNameW(wide.as_mut_ptr(), length + 1), 0);
    }
}

// Source: protocol.c, test_inet_addr, test_inet_pton, test_addr_to_print: which calls touch the last error.
#[test]
fn text_functions_leave_the_last_error_alone_unless_they_fail() {
    start();
    let mut place = [0xab_u8; 16];
    let place = place.as_mut_ptr().cast::<c_void>();
    unsafe {
        assert_eq!(inet_addr(c"nonsense".as_ptr().cast()), u32::MAX);
        assert_eq!(inet_addr(c"1.2.3.4".as_ptr().cast()), 0x0403_0201);
        assert_eq!(inet_pton(2, c"1.2.3".as_ptr().cast(), place), 0);
        assert_eq!(inet_pton(2, c"1.2.3.4".as_ptr().cast(), place), 1);
        assert_eq!(WSAGetLastError(), 0x0dea_dbee);
        assert_eq!(InetPtonW(2, wide("1.2.3").as_ptr(), place), 0);
        assert_eq!(WSAGetLastError(), 10022);
        assert_eq!(inet_pton(0, null(), place), -1);
        assert_eq!(WSAGetLastError(), 10014, "the pointer is looked at before the family");
        assert_eq!(inet_pton(0, c"1.2.3.4".as_ptr().cast(), place), -1);
        assert_eq!(WSAGetLastError(), 10047);
        WSASetLastError(7);
        let mut buffer = [0_u8; 16];
        assert_eq!(text(inet_ntop(2, place, buffer.as_mut_ptr(), 8)), "1.2.3.4");
        assert_eq!(WSAGetLastError(), 7);
        assert!(inet_ntop(2, place, buffer.as_mut_ptr(), 7).is_null());
        assert_eq!(WSAGetLastError(), 10022);
        assert!(inet_ntop(2, place, null_mut(), 16).is_null());
        assert!(inet_ntop(1, place, buffer.as_mut_ptr(), 16).is_null());
        assert_eq!(WSAGetLastError(), 10047);
        assert_eq!(text(inet_ntoa(IN_ADDR { S_addr: 0x0403_0201 })), "1.2.3.4");
    }
}

// Source: protocol.c, test_WSAAddressToString, test_WSAStringToAddress.
#[test]
fn addresses_as_text_tell_the_room_they_need() {
    start();
    let address = sockaddr_in([127, 0, 0, 1], 80);
    let name: *const SOCKADDR = address.as_ptr().cast();
    let mut buffer = [0_u8; 64];
    let mut length = 5_u32;
    unsafe {
        assert_eq!(WSAAddressToStringA(name, 16, null(), buffer.as_mut_ptr(), &mut length), -1);
        assert_eq!((WSAGetLastError(), length), (10014, 13));
        assert_eq!(WSAAddressToStringA(name, 16, null(), buffer.as_mut_ptr(), &mut length), 0);
        assert_eq!((text(buffer.as_ptr()).as_str(), length), ("127.0.0.1:80", 13));
        for (name, length) in [(name, 3), (null(), 16), (name, 0)] {
            let mut room = 64;
            assert_eq!(WSAAddressToStringA(name, length, null(), buffer.as_mut_ptr(), &mut room), -1);
            assert_eq!(WSAGetLastError(), 10022);
        }
        let mut place = [0xab_u8; 28];
        let mut room = 0_i32;
        let parsed = place.as_mut_ptr().cast::<SOCKADDR>();
        assert_eq!(WSAStringToAddressA(c"".as_ptr().cast(), 2, null(), parsed, &mut room), -1);
        assert_eq!((WSAGetLastError(), room), (10014, 16));
        room = 26;
        assert_eq!(WSAStringToAddressA(c"x".as_ptr().cast(), 2, null(), parsed, &mut room), -1);
        assert_eq!((WSAGetLastError(), room, place[0]), (10022, 26, 0));
        let parsed = place.as_mut_ptr().cast::<SOCKADDR>();
        assert_eq!(WSAStringToAddressW(wide("127.0.0.1:80").as_ptr(), 2, null(), parsed, &mut room), 0);
        assert_eq!((room, &place[..16]), (16, address.as_slice()));
        let parsed = place.as_mut_ptr().cast::<SOCKADDR>();
        assert_eq!(WSAStringToAddressA(c"1.2.3.4".as_ptr().cast(), 99, null(), parsed, &mut room), -1);
        assert_eq!(WSAGetLastError(), 10022);
    }
}

// Docs: "getnameinfo function".
#[test]
fn getnameinfo_checks_address_and_buffers() {
    start();
    let address = sockaddr_in([192, 0, 2, 1], 80);
    let name: *const SOCKADDR = address.as_ptr().cast();
    let (mut host, mut service) = ([0_u8; 64], [0_u8; 32]);
    unsafe {
        let (host, service) = (host.as_mut_ptr(), service.as_mut_ptr());
        assert_eq!(getnameinfo(name, 16, host, 64, service, 32, 2), 0);
        assert_eq!((text(host), text(service)), ("192.0.2.1".to_owned(), "http".to_owned()));
        assert_eq!(WSAGetLastError(), 0);
        assert_eq!(getnameinfo(name, 15, host, 64, null_mut(), 0, 2), 10014);
        assert_eq!(getnameinfo(name, 16, null_mut(), 0, null_mut(), 0, 2), 11001);
        assert_eq!(getnameinfo(name, 16, host, 0, null_mut(), 0, 2), 10022);
        assert_eq!(getnameinfo(name, 16, host, 9, null_mut(), 0, 2), 10014);
        assert_eq!(getnameinfo(name, 16, null_mut(), 0, service, 32, 8), 0);
        assert_eq!(text(service), "80");
        let mut foreign = address;
        foreign[0] = 99;
        assert_eq!(getnameinfo(foreign.as_ptr().cast(), 16, host, 64, null_mut(), 0, 2), 10047);
        assert_eq!(WSAGetLastError(), 10047);
    }
}

// Docs: "FormatMessage function"; programs free the buffer with LocalFree.
#[test]
fn messages_are_the_systems() {
    let refused = "No connection could be made because the target machine actively refused it.";
    let mut buffer = [b'x'; 128];
    unsafe {
        let length = FormatMessageA(0x1200, null(), 10061, 0x0400, buffer.as_mut_ptr(), 128, null());
        assert_eq!(text(buffer.as_ptr()), format!("{refused}\r\n"));
        assert_eq!(length as usize, refused.len() + 2);
        let mut allocated: *mut u8 = null_mut();
        let length = FormatMessageA(0x13ff, null(), 10061, 0x0409, (&raw mut allocated).cast(), 0, null());
        assert_eq!((text(allocated), length as usize), (format!("{refused} "), refused.len() + 1));
        assert!(LocalFree(allocated.cast()).is_null());
        let mut wide_text: *mut u16 = null_mut();
        assert_eq!(FormatMessageW(0x1300, null(), 11001, 0, (&raw mut wide_text).cast(), 0, null()), 24);
        assert_eq!(std::slice::from_raw_parts(wide_text, 25), wide("No such host is known.\r\n"));
        LocalFree(wide_text.cast());
        let mut short = [b'x'; 8];
        assert_eq!(FormatMessageA(0x1200, null(), 10061, 0, short.as_mut_ptr(), 8, null()), 0);
        assert_eq!((GetLastError(), short), (122, [b'x'; 8]));
        assert_eq!(FormatMessageA(0x1200, null(), 10099, 0, buffer.as_mut_ptr(), 128, null()), 0);
        assert_eq!(GetLastError(), 317);
        assert_eq!(FormatMessageA(0x1200, null(), 10061, 0, null_mut(), 0, null()), 0);
        assert_eq!(GetLastError(), 122);
        assert_eq!(FormatMessageA(0x200, null(), 10061, 0, buffer.as_mut_ptr(), 128, null()), 0);
        assert_eq!(GetLastError(), 87);
    }
    assert_eq!(
        text(gai_strerrorA(11004)),
        "The requested name is valid, but no data of the requested type was found. "
    );
}

// Source: protocol.c, test_WSAEnumProtocolsA, test_WSAEnumNameSpaceProvidersA.
#[test]
fn catalogues_tell_the_room_they_need() {
    start();
    unsafe {
        let mut length = 0;
        assert_eq!(WSAEnumProtocolsA(null(), null_mut(), &mut length), -1);
        assert_eq!(WSAGetLastError(), 10055);
        let mut protocols = vec![zeroed::<WSAPROTOCOL_INFOA>(); length as usize / size_of::<WSAPROTOCOL_INFOA>()];
        assert_eq!(WSAEnumProtocolsA(null(), protocols.as_mut_ptr(), &mut length), protocols.len() as i32);
        for info in &protocols {
            assert!(!text(info.szProtocol.as_ptr()).is_empty());
            if !matches!(info.iAddressFamily, 2 | 23) {
                continue;
            }
            assert_eq!(info.dwServiceFlags1, if info.iSocketType == 1 { 0x2_0066 } else { 0x2_0609 });
            assert_eq!(info.iMaxSockAddr, if info.iAddressFamily == 2 { 16 } else { 28 });
        }
        let some = [0xdead, 6, 0xcafe, 17, 0xbeef, 0];
        assert_eq!(WSAEnumProtocolsA(some.as_ptr(), protocols.as_mut_ptr(), &mut length), 4);
        let none = [0xdead, 0];
        assert_eq!(WSAEnumProtocolsA(none.as_ptr(), protocols.as_mut_ptr(), &mut length), 0);
        assert_eq!(WSAEnumProtocolsA(null(), protocols.as_mut_ptr(), null_mut()), -1);
        assert_eq!(WSAGetLastError(), 10014);

        let mut length = 0;
        assert_eq!(WSAEnumNameSpaceProvidersA(&mut length, null_mut()), -1);
        assert_eq!(WSAGetLastError(), 10014);
        let mut spaces = vec![zeroed::<WSANAMESPACE_INFOA>(); 4];
        assert_eq!(WSAEnumNameSpaceProvidersA(&mut length, spaces.as_mut_ptr()), 1);
        assert_eq!((text(spaces[0].lpszIdentifier), spaces[0].dwNameSpace), ("Tcpip".to_owned(), 12));
        assert_eq!(WSAEnumNameSpaceProvidersA(null_mut(), null_mut()), -1);
    }
}

#[test]
fn asynchronous_forms_are_refused() {
    start();
    assert!(WSAAsyncGetHostByName(null_mut(), 0, null(), null_mut(), 0).is_null());
    assert_eq!(winsock::last_error(), Code::WSAEWOULDBLOCK);
    assert_eq!(WSACancelAsyncRequest(null_mut()), -1);
    assert_eq!(winsock::last_error(), Code::WSAEINVAL);
}
