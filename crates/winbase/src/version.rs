//! Whether Windows is the version that a program asks for.

use crate::system::VERSION;
use crate::{Code, error};

/// `VER_MINORVERSION` and its kin: the places of a version that may be asked for, as bits.
mod place {
    pub(super) const MINOR: u32 = 1;
    pub(super) const MAJOR: u32 = 2;
    pub(super) const BUILD: u32 = 4;
    pub(super) const PLATFORM: u32 = 8;
    pub(super) const SERVICE_PACK_MINOR: u32 = 0x10;
    pub(super) const SERVICE_PACK_MAJOR: u32 = 0x20;
    pub(super) const SUITE: u32 = 0x40;
    pub(super) const PRODUCT: u32 = 0x80;
}

/// Bits of a mask of conditions that belong to one place.
const BITS_PER_PLACE: u32 = 3;

/// What is told of Windows, and what a program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields of OSVERSIONINFOEX")]
pub struct Version {
    pub major: u32,
    pub minor: u32,
    pub build: u32,
    pub platform: u32,
    pub service_pack: (u16, u16),
    pub suite: u16,
    pub product: u8,
}

/// The version that programs are told: [`VERSION`] on a workstation for one user at a time.
pub const TOLD: Version = Version {
    major: VERSION.0,
    minor: VERSION.1,
    build: VERSION.2,
    platform: 2,
    service_pack: (0, 0),
    suite: 0x100,
    product: 1,
};

/// Adds a condition to a mask: for the highest of the places that `places` names.
///
/// ```
/// const VER_MAJORVERSION: u32 = 2;
/// const VER_GREATER_EQUAL: u8 = 3;
/// assert_eq!(winbase::version::with_condition(0, VER_MAJORVERSION, VER_GREATER_EQUAL), 0b011_000);
/// ```
#[doc(alias = "VerSetConditionMask")]
#[must_use]
pub const fn with_condition(mask: u64, places: u32, condition: u8) -> u64 {
    let places = places & 0xff;
    if places == 0 {
        return mask;
    }
    mask | ((condition & 7) as u64) << (places.ilog2() * BITS_PER_PLACE)
}

/// Whether Windows meets the conditions for each of the places.
///
/// Versions and service packs are compared as one number with several parts: the next part counts only where the one before
/// is the same. Docs: "VerifyVersionInfoW function", Remarks.
///
/// # Errors
/// [`error::OLD_WIN_VERSION`] if it does not, [`error::BAD_ARGUMENTS`] for no places, a place without condition, or a
/// condition that does not exist for it.
#[doc(alias = "VerifyVersionInfo")]
pub fn verify(wanted: &Version, places: u32, mask: u64) -> Result<(), Code> {
    if places & 0xff == 0 || mask == 0 {
        return Err(error::BAD_ARGUMENTS);
    }
    let condition = |place: u32| (mask >> (place.ilog2() * BITS_PER_PLACE) & 7) as u8;
    let alone = [
        (place::BUILD, TOLD.build, wanted.build),
        (place::PLATFORM, TOLD.platform, wanted.platform),
        (place::PRODUCT, u32::from(TOLD.product), u32::from(wanted.product)),
    ];
    for (place, told, wanted) in alone {
        if places & place != 0 && !compares(told.cmp(&wanted), condition(place))? {
            return Err(error::OLD_WIN_VERSION);
        }
    }
    if places & place::SUITE != 0 && !has_suites(wanted.suite, condition(place::SUITE))? {
        return Err(error::OLD_WIN_VERSION);
    }
    let parts = [
        (place::MAJOR, TOLD.major, wanted.major),
        (place::MINOR, TOLD.minor, wanted.minor),
        (place::SERVICE_PACK_MAJOR, TOLD.service_pack.0.into(), wanted.service_pack.0.into()),
        (place::SERVICE_PACK_MINOR, TOLD.service_pack.1.into(), wanted.service_pack.1.into()),
    ];
    let mut asked = parts.into_iter().filter(|(place, ..)| places & place != 0).peekable();
    let Some(&(first, ..)) = asked.peek() else { return Ok(()) };
    let order = asked.map(|(_, told, wanted)| told.cmp(&wanted)).find(|order| order.is_ne());
    let order = order.unwrap_or(std::cmp::Ordering::Equal);
    if compares(order, condition(first))? { Ok(()) } else { Err(error::OLD_WIN_VERSION) }
}

/// `VER_EQUAL`, `VER_GREATER`, `VER_GREATER_EQUAL`, `VER_LESS`, `VER_LESS_EQUAL`.
fn compares(order: std::cmp::Ordering, condition: u8) -> Result<bool, Code> {
    match condition {
        1 => Ok(order.is_eq()),
        2 => Ok(order.is_gt()),
        3 => Ok(order.is_ge()),
        4 => Ok(order.is_lt()),
        5 => Ok(order.is_le()),
        _ => Err(error::BAD_ARGUMENTS),
    }
}

/// `VER_AND`: all of the suites; `VER_OR`: one of them.
fn has_suites(wanted: u16, condition: u8) -> Result<bool, Code> {
    match condition {
        6 => Ok(TOLD.suite & wanted == wanted),
        7 => Ok(wanted == 0 || TOLD.suite & wanted != 0),
        _ => Err(error::BAD_ARGUMENTS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREATER_EQUAL: u8 = 3;

    fn at_least(major: u32, minor: u32, service_pack: u16) -> Result<(), Code> {
        let places = place::MAJOR | place::MINOR | place::SERVICE_PACK_MAJOR;
        let mask = [place::MAJOR, place::MINOR, place::SERVICE_PACK_MAJOR]
            .into_iter()
            .fold(0, |mask, place| with_condition(mask, place, GREATER_EQUAL));
        verify(&Version { major, minor, service_pack: (service_pack, 0), ..TOLD }, places, mask)
    }

    #[test]
    fn parts_after_a_difference_do_not_count() {
        assert_eq!(at_least(6, 1, 3), Ok(()));
        assert_eq!(at_least(5, 9, 9), Ok(()));
        assert_eq!(at_least(6, 2, 0), Ok(()));
        assert_eq!(at_least(6, 2, 1), Err(error::OLD_WIN_VERSION));
        assert_eq!(at_least(10, 0, 0), Err(error::OLD_WIN_VERSION));
    }

    #[test]
    fn nothing_asked_for_is_an_error() {
        assert_eq!(verify(&TOLD, 0, 0b11), Err(error::BAD_ARGUMENTS));
        assert_eq!(verify(&TOLD, place::MAJOR, 0), Err(error::BAD_ARGUMENTS));
        assert_eq!(verify(&TOLD, place::MAJOR, with_condition(0, place::MAJOR, 6)), Err(error::BAD_ARGUMENTS));
    }

    #[test]
    fn suites_and_products_are_compared_alone() {
        let suite = |suite, condition| {
            verify(&Version { suite, ..TOLD }, place::SUITE, with_condition(0, place::SUITE, condition))
        };
        assert_eq!(suite(0x101, 7), Ok(()));
        assert_eq!(suite(0x101, 6), Err(error::OLD_WIN_VERSION));
        let server = Version { product: 3, ..TOLD };
        assert_eq!(verify(&server, place::PRODUCT, with_condition(0, place::PRODUCT, 1)), Err(error::OLD_WIN_VERSION));
    }
}
