//! Control codes of `WSAIoctl`, with their structures as `windows-sys` has them.

mod common;

use std::mem::{offset_of, size_of};

use common::*;
use windows_sys::Win32::Networking::WinSock as theirs;
use winsock::win32::*;
use winsock::{Code, Refusal};

fn control(s: SOCKET, code: u32, input: &[u8], output: &mut [u8]) -> Result<usize, Code> {
    winsock::control(s, code, input, output).map_err(|refusal| refusal.code)
}

fn dword(bytes: &[u8], place: usize) -> u32 {
    u32::from_ne_bytes(bytes[place..place + 4].try_into().unwrap())
}

// Source: dlls/ws2_32/tests/sock.c, test_get_interface_list.
#[test]
fn the_interface_list_has_loopback_with_its_mask() {
    start();
    let mut list = [0xff; 8192];
    let length = control(udp(), SIO_GET_INTERFACE_LIST, &[], &mut list).unwrap();
    let each = size_of::<theirs::INTERFACE_INFO>();
    assert!(length >= each && length.is_multiple_of(each));
    let loopback = list[..length]
        .chunks(each)
        .find(|info| dword(info, 0) & theirs::IFF_LOOPBACK != 0)
        .expect("a loopback interface");
    let address = |place: usize| &loopback[place + 4..place + 8];
    assert_eq!(address(offset_of!(theirs::INTERFACE_INFO, iiAddress))[0], 127);
    assert_eq!(address(offset_of!(theirs::INTERFACE_INFO, iiNetmask)), [255, 0, 0, 0]);
    assert_eq!(dword(loopback, 0) & theirs::IFF_UP, theirs::IFF_UP);
    let broadcast = dword(loopback, 0) & theirs::IFF_BROADCAST != 0;
    assert_eq!(address(offset_of!(theirs::INTERFACE_INFO, iiBroadcastAddress)) != [0; 4], broadcast);
    let short = winsock::control(udp(), SIO_GET_INTERFACE_LIST, &[], &mut [0; 75]);
    assert_eq!(short, Err(Refusal { code: Code::WSAEFAULT, told: Some(0) }));
    if let Ok(v6) = winsock::socket(AF_INET6, SOCK_DGRAM, 0) {
        assert_eq!(control(v6, SIO_GET_INTERFACE_LIST, &[], &mut list), Err(Code::WSAEINVAL));
        assert_eq!(control(v6, SIO_GET_BROADCAST_ADDRESS, &[], &mut list), Err(Code::WSAENOPROTOOPT));
    }
}

// Docs: "TCP_INFO_v0 structure", "TCP_INFO_v1 structure".
#[test]
fn tcp_info_counts_what_was_sent() {
    start();
    let (client, server) = pair();
    winsock::send(client, &[7; 1000], 0).unwrap();
    assert_eq!(winsock::recv(server, &mut [0; 2000], 0), Ok(1000));
    let mut info = [0xff; 256];
    for (version, expected) in [(0u32, size_of::<theirs::TCP_INFO_v0>()), (1, size_of::<theirs::TCP_INFO_v1>())] {
        let length = control(client, SIO_TCP_INFO, &version.to_ne_bytes(), &mut info).unwrap();
        assert_eq!(length, expected);
        assert_eq!(dword(&info, offset_of!(theirs::TCP_INFO_v1, State)), theirs::TCPSTATE_ESTABLISHED as u32);
        assert!(dword(&info, offset_of!(theirs::TCP_INFO_v1, Mss)) > 500);
        assert!(dword(&info, offset_of!(theirs::TCP_INFO_v1, Cwnd)) > 0);
        assert_eq!(dword(&info, offset_of!(theirs::TCP_INFO_v1, BytesOut)), 1000);
        assert_eq!(dword(&info, offset_of!(theirs::TCP_INFO_v1, BytesIn)), 0);
        assert_eq!(info[expected], 0xff, "written past the structure");
    }
    assert_eq!(control(server, SIO_TCP_INFO, &0u32.to_ne_bytes(), &mut info), Ok(88));
    assert_eq!(dword(&info, offset_of!(theirs::TCP_INFO_v0, BytesIn)), 1000);
    assert_eq!(control(client, SIO_TCP_INFO, &2u32.to_ne_bytes(), &mut info), Err(Code::WSAEINVAL));
    assert_eq!(control(client, SIO_TCP_INFO, &0u32.to_ne_bytes(), &mut info[..87]), Err(Code::WSAEFAULT));
    assert_eq!(control(client, SIO_TCP_INFO, &[], &mut info), Err(Code::WSAEFAULT));
    assert_eq!(control(udp(), SIO_TCP_INFO, &0u32.to_ne_bytes(), &mut info), Err(Code::WSAEOPNOTSUPP));
    assert_eq!(control(client, SIO_IDEAL_SEND_BACKLOG_QUERY, &[], &mut info), Ok(4));
    assert!(dword(&info, 0) >= 65_536);
    assert_eq!(control(tcp(), SIO_IDEAL_SEND_BACKLOG_QUERY, &[], &mut info), Err(Code::WSAENOTCONN));
}

// Docs: "Winsock IOCTLs", each code's section.
#[test]
fn codes_of_other_protocols_are_refused() {
    start();
    let (stream, datagram) = (tcp(), udp());
    let one = 1u32.to_ne_bytes();
    let cases = [
        (datagram, SIO_LOOPBACK_FAST_PATH, Err(Code::WSAEOPNOTSUPP)),
        (stream, SIO_LOOPBACK_FAST_PATH, Ok(0)),
        (datagram, SIO_TCP_INITIAL_RTO, Err(Code::WSAEOPNOTSUPP)),
        (stream, SIO_TCP_INITIAL_RTO, Ok(0)),
        (stream, SIO_SET_PRIORITY_HINT, Ok(0)),
        (stream, SIO_ENABLE_CIRCULAR_QUEUEING, Err(Code::WSAENOPROTOOPT)),
        (datagram, SIO_ENABLE_CIRCULAR_QUEUEING, Ok(0)),
        (stream, SIO_MULTICAST_SCOPE, Err(Code::WSAENOPROTOOPT)),
        (datagram, SIO_MULTICAST_SCOPE, Ok(0)),
        (datagram, SIO_MULTIPOINT_LOOPBACK, Ok(0)),
        (stream, SIO_GET_QOS, Err(Code::WSAENOPROTOOPT)),
        (stream, SIO_SET_QOS, Err(Code::WSAENOPROTOOPT)),
        (stream, SIO_ASSOCIATE_HANDLE, Err(Code::WSAENOPROTOOPT)),
        (stream, SIO_TRANSLATE_HANDLE, Err(Code::WSAENOPROTOOPT)),
        (stream, SIO_RCVALL, Err(Code::WSAEINVAL)),
        (stream, SIO_UDP_NETRESET, Err(Code::WSAEINVAL)),
        (datagram, SIO_UDP_NETRESET, Ok(0)),
        (stream, SIO_AF_UNIX_GETPEERPID, Err(Code::WSAEOPNOTSUPP)),
        (stream, SIO_QUERY_RSS_SCALABILITY_INFO, Err(Code::WSAEINVAL)),
        (stream, SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE, Err(Code::WSAEINVAL)),
        (stream, SIO_SET_MULTICAST_FILTER, Err(Code::WSAEOPNOTSUPP)),
        (stream, 0x2800_00ff, Err(Code::WSAEOPNOTSUPP)),
    ];
    for (s, code, expected) in cases {
        assert_eq!(control(s, code, &one, &mut []), expected, "{code:#x}");
    }
    assert_eq!(get(datagram, IPPROTO_IP, IP_MULTICAST_TTL), Ok(1));
    let mode = [[1, 0, 0, 0], [0, 0, 6, 0]].concat();
    assert_eq!(control(stream, SIO_SET_COMPATIBILITY_MODE, &mode, &mut []), Ok(0));
    assert_eq!(control(stream, SIO_SET_COMPATIBILITY_MODE, &[9, 0, 0, 0, 0, 0, 0, 0], &mut []), Err(Code::WSAEINVAL));
    assert_eq!(control(stream, SIO_SET_COMPATIBILITY_MODE, &one, &mut []), Err(Code::WSAEFAULT));
    let mut affinity = [0xff; 8];
    assert_eq!(control(stream, SIO_QUERY_RSS_PROCESSOR_INFO, &[], &mut affinity), Ok(8));
    assert_eq!(affinity[4..], [0; 4]);
}

// Docs: "IP_MSFILTER structure": mode 0 includes, 1 excludes.
#[test]
fn a_multicast_filter_reads_back() {
    start();
    let s = udp();
    let group = [239, 1, 2, 9];
    let interface = [127, 0, 0, 1];
    let membership = [group, interface].concat();
    winsock::setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, membership[..].into()).unwrap();
    let dword = u32::to_ne_bytes;
    let filter = [group, interface, dword(0), dword(1), [10, 0, 0, 1]].concat();
    assert_eq!(control(s, SIO_SET_MULTICAST_FILTER, &filter[..19], &mut []), Err(Code::WSAEFAULT));
    assert_eq!(control(s, SIO_SET_MULTICAST_FILTER, &filter, &mut []), Ok(0));
    let mut found = [0; 64];
    assert_eq!(control(s, SIO_GET_MULTICAST_FILTER, &membership, &mut found), Ok(20));
    assert_eq!(found[..20], filter[..]);
    let other = [[239, 1, 2, 10], interface].concat();
    assert_eq!(control(s, SIO_GET_MULTICAST_FILTER, &other, &mut found), Err(Code::WSAEADDRNOTAVAIL));
}

// Docs: "Winsock IOCTLs", SIO_ROUTING_INTERFACE_QUERY.
#[test]
fn too_little_room_for_a_route_tells_how_much_is_needed() {
    start();
    let s = udp();
    let mut place = [0; 16];
    assert_eq!(control(s, SIO_ROUTING_INTERFACE_QUERY, &at("127.0.0.1:9"), &mut place), Ok(16));
    assert_eq!(place[..8], at("127.0.0.1:0")[..8]);
    let short = winsock::control(s, SIO_ROUTING_INTERFACE_QUERY, &at("127.0.0.1:9"), &mut place[..8]);
    assert_eq!(short, Err(Refusal { code: Code::WSAEFAULT, told: Some(16) }));
    assert_eq!(control(s, SIO_ROUTING_INTERFACE_QUERY, &at("[::1]:9"), &mut place), Err(Code::WSAEAFNOSUPPORT));
}

// Docs: "closesocket function": a blocking call of another thread ends.
#[test]
fn waiting_for_a_change_ends_when_the_socket_is_closed() {
    start();
    let s = udp();
    let waiter = std::thread::spawn(move || control(s, SIO_ADDRESS_LIST_CHANGE, &[], &mut []));
    std::thread::sleep(std::time::Duration::from_millis(50));
    winsock::closesocket(s).unwrap();
    assert_eq!(waiter.join().unwrap(), Err(Code::WSAEINTR));
    let s = udp();
    nonblocking(s, true);
    assert_eq!(control(s, SIO_ADDRESS_LIST_CHANGE, &[], &mut []), Err(Code::WSAEWOULDBLOCK));
    assert_eq!(control(s, SIO_ROUTING_INTERFACE_CHANGE, &[], &mut []), Err(Code::WSAEFAULT));
}

// Docs: "SIO_ADDRESS_LIST_SORT control code".
#[test]
fn addresses_are_sorted_best_first() {
    start();
    let Ok(s) = winsock::socket(AF_INET6, SOCK_DGRAM, 0) else { return };
    let list: Vec<winsock::Address> = ["[2001:db8::1]:1", "[::1]:2"]
        .iter()
        .map(|text| winsock::Address::from(text.parse::<std::net::SocketAddr>().unwrap()))
        .collect();
    let sorted = winsock::sort_addresses(s, list.clone()).unwrap();
    assert_eq!(sorted.iter().map(winsock::Address::port).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(winsock::sort_addresses(udp(), list).unwrap_err(), Code::WSAEINVAL);
}
