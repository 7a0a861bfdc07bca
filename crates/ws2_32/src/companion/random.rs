//! Random bytes by the names of Windows' two families of cryptography, of which only these functions are here.

use winbase::random::{self, Provider};
use winbase::{Code, error};

use super::{text_function, truth};
use crate::boundary::usable;
use crate::text::{self, Unit};

/// `NTE_BAD_FLAGS`, `NTE_BAD_KEYSET`, `NTE_BAD_PROV_TYPE`, `NTE_PROV_TYPE_NOT_DEF`.
const BAD_FLAGS: Code = Code::new(0x8009_0009_u32 as i32);
const BAD_KEYSET: Code = Code::new(0x8009_0016_u32 as i32);
const BAD_PROVIDER_TYPE: Code = Code::new(0x8009_0014_u32 as i32);
const PROVIDER_TYPE_UNKNOWN: Code = Code::new(0x8009_0017_u32 as i32);

/// `CRYPT_VERIFYCONTEXT`, `CRYPT_NEWKEYSET`, `CRYPT_DELETEKEYSET`, `CRYPT_MACHINE_KEYSET`, `CRYPT_SILENT`.
const VERIFY_CONTEXT: u32 = 0xf000_0000;
const NEW_KEYSET: u32 = 8;
const DELETE_KEYSET: u32 = 0x10;
const MACHINE_KEYSET: u32 = 0x20;
const SILENT: u32 = 0x40;

/// `PROV_RSA_FULL` to `PROV_RSA_AES` that a Windows has without more.
const PROVIDER_TYPES: [u32; 6] = [1, 3, 12, 13, 18, 24];
/// `MAXPROVTYPES`.
const LAST_PROVIDER_TYPE: u32 = 999;

text_function! {
    /// A provider of random bytes. Nothing here keeps keys: a container can be made and is empty, and none can be found.
    ws2_CryptAcquireContextA, ws2_CryptAcquireContextW, ws2_CryptAcquireContextW_utf32,
    (phprov: *mut usize, _szcontainer: *const T, _szprovider: *const T, dwprovtype: u32, dwflags: u32) -> i32 {
        if !usable(phprov) {
            return truth(Err(error::INVALID_PARAMETER));
        }
        truth(may_acquire(dwprovtype, dwflags).map(|()| {
            // SAFETY: the caller gives a place for the handle.
            unsafe { phprov.write_unaligned(Provider::open().0) }
        }))
    }
}

fn may_acquire(provider_type: u32, flags: u32) -> Result<(), Code> {
    if !(1..=LAST_PROVIDER_TYPE).contains(&provider_type) {
        return Err(BAD_PROVIDER_TYPE);
    }
    if !PROVIDER_TYPES.contains(&provider_type) {
        return Err(PROVIDER_TYPE_UNKNOWN);
    }
    match flags & !(MACHINE_KEYSET | SILENT) {
        VERIFY_CONTEXT | NEW_KEYSET => Ok(()),
        0 | DELETE_KEYSET => Err(BAD_KEYSET),
        _ => Err(BAD_FLAGS),
    }
}

/// Lets go of a provider.
#[unsafe(export_name = "ws2_CryptReleaseContext")]
pub extern "system" fn CryptReleaseContext(hprov: usize, dwflags: u32) -> i32 {
    let closed = if Provider(hprov).close() { Ok(()) } else { Err(error::INVALID_PARAMETER) };
    // Docs: "CryptReleaseContext function": the provider is gone although the flags are wrong.
    truth(closed.and(if dwflags == 0 { Ok(()) } else { Err(BAD_FLAGS) }))
}

/// Random bytes.
#[unsafe(export_name = "ws2_CryptGenRandom")]
pub unsafe extern "system" fn CryptGenRandom(hprov: usize, dwlen: u32, pbbuffer: *mut u8) -> i32 {
    if !Provider(hprov).is_open() {
        return truth(Err(error::INVALID_PARAMETER));
    }
    // SAFETY: the caller gives room for so many bytes.
    truth(unsafe { fill(pbbuffer, dwlen) })
}

/// Random bytes, by the name that `RtlGenRandom` stands for.
#[unsafe(export_name = "ws2_SystemFunction036")]
pub unsafe extern "system" fn SystemFunction036(randombuffer: *mut u8, randombufferlength: u32) -> u8 {
    // SAFETY: the caller gives room for so many bytes.
    u8::from(unsafe { fill(randombuffer, randombufferlength) }.is_ok())
}

/// # Safety
/// If usable, the pointer is good for writes of so many bytes.
unsafe fn fill(pointer: *mut u8, length: u32) -> Result<(), Code> {
    if length == 0 {
        return Ok(());
    }
    if !usable(pointer) {
        return Err(error::INVALID_PARAMETER);
    }
    // SAFETY: the caller's promise; zeroed first, so that they are bytes.
    random::fill(unsafe {
        pointer.write_bytes(0, length as usize);
        std::slice::from_raw_parts_mut(pointer, length as usize)
    })
}

/// `STATUS_SUCCESS`, `STATUS_INVALID_HANDLE`, `STATUS_INVALID_PARAMETER`, `STATUS_NOT_FOUND`.
const SUCCESS: i32 = 0;
const STATUS_INVALID_HANDLE: i32 = 0xc000_0008_u32 as i32;
const STATUS_INVALID_PARAMETER: i32 = 0xc000_000d_u32 as i32;
const STATUS_NOT_FOUND: i32 = 0xc000_0225_u32 as i32;

/// `BCRYPT_USE_SYSTEM_PREFERRED_RNG`.
const SYSTEM_PREFERRED: u32 = 2;
/// `BCRYPT_RNG_ALGORITHM` and `BCRYPT_RNG_FIPS186_DSA_ALGORITHM`.
const GENERATORS: [&str; 2] = ["RNG", "FIPS186DSARNG"];

/// Random bytes.
#[unsafe(export_name = "ws2_BCryptGenRandom")]
pub unsafe extern "system" fn BCryptGenRandom(
    halgorithm: usize,
    pbbuffer: *mut u8,
    cbbuffer: u32,
    dwflags: u32,
) -> i32 {
    let is_preferred = halgorithm == 0 && dwflags & SYSTEM_PREFERRED != 0;
    if !is_preferred && !Provider(halgorithm).is_open() {
        return STATUS_INVALID_HANDLE;
    }
    // SAFETY: the caller gives room for so many bytes.
    unsafe { fill(pbbuffer, cbbuffer) }.map_or(STATUS_INVALID_PARAMETER, |()| SUCCESS)
}

/// # Safety
/// The pointers are null, or a place for a handle and a string.
unsafe fn open<T: Unit>(place: *mut usize, algorithm: *const T) -> i32 {
    // SAFETY: the caller's promise.
    let name = unsafe { text::optional(algorithm) };
    match name {
        Ok(Some(name)) if usable(place) => {
            if !GENERATORS.contains(&name.as_str()) {
                return STATUS_NOT_FOUND;
            }
            // SAFETY: the caller's promise.
            unsafe { place.write_unaligned(Provider::open().0) };
            SUCCESS
        }
        _ => STATUS_INVALID_PARAMETER,
    }
}

/// Opens a generator of random bytes; no other algorithm is there.
#[unsafe(export_name = "ws2_BCryptOpenAlgorithmProvider")]
pub unsafe extern "system" fn BCryptOpenAlgorithmProvider(
    phalgorithm: *mut usize,
    pszalgid: *const u16,
    _pszimplementation: *const u16,
    _dwflags: u32,
) -> i32 {
    // SAFETY: the caller gives a place and a string.
    unsafe { open(phalgorithm, pszalgid) }
}

/// The same for a `wchar_t` of four bytes.
#[unsafe(export_name = "ws2_BCryptOpenAlgorithmProvider_utf32")]
pub unsafe extern "system" fn BCryptOpenAlgorithmProvider_utf32(
    phalgorithm: *mut usize,
    pszalgid: *const u32,
    _pszimplementation: *const u32,
    _dwflags: u32,
) -> i32 {
    // SAFETY: the caller gives a place and a string.
    unsafe { open(phalgorithm, pszalgid) }
}

/// Closes a generator.
#[unsafe(export_name = "ws2_BCryptCloseAlgorithmProvider")]
pub extern "system" fn BCryptCloseAlgorithmProvider(halgorithm: usize, _dwflags: u32) -> i32 {
    if Provider(halgorithm).close() { SUCCESS } else { STATUS_INVALID_HANDLE }
}
