//! What changes the system's addresses, routes and neighbours.

use std::net::Ipv4Addr;

use winbase::network::{self, Deed, RouteEntry};
use winbase::{Code, error};

use crate::boundary::usable;

/// What a longer hardware address is cut to: `MAXLEN_PHYSADDR`.
const LONGEST_HARDWARE: usize = 8;

fn status(result: Result<(), Code>) -> u32 {
    result.map_or_else(|code| code.value().cast_unsigned(), |()| 0)
}

fn address(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(number.to_ne_bytes())
}

/// How many bits of a mask are set, if it is one.
fn prefix(mask: u32) -> Result<u8, Code> {
    let bits = u32::from_be(mask);
    if bits.leading_ones() + bits.trailing_zeros().min(32 - bits.leading_ones()) == 32 {
        Ok(bits.leading_ones() as u8)
    } else {
        Err(error::INVALID_PARAMETER)
    }
}

/// `MIB_IPFORWARDROW`: fourteen numbers.
type RouteRow = [u32; 14];

/// # Safety
/// If usable, the pointer is to a row.
unsafe fn change_route(row: *const RouteRow, deed: Deed) -> u32 {
    if !usable(row) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    let row = unsafe { row.read_unaligned() };
    status(prefix(row[1]).and_then(|prefix| {
        // A metric of -1 is none.
        let metric = if row[9] == u32::MAX { 0 } else { row[9] };
        let [destination, gateway] = [row[0], row[3]].map(address);
        network::change_route(&RouteEntry { destination, prefix, gateway, interface: row[4], metric }, deed)
    }))
}

/// Makes a route.
#[unsafe(export_name = "ws2_CreateIpForwardEntry")]
pub unsafe extern "system" fn CreateIpForwardEntry(proute: *const RouteRow) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_route(proute, Deed::Create) }
}

/// Makes a route, or sets one that is there.
#[unsafe(export_name = "ws2_SetIpForwardEntry")]
pub unsafe extern "system" fn SetIpForwardEntry(proute: *const RouteRow) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_route(proute, Deed::Set) }
}

/// Removes a route.
#[unsafe(export_name = "ws2_DeleteIpForwardEntry")]
pub unsafe extern "system" fn DeleteIpForwardEntry(proute: *const RouteRow) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_route(proute, Deed::Delete) }
}

/// `MIB_IPNETROW`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct MIB_IPNETROW {
    pub dwIndex: u32,
    pub dwPhysAddrLen: u32,
    pub bPhysAddr: [u8; LONGEST_HARDWARE],
    pub dwAddr: u32,
    pub dwType: u32,
}

const _: () = assert!(size_of::<MIB_IPNETROW>() == 24);

/// # Safety
/// If usable, the pointer is to a row.
unsafe fn change_neighbour(row: *const MIB_IPNETROW, deed: Deed) -> u32 {
    if !usable(row) {
        return status(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller's promise.
    let row = unsafe { row.read_unaligned() };
    let hardware = row.bPhysAddr.get(..row.dwPhysAddrLen as usize);
    let hardware = if deed == Deed::Delete { Some(&[][..]) } else { hardware };
    status(
        hardware
            .ok_or(error::INVALID_PARAMETER)
            .and_then(|hardware| network::change_neighbour(row.dwIndex, address(row.dwAddr), hardware, deed)),
    )
}

/// Tells the system a neighbour's hardware address.
#[unsafe(export_name = "ws2_CreateIpNetEntry")]
pub unsafe extern "system" fn CreateIpNetEntry(parpentry: *const MIB_IPNETROW) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_neighbour(parpentry, Deed::Create) }
}

/// Tells the system a neighbour's hardware address, known or not.
#[unsafe(export_name = "ws2_SetIpNetEntry")]
pub unsafe extern "system" fn SetIpNetEntry(parpentry: *const MIB_IPNETROW) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_neighbour(parpentry, Deed::Set) }
}

/// Has the system forget a neighbour.
#[unsafe(export_name = "ws2_DeleteIpNetEntry")]
pub unsafe extern "system" fn DeleteIpNetEntry(parpentry: *const MIB_IPNETROW) -> u32 {
    // SAFETY: the caller gives a row.
    unsafe { change_neighbour(parpentry, Deed::Delete) }
}

/// Gives an interface one more address. The number by which it is removed is the address itself, as in the lists of
/// `GetAdaptersInfo`.
#[unsafe(export_name = "ws2_AddIPAddress")]
pub unsafe extern "system" fn AddIPAddress(
    own: u32,
    ipmask: u32,
    ifindex: u32,
    ntecontext: *mut u32,
    nteinstance: *mut u32,
) -> u32 {
    if !usable(ntecontext) || !usable(nteinstance) {
        return status(Err(error::INVALID_PARAMETER));
    }
    let made = prefix(ipmask).and_then(|prefix| network::change_address(ifindex, address(own), prefix, Deed::Create));
    status(made.map(|()| {
        // SAFETY: the caller gives places for both.
        unsafe {
            ntecontext.write_unaligned(own);
            nteinstance.write_unaligned(own);
        }
    }))
}

/// Takes an address away.
#[unsafe(export_name = "ws2_DeleteIPAddress")]
pub extern "system" fn DeleteIPAddress(ntecontext: u32) -> u32 {
    let own = address(ntecontext);
    status(
        network::home_of(own)
            .and_then(|(interface, prefix)| network::change_address(interface, own, prefix, Deed::Delete)),
    )
}

/// The hardware address of a neighbour.
#[unsafe(export_name = "ws2_SendARP")]
pub unsafe extern "system" fn SendARP(destip: u32, _srcip: u32, pmacaddr: *mut u8, phyaddrlen: *mut u32) -> u32 {
    if !usable(pmacaddr) || !usable(phyaddrlen) {
        return status(Err(error::INVALID_PARAMETER));
    }
    status(network::hardware_of(address(destip)).and_then(|hardware| {
        // SAFETY: the caller gives room for `*phyaddrlen` bytes.
        unsafe {
            let room = phyaddrlen.read_unaligned() as usize;
            phyaddrlen.write_unaligned(hardware.len() as u32);
            if room < hardware.len() {
                return Err(error::INSUFFICIENT_BUFFER);
            }
            std::ptr::copy_nonoverlapping(hardware.as_ptr(), pmacaddr, hardware.len());
        }
        Ok(())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_has_its_ones_in_front() {
        let of = |a, b, c, d| prefix(u32::from_ne_bytes([a, b, c, d]));
        assert_eq!(of(255, 255, 252, 0), Ok(22));
        assert_eq!((of(0, 0, 0, 0), of(255, 255, 255, 255)), (Ok(0), Ok(32)));
        assert_eq!(of(255, 0, 255, 0), Err(error::INVALID_PARAMETER));
        assert_eq!(of(0, 255, 0, 0), Err(error::INVALID_PARAMETER));
    }
}
