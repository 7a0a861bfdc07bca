//! Which Windows this is said to be.

use winbase::error;
use winbase::version::{self, TOLD, Version};

use super::{text_function, truth};
use crate::boundary::usable;

/// `OSVERSIONINFOEX`, whose first part is `OSVERSIONINFO`.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are Windows' and documented there")]
pub struct OSVERSIONINFOEX<T> {
    pub dwOSVersionInfoSize: u32,
    pub dwMajorVersion: u32,
    pub dwMinorVersion: u32,
    pub dwBuildNumber: u32,
    pub dwPlatformId: u32,
    pub szCSDVersion: [T; 128],
    pub wServicePackMajor: u16,
    pub wServicePackMinor: u16,
    pub wSuiteMask: u16,
    pub wProductType: u8,
    pub wReserved: u8,
}

text_function! {
    /// The version of Windows that programs are told.
    ws2_GetVersionExA, ws2_GetVersionExW, ws2_GetVersionExW_utf32,
    (place: *mut OSVERSIONINFOEX<T>) -> i32 {
        if !usable(place) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        const SHORT: usize = std::mem::offset_of!(OSVERSIONINFOEX<T>, wServicePackMajor);
        // SAFETY: the caller gives a structure of the size that its first field says, which must be one of the two.
        unsafe {
            let size = (&raw const (*place).dwOSVersionInfoSize).read_unaligned() as usize;
            if size != SHORT && size != size_of::<OSVERSIONINFOEX<T>>() {
                return truth(Err(error::INSUFFICIENT_BUFFER));
            }
            let full = OSVERSIONINFOEX {
                dwOSVersionInfoSize: size as u32,
                dwMajorVersion: TOLD.major,
                dwMinorVersion: TOLD.minor,
                dwBuildNumber: TOLD.build,
                dwPlatformId: TOLD.platform,
                szCSDVersion: [T::default(); 128],
                wServicePackMajor: TOLD.service_pack.0,
                wServicePackMinor: TOLD.service_pack.1,
                wSuiteMask: TOLD.suite,
                wProductType: TOLD.product,
                wReserved: 0,
            };
            std::ptr::copy_nonoverlapping((&raw const full).cast::<u8>(), place.cast::<u8>(), size);
        }
        1
    }
}

/// The version of Windows in one number.
#[unsafe(export_name = "ws2_GetVersion")]
pub extern "system" fn GetVersion() -> u32 {
    TOLD.build << 16 | TOLD.minor << 8 | TOLD.major
}

/// Adds a condition to a mask for `VerifyVersionInfo`.
#[unsafe(export_name = "ws2_VerSetConditionMask")]
pub extern "system" fn VerSetConditionMask(conditionmask: u64, typemask: u32, condition: u8) -> u64 {
    version::with_condition(conditionmask, typemask, condition)
}

text_function! {
    /// Whether Windows is a version that meets conditions.
    ws2_VerifyVersionInfoA, ws2_VerifyVersionInfoW, ws2_VerifyVersionInfoW_utf32,
    (place: *const OSVERSIONINFOEX<T>, dwtypemask: u32, dwlconditionmask: u64) -> i32 {
        if !usable(place) {
            return truth(Err(error::BAD_ARGUMENTS));
        }
        // SAFETY: the caller gives the whole structure.
        let wanted = unsafe { place.read_unaligned() };
        let wanted = Version {
            major: wanted.dwMajorVersion,
            minor: wanted.dwMinorVersion,
            build: wanted.dwBuildNumber,
            platform: wanted.dwPlatformId,
            service_pack: (wanted.wServicePackMajor, wanted.wServicePackMinor),
            suite: wanted.wSuiteMask,
            product: wanted.wProductType,
        };
        truth(version::verify(&wanted, dwtypemask, dwlconditionmask))
    }
}
