//! The rows are those that Wine's `protocol.c` states for Windows; the property tests state what the grammars promise.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use proptest::prelude::*;

use super::*;

/// The value as a program on Windows prints it: little-endian.
fn as_printed(address: Option<Ipv4Addr>) -> u32 {
    address.map_or(0xffff_ffff, |address| u32::from_le_bytes(address.octets()))
}

// Source: protocol.c, test_inet_addr.
#[test]
fn inet_addr_reads_what_windows_reads() {
    for (text, value) in [
        ("1.2.3.4", 0x0403_0201),
        ("1 2 3 4", 0x0100_0000),
        ("1.2.3. 4", 0xffff_ffff),
        ("1.2.3 .4", 0x0300_0201),
        ("3.4.5.6.7", 0xffff_ffff),
        ("3.4.5.6. 7", 0xffff_ffff),
        ("3.4.5.6  7", 0x0605_0403),
        (" 3.4.5.6", 0xffff_ffff),
        ("\t3.4.5.6", 0xffff_ffff),
        ("3.4.5.6 ", 0x0605_0403),
        ("3. 4.5.6", 0xffff_ffff),
        ("3 .4.5.6", 0x0300_0000),
        ("1.2.3", 0x0300_0201),
        (".1.2.3", 0xffff_ffff),
        ("0.0.0.0", 0),
        ("", 0xffff_ffff),
        (" 0", 0xffff_ffff),
        ("0xa1a2b3b4 ", 0xb4b3_a2a1),
        (".", 0xffff_ffff),
        (" ", 0),
        ("\t", 0xffff_ffff),
        ("  ", 0xffff_ffff),
        ("127.127.127.255", 0xff7f_7f7f),
        ("127.127.127.255:123", 0xffff_ffff),
        ("127.127.127.256", 0xffff_ffff),
        ("a", 0xffff_ffff),
        ("1.2.3.0xaA", 0xaa03_0201),
        ("1.1.1.0x", 0xffff_ffff),
        ("1.2.3.010", 0x0803_0201),
        ("1.2.3.00", 0x0003_0201),
        ("1.2.3.0a", 0xffff_ffff),
        ("1.1.1.0o10", 0xffff_ffff),
        ("1.1.1.-2", 0xffff_ffff),
        ("1", 0x0100_0000),
        ("1.2", 0x0200_0001),
        ("203569230", 0x4e38_220c),
        ("[0.1.2.3]", 0xffff_ffff),
        ("0x00010203", 0x0302_0100),
        ("0x2134", 0x3421_0000),
        ("1234BEEF", 0xffff_ffff),
        ("017700000001", 0x0100_007f),
        ("0777", 0xff01_0000),
        ("::1", 0xffff_ffff),
    ] {
        assert_eq!(as_printed(inet_addr(text.as_bytes())), value, "{text:?}");
    }
    assert_eq!(as_printed(inet_addr(b"1.2.3 \xfe\xff")), 0x0300_0201);
}

// Source: protocol.c, the loop at the end of test_inet_addr.
#[test]
fn inet_addr_ends_at_the_white_space_of_c_only() {
    for byte in 1..=255_u8 {
        if byte.is_ascii_digit() || byte == b'.' {
            continue;
        }
        let text = [b"1.2.3".as_slice(), &[byte]].concat();
        let white = matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r');
        assert_eq!(inet_addr(&text).is_some(), white, "{byte:#x}");
    }
}

// Source: protocol.c, test_inet_pton: result, and what is stored beside it.
#[test]
fn inet_pton_wants_four_plain_decimal_parts() {
    for (text, valid, stored) in [
        ("", false, None),
        (" ", false, None),
        ("1.1.1.1", true, Some(0x0101_0101)),
        ("127.127.127.255", true, Some(0xff7f_7f7f)),
        ("127.127.127.255:123", false, Some(0xff7f_7f7f)),
        ("127.127.127.256", false, None),
        ("1.1.1.0xaA", false, None),
        ("1.1.1.0x", false, None),
        ("1.1.1.010", false, None),
        ("1.1.1.00", false, None),
        ("1.1.1.0a", false, Some(0x0001_0101)),
        ("1.1.1.0b10", false, Some(0x0001_0101)),
        ("1.1.1.-2", false, None),
        ("1.2.3", false, None),
        ("3.4.5.6.7", false, None),
        (" 3.4.5.6", false, None),
        ("3.4.5.6 ", false, Some(0x0605_0403)),
        ("3. 4.5.6", false, None),
        ("0x00010203", false, None),
        ("2607:f0d0:1002:51::4", false, None),
    ] {
        let found = inet_pton(2, text.as_bytes()).unwrap();
        assert_eq!(found.valid, valid, "{text:?}");
        let address = found.address.map(|address| match address {
            IpAddr::V4(address) => u32::from_le_bytes(address.octets()),
            IpAddr::V6(_) => unreachable!("asked for IPv4"),
        });
        assert_eq!(address, stored, "{text:?}");
    }
}

// Source: protocol.c, test_inet_pton.
#[test]
fn inet_pton_reads_the_ipv6_forms_that_windows_reads() {
    for text in [
        "0000:0000:0000:0000:0000:0000:0000:0001",
        "0:0:0:0:0:0:0::",
        "0:0:0:0:0:0:13.1.68.3",
        "0:0:0:0:0::",
        "0:0:0:0:0:FFFF:129.144.52.38",
        "0:a:b:c:d:e:f::",
        "1111:2222:3333:4444:5555:6666::8888",
        "1111:2222:3333:4444:5555::123.123.123.123",
        "1111::3333:4444:5555:6666:123.123.123.123",
        "1111::3333:4444:5555:6666:7777:8888",
        "2001::CE49:7601:2CAD:DFFF:7C94:FFFE",
        "::",
        "::0:0:0:0:0:0:0",
        "::0:a:b:c:d:e:f",
        "::123.123.123.123",
        "1::001.2.3.4",
        "1::1.002.3.4",
    ] {
        let found = inet_pton(23, text.as_bytes()).unwrap();
        assert!(found.valid, "{text}");
        // Rust's parser knows no leading zeros in the dotted part.
        let plain = text.replace("001.", "1.").replace(".002", ".2");
        assert_eq!(found.address, Some(IpAddr::V6(plain.parse().unwrap())), "{text}");
    }
}

// Source: protocol.c, test_inet_pton.
#[test]
fn inet_pton_refuses_the_ipv6_forms_that_windows_refuses() {
    for text in [
        "1111:2222:3333:4444:0x5555:6666:7777:8888",
        "1111:2222:3333:4444:5555:6666::7777:8888",
        "1111:2222:3333:4444:5555:6666:7777::8888",
        "1111:2222:3333:4444:5555::0x88",
        "1111:2222:3333:4444:5555:6666:7777:0x80000000",
        "1111:2222:3333:4444:5555::08888",
        "1111:2222:3333:4444:5555:6666:7777:fffff:",
        "::%16",
        "::/16",
        "::01234",
        "-1",
        "02001:0000:1234:0000:0000:C1C0:ABCD:0876",
        "2001:0::b.0",
        "1.2.3.4",
        "1111",
        "1111:2222:",
        "1111:2222:1.2.3.4",
        "1111:2222:3333:4444:5555:6666::1.2.3.4",
        "1111:2222:3333:4444:5555:6666:7777:1.2.3.4",
        "1111:2222:3333:4444:5555:6666:7777:8888:",
        "1111:2222:3333:4444:5555:6666:7777:8888:9999",
        "1111:2222:::",
        "1111::5555:",
        "1.2.3.4::",
        "1:ab:1.2.3.4::1:ffff",
        "1111::3333:4444:5555:6666:7777::",
        "1111::3333::5555:6666:1.2.3.4",
        "1::0001.2.3.4",
        "1::1.2.256.4",
        "1::1.2.4294967296.4",
        "1::1.2::1",
        "1::1.2.3.4::1",
        "1::1.",
        "1::1.2.3",
        "1::1a.2.3.4",
        "2001:0000:1234: 0000:0000:C1C0:ABCD:0876",
        ":",
        ":1111::",
        "::.",
        "::...",
        "[::]",
        "",
    ] {
        assert!(!inet_pton(23, text.as_bytes()).unwrap().valid, "{text}");
    }
}

// Source: protocol.c, test_WSAStringToAddress.
#[test]
fn string_to_address_reads_ipv4_with_port() {
    crate::startup(0x0202).unwrap();
    for (text, address) in [
        ("127.127.127.127:123", "127.127.127.127:123"),
        ("127.127.127.127:0XaBcD", "127.127.127.127:43981"),
        ("127.127.127.127:010", "127.127.127.127:8"),
        ("1.1.1.0xff", "1.1.1.255:0"),
        ("1", "0.0.0.1:0"),
        ("1:1", "0.0.0.1:1"),
        ("1.223756", "1.3.106.12:0"),
        ("3.4.756", "3.4.2.244:0"),
        ("0x123456789", "35.69.103.137:0"),
        ("0777:10", "0.0.1.255:10"),
    ] {
        let expected: SocketAddr = address.parse().unwrap();
        assert_eq!(string_to_address(text.as_bytes(), 2), Ok(expected), "{text}");
    }
    for text in [
        "",
        " ",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65537",
        "127.0.0.1::1",
        "127.0.0.1:0x",
        "127.0.0.1:08",
        "255.255.255.256",
        "1.1.1.0x100",
        "1.1.1.008",
        "1.1.1.0o10",
        "-1",
        "1000.2000",
        "1.2.",
        "1..2",
        "3.756.4",
        "3.4.65536",
        "3.4.5.6.7",
        "3.4.5.+6",
        " 3.4.5.6",
        "3.4.5.6 ",
        "3.4.5.6:7 ",
        "3.4.5.6: 7",
        "[0.1.2.3]",
        "0x00010Q03",
        "x00010203",
        "::1",
        "4294967296",
        "1.2.3.4:4294967376",
    ] {
        assert_eq!(string_to_address(text.as_bytes(), 2), Err(Code::WSAEINVAL), "{text:?}");
    }
    crate::cleanup().unwrap();
}

// Source: protocol.c, test_WSAStringToAddress.
#[test]
fn string_to_address_reads_ipv6_with_brackets_scope_and_port() {
    crate::startup(0x0202).unwrap();
    for (text, address) in [
        ("::1", "[::1]:0"),
        ("[::1]", "[::1]:0"),
        ("[::1]:65535", "[::1]:65535"),
        ("[fe80::1%12]:0x10", "[fe80::1%12]:16"),
        ("001::1", "[1::1]:0"),
        ("::1:2:3:4:5:6:7", "[0:1:2:3:4:5:6:7]:0"),
    ] {
        let expected: SocketAddr = address.parse().unwrap();
        assert_eq!(string_to_address(text.as_bytes(), 23), Ok(expected), "{text}");
    }
    for text in [
        "::1]:65535",
        "1.2.3.4",
        "1:2:3:",
        "",
        "[::1",
        "[::1]:",
        "fe80::1%eth0",
        "::1:80:",
        "::%01",
        "::%0x1",
        "::%",
        "::%4294967296",
        "[::1]:0",
        "[::1]:080",
    ] {
        assert_eq!(string_to_address(text.as_bytes(), 23), Err(Code::WSAEINVAL), "{text:?}");
    }
    assert_eq!(string_to_address(b"1.2.3.4", 0), Err(Code::WSAEINVAL));
    crate::cleanup().unwrap();
}

// Source: protocol.c, test_WSAAddressToString.
#[test]
fn address_to_string_leaves_out_what_is_zero() {
    for (address, text) in [
        ("0.0.0.0:0", "0.0.0.0"),
        ("255.255.255.255:65535", "255.255.255.255:65535"),
        ("[20ab::2001]:33274", "[20ab::2001]:33274"),
        ("[20ab::2001%4660]:33274", "[20ab::2001%4660]:33274"),
        ("[20ab::2001%4660]:0", "20ab::2001%4660"),
        ("[::1]:0", "::1"),
    ] {
        assert_eq!(sockaddr::to_text(address.parse().unwrap()), text);
    }
}

// Source: protocol.c, test_addr_to_print; ntdll's RtlIpv6AddressToString for the embedded forms.
#[test]
fn ipv6_is_printed_as_windows_prints_it() {
    for (address, text) in [
        ("::fffe:cc98:bd74", "::fffe:cc98:bd74"),
        ("2030:a4b1::", "2030:a4b1::"),
        ("::cc98:bd74", "::204.152.189.116"),
        ("::", "::"),
        ("::1", "::1"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"),
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
        ("::ffff:0:1", "::ffff:0:1"),
        ("::ffff:0:1.2.3.4", "::ffff:0:1.2.3.4"),
        ("::ffff:0:0:1", "::ffff:0:0:1"),
        ("fe80::200:5efe:1.2.3.4", "fe80::200:5efe:1.2.3.4"),
    ] {
        assert_eq!(ipv6_to_text(address.parse().unwrap()), text);
    }
}

#[test]
fn a_buffer_without_room_for_the_zero_is_too_short() {
    let address = IpAddr::V4(Ipv4Addr::new(21, 16, 32, 32));
    assert_eq!(inet_ntop(address, 11), Err(Code::WSAEINVAL));
    assert_eq!(inet_ntop(address, 12).as_deref(), Ok("21.16.32.32"));
}

proptest! {
    #[test]
    fn printed_ipv6_reads_back(bits in any::<u128>(), holes in any::<u8>()) {
        // Zero some groups, or `::` would hardly ever be printed.
        let groups = Ipv6Addr::from(bits).segments();
        let mut index = 0;
        let address = Ipv6Addr::from(groups.map(|group| { index += 1; if holes >> (index - 1) & 1 == 1 { 0 } else { group } }));
        let text = ipv6_to_text(address);
        prop_assert_eq!(inet_pton(23, text.as_bytes()), Ok(Presented { address: Some(address.into()), valid: true }));
    }

    #[test]
    fn strict_is_within_loose(text in "[0-9.x a]{0,18}") {
        if let Ok(Presented { address: Some(IpAddr::V4(address)), valid: true }) = inet_pton(2, text.as_bytes()) {
            prop_assert_eq!(inet_addr(text.as_bytes()), Some(address));
        }
    }

    #[test]
    fn what_rust_reads_windows_reads(text in "[0-9a-f:.]{2,24}") {
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            prop_assert_eq!(inet_pton(23, text.as_bytes()), Ok(Presented { address: Some(address.into()), valid: true }));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = inet_addr(&bytes);
        let _ = inet_pton(2, &bytes);
        let _ = inet_pton(23, &bytes);
        let _ = ipv6::with_scope_and_port(&bytes);
    }
}
