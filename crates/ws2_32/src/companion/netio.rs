//! The functions of netioapi.h: addresses, routes and names of interfaces by their lasting numbers (LUID).
//!
//! A LUID is made of an interface's kind and its number, and its name is Linux' own.

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use winbase::network::{self, Interface, Kind, Route};
use winbase::{Code, error};

use crate::boundary::usable;
use crate::text::{self, Unit};

const AF_UNSPEC: u16 = 0;
const AF_INET: u16 = 2;
const AF_INET6: u16 = 23;
const NOT_FOUND: Code = Code::new(1168);

pub(super) fn status(result: Result<(), Code>) -> u32 {
    result.map_or_else(|code| code.value().cast_unsigned(), |()| 0)
}

/// `NET_LUID`: 24 bits reserved, 24 of the number, 16 of the kind.
pub(super) fn luid(interface: &Interface) -> u64 {
    u64::from(interface.kind as u32) << 48 | u64::from(interface.index) << 24
}

/// `SOCKADDR_INET`: as long as `sockaddr_in6`.
#[repr(C, align(4))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SOCKADDR_INET([u8; 28]);

impl SOCKADDR_INET {
    /// An address of no port; one of IPv6 that counts on one link only belongs to an interface.
    pub(super) fn new(address: IpAddr, interface: u32) -> SOCKADDR_INET {
        let mut bytes = [0; 28];
        match address {
            IpAddr::V4(address) => {
                bytes[..2].copy_from_slice(&AF_INET.to_ne_bytes());
                bytes[4..8].copy_from_slice(&address.octets());
            }
            IpAddr::V6(address) => {
                bytes[..2].copy_from_slice(&AF_INET6.to_ne_bytes());
                bytes[8..24].copy_from_slice(&address.octets());
                let scope = if address.is_unicast_link_local() { interface } else { 0 };
                bytes[24..].copy_from_slice(&scope.to_ne_bytes());
            }
        }
        SOCKADDR_INET(bytes)
    }
}

/// The address in a `SOCKADDR_INET`, a `sockaddr_in` or a `sockaddr_in6`, of which no more is read than its family has;
/// `None` for one of no family.
///
/// # Safety
/// If usable, the pointer is to one of these.
unsafe fn read_address(place: *const u8) -> Result<Option<IpAddr>, Code> {
    if !usable(place) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise; the family says how much there is.
    unsafe {
        match place.cast::<u16>().read_unaligned() {
            AF_UNSPEC => Ok(None),
            AF_INET => Ok(Some(Ipv4Addr::from(place.add(4).cast::<[u8; 4]>().read_unaligned()).into())),
            AF_INET6 => Ok(Some(Ipv6Addr::from(place.add(8).cast::<[u8; 16]>().read_unaligned()).into())),
            _ => Err(error::INVALID_PARAMETER),
        }
    }
}

/// `MIB_UNICASTIPADDRESS_ROW`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_UNICASTIPADDRESS_ROW {
    pub Address: SOCKADDR_INET,
    pub InterfaceLuid: u64,
    pub InterfaceIndex: u32,
    pub PrefixOrigin: i32,
    pub SuffixOrigin: i32,
    pub ValidLifetime: u32,
    pub PreferredLifetime: u32,
    pub OnLinkPrefixLength: u8,
    pub SkipAsSource: u8,
    pub DadState: i32,
    pub ScopeId: u32,
    pub CreationTimeStamp: i64,
}

const _: () = assert!(size_of::<MIB_UNICASTIPADDRESS_ROW>() == 80);

/// `MIB_IPFORWARD_ROW2`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_IPFORWARD_ROW2 {
    pub InterfaceLuid: u64,
    pub InterfaceIndex: u32,
    pub DestinationPrefix: SOCKADDR_INET,
    pub DestinationPrefixLength: u32,
    pub NextHop: SOCKADDR_INET,
    pub SitePrefixLength: u8,
    pub ValidLifetime: u32,
    pub PreferredLifetime: u32,
    pub Metric: u32,
    pub Protocol: i32,
    pub Loopback: u8,
    pub AutoconfigureAddress: u8,
    pub Publish: u8,
    pub Immortal: u8,
    pub Age: u32,
    pub Origin: i32,
}

const _: () = assert!(size_of::<MIB_IPFORWARD_ROW2>() == 104);

/// Gives a table, for [`FreeMibTable`]: the number of rows, and the rows where a number of 8 bytes may be.
///
/// # Safety
/// If usable, `place` is good for writing a pointer.
pub(super) unsafe fn give_table<R: Copy>(rows: &[R], place: *mut *mut c_void) -> Result<(), Code> {
    const FIRST: usize = 8;
    const { assert!(align_of::<R>() <= FIRST) };
    // SAFETY: the memory has room for what is written; the caller's promise of the place.
    unsafe {
        let memory = libc::malloc(FIRST + size_of_val(rows));
        if memory.is_null() {
            return Err(error::NOT_ENOUGH_MEMORY);
        }
        memory.cast::<u64>().write(rows.len() as u64);
        memory.byte_add(FIRST).cast::<R>().copy_from_nonoverlapping(rows.as_ptr(), rows.len());
        place.write_unaligned(memory);
    }
    Ok(())
}

/// Whether a table for a family has rows of IPv4 and of IPv6.
pub(super) fn families(family: u16) -> Result<[bool; 2], Code> {
    match family {
        AF_UNSPEC => Ok([true, true]),
        AF_INET => Ok([true, false]),
        AF_INET6 => Ok([false, true]),
        _ => Err(error::INVALID_PARAMETER),
    }
}

/// The addresses of this computer.
#[unsafe(export_name = "ws2_GetUnicastIpAddressTable")]
pub unsafe extern "system" fn GetUnicastIpAddressTable(family: u16, table: *mut *mut c_void) -> u32 {
    if !usable(table) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let rows = families(family).and_then(|[v4, v6]| {
        let mut rows = Vec::new();
        for interface in &network::interfaces()? {
            let wanted = interface.addresses.iter().filter(|own| if own.address.is_ipv4() { v4 } else { v6 });
            rows.extend(wanted.map(|own| address_row(interface, own)));
        }
        // Docs: "GetUnicastIpAddressTable function": ERROR_NOT_FOUND if there is none.
        if rows.is_empty() { Err(NOT_FOUND) } else { Ok(rows) }
    });
    // SAFETY: the caller gives a place for the pointer.
    status(rows.and_then(|rows| unsafe { give_table(&rows, table) }))
}

pub(super) fn address_row(interface: &Interface, own: &network::Address) -> MIB_UNICASTIPADDRESS_ROW {
    const MANUAL: i32 = 1;
    const WELL_KNOWN: i32 = 2;
    const RANDOM: i32 = 5;
    const DEPRECATED: i32 = 3;
    const PREFERRED: i32 = 4;
    let is_link_local = matches!(own.address, IpAddr::V6(address) if address.is_unicast_link_local());
    let origin = if own.address.is_loopback() || is_link_local { WELL_KNOWN } else { MANUAL };
    MIB_UNICASTIPADDRESS_ROW {
        Address: SOCKADDR_INET::new(own.address, interface.index),
        InterfaceLuid: luid(interface),
        InterfaceIndex: interface.index,
        PrefixOrigin: origin,
        SuffixOrigin: if own.is_temporary { RANDOM } else { origin },
        ValidLifetime: own.valid_seconds,
        PreferredLifetime: own.preferred_seconds,
        OnLinkPrefixLength: own.prefix,
        SkipAsSource: 0,
        DadState: if own.preferred_seconds == 0 { DEPRECATED } else { PREFERRED },
        ScopeId: if is_link_local { interface.index } else { 0 },
        CreationTimeStamp: 0,
    }
}

/// The routes of this computer.
#[unsafe(export_name = "ws2_GetIpForwardTable2")]
pub unsafe extern "system" fn GetIpForwardTable2(family: u16, table: *mut *mut c_void) -> u32 {
    if !usable(table) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let rows = families(family).and_then(|wanted| {
        let all = network::interfaces()?;
        let mut rows = Vec::new();
        for (is_wanted, ipv6) in wanted.into_iter().zip([false, true]) {
            if is_wanted {
                rows.extend(network::routes(ipv6)?.iter().map(|route| route_row(&all, route, false)));
            }
        }
        if rows.is_empty() { Err(NOT_FOUND) } else { Ok(rows) }
    });
    // SAFETY: the caller gives a place for the pointer.
    status(rows.and_then(|rows| unsafe { give_table(&rows, table) }))
}

pub(super) fn route_row(all: &[Interface], route: &Route, is_local: bool) -> MIB_IPFORWARD_ROW2 {
    const RTPROT_KERNEL: u8 = 2;
    const RTPROT_RA: u8 = 9;
    const RTPROT_DHCP: u8 = 16;
    const LOCAL: i32 = 2;
    const NETWORK_MANAGEMENT: i32 = 3;
    let interface = all.iter().find(|interface| interface.index == route.interface);
    let nowhere = match route.destination {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    MIB_IPFORWARD_ROW2 {
        InterfaceLuid: interface.map_or(0, luid),
        InterfaceIndex: route.interface,
        DestinationPrefix: SOCKADDR_INET::new(route.destination, route.interface),
        DestinationPrefixLength: route.prefix.into(),
        NextHop: SOCKADDR_INET::new(route.gateway.unwrap_or(nowhere), route.interface),
        SitePrefixLength: 0,
        ValidLifetime: u32::MAX,
        PreferredLifetime: u32::MAX,
        Metric: route.metric,
        Protocol: if route.origin == RTPROT_KERNEL { LOCAL } else { NETWORK_MANAGEMENT },
        Loopback: u8::from(is_local || interface.is_some_and(|interface| interface.kind == Kind::Loopback)),
        AutoconfigureAddress: 0,
        Publish: 0,
        Immortal: 1,
        Age: 0,
        // NlroManual, NlroWellKnown, NlroDHCP, NlroRouterAdvertisement.
        Origin: match route.origin {
            RTPROT_KERNEL => 1,
            RTPROT_DHCP => 2,
            RTPROT_RA => 3,
            _ => 0,
        },
    }
}

/// Lets a table go.
#[unsafe(export_name = "ws2_FreeMibTable")]
pub unsafe extern "system" fn FreeMibTable(memory: *mut c_void) {
    // SAFETY: the caller gives back what a function of this file gave, or null.
    unsafe { libc::free(memory) };
}

/// The route and the source of packets to an address, through one interface or any.
#[unsafe(export_name = "ws2_GetBestRoute2")]
pub unsafe extern "system" fn GetBestRoute2(
    interfaceluid: *const u64,
    interfaceindex: u32,
    sourceaddress: *const SOCKADDR_INET,
    destinationaddress: *const SOCKADDR_INET,
    _addresssortoptions: u32,
    bestroute: *mut MIB_IPFORWARD_ROW2,
    bestsourceaddress: *mut SOCKADDR_INET,
) -> u32 {
    if !usable(bestroute) || !usable(bestsourceaddress) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let found = (|| {
        // SAFETY: the caller gives an address.
        let to = unsafe { read_address(destinationaddress.cast()) }?.ok_or(error::INVALID_PARAMETER)?;
        // SAFETY: the caller gives an address, or none.
        let from = if sourceaddress.is_null() { None } else { unsafe { read_address(sourceaddress.cast()) }? };
        let all = network::interfaces()?;
        // SAFETY: the caller gives a number, or none.
        let wanted = usable(interfaceluid).then(|| unsafe { interfaceluid.read_unaligned() });
        let through = match (wanted, interfaceindex) {
            (None, 0) => None,
            (wanted, index) => {
                let is_wanted = |one: &&Interface| wanted.map_or(one.index == index, |wanted| luid(one) == wanted);
                Some(all.iter().find(is_wanted).ok_or(error::FILE_NOT_FOUND)?.index)
            }
        };
        let best = network::best_route(through, from.filter(|from| !from.is_unspecified()), to)?;
        Ok((route_row(&all, &best.route, best.is_local), SOCKADDR_INET::new(best.source, best.route.interface)))
    })();
    // SAFETY: the caller gives places for both.
    status(found.map(|(row, source)| unsafe {
        bestroute.write_unaligned(row);
        bestsourceaddress.write_unaligned(source);
    }))
}

/// The interface through which packets to an address go.
#[unsafe(export_name = "ws2_GetBestInterfaceEx")]
pub unsafe extern "system" fn GetBestInterfaceEx(pdestaddr: *const u8, pdwbestifindex: *mut u32) -> u32 {
    if !usable(pdwbestifindex) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives an address.
    let to = unsafe { read_address(pdestaddr) }.and_then(|to| to.ok_or(error::INVALID_PARAMETER));
    // SAFETY: the caller gives a place for it.
    status(to.and_then(network::best_interface).map(|index| unsafe { pdwbestifindex.write_unaligned(index) }))
}

/// The lasting number of an interface; 0 if there is none.
#[unsafe(export_name = "ws2_ConvertInterfaceIndexToLuid")]
pub unsafe extern "system" fn ConvertInterfaceIndexToLuid(interfaceindex: u32, interfaceluid: *mut u64) -> u32 {
    if !usable(interfaceluid) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let found = one(|interface| interface.index == interfaceindex);
    // SAFETY: the caller gives a place for it.
    unsafe { interfaceluid.write_unaligned(found.as_ref().map_or(0, luid)) };
    // Observed: conformance/cases/companion/interface_numbers.c.
    status(found.map(drop).map_err(|_| error::FILE_NOT_FOUND))
}

/// The number of an interface; 0 if there is none.
#[unsafe(export_name = "ws2_ConvertInterfaceLuidToIndex")]
pub unsafe extern "system" fn ConvertInterfaceLuidToIndex(interfaceluid: *const u64, interfaceindex: *mut u32) -> u32 {
    if !usable(interfaceluid) || !usable(interfaceindex) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives a number.
    let wanted = unsafe { interfaceluid.read_unaligned() };
    let found = one(|interface| luid(interface) == wanted);
    // SAFETY: the caller gives a place for it.
    unsafe { interfaceindex.write_unaligned(found.as_ref().map_or(0, |found| found.index)) };
    status(found.map(drop).map_err(|_| error::FILE_NOT_FOUND))
}

fn one(is_wanted: impl Fn(&Interface) -> bool) -> Result<Interface, Code> {
    network::interfaces()?.into_iter().find(is_wanted).ok_or(NOT_FOUND)
}

/// # Safety
/// If usable, `name` is a string and `place` good for writing.
unsafe fn luid_of_name<T: Unit>(name: *const T, place: *mut u64) -> u32 {
    if !usable(name) {
        return status(Err(error::INVALID_NAME));
    }
    if !usable(place) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    let name = unsafe { text::units(name) }.map(|units| T::decode(&units)).unwrap_or_default();
    let found = one(|interface| interface.name == name);
    // SAFETY: the caller's promise.
    status(found.map(|found| unsafe { place.write_unaligned(luid(&found)) }).map_err(|_| error::INVALID_NAME))
}

/// # Safety
/// If usable, `wanted` is good for reading, and `place` for writes of `room` units.
unsafe fn name_of_luid<T: Unit>(wanted: *const u64, place: *mut T, room: usize) -> u32 {
    if !usable(wanted) || !usable(place) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    let wanted = unsafe { wanted.read_unaligned() };
    let found = one(|interface| luid(interface) == wanted).map_err(|_| error::INVALID_PARAMETER);
    // SAFETY: the caller's promise.
    status(
        found.and_then(|found| unsafe { text::write(&found.name, place, room) }.map_err(|_| error::NOT_ENOUGH_MEMORY)),
    )
}

/// The lasting number of an interface that has this name.
#[unsafe(export_name = "ws2_ConvertInterfaceNameToLuidA")]
pub unsafe extern "system" fn ConvertInterfaceNameToLuidA(interfacename: *const u8, interfaceluid: *mut u64) -> u32 {
    // SAFETY: the caller gives a string and a place.
    unsafe { luid_of_name(interfacename, interfaceluid) }
}

/// [`ConvertInterfaceNameToLuidA`] for wide text.
#[unsafe(export_name = "ws2_ConvertInterfaceNameToLuidW")]
pub unsafe extern "system" fn ConvertInterfaceNameToLuidW(interfacename: *const u16, interfaceluid: *mut u64) -> u32 {
    // SAFETY: the caller gives a string and a place.
    unsafe { luid_of_name(interfacename, interfaceluid) }
}

/// [`ConvertInterfaceNameToLuidA`] for wide text of 32-bit units.
#[unsafe(export_name = "ws2_ConvertInterfaceNameToLuidW_utf32")]
pub unsafe extern "system" fn ConvertInterfaceNameToLuidW_utf32(
    interfacename: *const u32,
    interfaceluid: *mut u64,
) -> u32 {
    // SAFETY: the caller gives a string and a place.
    unsafe { luid_of_name(interfacename, interfaceluid) }
}

/// The name of an interface.
#[unsafe(export_name = "ws2_ConvertInterfaceLuidToNameA")]
pub unsafe extern "system" fn ConvertInterfaceLuidToNameA(
    interfaceluid: *const u64,
    interfacename: *mut u8,
    length: usize,
) -> u32 {
    // SAFETY: the caller gives a number and a place.
    unsafe { name_of_luid(interfaceluid, interfacename, length) }
}

/// [`ConvertInterfaceLuidToNameA`] for wide text.
#[unsafe(export_name = "ws2_ConvertInterfaceLuidToNameW")]
pub unsafe extern "system" fn ConvertInterfaceLuidToNameW(
    interfaceluid: *const u64,
    interfacename: *mut u16,
    length: usize,
) -> u32 {
    // SAFETY: the caller gives a number and a place.
    unsafe { name_of_luid(interfaceluid, interfacename, length) }
}

/// [`ConvertInterfaceLuidToNameA`] for wide text of 32-bit units.
#[unsafe(export_name = "ws2_ConvertInterfaceLuidToNameW_utf32")]
pub unsafe extern "system" fn ConvertInterfaceLuidToNameW_utf32(
    interfaceluid: *const u64,
    interfacename: *mut u32,
    length: usize,
) -> u32 {
    // SAFETY: the caller gives a number and a place.
    unsafe { name_of_luid(interfaceluid, interfacename, length) }
}
