//! Interfaces of the computer as lists that are tied by pointers: `GetAdaptersAddresses`, `GetAdaptersInfo`,
//! `GetNetworkParams`.

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6};
use std::ptr::null_mut;

use winbase::network::{self, Interface, Kind, Route};
use winbase::{Code, system};
use winsock::Address;

use crate::boundary::usable;
use crate::text::Unit;

const ERROR_SUCCESS: u32 = 0;
const ERROR_INVALID_PARAMETER: u32 = 87;
const ERROR_BUFFER_OVERFLOW: u32 = 111;
const ERROR_NO_DATA: u32 = 232;

const GAA_FLAG_SKIP_UNICAST: u32 = 0x1;
const GAA_FLAG_SKIP_DNS_SERVER: u32 = 0x8;
const GAA_FLAG_INCLUDE_PREFIX: u32 = 0x10;
const GAA_FLAG_SKIP_FRIENDLY_NAME: u32 = 0x20;
const GAA_FLAG_INCLUDE_GATEWAYS: u32 = 0x80;

/// The caller's buffer, given out piece by piece. Beyond its end pieces are counted only, so that the caller can be told
/// how much it takes.
struct Room {
    start: *mut u8,
    size: usize,
    used: usize,
    /// The interface whose addresses are written: the scope of those that only mean something with one.
    interface: u32,
}

impl Room {
    /// A place for a value; null if there is no room.
    fn take<T>(&mut self, count: usize) -> *mut T {
        let at = self.used.next_multiple_of(8);
        self.used = at + count * size_of::<T>();
        if self.used > self.size {
            return null_mut();
        }
        // SAFETY: within the caller's buffer.
        unsafe { self.start.add(at).cast() }
    }

    fn put<T>(&mut self, value: T) -> *mut T {
        let place = self.take::<T>(1);
        if !place.is_null() {
            // SAFETY: a place for one value, fresh in the caller's buffer.
            unsafe { place.write_unaligned(value) };
        }
        place
    }

    fn text<T: Unit>(&mut self, text: &str) -> *mut T {
        let units = T::encode(text);
        let place = self.take::<T>(units.len() + 1);
        if !place.is_null() {
            for (index, unit) in units.iter().copied().chain([T::default()]).enumerate() {
                // SAFETY: there is room for the units and a zero.
                unsafe { place.add(index).write_unaligned(unit) };
            }
        }
        place
    }

    fn socket_address(&mut self, address: IpAddr) -> SOCKET_ADDRESS {
        let address = match address {
            IpAddr::V6(address) if address.is_unicast_link_local() => {
                SocketAddrV6::new(address, 0, 0, self.interface).into()
            }
            address => SocketAddr::new(address, 0),
        };
        let bytes = Address::from(address).to_windows();
        let place = self.take::<u8>(bytes.len());
        if !place.is_null() {
            // SAFETY: there is room for the bytes.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len()) };
        }
        SOCKET_ADDRESS { lpSockaddr: place.cast(), iSockaddrLength: bytes.len() as i32 }
    }

    /// A list whose nodes point to the next: `node` makes one from an item and the pointer.
    fn list<T, I>(&mut self, items: &[I], mut node: impl FnMut(&mut Room, &I, *mut T) -> T) -> *mut T {
        // From the end, since each points to the one behind it.
        items.iter().rev().fold(null_mut(), |next, item| {
            let value = node(self, item, next);
            self.put(value)
        })
    }
}

/// An address and its length.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct SOCKET_ADDRESS {
    pub lpSockaddr: *mut c_void,
    pub iSockaddrLength: i32,
}

const NO_ADDRESS: SOCKET_ADDRESS = SOCKET_ADDRESS { lpSockaddr: null_mut(), iSockaddrLength: 0 };

/// `IP_ADAPTER_UNICAST_ADDRESS`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADAPTER_UNICAST_ADDRESS {
    pub Length: u32,
    pub Flags: u32,
    pub Next: *mut IP_ADAPTER_UNICAST_ADDRESS,
    pub Address: SOCKET_ADDRESS,
    pub PrefixOrigin: i32,
    pub SuffixOrigin: i32,
    pub DadState: i32,
    pub ValidLifetime: u32,
    pub PreferredLifetime: u32,
    pub LeaseLifetime: u32,
    pub OnLinkPrefixLength: u8,
}

/// `IP_ADAPTER_DNS_SERVER_ADDRESS`, and the other lists of addresses alone.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADAPTER_ADDRESS_NODE {
    pub Length: u32,
    pub Reserved: u32,
    pub Next: *mut IP_ADAPTER_ADDRESS_NODE,
    pub Address: SOCKET_ADDRESS,
}

/// `IP_ADAPTER_PREFIX`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADAPTER_PREFIX {
    pub Length: u32,
    pub Flags: u32,
    pub Next: *mut IP_ADAPTER_PREFIX,
    pub Address: SOCKET_ADDRESS,
    pub PrefixLength: u32,
}

/// `IP_ADAPTER_ADDRESSES`, with texts of one unit.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADAPTER_ADDRESSES<T> {
    pub Length: u32,
    pub IfIndex: u32,
    pub Next: *mut IP_ADAPTER_ADDRESSES<T>,
    pub AdapterName: *mut u8,
    pub FirstUnicastAddress: *mut IP_ADAPTER_UNICAST_ADDRESS,
    pub FirstAnycastAddress: *mut IP_ADAPTER_ADDRESS_NODE,
    pub FirstMulticastAddress: *mut IP_ADAPTER_ADDRESS_NODE,
    pub FirstDnsServerAddress: *mut IP_ADAPTER_ADDRESS_NODE,
    pub DnsSuffix: *mut T,
    pub Description: *mut T,
    pub FriendlyName: *mut T,
    pub PhysicalAddress: [u8; 8],
    pub PhysicalAddressLength: u32,
    pub Flags: u32,
    pub Mtu: u32,
    pub IfType: u32,
    pub OperStatus: i32,
    pub Ipv6IfIndex: u32,
    pub ZoneIndices: [u32; 16],
    pub FirstPrefix: *mut IP_ADAPTER_PREFIX,
    pub TransmitLinkSpeed: u64,
    pub ReceiveLinkSpeed: u64,
    pub FirstWinsServerAddress: *mut IP_ADAPTER_ADDRESS_NODE,
    pub FirstGatewayAddress: *mut IP_ADAPTER_ADDRESS_NODE,
    pub Ipv4Metric: u32,
    pub Ipv6Metric: u32,
    pub Luid: u64,
    pub Dhcpv4Server: SOCKET_ADDRESS,
    pub CompartmentId: u32,
    pub NetworkGuid: [u32; 4],
    pub ConnectionType: i32,
    pub TunnelType: i32,
    pub Dhcpv6Server: SOCKET_ADDRESS,
    pub Dhcpv6ClientDuid: [u8; 130],
    pub Dhcpv6ClientDuidLength: u32,
    pub Dhcpv6Iaid: u32,
    pub FirstDnsSuffix: *mut c_void,
}

/// Every interface with its addresses.
#[unsafe(export_name = "ws2_GetAdaptersAddresses")]
pub unsafe extern "system" fn GetAdaptersAddresses(
    family: u32,
    flags: u32,
    reserved: *mut c_void,
    addresses: *mut IP_ADAPTER_ADDRESSES<u16>,
    size: *mut u32,
) -> u32 {
    let _ = reserved;
    // SAFETY: the caller gives room for `*size` bytes.
    unsafe { adapters(family, flags, addresses, size) }
}

/// [`GetAdaptersAddresses`] for texts of 32-bit units.
#[unsafe(export_name = "ws2_GetAdaptersAddresses_utf32")]
pub unsafe extern "system" fn GetAdaptersAddresses_utf32(
    family: u32,
    flags: u32,
    reserved: *mut c_void,
    addresses: *mut IP_ADAPTER_ADDRESSES<u32>,
    size: *mut u32,
) -> u32 {
    let _ = reserved;
    // SAFETY: the caller gives room for `*size` bytes.
    unsafe { adapters(family, flags, addresses, size) }
}

/// # Safety
/// If usable, `size` is good for reading and writing, and `place` for writes of `*size` bytes.
unsafe fn adapters<T: Unit>(family: u32, flags: u32, place: *mut IP_ADAPTER_ADDRESSES<T>, size: *mut u32) -> u32 {
    if !usable(size) || !matches!(family, 0 | 2 | 23) {
        return ERROR_INVALID_PARAMETER;
    }
    let found = network::interfaces().and_then(|all| Ok((all, routes()?)));
    let (all, routes) = match found {
        Ok(found) => found,
        Err(code) => return code.value().cast_unsigned(),
    };
    if all.is_empty() {
        return ERROR_NO_DATA;
    }
    let wanted = |address: &IpAddr| family == 0 || (family == 2) == address.is_ipv4();
    // SAFETY: the caller's promise.
    let given = unsafe { size.read_unaligned() } as usize;
    let mut room = Room { start: place.cast(), size: if usable(place) { given } else { 0 }, used: 0, interface: 0 };
    // The first is where the buffer begins, so they are laid out in order and tied afterwards.
    let heads: Vec<*mut IP_ADAPTER_ADDRESSES<T>> = all.iter().map(|_| room.take(1)).collect();
    for (at, interface) in all.iter().enumerate() {
        let next = heads.get(at + 1).copied().unwrap_or(null_mut());
        let value = adapter(interface, &routes, flags, &wanted, next, &mut room);
        if !heads[at].is_null() {
            // SAFETY: a place in the caller's buffer that was taken for it.
            unsafe { heads[at].write_unaligned(value) };
        }
    }
    // SAFETY: the caller's promise.
    unsafe { size.write_unaligned(room.used as u32) };
    if room.used > room.size { ERROR_BUFFER_OVERFLOW } else { ERROR_SUCCESS }
}

fn routes() -> Result<Vec<Route>, Code> {
    let mut all = network::routes(false)?;
    all.extend(network::routes(true)?);
    Ok(all)
}

fn adapter<T: Unit>(
    interface: &Interface,
    routes: &[Route],
    flags: u32,
    wanted: &dyn Fn(&IpAddr) -> bool,
    next: *mut IP_ADAPTER_ADDRESSES<T>,
    room: &mut Room,
) -> IP_ADAPTER_ADDRESSES<T> {
    room.interface = interface.index;
    const IP_ADAPTER_RECEIVE_ONLY_NO_MULTICAST: u32 = 0x10;
    const IP_ADAPTER_IPV4_ENABLED: u32 = 0x80;
    const IP_ADAPTER_IPV6_ENABLED: u32 = 0x100;
    let own: Vec<network::Address> = interface.addresses.iter().filter(|own| wanted(&own.address)).copied().collect();
    let unicast = if flags & GAA_FLAG_SKIP_UNICAST != 0 { null_mut() } else { room.list(&own, unicast_node) };
    let servers: Vec<IpAddr> = if flags & GAA_FLAG_SKIP_DNS_SERVER != 0 || interface.kind == Kind::Loopback {
        Vec::new()
    } else {
        network::name_servers().into_iter().filter(wanted).collect()
    };
    let gateways: Vec<IpAddr> = if flags & GAA_FLAG_INCLUDE_GATEWAYS == 0 {
        Vec::new()
    } else {
        let here = routes.iter().filter(|route| route.interface == interface.index && route.prefix == 0);
        here.filter_map(|route| route.gateway).filter(wanted).collect()
    };
    let prefixes: Vec<(IpAddr, u8)> = if flags & GAA_FLAG_INCLUDE_PREFIX == 0 {
        Vec::new()
    } else {
        own.iter().map(|own| (network_of(own.address, own.prefix), own.prefix)).collect()
    };
    let mut hardware = [0; 8];
    let hardware_length = interface.hardware.len().min(8);
    hardware[..hardware_length].copy_from_slice(&interface.hardware[..hardware_length]);
    let has = |ipv4: bool, flag: u32| {
        if interface.addresses.iter().any(|own| own.address.is_ipv4() == ipv4) { flag } else { 0 }
    };
    let speed = if interface.speed == 0 { u64::MAX } else { interface.speed };
    let name = if flags & GAA_FLAG_SKIP_FRIENDLY_NAME != 0 { null_mut() } else { room.text(&interface.name) };
    IP_ADAPTER_ADDRESSES {
        Length: size_of::<IP_ADAPTER_ADDRESSES<T>>() as u32,
        IfIndex: interface.index,
        Next: next,
        AdapterName: room.text(&interface.name),
        FirstUnicastAddress: unicast,
        FirstAnycastAddress: null_mut(),
        FirstMulticastAddress: null_mut(),
        FirstDnsServerAddress: room.list(&servers, address_node),
        DnsSuffix: room.text(&if interface.kind == Kind::Loopback { String::new() } else { system::domain() }),
        Description: room.text(&interface.name),
        FriendlyName: name,
        PhysicalAddress: hardware,
        PhysicalAddressLength: hardware_length as u32,
        Flags: has(true, IP_ADAPTER_IPV4_ENABLED)
            | has(false, IP_ADAPTER_IPV6_ENABLED)
            | if interface.has_multicast || interface.kind == Kind::Loopback {
                0
            } else {
                IP_ADAPTER_RECEIVE_ONLY_NO_MULTICAST
            },
        // The loopback interface has no limit to Windows.
        Mtu: if interface.kind == Kind::Loopback { u32::MAX } else { interface.mtu },
        IfType: interface.kind as u32,
        // IfOperStatusUp, IfOperStatusDown.
        OperStatus: if interface.is_running || interface.is_up && interface.kind == Kind::Loopback { 1 } else { 2 },
        Ipv6IfIndex: interface.index,
        ZoneIndices: [interface.index; 16],
        FirstPrefix: room.list(&prefixes, prefix_node),
        TransmitLinkSpeed: speed,
        ReceiveLinkSpeed: speed,
        FirstWinsServerAddress: null_mut(),
        FirstGatewayAddress: room.list(&gateways, address_node),
        Ipv4Metric: 0,
        Ipv6Metric: 0,
        Luid: super::netio::luid(interface),
        Dhcpv4Server: NO_ADDRESS,
        CompartmentId: 1,
        NetworkGuid: [0; 4],
        ConnectionType: 1,
        TunnelType: 0,
        Dhcpv6Server: NO_ADDRESS,
        Dhcpv6ClientDuid: [0; 130],
        Dhcpv6ClientDuidLength: 0,
        Dhcpv6Iaid: 0,
        FirstDnsSuffix: null_mut(),
    }
}

fn unicast_node(
    room: &mut Room,
    own: &network::Address,
    next: *mut IP_ADAPTER_UNICAST_ADDRESS,
) -> IP_ADAPTER_UNICAST_ADDRESS {
    const DAD_STATE_PREFERRED: i32 = 4;
    const ORIGIN_MANUAL: i32 = 1;
    const SUFFIX_ORIGIN_RANDOM: i32 = 5;
    IP_ADAPTER_UNICAST_ADDRESS {
        Length: size_of::<IP_ADAPTER_UNICAST_ADDRESS>() as u32,
        Flags: 1, // IP_ADAPTER_ADDRESS_DNS_ELIGIBLE
        Next: next,
        Address: room.socket_address(own.address),
        PrefixOrigin: ORIGIN_MANUAL,
        SuffixOrigin: if own.is_temporary { SUFFIX_ORIGIN_RANDOM } else { ORIGIN_MANUAL },
        DadState: DAD_STATE_PREFERRED,
        ValidLifetime: own.valid_seconds,
        PreferredLifetime: own.preferred_seconds,
        LeaseLifetime: own.valid_seconds,
        OnLinkPrefixLength: own.prefix,
    }
}

fn address_node(room: &mut Room, address: &IpAddr, next: *mut IP_ADAPTER_ADDRESS_NODE) -> IP_ADAPTER_ADDRESS_NODE {
    IP_ADAPTER_ADDRESS_NODE {
        Length: size_of::<IP_ADAPTER_ADDRESS_NODE>() as u32,
        Reserved: 0,
        Next: next,
        Address: room.socket_address(*address),
    }
}

fn prefix_node(room: &mut Room, (address, length): &(IpAddr, u8), next: *mut IP_ADAPTER_PREFIX) -> IP_ADAPTER_PREFIX {
    IP_ADAPTER_PREFIX {
        Length: size_of::<IP_ADAPTER_PREFIX>() as u32,
        Flags: 0,
        Next: next,
        Address: room.socket_address(*address),
        PrefixLength: (*length).into(),
    }
}

/// The address with only its first `prefix` bits.
fn network_of(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4((u32::from(address) & mask(prefix)).into()),
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

/// The mask of an IPv4 network, in the machine's order.
pub(super) fn mask(prefix: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)
}

/// `IP_ADDR_STRING`: an address as text, with its mask.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADDR_STRING {
    pub Next: *mut IP_ADDR_STRING,
    pub IpAddress: [u8; 16],
    pub IpMask: [u8; 16],
    pub Context: u32,
}

impl IP_ADDR_STRING {
    fn new(address: Option<Ipv4Addr>, mask: Option<Ipv4Addr>, next: *mut IP_ADDR_STRING) -> IP_ADDR_STRING {
        let text = |address: Option<Ipv4Addr>| field(&address.unwrap_or(Ipv4Addr::UNSPECIFIED).to_string());
        // The number by which `DeleteIPAddress` knows it.
        let context = address.map_or(0, |address| u32::from_ne_bytes(address.octets()));
        IP_ADDR_STRING { Next: next, IpAddress: text(address), IpMask: text(mask), Context: context }
    }
}

/// Text in a field of fixed length, cut where it must be, with a zero.
fn field<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let kept = text.len().min(N - 1);
    bytes[..kept].copy_from_slice(&text.as_bytes()[..kept]);
    bytes
}

/// The first of a list, which stands in the structure itself, with the others in `room`.
fn strings(room: &mut Room, all: &[(Option<Ipv4Addr>, Option<Ipv4Addr>)]) -> IP_ADDR_STRING {
    match all {
        [] => IP_ADDR_STRING { Next: null_mut(), IpAddress: [0; 16], IpMask: [0; 16], Context: 0 },
        [first, rest @ ..] => {
            let next = room.list(rest, |_, (address, mask), next| IP_ADDR_STRING::new(*address, *mask, next));
            IP_ADDR_STRING::new(first.0, first.1, next)
        }
    }
}

/// `IP_ADAPTER_INFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct IP_ADAPTER_INFO {
    pub Next: *mut IP_ADAPTER_INFO,
    pub ComboIndex: u32,
    pub AdapterName: [u8; 260],
    pub Description: [u8; 132],
    pub AddressLength: u32,
    pub Address: [u8; 8],
    pub Index: u32,
    pub Type: u32,
    pub DhcpEnabled: u32,
    pub CurrentIpAddress: *mut IP_ADDR_STRING,
    pub IpAddressList: IP_ADDR_STRING,
    pub GatewayList: IP_ADDR_STRING,
    pub DhcpServer: IP_ADDR_STRING,
    pub HaveWins: i32,
    pub PrimaryWinsServer: IP_ADDR_STRING,
    pub SecondaryWinsServer: IP_ADDR_STRING,
    pub LeaseObtained: i64,
    pub LeaseExpires: i64,
}

/// The interfaces with IPv4, without the loopback interface.
#[unsafe(export_name = "ws2_GetAdaptersInfo")]
pub unsafe extern "system" fn GetAdaptersInfo(place: *mut IP_ADAPTER_INFO, size: *mut u32) -> u32 {
    if !usable(size) {
        return ERROR_INVALID_PARAMETER;
    }
    let found = network::interfaces().and_then(|all| Ok((all, network::routes(false)?)));
    let (all, routes) = match found {
        Ok((all, routes)) => {
            let outer: Vec<Interface> =
                all.into_iter().filter(|interface| interface.kind != Kind::Loopback && interface.is_up).collect();
            (outer, routes)
        }
        Err(code) => return code.value().cast_unsigned(),
    };
    if all.is_empty() {
        return ERROR_NO_DATA;
    }
    // SAFETY: the caller gives the size of its buffer.
    let given = unsafe { size.read_unaligned() } as usize;
    let mut room = Room { start: place.cast(), size: if usable(place) { given } else { 0 }, used: 0, interface: 0 };
    let heads: Vec<*mut IP_ADAPTER_INFO> = all.iter().map(|_| room.take(1)).collect();
    for (at, interface) in all.iter().enumerate() {
        let next = heads.get(at + 1).copied().unwrap_or(null_mut());
        let value = adapter_info(interface, &routes, next, &mut room);
        if !heads[at].is_null() {
            // SAFETY: a place in the caller's buffer that was taken for it.
            unsafe { heads[at].write_unaligned(value) };
        }
    }
    // SAFETY: the caller gives a place for the size.
    unsafe { size.write_unaligned(room.used as u32) };
    if room.used > room.size { ERROR_BUFFER_OVERFLOW } else { ERROR_SUCCESS }
}

fn adapter_info(
    interface: &Interface,
    routes: &[Route],
    next: *mut IP_ADAPTER_INFO,
    room: &mut Room,
) -> IP_ADAPTER_INFO {
    let v4 = |address: IpAddr| match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(_) => None,
    };
    let mut own: Vec<_> = interface
        .addresses
        .iter()
        .filter_map(|own| v4(own.address).map(|address| (Some(address), Some(Ipv4Addr::from(mask(own.prefix))))))
        .collect();
    if own.is_empty() {
        own.push((None, None));
    }
    let here = routes.iter().filter(|route| route.interface == interface.index && route.prefix == 0);
    let mut gateways: Vec<_> =
        here.filter_map(|route| v4(route.gateway?).map(|gateway| (Some(gateway), Some(Ipv4Addr::BROADCAST)))).collect();
    if gateways.is_empty() {
        gateways.push((None, None));
    }
    let mut hardware = [0; 8];
    let hardware_length = interface.hardware.len().min(8);
    hardware[..hardware_length].copy_from_slice(&interface.hardware[..hardware_length]);
    IP_ADAPTER_INFO {
        Next: next,
        ComboIndex: interface.index,
        AdapterName: field(&interface.name),
        Description: field(&interface.name),
        AddressLength: hardware_length as u32,
        Address: hardware,
        Index: interface.index,
        Type: interface.kind as u32,
        DhcpEnabled: 0,
        CurrentIpAddress: null_mut(),
        IpAddressList: strings(room, &own),
        GatewayList: strings(room, &gateways),
        DhcpServer: strings(room, &[]),
        HaveWins: 0,
        PrimaryWinsServer: strings(room, &[]),
        SecondaryWinsServer: strings(room, &[]),
        LeaseObtained: 0,
        LeaseExpires: 0,
    }
}

/// `FIXED_INFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct FIXED_INFO {
    pub HostName: [u8; 132],
    pub DomainName: [u8; 132],
    pub CurrentDnsServer: *mut IP_ADDR_STRING,
    pub DnsServerList: IP_ADDR_STRING,
    pub NodeType: u32,
    pub ScopeId: [u8; 260],
    pub EnableRouting: u32,
    pub EnableProxy: u32,
    pub EnableDns: u32,
}

/// Names and settings of the computer in its networks.
#[unsafe(export_name = "ws2_GetNetworkParams")]
pub unsafe extern "system" fn GetNetworkParams(place: *mut FIXED_INFO, size: *mut u32) -> u32 {
    const HYBRID: u32 = 8;
    if !usable(size) {
        return ERROR_INVALID_PARAMETER;
    }
    // SAFETY: the caller gives the size of its buffer.
    let given = unsafe { size.read_unaligned() } as usize;
    let mut room = Room { start: place.cast(), size: if usable(place) { given } else { 0 }, used: 0, interface: 0 };
    let head = room.take::<FIXED_INFO>(1);
    let servers: Vec<_> = network::name_servers()
        .into_iter()
        .filter_map(|server| match server {
            IpAddr::V4(server) => Some((Some(server), None)),
            IpAddr::V6(_) => None,
        })
        .collect();
    let forwards = winbase::network::Counters::read().map_or(0, |counters| counters.get("Ip", "Forwarding"));
    let info = FIXED_INFO {
        HostName: field(&system::host_name()),
        DomainName: field(&system::domain()),
        CurrentDnsServer: null_mut(),
        DnsServerList: strings(&mut room, &servers),
        NodeType: HYBRID,
        ScopeId: [0; 260],
        EnableRouting: (forwards == 1).into(),
        EnableProxy: 0,
        EnableDns: (!servers.is_empty()).into(),
    };
    // SAFETY: the caller gives a place for the size; the head is in its buffer.
    unsafe {
        size.write_unaligned(room.used as u32);
        if room.used > room.size {
            return ERROR_BUFFER_OVERFLOW;
        }
        head.write_unaligned(info);
    }
    ERROR_SUCCESS
}

const _: () = assert!(size_of::<IP_ADAPTER_ADDRESSES<u16>>() == 448);
const _: () = assert!(size_of::<IP_ADAPTER_UNICAST_ADDRESS>() == 64);
const _: () = assert!(size_of::<IP_ADAPTER_PREFIX>() == 40);
const _: () = assert!(size_of::<IP_ADAPTER_INFO>() == 704);
const _: () = assert!(size_of::<FIXED_INFO>() == 600);
