//! Random numbers, as the three libraries of Windows give them.

use std::collections::BTreeSet;
use std::ffi::c_void;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winbase::{Code, error, random};

use super::{text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};
use crate::types::HANDLE;

/// `NTE_BAD_UID` and `NTE_BAD_KEYSET`, which stand in the last error.
const BAD_UID: Code = Code::new(0x8009_0001_u32.cast_signed());
const BAD_KEYSET: Code = Code::new(0x8009_0016_u32.cast_signed());
const CRYPT_DELETEKEYSET: u32 = 0x10;
const STATUS_SUCCESS: i32 = 0;
const STATUS_INVALID_HANDLE: i32 = 0xC000_0008_u32.cast_signed();
const STATUS_INVALID_PARAMETER: i32 = 0xC000_000D_u32.cast_signed();
const STATUS_NOT_FOUND: i32 = 0xC000_0225_u32.cast_signed();
const BCRYPT_USE_SYSTEM_PREFERRED_RNG: u32 = 2;

/// The numbers of open providers.
#[derive(Default)]
struct Providers {
    open: BTreeSet<usize>,
    last: usize,
}

static PROVIDERS: Mutex<Providers> = Mutex::new(Providers { open: BTreeSet::new(), last: 0 });

fn providers() -> MutexGuard<'static, Providers> {
    PROVIDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Providers {
    fn add(&mut self) -> usize {
        self.last += 8;
        self.open.insert(self.last);
        self.last
    }
}

/// # Safety
/// If usable, the place is good for writing so many bytes.
unsafe fn fill(place: *mut u8, length: u32) -> bool {
    if length > 0 && usable(place) {
        // SAFETY: the caller's promise.
        random::fill(unsafe { std::slice::from_raw_parts_mut(place, length as usize) });
    }
    length == 0 || usable(place)
}

text_function! {
    /// Opens a provider. No keys are kept in any container, so none can be taken away.
    ws2_CryptAcquireContextA, ws2_CryptAcquireContextW, ws2_CryptAcquireContextW_utf32,
    (
        phprov: *mut usize,
        _szcontainer: *const T,
        _szprovider: *const T,
        _dwprovtype: u32,
        dwflags: u32,
    ) -> i32 {
        if !usable(phprov) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        if dwflags & CRYPT_DELETEKEYSET != 0 {
            return truth(Err(BAD_KEYSET));
        }
        // SAFETY: the caller gives a place for the handle.
        unsafe { phprov.write_unaligned(providers().add()) };
        1
    }
}

/// Fills a buffer with random bytes.
#[unsafe(export_name = "ws2_CryptGenRandom")]
pub unsafe extern "system" fn CryptGenRandom(hprov: usize, dwlen: u32, pbbuffer: *mut u8) -> i32 {
    if !providers().open.contains(&hprov) {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives room for so many bytes.
    truth(if unsafe { fill(pbbuffer, dwlen) } { Ok(()) } else { Err(error::INVALID_PARAMETER) })
}

/// Closes a provider.
#[unsafe(export_name = "ws2_CryptReleaseContext")]
pub extern "system" fn CryptReleaseContext(hprov: usize, _dwflags: u32) -> i32 {
    truth(if providers().open.remove(&hprov) { Ok(()) } else { Err(BAD_UID) })
}

/// Fills a buffer with random bytes: `RtlGenRandom`.
#[unsafe(export_name = "ws2_SystemFunction036")]
pub unsafe extern "system" fn SystemFunction036(randombuffer: *mut c_void, randombufferlength: u32) -> u8 {
    // SAFETY: the caller gives room for so many bytes.
    unsafe { fill(randombuffer.cast(), randombufferlength) }.into()
}

/// Opens a generator. Of the algorithms only `RNG` is there.
#[unsafe(export_name = "ws2_BCryptOpenAlgorithmProvider")]
pub unsafe extern "system" fn BCryptOpenAlgorithmProvider(
    phalgorithm: *mut HANDLE,
    pszalgid: *const u16,
    _pszimplementation: *const u16,
    _dwflags: u32,
) -> i32 {
    // SAFETY: the caller gives a string and a place for the handle.
    unsafe { open_generator(phalgorithm, pszalgid) }
}

/// [`BCryptOpenAlgorithmProvider`] for text of 32-bit units.
#[unsafe(export_name = "ws2_BCryptOpenAlgorithmProvider_utf32")]
pub unsafe extern "system" fn BCryptOpenAlgorithmProvider_utf32(
    phalgorithm: *mut HANDLE,
    pszalgid: *const u32,
    _pszimplementation: *const u32,
    _dwflags: u32,
) -> i32 {
    // SAFETY: the caller gives a string and a place for the handle.
    unsafe { open_generator(phalgorithm, pszalgid) }
}

/// # Safety
/// If usable, the place is good for writing and the name is a string.
unsafe fn open_generator<T: Unit>(place: *mut HANDLE, name: *const T) -> i32 {
    if !usable(place) {
        return STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the caller's promise.
    unsafe {
        match text::units(name).map(|units| T::decode(&units)) {
            Ok(name) if name == "RNG" => {
                place.write_unaligned(super::handle(providers().add()));
                STATUS_SUCCESS
            }
            Ok(_) => STATUS_NOT_FOUND,
            Err(_) => STATUS_INVALID_PARAMETER,
        }
    }
}

/// Closes a generator.
#[unsafe(export_name = "ws2_BCryptCloseAlgorithmProvider")]
pub extern "system" fn BCryptCloseAlgorithmProvider(halgorithm: HANDLE, _dwflags: u32) -> i32 {
    if providers().open.remove(&halgorithm.addr()) { STATUS_SUCCESS } else { STATUS_INVALID_HANDLE }
}

/// Fills a buffer with random bytes, by a generator or by the system's own.
#[unsafe(export_name = "ws2_BCryptGenRandom")]
pub unsafe extern "system" fn BCryptGenRandom(
    halgorithm: HANDLE,
    pbbuffer: *mut u8,
    cbbuffer: u32,
    dwflags: u32,
) -> i32 {
    // Docs: "BCryptGenRandom function": without a generator the flag must be there.
    let is_known = match halgorithm.addr() {
        0 => dwflags & BCRYPT_USE_SYSTEM_PREFERRED_RNG != 0,
        number => providers().open.contains(&number),
    };
    if !is_known {
        return STATUS_INVALID_HANDLE;
    }
    // SAFETY: the caller gives room for so many bytes.
    if unsafe { fill(pbbuffer, cbbuffer) } { STATUS_SUCCESS } else { STATUS_INVALID_PARAMETER }
}
