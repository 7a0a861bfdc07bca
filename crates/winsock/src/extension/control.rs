//! Control data: Windows' messages and Linux'.
//!
//! On 64-bit systems both have the same head (a length of 8 bytes, level and type of 4) and the same alignment. What
//! differs are the numbers of the types, and some of the data.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV6};

use winsock_codes::Code;

use crate::address::Address;
use crate::socket::options::told::Wanted;
use crate::win32::*;

const HEAD: usize = 16;
const ALIGNMENT: usize = 8;

/// Room for what Linux tells of a datagram when every option is on.
pub(super) const LINUX_ROOM: usize = 256;

/// The flags of `WSAMSG.dwFlags` on return.
pub(super) const MSG_TRUNC: u32 = 0x100;
pub(super) const MSG_CTRUNC: u32 = 0x200;
pub(super) const MSG_BCAST: u32 = 0x400;
pub(super) const MSG_MCAST: u32 = 0x800;

/// One message: level, type, data.
struct Entry<'a> {
    level: i32,
    kind: i32,
    data: &'a [u8],
}

/// Control data as Windows has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) bytes: Vec<u8>,
    /// `MSG_BCAST` or `MSG_MCAST`, where the data tells.
    pub(super) flags: u32,
    /// Some did not fit.
    pub(super) is_cut: bool,
}

/// Linux' control data in Windows' form: whole messages of the kinds that are wanted, in at most `room` bytes.
pub(super) fn to_windows(linux: &[u8], wanted: Wanted, room: usize) -> Control {
    let mut control = Control::default();
    for entry in entries(linux) {
        control.flags |= delivery(&entry);
        for (level, kind, data) in windows_messages(&entry, wanted) {
            if control.bytes.len() + HEAD + data.len() > room {
                control.is_cut = true;
                continue;
            }
            put(&mut control.bytes, level, kind, &data);
            // The last message's padding is cut if there is no room for it.
            control.bytes.resize(control.bytes.len().next_multiple_of(ALIGNMENT).min(room), 0);
        }
    }
    control
}

/// Where a datagram was sent to, if Linux tells it.
pub(crate) fn destination(linux: &[u8]) -> Option<Address> {
    let found = entries(linux).find_map(|entry| match (entry.level, entry.kind) {
        (libc::SOL_IP, libc::IP_PKTINFO) => {
            let destination: [u8; 4] = entry.data.get(8..12)?.try_into().ok()?;
            Some(SocketAddr::from((destination, 0)))
        }
        (libc::SOL_IPV6, libc::IPV6_PKTINFO) => {
            let (destination, interface) = (entry.data.first_chunk::<16>()?, entry.data.get(16..20)?);
            let scope = match destination {
                [0xfe, second, ..] if second & 0xc0 == 0x80 => u32::from_ne_bytes(interface.try_into().ok()?),
                _ => 0,
            };
            Some(SocketAddrV6::new((*destination).into(), 0, 0, scope).into())
        }
        _ => None,
    });
    found.map(Address::from)
}

/// Windows' control data in Linux' form.
///
/// # Errors
/// `WSAEINVAL` for a message that is longer than the data, or too short for its type, and for types that cannot be sent.
pub(super) fn to_linux(windows: &[u8]) -> Result<Vec<u8>, Code> {
    let mut linux = Vec::new();
    let mut rest = windows;
    while rest.len() >= HEAD {
        let (entry, next) = split(rest).ok_or(Code::WSAEINVAL)?;
        let (level, kind, data) = linux_entry(&entry).ok_or(Code::WSAEINVAL)?;
        put(&mut linux, level, kind, &data);
        linux.resize(linux.len().next_multiple_of(ALIGNMENT), 0);
        rest = next;
    }
    Ok(linux)
}

/// How a datagram came, by Linux' packet information.
fn delivery(entry: &Entry<'_>) -> u32 {
    match (entry.level, entry.kind, entry.data.first_chunk::<12>()) {
        (libc::SOL_IP, libc::IP_PKTINFO, Some(info)) => delivery_v4(info),
        (libc::SOL_IPV6, libc::IPV6_PKTINFO, Some([0xff, ..])) => MSG_MCAST,
        _ => 0,
    }
}

/// Linux' `in_pktinfo`: interface, local address, destination.
fn delivery_v4(info: &[u8; 12]) -> u32 {
    let address = |at: usize| Ipv4Addr::new(info[at], info[at + 1], info[at + 2], info[at + 3]);
    let (local, destination) = (address(4), address(8));
    match () {
        () if destination.is_multicast() => MSG_MCAST,
        // A broadcast is answered from an address that it was not sent to.
        () if destination.is_broadcast() || destination != local => MSG_BCAST,
        () => 0,
    }
}

type Messages = Vec<(i32, i32, Vec<u8>)>;

/// What becomes of one of Linux' messages: several of Windows', by the options that are on.
fn windows_messages(entry: &Entry<'_>, wanted: Wanted) -> Messages {
    let Entry { level, kind, data } = *entry;
    let messages = match (level, kind) {
        (libc::SOL_IP, libc::IP_PKTINFO) => {
            data.first_chunk::<12>().map(|info| packet(IPPROTO_IP, wanted, &info[8..], &info[..4]))
        }
        (libc::SOL_IPV6, libc::IPV6_PKTINFO) => {
            data.first_chunk::<20>().map(|info| packet(IPPROTO_IPV6, wanted, &info[..16], &info[16..]))
        }
        (libc::SOL_IP, libc::IP_TOS) => number(data).map(|value| service(IPPROTO_IP, IP_TOS, wanted, value)),
        (libc::SOL_IPV6, libc::IPV6_TCLASS) => {
            number(data).map(|value| service(IPPROTO_IPV6, IPV6_TCLASS, wanted, value))
        }
        (libc::SOL_IP, libc::IP_TTL) => number(data).map(|value| vec![(IPPROTO_IP, IP_TTL, value)]),
        (libc::SOL_IPV6, libc::IPV6_HOPLIMIT) => number(data).map(|value| vec![(IPPROTO_IPV6, IPV6_HOPLIMIT, value)]),
        _ => None,
    };
    messages.unwrap_or_default()
}

/// What is told of where a datagram was sent to and where it came in. The type of a message is the number of its option.
///
/// Docs: "IPPROTO_IP Socket Options", "IPPROTO_IPV6 Socket Options".
fn packet(level: i32, wanted: Wanted, destination: &[u8], interface: &[u8]) -> Messages {
    let scope = scope(destination, interface);
    let told = [
        (IP_PKTINFO, [destination, interface, &[]]),
        (IP_RECVIF, [interface, &[], &[]]),
        (IP_RECVDSTADDR, [destination, &[], &[]]),
        (IP_ORIGINAL_ARRIVAL_IF, [interface, &[], &[]]),
        (IP_PKTINFO_EX, [destination, interface, &scope]),
    ];
    let told = told.into_iter().filter(|(name, _)| wanted.has(level, *name));
    told.map(|(name, parts)| (level, name, parts.concat())).collect()
}

/// A `SCOPE_ID`: the zone in 28 bits and the level in 4. Only link-local addresses of IPv6 have one.
fn scope(destination: &[u8], interface: &[u8]) -> [u8; 4] {
    const LINK: u32 = 2; // ScopeLevelLink
    match (destination, interface.first_chunk()) {
        ([0xfe, second, ..], Some(index)) if destination.len() == 16 && second & 0xc0 == 0x80 => {
            (LINK << 28 | u32::from_ne_bytes(*index)).to_ne_bytes()
        }
        _ => [0; 4],
    }
}

/// The type of service, and the two bits of congestion notification in it. Docs: "Winsock ECN".
fn service(level: i32, kind: i32, wanted: Wanted, value: Vec<u8>) -> Messages {
    let congestion = i32::from(value.first().map_or(0, |byte| byte & 3)).to_ne_bytes().to_vec();
    let told = [(IP_RECVTOS, kind, value), (IP_RECVECN, IP_ECN, congestion)];
    let told = told.into_iter().filter(|(name, ..)| wanted.has(level, *name));
    told.map(|(_, kind, data)| (level, kind, data)).collect()
}

/// Docs: "WSASendMsg function", Remarks, for the addresses; "Winsock ECN" for the two bits of congestion notification.
fn linux_entry(entry: &Entry<'_>) -> Option<(i32, i32, Vec<u8>)> {
    let Entry { level, kind, data } = *entry;
    match (level, kind) {
        (IPPROTO_IP, IP_PKTINFO) => {
            // The address is that to send from, for which Linux looks at its second field.
            let info = data.first_chunk::<8>()?;
            Some((libc::SOL_IP, libc::IP_PKTINFO, [&info[4..], &info[..4], &[0; 4]].concat()))
        }
        (IPPROTO_IP, IP_TTL) => Some((libc::SOL_IP, libc::IP_TTL, number(data)?)),
        (IPPROTO_IP, IP_TOS | IP_ECN) => Some((libc::SOL_IP, libc::IP_TOS, number(data)?)),
        (IPPROTO_IPV6, IPV6_PKTINFO) => Some((libc::SOL_IPV6, libc::IPV6_PKTINFO, data.first_chunk::<20>()?.to_vec())),
        (IPPROTO_IPV6, IPV6_HOPLIMIT) => Some((libc::SOL_IPV6, libc::IPV6_HOPLIMIT, number(data)?)),
        (IPPROTO_IPV6, IPV6_TCLASS | IPV6_ECN) => Some((libc::SOL_IPV6, libc::IPV6_TCLASS, number(data)?)),
        _ => None,
    }
}

/// `IP_ECN`, `IPV6_ECN`: set by `WSASetRecvIPEcn` and in messages to be sent.
const IP_ECN: i32 = 50;
const IPV6_ECN: i32 = 50;

/// An int; Linux tells a type of service as one byte.
fn number(data: &[u8]) -> Option<Vec<u8>> {
    match (data.first_chunk::<4>(), data.first()) {
        (Some(int), _) => Some(int.to_vec()),
        (None, Some(byte)) => Some(i32::from(*byte).to_ne_bytes().to_vec()),
        _ => None,
    }
}

fn put(control: &mut Vec<u8>, level: i32, kind: i32, data: &[u8]) {
    control.extend_from_slice(&((HEAD + data.len()) as u64).to_ne_bytes());
    control.extend_from_slice(&level.to_ne_bytes());
    control.extend_from_slice(&kind.to_ne_bytes());
    control.extend_from_slice(data);
}

fn entries(control: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    let mut rest = control;
    std::iter::from_fn(move || {
        let (entry, next) = split(rest)?;
        rest = next;
        Some(entry)
    })
}

/// The first message and what follows it; `None` if it is not whole.
fn split(control: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let length = usize::try_from(u64::from_ne_bytes(*control.first_chunk()?)).ok()?;
    let whole = control.get(..length)?;
    let (head, data) = whole.split_at_checked(HEAD)?;
    let int = |at: usize| i32::from_ne_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let next = control.get(length.next_multiple_of(ALIGNMENT)..).unwrap_or(&[]);
    Some((Entry { level: int(8), kind: int(12), data }, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(level: i32, kind: i32, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, level, kind, data);
        bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
        bytes
    }

    /// What IP_PKTINFO and IP_RECVTOS ask for.
    const PLAIN: Wanted = Wanted::NONE.with(IPPROTO_IP, IP_PKTINFO).with(IPPROTO_IP, IP_RECVTOS);

    const LINUX_INFO: [u8; 12] = [7, 0, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1];

    #[test]
    fn packet_information_changes_its_order() {
        let control = to_windows(&message(libc::SOL_IP, libc::IP_PKTINFO, &LINUX_INFO), PLAIN, 100);
        assert_eq!(control.bytes, message(IPPROTO_IP, IP_PKTINFO, &[127, 0, 0, 1, 7, 0, 0, 0]));
        let back = to_linux(&control.bytes).unwrap();
        assert_eq!(back, message(libc::SOL_IP, libc::IP_PKTINFO, &[7, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0]));
    }

    // Source: dlls/ws2_32/tests/sock.c, test_ip_pktinfo: one byte of room is too little; 24 bytes are told.
    #[test]
    fn what_does_not_fit_is_left_out_and_said() {
        let linux = message(libc::SOL_IP, libc::IP_PKTINFO, &LINUX_INFO);
        assert_eq!(to_windows(&linux, PLAIN, 1), Control { bytes: vec![], flags: 0, is_cut: true });
        assert_eq!(to_windows(&linux, PLAIN, 24).bytes.len(), 24);
        let two = [linux, message(libc::SOL_IP, libc::IP_TTL, &64i32.to_ne_bytes())].concat();
        let cut = to_windows(&two, PLAIN, 30);
        assert!(cut.is_cut && cut.bytes.len() == 24);
    }

    #[test]
    fn a_type_of_service_becomes_an_int() {
        let control = to_windows(&message(libc::SOL_IP, libc::IP_TOS, &[0xb8]), PLAIN, 100);
        assert_eq!(control.bytes, message(IPPROTO_IP, IP_TOS, &0xb8i32.to_ne_bytes()));
    }

    #[test]
    fn the_destination_tells_how_a_datagram_came() {
        let sent_to = |destination: [u8; 4]| {
            let mut info = LINUX_INFO;
            info[8..].copy_from_slice(&destination);
            to_windows(&message(libc::SOL_IP, libc::IP_PKTINFO, &info), PLAIN, 100).flags
        };
        assert_eq!(sent_to([127, 0, 0, 1]), 0);
        assert_eq!(sent_to([239, 0, 0, 1]), MSG_MCAST);
        assert_eq!(sent_to([255; 4]), MSG_BCAST);
        assert_eq!(sent_to([127, 255, 255, 255]), MSG_BCAST);
    }

    #[test]
    fn one_message_of_linux_becomes_those_that_are_wanted() {
        let linux = message(libc::SOL_IP, libc::IP_PKTINFO, &LINUX_INFO);
        let (destination, interface) = ([127, 0, 0, 1], [7, 0, 0, 0]);
        let all = [IP_RECVIF, IP_RECVDSTADDR, IP_ORIGINAL_ARRIVAL_IF, IP_PKTINFO_EX];
        let wanted = all.iter().fold(Wanted::NONE, |wanted, name| wanted.with(IPPROTO_IP, *name));
        let expected = [
            message(IPPROTO_IP, IP_RECVIF, &interface),
            message(IPPROTO_IP, IP_RECVDSTADDR, &destination),
            message(IPPROTO_IP, IP_ORIGINAL_ARRIVAL_IF, &interface),
            message(IPPROTO_IP, IP_PKTINFO_EX, &[127, 0, 0, 1, 7, 0, 0, 0, 0, 0, 0, 0]),
        ];
        assert_eq!(to_windows(&linux, wanted, 200).bytes, expected.concat());
        assert_eq!(to_windows(&linux, Wanted::NONE, 200).bytes, []);
    }

    #[test]
    fn link_local_destinations_have_a_scope() {
        let mut info = [0; 20];
        (info[0], info[1], info[15], info[16]) = (0xfe, 0x80, 1, 3);
        let linux = message(libc::SOL_IPV6, libc::IPV6_PKTINFO, &info);
        let wanted = Wanted::NONE.with(IPPROTO_IPV6, IPV6_PKTINFO_EX);
        let expected = [&info[..], &[3, 0, 0, 0x20]].concat();
        assert_eq!(to_windows(&linux, wanted, 200).bytes, message(IPPROTO_IPV6, IPV6_PKTINFO_EX, &expected));
    }

    #[test]
    fn congestion_notification_is_two_bits_of_the_type_of_service() {
        let linux = message(libc::SOL_IP, libc::IP_TOS, &[0xbb]);
        let wanted = Wanted::NONE.with(IPPROTO_IP, IP_RECVECN);
        assert_eq!(to_windows(&linux, wanted, 100).bytes, message(IPPROTO_IP, IP_ECN, &3i32.to_ne_bytes()));
    }

    #[test]
    fn nonsense_is_refused() {
        for length in [0u64, 15, 25, u64::MAX] {
            let mut bytes = message(IPPROTO_IP, IP_TTL, &64i32.to_ne_bytes());
            bytes[..8].copy_from_slice(&length.to_ne_bytes());
            assert_eq!(to_linux(&bytes), Err(Code::WSAEINVAL), "{length}");
        }
        assert_eq!(to_linux(&message(IPPROTO_IP, 4711, &[0; 4])), Err(Code::WSAEINVAL));
        assert_eq!(to_linux(&message(IPPROTO_IP, IP_PKTINFO, &[0; 7])), Err(Code::WSAEINVAL));
        assert_eq!(to_linux(&[0; 15]), Ok(vec![]));
    }
}
