//! Texts of addresses. The rows are facts of dlls/ws2_32/tests/protocol.c, checked on Windows.

use std::net::{Ipv4Addr, SocketAddr};

use winsock::names::text_address::{address_to_string, inet_addr, inet_ntop, inet_pton, string_to_address};
use winsock::win32::{AF_INET, AF_INET6, AF_UNIX};
use winsock::{Address, Code};

#[test]
fn old_style_texts() {
    let rows: [(&str, Option<[u8; 4]>); 37] = [
        ("1.2.3.4", Some([1, 2, 3, 4])),
        ("1 2 3 4", Some([0, 0, 0, 1])),
        ("1.2.3. 4", None),
        ("1.2.3 .4", Some([1, 2, 0, 3])),
        ("3.4.5.6.7", None),
        ("3.4.5.6  7", Some([3, 4, 5, 6])),
        (" 3.4.5.6", None),
        ("\t3.4.5.6", None),
        ("3.4.5.6 ", Some([3, 4, 5, 6])),
        ("3 .4.5.6", Some([0, 0, 0, 3])),
        ("1.2.3", Some([1, 2, 0, 3])),
        (".1.2.3", None),
        ("", None),
        (" 0", None),
        ("0xa1a2b3b4 ", Some([0xa1, 0xa2, 0xb3, 0xb4])),
        (".", None),
        (" ", Some([0, 0, 0, 0])),
        ("\t", None),
        ("  ", None),
        ("127.127.127.255:123", None),
        ("127.127.127.256", None),
        ("a", None),
        ("1.2.3.0xaA", Some([1, 2, 3, 0xaa])),
        ("1.1.1.0x", None),
        ("1.2.3.010", Some([1, 2, 3, 8])),
        ("1.2.3.00", Some([1, 2, 3, 0])),
        ("1.2.3.0a", None),
        ("1.1.1.-2", None),
        ("1", Some([0, 0, 0, 1])),
        ("1.2", Some([1, 0, 0, 2])),
        ("203569230", Some([12, 34, 56, 78])),
        ("0x2134", Some([0, 0, 0x21, 0x34])),
        ("1234BEEF", None),
        ("017700000001", Some([127, 0, 0, 1])),
        ("0777", Some([0, 0, 1, 0xff])),
        ("::1", None),
        (":1", None),
    ];
    for (text, expected) in rows {
        assert_eq!(inet_addr(text), expected.map(Ipv4Addr::from), "{text:?}");
    }
}

#[test]
fn strict_texts() {
    for text in ["1.1.1.1", "0.0.0.0", "127.127.127.255"] {
        assert!(inet_pton(AF_INET, text).unwrap().is_some(), "{text}");
    }
    for text in ["", " ", "1.1.1.010", "1.1.1.00", "1.2", "3.4.5.6 ", " 3.4.5.6", "0x00010203", "1.2.3.4:5", "::1"] {
        assert_eq!(inet_pton(AF_INET, text), Ok(None), "{text:?}");
    }
    for text in ["::", "::1", "0:0:0:0:0:0:0::", "1111:2222:3333:4444:5555:6666:123.123.123.123", "::0:0:0:0:0:0"] {
        assert!(inet_pton(AF_INET6, text).unwrap().is_some(), "{text}");
    }
    for text in ["::%16", "::01234", "1111:2222:3333:4444:5555:6666::7777:8888", "::0:a:b:c:d:e:f", "1.2.3.4", "[::1]"]
    {
        assert_eq!(inet_pton(AF_INET6, text), Ok(None), "{text:?}");
    }
    assert_eq!(inet_pton(AF_UNIX, "1.2.3.4"), Err(Code::WSAEAFNOSUPPORT));
    assert_eq!(inet_ntop(AF_INET, &[1, 2, 3, 4]).unwrap(), "1.2.3.4");
    assert_eq!(inet_ntop(AF_UNIX, &[0; 16]), Err(Code::WSAEAFNOSUPPORT));
}

#[test]
fn texts_with_ports() {
    let parsed = |text, family| string_to_address(text, family).map(|address| address.to_socket_addr().unwrap());
    let good = [
        ("127.127.127.127:123", AF_INET, "127.127.127.127:123"),
        ("127.127.127.127:0xAbCd", AF_INET, "127.127.127.127:43981"),
        ("127.127.127.127:010", AF_INET, "127.127.127.127:8"),
        ("1:1", AF_INET, "0.0.0.1:1"),
        ("1.223756", AF_INET, "1.3.106.12:0"),
        ("3.4.756", AF_INET, "3.4.2.244:0"),
        ("0x123456789", AF_INET, "35.69.103.137:0"),
        ("[::1]:65535", AF_INET6, "[::1]:65535"),
        ("2001::1", AF_INET6, "[2001::1]:0"),
    ];
    for (text, family, expected) in good {
        assert_eq!(parsed(text, family), Ok(expected.parse::<SocketAddr>().unwrap()), "{text}");
    }
    for text in
        ["", " ", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65537", "127.0.0.1:08", "756.3.4", "3.4.65536", "3.4.5.6 "]
    {
        assert_eq!(parsed(text, AF_INET), Err(Code::WSAEINVAL), "{text:?}");
    }
    for text in ["::1]:65535", "::1:2:3:4:5:6:7", "1.2.3.4", "1:2:3:", ""] {
        assert_eq!(parsed(text, AF_INET6), Err(Code::WSAEINVAL), "{text:?}");
    }
    let text = |address: &str| address_to_string(&Address::from(address.parse::<SocketAddr>().unwrap())).unwrap();
    assert_eq!(text("1.2.3.4:0"), "1.2.3.4");
    assert_eq!(text("1.2.3.4:80"), "1.2.3.4:80");
    assert_eq!(text("[::1]:0"), "::1");
    assert_eq!(text("[fe80::1%5]:80"), "[fe80::1%5]:80");
}
