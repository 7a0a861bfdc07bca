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

/// Of an option of both IP levels: what reading gives on TCP, UDP and raw sockets (I invalid, N not connected, P no such
/// option, `.` a value), and whether writing the value back is invalid (`!`).
const IP_LEVELS: [(i32, &str, bool); 21] = [
    (IP_RECVIF, "I..", false),
    (IP_RECVDSTADDR, "I..", false),
    (IP_IFLIST, "...", false),
    (IP_UNICAST_IF, "...", false),
    (IP_RTHDR, "...", false),
    (IP_GET_IFLIST, "III", false),
    (IP_RECVRTHDR, "I..", false),
    (IP_RECVTOS, "I..", false),
    (IP_ORIGINAL_ARRIVAL_IF, "I..", false),
    (IP_RECVECN, "I..", false),
    (IP_PKTINFO_EX, "I..", false),
    (IP_WFP_REDIRECT_RECORDS, "I..", false),
    (IP_WFP_REDIRECT_CONTEXT, "I..", false),
    (IP_MTU_DISCOVER, "...", true),
    (IP_RECVERR, "I.I", false),
    (IP_USER_MTU, "...", false),
    (IP_MULTICAST_IF, "I..", false),
    (IP_ADD_MEMBERSHIP, "PPP", false),
    (IP_DROP_MEMBERSHIP, "PPP", false),
    (IP_PKTINFO, "I..", false),
    (-1, "PPP", false),
];

/// Of the options of one IP level: the level, then as above.
const ONE_IP_LEVEL: [(i32, i32, &str); 11] = [
    (IPPROTO_IP, IP_OPTIONS, "..."),
    (IPPROTO_IP, IP_HDRINCL, "II."),
    (IPPROTO_IP, IP_TOS, "..."),
    (IPPROTO_IP, IP_RECEIVE_BROADCAST, "I.."),
    (IPPROTO_IP, IP_MTU, "NNN"),
    (IPPROTO_IPV6, IPV6_HOPOPTS, "..."),
    (IPPROTO_IPV6, IPV6_HDRINCL, "II."),
    (IPPROTO_IPV6, IPV6_UNICAST_HOPS, "..."),
    (IPPROTO_IPV6, IPV6_PROTECTION_LEVEL, "..."),
    (IPPROTO_IPV6, IPV6_V6ONLY, "..."),
    (IPPROTO_IPV6, IPV6_MTU, "NNN"),
];

// S: test_sockopt_validity: read, and write back what was read.
#[test]
fn every_ip_option_is_valid_on_the_sockets_that_windows_says() {
    start();
    let both = [IPPROTO_IP, IPPROTO_IPV6]
        .into_iter()
        .flat_map(|level| IP_LEVELS.into_iter().map(move |(name, answers, sticks)| (level, name, answers, sticks)));
    let one = ONE_IP_LEVEL.into_iter().map(|(level, name, answers)| (level, name, answers, false));
    for (level, name, answers, sticks) in both.chain(one) {
        let family = if level == IPPROTO_IP { AF_INET } else { AF_INET6 };
        for (kind, answer) in [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW].into_iter().zip(answers.chars()) {
            let Ok(s) = winsock::socket(family, kind, if kind == SOCK_RAW { IPPROTO_RAW } else { 0 }) else {
                eprintln!("skipped: no sockets of family {family}, type {kind}");
                continue;
            };
            let what = format!("level {level} option {name} type {kind}");
            let mut value = [0; 256];
            let (length, got) = winsock::getsockopt(s, level, name, &mut value);
            let expected = match answer {
                'I' => Err(Code::WSAEINVAL),
                'N' => Err(Code::WSAENOTCONN),
                'P' => Err(Code::WSAENOPROTOOPT),
                _ => Ok(()),
            };
            assert_eq!(got, expected, "get {what}");
            if got.is_ok() {
                let back = winsock::setsockopt(s, level, name, value[..length].into());
                assert_eq!(back, if sticks { Err(Code::WSAEINVAL) } else { Ok(()) }, "set {what}");
            }
            winsock::closesocket(s).unwrap();
        }
    }
}

// Docs: "IPPROTO_IP Socket Options", IP_IFLIST: with it only the listed interfaces deliver.
#[test]
fn datagrams_come_only_from_listed_interfaces() {
    start();
    let (receiver, sender) = (udp(), udp());
    let at = bound(receiver);
    winsock::ioctlsocket(receiver, FIONBIO, &mut 1).unwrap();
    let arrives = || {
        winsock::sendto(sender, b"x", 0, Some(&at)).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        winsock::recv(receiver, &mut [0; 8], 0)
    };
    let dword = |name, value| set(receiver, IPPROTO_IP, name, value).unwrap();
    let loopback = 1;
    assert_eq!(arrives(), Ok(1));
    dword(IP_IFLIST, 1);
    assert_eq!(arrives(), Err(Code::WSAEWOULDBLOCK));
    dword(IP_ADD_IFLIST, 77);
    dword(IP_ADD_IFLIST, loopback);
    assert_eq!(arrives(), Ok(1));
    let mut list = [0; 12];
    assert_eq!(winsock::getsockopt(receiver, IPPROTO_IP, IP_GET_IFLIST, &mut list), (8, Ok(())));
    assert_eq!(list[..8], [77, 0, 0, 0, 1, 0, 0, 0]);
    dword(IP_DEL_IFLIST, loopback);
    assert_eq!(arrives(), Err(Code::WSAEWOULDBLOCK));
    dword(IP_IFLIST, 0);
    assert_eq!(arrives(), Ok(1));
}

// Docs: "GROUP_REQ structure".
#[test]
fn groups_are_joined_by_interface_index() {
    start();
    for (family, level, group) in [(AF_INET, IPPROTO_IP, "239.1.2.3:0"), (AF_INET6, IPPROTO_IPV6, "[ff01::123]:0")] {
        let Ok(s) = winsock::socket(family, SOCK_DGRAM, 0) else { continue };
        let address = winsock::Address::from(group.parse::<std::net::SocketAddr>().unwrap()).to_windows();
        let mut request = [0; 136];
        request[0] = 1;
        request[8..8 + address.len()].copy_from_slice(&address);
        let join = |request: &[u8]| winsock::setsockopt(s, level, MCAST_JOIN_GROUP, request.into());
        assert_eq!(join(&request[..135]), Err(Code::WSAEFAULT));
        assert_eq!(join(&request), Ok(()));
        assert_eq!(join(&request), Err(Code::WSAEADDRINUSE));
        assert_eq!(winsock::setsockopt(s, level, MCAST_LEAVE_GROUP, request[..].into()), Ok(()));
        assert_eq!(winsock::setsockopt(s, level, MCAST_LEAVE_GROUP, request[..].into()), Err(Code::WSAEADDRNOTAVAIL));
        request[8] = AF_UNIX as u8;
        assert_eq!(join(&request), Err(Code::WSAEAFNOSUPPORT));
    }
}

// Docs: the pages of the options.
#[test]
fn kept_and_coupled_options() {
    start();
    let (stream, datagram) = (tcp(), udp());
    assert_eq!(get(stream, IPPROTO_TCP, TCP_BSDURGENT), Ok(0));
    set(stream, IPPROTO_TCP, TCP_BSDURGENT, 1).unwrap();
    assert_eq!(get(stream, IPPROTO_TCP, TCP_EXPEDITED_1122), Ok(0));
    set(stream, IPPROTO_TCP, TCP_MAXRTMS, 1500).unwrap();
    assert_eq!((get(stream, IPPROTO_TCP, TCP_MAXRTMS), get(stream, IPPROTO_TCP, TCP_MAXRT)), (Ok(1500), Ok(2)));
    assert_eq!(winsock::getsockopt(stream, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, &mut [0; 36]), (0, Ok(())));
    for option in [SO_SNDLOWAT, SO_RCVLOWAT] {
        assert_eq!(get(stream, SOL_SOCKET, option), Err(Code::WSAEINVAL));
        assert_eq!(set(stream, SOL_SOCKET, option, 1), Err(Code::WSAEINVAL));
    }
    set(stream, SOL_SOCKET, SO_REUSE_UNICASTPORT, 1).unwrap();
    assert_eq!(set(stream, SOL_SOCKET, SO_RANDOMIZE_PORT, 1), Err(Code::WSAEINVAL));
    assert_eq!(get(stream, IPPROTO_IP, IP_USER_MTU), Ok(u32::MAX));
    set(stream, IPPROTO_IP, IP_USER_MTU, 1400).unwrap();
    assert_eq!(get(stream, IPPROTO_IP, IP_USER_MTU), Ok(1400));
    set(datagram, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO as u32).unwrap();
    assert_eq!(get(datagram, IPPROTO_IP, IP_MTU_DISCOVER), Ok(1));
    assert_eq!(get(datagram, IPPROTO_IP, IP_DONTFRAGMENT), Ok(1));
    assert_eq!(set(datagram, IPPROTO_IP, IP_MTU_DISCOVER, 4), Err(Code::WSAEINVAL));
    assert_eq!(get(datagram, SOL_SOCKET, SO_MAXDG), Ok(65_507));
    set(datagram, IPPROTO_UDP, UDP_SEND_MSG_SIZE, 1000).unwrap();
    assert_eq!(get(datagram, IPPROTO_UDP, UDP_SEND_MSG_SIZE), Ok(1000));
    assert_eq!(get(datagram, IPPROTO_UDP, UDP_CHECKSUM_COVERAGE), Ok(1));
    // A no-operation and an end of options, padded to a whole word by Linux.
    let options = [1, 1, 1, 0];
    assert_eq!(winsock::setsockopt(datagram, IPPROTO_IP, IP_OPTIONS, options[..].into()), Ok(()));
    let mut value = [0xff; 40];
    assert_eq!(winsock::getsockopt(datagram, IPPROTO_IP, IP_OPTIONS, &mut value), (4, Ok(())));
    assert_eq!(value[..4], options);
    assert_eq!(winsock::setsockopt(datagram, IPPROTO_IP, IP_OPTIONS, [][..].into()), Ok(()));
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
