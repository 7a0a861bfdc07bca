//! Tables of the network: addresses, interfaces, routes, neighbours, connections; counters.
//!
//! Every table is a number of rows and the rows. A buffer that is too small is told how much it takes.

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use winbase::network::{self, Connection, Counters, Interface, Protocol, TcpState};
use winbase::{Code, error};

use super::adapters::mask;
use crate::boundary::usable;
use crate::text::Unit;

const AF_INET: u32 = 2;
const AF_INET6: u32 = 23;

fn status(result: Result<(), Code>) -> u32 {
    result.map_or_else(|code| code.value().cast_unsigned(), |()| 0)
}

/// Writes a table.
///
/// # Safety
/// If usable, `size` is good for reading and writing, and `place` for writes of `*size` bytes.
unsafe fn table<R>(rows: &[R], place: *mut c_void, size: *mut u32) -> Result<(), Code> {
    if !usable(size) {
        return Err(error::INVALID_PARAMETER);
    }
    // The rows begin where their alignment allows.
    let first = size_of::<u32>().next_multiple_of(align_of::<R>());
    let needed = first + size_of_val(rows).max(size_of::<R>());
    // SAFETY: the caller's promise; the rows fit behind their number.
    unsafe {
        let given = size.read_unaligned() as usize;
        size.write_unaligned(needed as u32);
        if !usable(place) || given < needed {
            return Err(error::INSUFFICIENT_BUFFER);
        }
        place.cast::<u32>().write_unaligned(rows.len() as u32);
        let rows_at = place.byte_add(first).cast::<u8>();
        std::ptr::copy_nonoverlapping(rows.as_ptr().cast::<u8>(), rows_at, size_of_val(rows));
    }
    Ok(())
}

/// An IPv4 address as the tables have it: in the network's order.
fn network_order(address: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(address.octets())
}

/// A port as the tables have it: in the network's order, in the low half.
fn port(address: SocketAddr) -> u32 {
    address.port().to_be().into()
}

fn ipv4(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(address) => network_order(address),
        IpAddr::V6(_) => 0,
    }
}

fn ipv6(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

/// The IPv4 addresses of the computer: address, interface, mask, broadcast, reassembly, and what they are.
#[unsafe(export_name = "ws2_GetIpAddrTable")]
pub unsafe extern "system" fn GetIpAddrTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    const PRIMARY: u32 = 1 << 16;
    let rows = network::interfaces().map(|all| {
        let mut rows = Vec::new();
        for interface in &all {
            for own in interface.addresses.iter().filter(|own| own.address.is_ipv4()) {
                let mask = network_order(Ipv4Addr::from(mask(own.prefix)));
                rows.push([ipv4(own.address), interface.index, mask, 1, 65535, PRIMARY]);
            }
        }
        rows.sort_by_key(|row| u32::from_be(row[0]));
        rows
    });
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// `MIB_IFROW`, with a name of one unit of text.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_IFROW<T> {
    pub wszName: [T; 256],
    pub dwIndex: u32,
    pub dwType: u32,
    pub dwMtu: u32,
    pub dwSpeed: u32,
    pub dwPhysAddrLen: u32,
    pub bPhysAddr: [u8; 8],
    pub dwAdminStatus: u32,
    pub dwOperStatus: u32,
    pub dwLastChange: u32,
    /// Octets, unicast, others, discards, errors, unknown protocols.
    pub incoming: [u32; 6],
    /// Octets, unicast, others, discards, errors, length of the queue.
    pub outgoing: [u32; 6],
    pub dwDescrLen: u32,
    pub bDescr: [u8; 256],
}

const _: () = assert!(size_of::<MIB_IFROW<u16>>() == 860);

fn interface_row<T: Unit>(interface: &Interface) -> MIB_IFROW<T> {
    const UP: u32 = 1;
    const DOWN: u32 = 2;
    const OPERATIONAL: u32 = 5;
    const NON_OPERATIONAL: u32 = 0;
    let [in_packets, out_packets, in_bytes, out_bytes, in_errors, out_errors, in_drops, out_drops] =
        interface.traffic.map(|count| count as u32);
    let mut row = MIB_IFROW {
        wszName: [T::default(); 256],
        dwIndex: interface.index,
        dwType: interface.kind as u32,
        dwMtu: interface.mtu,
        dwSpeed: u32::try_from(interface.speed).unwrap_or(u32::MAX),
        dwPhysAddrLen: interface.hardware.len().min(8) as u32,
        bPhysAddr: [0; 8],
        dwAdminStatus: if interface.is_up { UP } else { DOWN },
        dwOperStatus: if interface.is_running { OPERATIONAL } else { NON_OPERATIONAL },
        dwLastChange: 0,
        incoming: [in_bytes, in_packets, 0, in_drops, in_errors, 0],
        outgoing: [out_bytes, out_packets, 0, out_drops, out_errors, 0],
        dwDescrLen: interface.name.len() as u32 + 1,
        bDescr: [0; 256],
    };
    let hardware = &interface.hardware[..interface.hardware.len().min(8)];
    row.bPhysAddr[..hardware.len()].copy_from_slice(hardware);
    // Linux' names have at most 15 letters.
    row.bDescr[..interface.name.len()].copy_from_slice(interface.name.as_bytes());
    for (place, unit) in row.wszName.iter_mut().zip(T::encode(&interface.name)) {
        *place = unit;
    }
    row
}

/// The interfaces of the computer with their counters.
#[unsafe(export_name = "ws2_GetIfTable")]
pub unsafe extern "system" fn GetIfTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    let rows = network::interfaces().map(|all| all.iter().map(interface_row::<u16>).collect::<Vec<_>>());
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// [`GetIfTable`] for names of 32-bit units.
#[unsafe(export_name = "ws2_GetIfTable_utf32")]
pub unsafe extern "system" fn GetIfTable_utf32(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    let rows = network::interfaces().map(|all| all.iter().map(interface_row::<u32>).collect::<Vec<_>>());
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// One interface by the number in the row.
#[unsafe(export_name = "ws2_GetIfEntry")]
pub unsafe extern "system" fn GetIfEntry(row: *mut MIB_IFROW<u16>) -> u32 {
    // SAFETY: the caller gives a row.
    status(unsafe { one_interface(row) })
}

/// [`GetIfEntry`] for names of 32-bit units.
#[unsafe(export_name = "ws2_GetIfEntry_utf32")]
pub unsafe extern "system" fn GetIfEntry_utf32(row: *mut MIB_IFROW<u32>) -> u32 {
    // SAFETY: the caller gives a row.
    status(unsafe { one_interface(row) })
}

/// # Safety
/// If usable, the row is good for reading and writing.
unsafe fn one_interface<T: Unit>(row: *mut MIB_IFROW<T>) -> Result<(), Code> {
    if !usable(row) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise.
    let wanted = unsafe { (&raw const (*row).dwIndex).read_unaligned() };
    let all = network::interfaces()?;
    let found = all.iter().find(|interface| interface.index == wanted).ok_or(error::INVALID_PARAMETER)?;
    // SAFETY: as above.
    unsafe { row.write_unaligned(interface_row(found)) };
    Ok(())
}

/// How many interfaces there are.
#[unsafe(export_name = "ws2_GetNumberOfInterfaces")]
pub unsafe extern "system" fn GetNumberOfInterfaces(count: *mut u32) -> u32 {
    if !usable(count) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a place for it.
    status(network::interfaces().map(|all| unsafe { count.write_unaligned(all.len() as u32) }))
}

/// The interface through which packets to an address go.
#[unsafe(export_name = "ws2_GetBestInterface")]
pub unsafe extern "system" fn GetBestInterface(destination: u32, index: *mut u32) -> u32 {
    if !usable(index) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let found = network::best_interface(Ipv4Addr::from(destination.to_ne_bytes()).into());
    // SAFETY: the caller gives a place for it.
    status(found.map(|found| unsafe { index.write_unaligned(found) }))
}

/// The routes of IPv4, by destination: `MIB_IPFORWARDROW` is fourteen numbers.
#[unsafe(export_name = "ws2_GetIpForwardTable")]
pub unsafe extern "system" fn GetIpForwardTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    const DIRECT: u32 = 3;
    const INDIRECT: u32 = 4;
    const LOCAL: u32 = 2;
    const NETWORK_MANAGEMENT: u32 = 3;
    const RTPROT_KERNEL: u8 = 2;
    const UNUSED: u32 = u32::MAX;
    let rows = network::routes(false).map(|routes| {
        let row = |route: &network::Route| {
            let kind = if route.gateway.is_some() { INDIRECT } else { DIRECT };
            let origin = if route.origin == RTPROT_KERNEL { LOCAL } else { NETWORK_MANAGEMENT };
            let mask = network_order(Ipv4Addr::from(mask(route.prefix)));
            let gateway = route.gateway.map_or(0, ipv4);
            let [metric, unused] = [route.metric, UNUSED];
            [
                ipv4(route.destination),
                mask,
                0,
                gateway,
                route.interface,
                kind,
                origin,
                0,
                0,
                metric,
                unused,
                unused,
                unused,
                unused,
            ]
        };
        let mut rows: Vec<[u32; 14]> = routes.iter().map(row).collect();
        rows.sort_by_key(|row| (u32::from_be(row[0]), u32::from_be(row[1])));
        rows
    });
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// `MIB_IPNETROW`.
#[repr(C)]
#[derive(Clone, Copy)]
struct NeighbourRow {
    interface: u32,
    length: u32,
    hardware: [u8; 8],
    address: u32,
    kind: u32,
}

/// The neighbours of IPv4 with their hardware addresses.
#[unsafe(export_name = "ws2_GetIpNetTable")]
pub unsafe extern "system" fn GetIpNetTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    const INVALID: u32 = 2;
    const DYNAMIC: u32 = 3;
    const STATIC: u32 = 4;
    let rows = network::neighbours().and_then(|all| {
        let mut rows: Vec<NeighbourRow> = all
            .iter()
            .map(|neighbour| {
                let length = neighbour.hardware.len().min(8);
                let mut hardware = [0; 8];
                hardware[..length].copy_from_slice(&neighbour.hardware[..length]);
                let kind = match (neighbour.is_valid, neighbour.is_permanent) {
                    (false, _) => INVALID,
                    (_, true) => STATIC,
                    _ => DYNAMIC,
                };
                let address = ipv4(neighbour.address);
                NeighbourRow { interface: neighbour.interface, length: length as u32, hardware, address, kind }
            })
            .collect();
        rows.sort_by_key(|row| (row.interface, u32::from_be(row.address)));
        // Docs: "GetIpNetTable function": ERROR_NO_DATA for an empty table.
        if rows.is_empty() { Err(error::NO_DATA) } else { Ok(rows) }
    });
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

fn tcp_row(connection: &Connection) -> [u32; 5] {
    let Connection { local, remote, state, .. } = connection;
    [*state as u32, ipv4(local.ip()), port(*local), ipv4(remote.ip()), port(*remote)]
}

/// The connections of TCP over IPv4.
#[unsafe(export_name = "ws2_GetTcpTable")]
pub unsafe extern "system" fn GetTcpTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    let rows = network::connections(Protocol::Tcp).map(|all| all.iter().map(tcp_row).collect::<Vec<_>>());
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// The sockets of UDP over IPv4.
#[unsafe(export_name = "ws2_GetUdpTable")]
pub unsafe extern "system" fn GetUdpTable(place: *mut c_void, size: *mut u32, _order: i32) -> u32 {
    let row = |connection: &Connection| [ipv4(connection.local.ip()), port(connection.local)];
    let rows = network::connections(Protocol::Udp).map(|all| all.iter().map(row).collect::<Vec<_>>());
    // SAFETY: the caller gives room for `*size` bytes.
    status(rows.and_then(|rows| unsafe { table(&rows, place, size) }))
}

/// `MIB_TCP6ROW_OWNER_PID`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Tcp6OwnerRow {
    local: [u8; 16],
    local_scope: u32,
    local_port: u32,
    remote: [u8; 16],
    remote_scope: u32,
    remote_port: u32,
    state: u32,
    owner: u32,
}

/// `MIB_UDP6ROW_OWNER_PID`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Udp6OwnerRow {
    local: [u8; 16],
    scope: u32,
    port: u32,
    owner: u32,
}

/// The connections of TCP, with their processes where the class asks for them.
#[unsafe(export_name = "ws2_GetExtendedTcpTable")]
pub unsafe extern "system" fn GetExtendedTcpTable(
    place: *mut c_void,
    size: *mut u32,
    _order: i32,
    family: u32,
    class: u32,
    _reserved: u32,
) -> u32 {
    let result = chosen_connections(family, class).and_then(|all| {
        // SAFETY: the caller gives room for `*size` bytes.
        unsafe {
            match (family, class) {
                (AF_INET, 0..=2) => table(&all.iter().map(tcp_row).collect::<Vec<_>>(), place, size),
                (AF_INET, _) => {
                    let owners = network::owner_of_sockets();
                    let row = |connection: &Connection| {
                        let [state, local, local_port, remote, remote_port] = tcp_row(connection);
                        let owner = owners.get(&connection.inode).copied().unwrap_or(0);
                        [state, local, local_port, remote, remote_port, owner]
                    };
                    table(&all.iter().map(row).collect::<Vec<_>>(), place, size)
                }
                _ => {
                    let owners = network::owner_of_sockets();
                    let row = |connection: &Connection| Tcp6OwnerRow {
                        local: ipv6(connection.local.ip()),
                        local_scope: 0,
                        local_port: port(connection.local),
                        remote: ipv6(connection.remote.ip()),
                        remote_scope: 0,
                        remote_port: port(connection.remote),
                        state: connection.state as u32,
                        owner: owners.get(&connection.inode).copied().unwrap_or(0),
                    };
                    table(&all.iter().map(row).collect::<Vec<_>>(), place, size)
                }
            }
        }
    });
    status(result)
}

/// The connections of a class of `GetExtendedTcpTable`: listeners, others, or all.
fn chosen_connections(family: u32, class: u32) -> Result<Vec<Connection>, Code> {
    let protocol = match (family, class) {
        (AF_INET, 0..=5) => Protocol::Tcp,
        (AF_INET6, 3..=5) => Protocol::Tcp6,
        // Modules are parts of processes that Linux does not tell; the basic classes are IPv4's.
        (AF_INET, 6..=8) | (AF_INET6, 0..=2 | 6..=8) => return Err(error::NOT_SUPPORTED),
        _ => return Err(error::INVALID_PARAMETER),
    };
    let mut all = network::connections(protocol)?;
    all.retain(|connection| match class % 3 {
        0 => connection.state == TcpState::Listen,
        1 => connection.state != TcpState::Listen,
        _ => true,
    });
    Ok(all)
}

/// The sockets of UDP, with their processes where the class asks for them.
#[unsafe(export_name = "ws2_GetExtendedUdpTable")]
pub unsafe extern "system" fn GetExtendedUdpTable(
    place: *mut c_void,
    size: *mut u32,
    order: i32,
    family: u32,
    class: u32,
    _reserved: u32,
) -> u32 {
    // SAFETY: the caller gives room for `*size` bytes.
    unsafe {
        match (family, class) {
            (AF_INET, 0) => GetUdpTable(place, size, order),
            (AF_INET, 1) => status(network::connections(Protocol::Udp).and_then(|all| {
                let owners = network::owner_of_sockets();
                let row = |connection: &Connection| {
                    let owner = owners.get(&connection.inode).copied().unwrap_or(0);
                    [ipv4(connection.local.ip()), port(connection.local), owner]
                };
                table(&all.iter().map(row).collect::<Vec<_>>(), place, size)
            })),
            (AF_INET6, 1) => status(network::connections(Protocol::Udp6).and_then(|all| {
                let owners = network::owner_of_sockets();
                let row = |connection: &Connection| Udp6OwnerRow {
                    local: ipv6(connection.local.ip()),
                    scope: 0,
                    port: port(connection.local),
                    owner: owners.get(&connection.inode).copied().unwrap_or(0),
                };
                table(&all.iter().map(row).collect::<Vec<_>>(), place, size)
            })),
            (AF_INET | AF_INET6, 0..=2) => status(Err(error::NOT_SUPPORTED)),
            _ => status(Err(error::INVALID_PARAMETER)),
        }
    }
}

/// Writes counters.
///
/// # Safety
/// If usable, the place is good for writing.
unsafe fn tell<const N: usize>(place: *mut [u32; N], numbers: impl FnOnce(&Counters) -> Result<[u32; N], Code>) -> u32 {
    if !usable(place) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    status(Counters::read().and_then(|all| numbers(&all)).map(|numbers| unsafe { place.write_unaligned(numbers) }))
}

/// What IPv4 has counted.
#[unsafe(export_name = "ws2_GetIpStatistics")]
pub unsafe extern "system" fn GetIpStatistics(place: *mut [u32; 23]) -> u32 {
    const NAMES: [&str; 20] = [
        "Forwarding",
        "DefaultTTL",
        "InReceives",
        "InHdrErrors",
        "InAddrErrors",
        "ForwDatagrams",
        "InUnknownProtos",
        "InDiscards",
        "InDelivers",
        "OutRequests",
        "RoutingDiscards",
        "OutDiscards",
        "OutNoRoutes",
        "ReasmTimeout",
        "ReasmReqds",
        "ReasmOKs",
        "ReasmFails",
        "FragOKs",
        "FragFails",
        "FragCreates",
    ];
    // SAFETY: the caller gives a place for it.
    unsafe {
        tell(place, |all| {
            let interfaces = network::interfaces()?;
            let addresses = interfaces.iter().flat_map(|one| &one.addresses).filter(|own| own.address.is_ipv4());
            let mut numbers = [0; 23];
            for (number, name) in numbers.iter_mut().zip(NAMES) {
                *number = all.get("Ip", name);
            }
            numbers[20] = interfaces.len() as u32;
            numbers[21] = addresses.count() as u32;
            numbers[22] = network::routes(false)?.len() as u32;
            Ok(numbers)
        })
    }
}

/// What TCP has counted.
#[unsafe(export_name = "ws2_GetTcpStatistics")]
pub unsafe extern "system" fn GetTcpStatistics(place: *mut [u32; 15]) -> u32 {
    const NAMES: [&str; 14] = [
        "RtoAlgorithm",
        "RtoMin",
        "RtoMax",
        "MaxConn",
        "ActiveOpens",
        "PassiveOpens",
        "AttemptFails",
        "EstabResets",
        "CurrEstab",
        "InSegs",
        "OutSegs",
        "RetransSegs",
        "InErrs",
        "OutRsts",
    ];
    // SAFETY: the caller gives a place for it.
    unsafe {
        tell(place, |all| {
            let mut numbers = [0; 15];
            for (number, name) in numbers.iter_mut().zip(NAMES) {
                *number = all.get("Tcp", name);
            }
            numbers[14] = network::connections(Protocol::Tcp)?.len() as u32;
            Ok(numbers)
        })
    }
}

/// What UDP has counted.
#[unsafe(export_name = "ws2_GetUdpStatistics")]
pub unsafe extern "system" fn GetUdpStatistics(place: *mut [u32; 5]) -> u32 {
    // SAFETY: the caller gives a place for it.
    unsafe {
        tell(place, |all| {
            let sockets = network::connections(Protocol::Udp)?.len() as u32;
            let [a, b, c, d] = ["InDatagrams", "NoPorts", "InErrors", "OutDatagrams"].map(|name| all.get("Udp", name));
            Ok([a, b, c, d, sockets])
        })
    }
}

/// What ICMP has counted, in both directions.
#[unsafe(export_name = "ws2_GetIcmpStatistics")]
pub unsafe extern "system" fn GetIcmpStatistics(place: *mut [u32; 26]) -> u32 {
    const NAMES: [&str; 13] = [
        "Msgs",
        "Errors",
        "DestUnreachs",
        "TimeExcds",
        "ParmProbs",
        "SrcQuenchs",
        "Redirects",
        "Echos",
        "EchoReps",
        "Timestamps",
        "TimestampReps",
        "AddrMasks",
        "AddrMaskReps",
    ];
    // SAFETY: the caller gives a place for it.
    unsafe {
        tell(place, |all| {
            let names = ["In", "Out"].into_iter().flat_map(|way| NAMES.map(|name| format!("{way}{name}")));
            let mut numbers = [0; 26];
            for (number, name) in numbers.iter_mut().zip(names) {
                *number = all.get("Icmp", &name);
            }
            Ok(numbers)
        })
    }
}
