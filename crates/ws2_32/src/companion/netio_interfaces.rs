//! Interfaces as netioapi.h has them: `MIB_IF_ROW2` for the link, `MIB_IPINTERFACE_ROW` for what IP makes of it.

use std::ffi::c_void;

use winbase::error;
use winbase::network::{self, Interface, Kind};

use super::netio::{give_table, luid, status};
use crate::boundary::usable;
use crate::text::Unit;

/// `IF_MAX_STRING_SIZE` and the zero behind it.
const LONGEST_TEXT: usize = 257;
/// `IF_MAX_PHYS_ADDRESS_LENGTH`.
const LONGEST_HARDWARE: usize = 32;

/// `MIB_IPINTERFACE_ROW`, of which routines that are told of a change get these members.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_IPINTERFACE_ROW {
    pub Family: u16,
    pub InterfaceLuid: u64,
    pub InterfaceIndex: u32,
    others: [u32; 37],
}

const _: () = assert!(size_of::<MIB_IPINTERFACE_ROW>() == 168);

impl MIB_IPINTERFACE_ROW {
    /// A row that names an interface, and says no more of it.
    pub(super) fn naming(interface: &Interface, is_v6: bool) -> MIB_IPINTERFACE_ROW {
        const AF_INET: u16 = 2;
        const AF_INET6: u16 = 23;
        MIB_IPINTERFACE_ROW {
            Family: if is_v6 { AF_INET6 } else { AF_INET },
            InterfaceLuid: luid(interface),
            InterfaceIndex: interface.index,
            others: [0; 37],
        }
    }
}

/// `MIB_IF_ROW2`, with texts of one unit.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_IF_ROW2<T> {
    pub InterfaceLuid: u64,
    pub InterfaceIndex: u32,
    pub InterfaceGuid: [u32; 4],
    pub Alias: [T; LONGEST_TEXT],
    pub Description: [T; LONGEST_TEXT],
    pub PhysicalAddressLength: u32,
    pub PhysicalAddress: [u8; LONGEST_HARDWARE],
    pub PermanentPhysicalAddress: [u8; LONGEST_HARDWARE],
    pub Mtu: u32,
    pub Type: u32,
    pub TunnelType: i32,
    pub MediaType: i32,
    pub PhysicalMediumType: i32,
    pub AccessType: i32,
    pub DirectionType: i32,
    pub InterfaceAndOperStatusFlags: u8,
    pub OperStatus: i32,
    pub AdminStatus: i32,
    pub MediaConnectState: i32,
    pub NetworkGuid: [u32; 4],
    pub ConnectionType: i32,
    pub TransmitLinkSpeed: u64,
    pub ReceiveLinkSpeed: u64,
    pub InOctets: u64,
    pub InUcastPkts: u64,
    pub InNUcastPkts: u64,
    pub InDiscards: u64,
    pub InErrors: u64,
    pub InUnknownProtos: u64,
    pub InUcastOctets: u64,
    pub InMulticastOctets: u64,
    pub InBroadcastOctets: u64,
    pub OutOctets: u64,
    pub OutUcastPkts: u64,
    pub OutNUcastPkts: u64,
    pub OutDiscards: u64,
    pub OutErrors: u64,
    pub OutUcastOctets: u64,
    pub OutMulticastOctets: u64,
    pub OutBroadcastOctets: u64,
    pub OutQLen: u64,
}

const _: () = assert!(size_of::<MIB_IF_ROW2<u16>>() == 1352);

fn text<T: Unit + Copy + Default>(text: &str) -> [T; LONGEST_TEXT] {
    let mut place = [T::default(); LONGEST_TEXT];
    for (place, unit) in place.iter_mut().take(LONGEST_TEXT - 1).zip(T::encode(text)) {
        *place = unit;
    }
    place
}

fn row<T: Unit + Copy + Default>(interface: &Interface) -> MIB_IF_ROW2<T> {
    const NOT_MEDIA_CONNECTED: u8 = 0x10;
    let mut hardware = [0; LONGEST_HARDWARE];
    let length = interface.hardware.len().min(LONGEST_HARDWARE);
    hardware[..length].copy_from_slice(&interface.hardware[..length]);
    let is_loopback = interface.kind == Kind::Loopback;
    let is_connected = interface.is_running || interface.is_up && is_loopback;
    // NdisMediumLoopback, ...Native802_11, ...Tunnel, ...Wan, ...802_3; NdisPhysicalMediumNative802_11, ...802_3.
    let (medium, physical) = match interface.kind {
        Kind::Loopback => (17, 0),
        Kind::Wireless => (16, 9),
        Kind::Tunnel => (15, 0),
        Kind::Ppp => (3, 0),
        Kind::Ethernet => (0, 14),
        Kind::Other => (0, 0),
    };
    let speed = if interface.speed == 0 { u64::MAX } else { interface.speed };
    let [packets_in, packets_out, bytes_in, bytes_out, errors_in, errors_out, drops_in, drops_out] = interface.traffic;
    MIB_IF_ROW2 {
        InterfaceLuid: luid(interface),
        InterfaceIndex: interface.index,
        InterfaceGuid: [0; 4],
        Alias: text(&interface.name),
        Description: text(&interface.name),
        PhysicalAddressLength: length as u32,
        PhysicalAddress: hardware,
        PermanentPhysicalAddress: hardware,
        // The loopback interface has no limit to Windows.
        Mtu: if is_loopback { u32::MAX } else { interface.mtu },
        Type: interface.kind as u32,
        TunnelType: 0,
        MediaType: medium,
        PhysicalMediumType: physical,
        // NET_IF_ACCESS_LOOPBACK, ...POINT_TO_POINT, ...BROADCAST.
        AccessType: match interface.kind {
            Kind::Loopback => 1,
            Kind::Ppp | Kind::Tunnel => 3,
            _ => 2,
        },
        DirectionType: 0,
        InterfaceAndOperStatusFlags: if is_connected { 0 } else { NOT_MEDIA_CONNECTED },
        // IfOperStatusUp, IfOperStatusDown, and so with those of the administrator and the medium.
        OperStatus: if is_connected { 1 } else { 2 },
        AdminStatus: if interface.is_up { 1 } else { 2 },
        MediaConnectState: if is_connected { 1 } else { 2 },
        NetworkGuid: [0; 4],
        ConnectionType: 1,
        TransmitLinkSpeed: speed,
        ReceiveLinkSpeed: speed,
        InOctets: bytes_in,
        InUcastPkts: packets_in,
        InNUcastPkts: 0,
        InDiscards: drops_in,
        InErrors: errors_in,
        InUnknownProtos: 0,
        InUcastOctets: bytes_in,
        InMulticastOctets: 0,
        InBroadcastOctets: 0,
        OutOctets: bytes_out,
        OutUcastPkts: packets_out,
        OutNUcastPkts: 0,
        OutDiscards: drops_out,
        OutErrors: errors_out,
        OutUcastOctets: bytes_out,
        OutMulticastOctets: 0,
        OutBroadcastOctets: 0,
        OutQLen: 0,
    }
}

/// # Safety
/// If usable, `place` is good for writing a pointer.
unsafe fn table<T: Unit + Copy + Default>(place: *mut *mut c_void) -> u32 {
    if !usable(place) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let rows = network::interfaces().map(|all| all.iter().map(row::<T>).collect::<Vec<_>>());
    // SAFETY: the caller's promise.
    status(rows.and_then(|rows| unsafe { give_table(&rows, place) }))
}

/// # Safety
/// If usable, `place` is good for reading and writing a row.
unsafe fn entry<T: Unit + Copy + Default>(place: *mut MIB_IF_ROW2<T>) -> u32 {
    if !usable(place) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise; the row's other members may be anything.
    let (wanted, index) = unsafe {
        ((&raw const (*place).InterfaceLuid).read_unaligned(), (&raw const (*place).InterfaceIndex).read_unaligned())
    };
    let is_wanted = |one: &Interface| if wanted == 0 { one.index == index } else { luid(one) == wanted };
    let found = if (wanted, index) == (0, 0) {
        Err(error::INVALID_PARAMETER)
    } else {
        network::interfaces().and_then(|all| all.into_iter().find(is_wanted).ok_or(error::FILE_NOT_FOUND))
    };
    // SAFETY: the caller's promise.
    status(found.map(|found: Interface| unsafe { place.write_unaligned(row(&found)) }))
}

/// Every interface.
#[unsafe(export_name = "ws2_GetIfTable2")]
pub unsafe extern "system" fn GetIfTable2(place: *mut *mut c_void) -> u32 {
    // SAFETY: the caller gives a place.
    unsafe { table::<u16>(place) }
}

/// [`GetIfTable2`] for wide text of 32-bit units.
#[unsafe(export_name = "ws2_GetIfTable2_utf32")]
pub unsafe extern "system" fn GetIfTable2_utf32(place: *mut *mut c_void) -> u32 {
    // SAFETY: the caller gives a place.
    unsafe { table::<u32>(place) }
}

/// The interface that the row names by its lasting number, or else by its number.
#[unsafe(export_name = "ws2_GetIfEntry2")]
pub unsafe extern "system" fn GetIfEntry2(place: *mut MIB_IF_ROW2<u16>) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { entry(place) }
}

/// [`GetIfEntry2`] for wide text of 32-bit units.
#[unsafe(export_name = "ws2_GetIfEntry2_utf32")]
pub unsafe extern "system" fn GetIfEntry2_utf32(place: *mut MIB_IF_ROW2<u32>) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { entry(place) }
}
