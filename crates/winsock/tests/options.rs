//! Lengths, values and codes of options. S: dlls/ws2_32/tests/sock.c, the table of option sizes and the validity tables,
//! which were checked on Windows.

mod common;

use common::*;
use winsock::win32::*;
use winsock::{Code, Offered};

/// Family, type, level, option, whether short lengths are taken, lengths told for 1, 2 and 4 bytes.
type Row = (i32, i32, i32, i32, bool, [usize; 3]);

const ROWS: [Row; 31] = [
    (AF_INET, SOCK_DGRAM, SOL_SOCKET, SO_BROADCAST, true, [1, 1, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_DONTLINGER, true, [1, 1, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_LINGER, false, [1, 2, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_OOBINLINE, true, [1, 1, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVBUF, false, [1, 2, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE, true, [1, 1, 1]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_DONTROUTE, true, [1, 1, 1]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVTIMEO, false, [1, 2, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR, true, [1, 1, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, true, [1, 1, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_SNDBUF, false, [1, 2, 4]),
    (AF_INET, SOCK_STREAM, SOL_SOCKET, SO_SNDTIMEO, false, [1, 2, 4]),
    (AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_NODELAY, true, [1, 1, 1]),
    (AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPALIVE, false, [0, 0, 4]),
    (AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPCNT, false, [0, 0, 4]),
    (AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPINTVL, false, [0, 0, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_LOOP, true, [1, 1, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_TTL, true, [1, 1, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_PKTINFO, false, [0, 0, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_RECVTOS, false, [0, 0, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_RECVTTL, false, [0, 0, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_TOS, true, [1, 1, 4]),
    (AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_TTL, true, [1, 1, 4]),
    (AF_INET6, SOCK_STREAM, IPPROTO_IPV6, IPV6_DONTFRAG, true, [1, 1, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_HOPLIMIT, false, [0, 0, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, true, [1, 1, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, true, [1, 1, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_PKTINFO, false, [0, 0, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_RECVTCLASS, false, [0, 0, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_UNICAST_HOPS, true, [1, 1, 4]),
    (AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_V6ONLY, true, [1, 1, 1]),
];

// S: test_optsize.
#[test]
fn every_option_takes_and_tells_the_lengths_that_windows_does() {
    start();
    for (family, kind, level, option, takes_short, told) in ROWS {
        let Ok(s) = winsock::socket(family, kind, 0) else {
            eprintln!("skipped: no family {family}");
            continue;
        };
        let what = format!("level {level:#x} option {option:#x}");
        for (length, expected) in [1, 2, 4].into_iter().zip(told) {
            let works = takes_short || length == 4;
            let result = if works { Ok(()) } else { Err(Code::WSAEFAULT) };
            let one = 1u32.to_ne_bytes();
            assert_eq!(winsock::setsockopt(s, level, option, one[..length].into()), result, "set {what} {length}");
            let mut value = [0xef, 0xbe, 0xad, 0xde];
            let (length_told, got) = winsock::getsockopt(s, level, option, &mut value[..length]);
            assert_eq!((length_told, got), (expected, result), "get {what} {length}");
            if works {
                assert_eq!(value[0], 1, "{what} {length}");
            }
        }
        // More is as good as enough.
        let long = [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(winsock::setsockopt(s, level, option, long[..].into()), Ok(()), "{what}");
        // A negative length: out of buffers for one-byte options and all beyond SOL_SOCKET, else taken.
        let negative = winsock::setsockopt(s, level, option, Offered { bytes: &long[..4], length: -1 });
        let refused = told[2] == 1 || level != SOL_SOCKET;
        assert_eq!(negative, if refused { Err(Code::WSAENOBUFS) } else { Ok(()) }, "{what}");
        // No length: only truth values of SOL_SOCKET take it.
        let nothing = winsock::setsockopt(s, level, option, [][..].into());
        let taken = level == SOL_SOCKET && told == [1, 1, 4];
        assert_eq!(nothing, if taken { Ok(()) } else { Err(Code::WSAEFAULT) }, "{what}");
        assert_eq!(winsock::getsockopt(s, level, option, &mut []).1, Err(Code::WSAEFAULT), "{what}");
        winsock::closesocket(s).unwrap();
    }
}

// S: the validity tables: what a stream refuses as invalid, what nobody can read.
#[test]
fn options_of_the_other_kind_of_socket_have_their_codes() {
    start();
    let (stream, datagram) = (tcp(), udp());
    for option in [IP_MULTICAST_IF, IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_PKTINFO, IP_RECVTTL, IP_RECVTOS, IP_HDRINCL]
    {
        assert_eq!(get(stream, IPPROTO_IP, option), Err(Code::WSAEINVAL), "{option}");
    }
    for option in [IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, -1] {
        assert_eq!(get(stream, IPPROTO_IP, option), Err(Code::WSAENOPROTOOPT), "{option}");
        assert_eq!(get(datagram, IPPROTO_IP, option), Err(Code::WSAENOPROTOOPT), "{option}");
    }
    assert_eq!(get(datagram, IPPROTO_IP, IP_HDRINCL), Err(Code::WSAEINVAL));
    assert_eq!(get(datagram, IPPROTO_IP, IP_MTU), Err(Code::WSAENOTCONN));
    assert_eq!(set(datagram, IPPROTO_IP, IP_MTU_DISCOVER, 0), Err(Code::WSAEINVAL));
    assert_eq!(get(stream, IPPROTO_IP, IP_DONTFRAGMENT), Ok(1));
    assert_eq!(get(datagram, IPPROTO_IP, IP_DONTFRAGMENT), Ok(0));
    assert_eq!(set(datagram, IPPROTO_IP, IP_TTL, 256), Err(Code::WSAEINVAL));
    for option in [SO_LINGER, SO_DONTLINGER, SO_KEEPALIVE, SO_OOBINLINE] {
        assert_eq!(get(datagram, SOL_SOCKET, option), Err(Code::WSAENOPROTOOPT), "{option}");
    }
    assert_eq!(get(stream, 0x8000, SO_TYPE), Err(Code::WSAEINVAL));
    assert_eq!(get(stream, -1, SO_TYPE), Err(Code::WSAEINVAL));
    assert_eq!(get(datagram, IPPROTO_TCP, TCP_NODELAY), Err(Code::WSAENOPROTOOPT));
    assert_eq!(set(stream, SOL_SOCKET, SO_ACCEPTCONN, 1), Err(Code::WSAENOPROTOOPT));
}

// S: values.
#[test]
fn values_read_back_as_they_were_set() {
    start();
    let s = tcp();
    for (option, value) in
        [(SO_SNDBUF, 4096), (SO_RCVBUF, 4096), (SO_RCVBUF, 0), (SO_RCVTIMEO, 63_000), (SO_SNDTIMEO, 997_000)]
    {
        set(s, SOL_SOCKET, option, value).unwrap();
        assert_eq!(get(s, SOL_SOCKET, option), Ok(value), "{option:#x}");
    }
    assert_eq!(get(s, SOL_SOCKET, SO_DONTLINGER), Ok(1));
    set(s, SOL_SOCKET, SO_LINGER, 1 | 7 << 16).unwrap();
    assert_eq!(get(s, SOL_SOCKET, SO_LINGER), Ok(1 | 7 << 16));
    assert_eq!(get(s, SOL_SOCKET, SO_DONTLINGER), Ok(0));
    set(s, SOL_SOCKET, SO_DONTLINGER, 1).unwrap();
    assert_eq!(get(s, SOL_SOCKET, SO_LINGER).unwrap() & 0xffff, 0);
    set(s, IPPROTO_TCP, TCP_KEEPALIVE, 3600).unwrap();
    assert_eq!(get(s, IPPROTO_TCP, TCP_KEEPALIVE), Ok(3600));
    set(s, SOL_SOCKET, SO_ERROR, 1234).unwrap();
    assert_eq!(get(s, SOL_SOCKET, SO_ERROR), Ok(1234));
    assert_eq!(get(s, SOL_SOCKET, SO_TYPE), Ok(SOCK_STREAM as u32));
    // Only the first byte of a one-byte truth value counts.
    set(s, IPPROTO_TCP, TCP_NODELAY, 0x100).unwrap();
    let mut value = [0xff; 4];
    assert_eq!(winsock::getsockopt(s, IPPROTO_TCP, TCP_NODELAY, &mut value), (1, Ok(())));
    assert_eq!(value, [0, 0xff, 0xff, 0xff]);
}

// S test_connect_time.
#[test]
fn connect_time_is_all_ones_without_connection() {
    start();
    assert_eq!(get(tcp(), SOL_SOCKET, SO_CONNECT_TIME), Ok(u32::MAX));
    assert_eq!(get(udp(), SOL_SOCKET, SO_CONNECT_TIME), Ok(u32::MAX));
    let (client, server) = pair();
    assert_eq!(get(client, SOL_SOCKET, SO_CONNECT_TIME), Ok(0));
    assert_eq!(get(server, SOL_SOCKET, SO_CONNECT_TIME), Ok(0));
}
