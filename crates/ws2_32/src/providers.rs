//! The catalogue of providers (`ws2spi.h`): it can be read, and not be changed.
//!
//! Docs: "WSCInstallProvider function" and its neighbours: where the catalogue cannot be written, the code is
//! `WSANO_RECOVERY`, and `WSAEINVAL` for a provider that there is not. Functions that take wide text look at none of it
//! but where noted, so that one function serves both widths.

use std::ffi::c_void;

use winsock::{Code, set_last_error};

use crate::boundary::{require, started, status, usable};
use crate::name_spaces::{self, DNS_PROVIDER};
use crate::protocols;
use crate::refusal::refused;
use crate::text::{self, Unit};
use crate::types::{GUID, OVERLAPPED, SOCKET, WSANAMESPACE_INFO, WSAPROTOCOL_INFO};

/// The catalogue, as [`crate::WSAEnumProtocolsW`] tells it. The code goes to `lperrno`.
#[unsafe(export_name = "ws2_WSCEnumProtocols")]
pub unsafe extern "system" fn WSCEnumProtocols(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u16>,
    lpdwbufferlength: *mut u32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, a buffer with its length, and a place for the code.
    unsafe { told(protocols::enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength), lperrno) }
}

/// [`WSCEnumProtocols`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCEnumProtocols_utf32")]
pub unsafe extern "system" fn WSCEnumProtocols_utf32(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u32>,
    lpdwbufferlength: *mut u32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a list that 0 ends, a buffer with its length, and a place for the code.
    unsafe { told(protocols::enumerate(lpiprotocols, lpprotocolbuffer, lpdwbufferlength), lperrno) }
}

/// The catalogue of 32-bit programs: the same.
#[unsafe(export_name = "ws2_WSCEnumProtocols32")]
pub unsafe extern "system" fn WSCEnumProtocols32(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u16>,
    lpdwbufferlength: *mut u32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: as for WSCEnumProtocols.
    unsafe { WSCEnumProtocols(lpiprotocols, lpprotocolbuffer, lpdwbufferlength, lperrno) }
}

/// [`WSCEnumProtocols32`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCEnumProtocols32_utf32")]
pub unsafe extern "system" fn WSCEnumProtocols32_utf32(
    lpiprotocols: *const i32,
    lpprotocolbuffer: *mut WSAPROTOCOL_INFO<u32>,
    lpdwbufferlength: *mut u32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: as for WSCEnumProtocols.
    unsafe { WSCEnumProtocols_utf32(lpiprotocols, lpprotocolbuffer, lpdwbufferlength, lperrno) }
}

/// Where a provider's library is: the path that Windows tells for its own.
#[unsafe(export_name = "ws2_WSCGetProviderPath")]
pub unsafe extern "system" fn WSCGetProviderPath(
    lpproviderid: *const GUID,
    lpszproviderdllpath: *mut u16,
    lpproviderdllpathlen: *mut i32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a provider, a buffer with its length, and a place for the code.
    unsafe { told(path(lpproviderid, lpszproviderdllpath, lpproviderdllpathlen), lperrno) }
}

/// [`WSCGetProviderPath`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCGetProviderPath_utf32")]
pub unsafe extern "system" fn WSCGetProviderPath_utf32(
    lpproviderid: *const GUID,
    lpszproviderdllpath: *mut u32,
    lpproviderdllpathlen: *mut i32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: the caller gives a provider, a buffer with its length, and a place for the code.
    unsafe { told(path(lpproviderid, lpszproviderdllpath, lpproviderdllpathlen), lperrno) }
}

/// [`WSCGetProviderPath`] in the catalogue of 32-bit programs: the same.
#[unsafe(export_name = "ws2_WSCGetProviderPath32")]
pub unsafe extern "system" fn WSCGetProviderPath32(
    lpproviderid: *const GUID,
    lpszproviderdllpath: *mut u16,
    lpproviderdllpathlen: *mut i32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: as for WSCGetProviderPath.
    unsafe { WSCGetProviderPath(lpproviderid, lpszproviderdllpath, lpproviderdllpathlen, lperrno) }
}

/// [`WSCGetProviderPath32`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCGetProviderPath32_utf32")]
pub unsafe extern "system" fn WSCGetProviderPath32_utf32(
    lpproviderid: *const GUID,
    lpszproviderdllpath: *mut u32,
    lpproviderdllpathlen: *mut i32,
    lperrno: *mut i32,
) -> i32 {
    // SAFETY: as for WSCGetProviderPath.
    unsafe { WSCGetProviderPath_utf32(lpproviderid, lpszproviderdllpath, lpproviderdllpathlen, lperrno) }
}

/// The name spaces of 32-bit programs: the same as [`crate::WSAEnumNameSpaceProvidersW`].
#[unsafe(export_name = "ws2_WSCEnumNameSpaceProviders32")]
pub unsafe extern "system" fn WSCEnumNameSpaceProviders32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFO<u16>,
) -> i32 {
    // SAFETY: as for WSAEnumNameSpaceProvidersW.
    unsafe { name_spaces::WSAEnumNameSpaceProvidersW(lpdwbufferlength, lpnspbuffer) }
}

/// [`WSCEnumNameSpaceProviders32`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCEnumNameSpaceProviders32_utf32")]
pub unsafe extern "system" fn WSCEnumNameSpaceProviders32_utf32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut WSANAMESPACE_INFO<u32>,
) -> i32 {
    // SAFETY: as for WSAEnumNameSpaceProvidersW.
    unsafe { name_spaces::WSAEnumNameSpaceProvidersW_utf32(lpdwbufferlength, lpnspbuffer) }
}

/// The name spaces of 32-bit programs: the same as [`crate::WSAEnumNameSpaceProvidersExW`].
#[unsafe(export_name = "ws2_WSCEnumNameSpaceProvidersEx32")]
pub unsafe extern "system" fn WSCEnumNameSpaceProvidersEx32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut c_void,
) -> i32 {
    // SAFETY: as for WSAEnumNameSpaceProvidersExW.
    unsafe { name_spaces::WSAEnumNameSpaceProvidersExW(lpdwbufferlength, lpnspbuffer) }
}

/// [`WSCEnumNameSpaceProvidersEx32`] for text of 32-bit units.
#[unsafe(export_name = "ws2_WSCEnumNameSpaceProvidersEx32_utf32")]
pub unsafe extern "system" fn WSCEnumNameSpaceProvidersEx32_utf32(
    lpdwbufferlength: *mut u32,
    lpnspbuffer: *mut c_void,
) -> i32 {
    // SAFETY: as for WSAEnumNameSpaceProvidersExW.
    unsafe { name_spaces::WSAEnumNameSpaceProvidersExW_utf32(lpdwbufferlength, lpnspbuffer) }
}

refused! {
    /// Installs no provider.
    #[unsafe(export_name = "ws2_WSCInstallProvider")]
    fn WSCInstallProvider(lpproviderid: *const GUID, lpszproviderdllpath: *const u16,
        lpprotocolinfolist: *const WSAPROTOCOL_INFO<u16>, dwnumberofentries: u32, lperrno: *mut i32) -> i32 {
        told(read_only(lpproviderid), lperrno)
    }

    /// Installs no provider.
    #[unsafe(export_name = "ws2_WSCInstallProvider64_32")]
    fn WSCInstallProvider64_32(lpproviderid: *const GUID, lpszproviderdllpath: *const u16,
        lpprotocolinfolist: *const WSAPROTOCOL_INFO<u16>, dwnumberofentries: u32, lperrno: *mut i32) -> i32 {
        told(read_only(lpproviderid), lperrno)
    }

    /// Installs no provider.
    #[unsafe(export_name = "ws2_WSCInstallProviderAndChains64_32")]
    fn WSCInstallProviderAndChains64_32(lpproviderid: *const GUID, lpszproviderdllpath: *const u16,
        lpszproviderdllpath32: *const u16, lpszlspname: *const u16, dwserviceflags: u32,
        lpprotocolinfolist: *mut WSAPROTOCOL_INFO<u16>, dwnumberofentries: u32, lpdwcatalogentryid: *mut u32,
        lperrno: *mut i32) -> i32 {
        told(read_only(lpproviderid), lperrno)
    }

    /// Changes no provider.
    #[unsafe(export_name = "ws2_WSCUpdateProvider")]
    fn WSCUpdateProvider(lpproviderid: *const GUID, lpszproviderdllpath: *const u16,
        lpprotocolinfolist: *const WSAPROTOCOL_INFO<u16>, dwnumberofentries: u32, lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// Changes no provider.
    #[unsafe(export_name = "ws2_WSCUpdateProvider32")]
    fn WSCUpdateProvider32(lpproviderid: *const GUID, lpszproviderdllpath: *const u16,
        lpprotocolinfolist: *const WSAPROTOCOL_INFO<u16>, dwnumberofentries: u32, lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// Removes no provider.
    #[unsafe(export_name = "ws2_WSCDeinstallProvider")]
    fn WSCDeinstallProvider(lpproviderid: *const GUID, lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// Removes no provider.
    #[unsafe(export_name = "ws2_WSCDeinstallProvider32")]
    fn WSCDeinstallProvider32(lpproviderid: *const GUID, lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// Providers have no further information: no layered one is installed. The code is as on Windows, whichever is asked.
    #[unsafe(export_name = "ws2_WSCGetProviderInfo")]
    fn WSCGetProviderInfo(lpproviderid: *const GUID, infotype: i32, info: *mut u8, infosize: *mut usize, flags: u32,
        lperrno: *mut i32) -> i32 {
        told(read_only(lpproviderid), lperrno)
    }

    /// Providers have no further information: no layered one is installed. The code is as on Windows, whichever is asked.
    #[unsafe(export_name = "ws2_WSCGetProviderInfo32")]
    fn WSCGetProviderInfo32(lpproviderid: *const GUID, infotype: i32, info: *mut u8, infosize: *mut usize, flags: u32,
        lperrno: *mut i32) -> i32 {
        told(read_only(lpproviderid), lperrno)
    }

    /// Changes no provider.
    #[unsafe(export_name = "ws2_WSCSetProviderInfo")]
    fn WSCSetProviderInfo(lpproviderid: *const GUID, infotype: i32, info: *const u8, infosize: usize, flags: u32,
        lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// Changes no provider.
    #[unsafe(export_name = "ws2_WSCSetProviderInfo32")]
    fn WSCSetProviderInfo32(lpproviderid: *const GUID, infotype: i32, info: *const u8, infosize: usize, flags: u32,
        lperrno: *mut i32) -> i32 {
        told(of_known(lpproviderid, Code::WSANO_RECOVERY), lperrno)
    }

    /// No application has a category.
    #[unsafe(export_name = "ws2_WSCGetApplicationCategory")]
    fn WSCGetApplicationCategory(path: *const u16, pathlength: u32, extra: *const u16, extralength: u32,
        ppermittedlspcategories: *mut u32, lperrno: *mut i32) -> i32 {
        told(require(path).and(Err::<i32, _>(Code::WSASERVICE_NOT_FOUND)), lperrno)
    }

    /// Gives no application a category.
    #[unsafe(export_name = "ws2_WSCSetApplicationCategory")]
    fn WSCSetApplicationCategory(path: *const u16, pathlength: u32, extra: *const u16, extralength: u32,
        permittedlspcategories: u32, pprevpermlspcat: *mut u32, lperrno: *mut i32) -> i32 {
        told(require(path).and(Err::<i32, _>(Code::WSANO_RECOVERY)), lperrno)
    }

    /// Keeps the order. Returns the code.
    #[unsafe(export_name = "ws2_WSCWriteProviderOrder")]
    fn WSCWriteProviderOrder(lpwdcatalogentryid: *mut u32, dwnumberofentries: u32) -> i32 {
        require(lpwdcatalogentryid).err().unwrap_or(Code::WSANO_RECOVERY).value()
    }

    /// Keeps the order. Returns the code.
    #[unsafe(export_name = "ws2_WSCWriteProviderOrder32")]
    fn WSCWriteProviderOrder32(lpwdcatalogentryid: *mut u32, dwnumberofentries: u32) -> i32 {
        require(lpwdcatalogentryid).err().unwrap_or(Code::WSANO_RECOVERY).value()
    }

    /// Installs no name space.
    #[unsafe(export_name = "ws2_WSCInstallNameSpace")]
    fn WSCInstallNameSpace(lpszidentifier: *const u16, lpszpathname: *const u16, dwnamespace: u32, dwversion: u32,
        lpproviderid: *const GUID) -> i32 {
        status(require(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// Installs no name space.
    #[unsafe(export_name = "ws2_WSCInstallNameSpace32")]
    fn WSCInstallNameSpace32(lpszidentifier: *const u16, lpszpathname: *const u16, dwnamespace: u32, dwversion: u32,
        lpproviderid: *const GUID) -> i32 {
        status(require(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// Installs no name space.
    #[unsafe(export_name = "ws2_WSCInstallNameSpaceEx")]
    fn WSCInstallNameSpaceEx(lpszidentifier: *const u16, lpszpathname: *const u16, dwnamespace: u32, dwversion: u32,
        lpproviderid: *const GUID, lpproviderspecific: *const c_void) -> i32 {
        status(require(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// Installs no name space.
    #[unsafe(export_name = "ws2_WSCInstallNameSpaceEx32")]
    fn WSCInstallNameSpaceEx32(lpszidentifier: *const u16, lpszpathname: *const u16, dwnamespace: u32, dwversion: u32,
        lpproviderid: *const GUID, lpproviderspecific: *const c_void) -> i32 {
        status(require(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// Removes no name space.
    #[unsafe(export_name = "ws2_WSCUnInstallNameSpace")]
    fn WSCUnInstallNameSpace(lpproviderid: *const GUID) -> i32 {
        status(of_name_space(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// Removes no name space.
    #[unsafe(export_name = "ws2_WSCUnInstallNameSpace32")]
    fn WSCUnInstallNameSpace32(lpproviderid: *const GUID) -> i32 {
        status(of_name_space(lpproviderid).and(Err(Code::WSAEACCES)))
    }

    /// The one name space is on, and stays so.
    #[unsafe(export_name = "ws2_WSCEnableNSProvider")]
    fn WSCEnableNSProvider(lpproviderid: *const GUID, fenable: i32) -> i32 {
        status(of_name_space(lpproviderid).and(if fenable != 0 { Ok(()) } else { Err(Code::WSAEACCES) }))
    }

    /// The one name space is on, and stays so.
    #[unsafe(export_name = "ws2_WSCEnableNSProvider32")]
    fn WSCEnableNSProvider32(lpproviderid: *const GUID, fenable: i32) -> i32 {
        status(of_name_space(lpproviderid).and(if fenable != 0 { Ok(()) } else { Err(Code::WSAEACCES) }))
    }

    /// There is one order of one name space. Returns the code.
    #[unsafe(export_name = "ws2_WSCWriteNameSpaceOrder")]
    fn WSCWriteNameSpaceOrder(lpproviderid: *mut GUID, dwnumberofentries: u32) -> i32 {
        order(lpproviderid, dwnumberofentries)
    }

    /// There is one order of one name space. Returns the code.
    #[unsafe(export_name = "ws2_WSCWriteNameSpaceOrder32")]
    fn WSCWriteNameSpaceOrder32(lpproviderid: *mut GUID, dwnumberofentries: u32) -> i32 {
        order(lpproviderid, dwnumberofentries)
    }

    /// For layered providers: none has begun an operation.
    #[unsafe(export_name = "ws2_WPUCompleteOverlappedRequest")]
    fn WPUCompleteOverlappedRequest(s: SOCKET, lpoverlapped: *mut OVERLAPPED, dwerror: u32, cbtransferred: u32,
        lperrno: *mut i32) -> i32 {
        told(winsock::check(s).and(Err::<i32, _>(Code::WSAEINVAL)), lperrno)
    }

    /// For name space providers: none is installed.
    #[unsafe(export_name = "ws2_WSAAdvertiseProvider")]
    fn WSAAdvertiseProvider(puuidproviderid: *const GUID, pnspv2routine: *const c_void) -> i32 {
        status(of_name_space(puuidproviderid).and(Err(Code::WSAEINVAL)))
    }

    /// For name space providers: none is installed.
    #[unsafe(export_name = "ws2_WSAUnadvertiseProvider")]
    fn WSAUnadvertiseProvider(puuidproviderid: *const GUID) -> i32 {
        status(of_name_space(puuidproviderid).and(Err(Code::WSAEINVAL)))
    }

    /// For name space providers: no call of theirs is under way.
    #[unsafe(export_name = "ws2_WSAProviderCompleteAsyncCall")]
    fn WSAProviderCompleteAsyncCall(hasynccall: *mut c_void, iretcode: i32) -> i32 {
        status(started().and(Err(Code::WSA_INVALID_HANDLE)))
    }
}

/// What these functions return: the value, or -1 with the code at `lperrno`.
///
/// # Safety
/// If usable, `lperrno` is good for writing.
unsafe fn told<T: TryInto<i32>>(result: Result<T, Code>, lperrno: *mut i32) -> i32 {
    match result {
        Ok(value) => value.try_into().unwrap_or(i32::MAX),
        Err(code) => {
            if usable(lperrno) {
                // SAFETY: the caller's promise.
                unsafe { lperrno.write_unaligned(code.value()) };
            }
            set_last_error(code);
            -1
        }
    }
}

fn read_only(provider: *const GUID) -> Result<i32, Code> {
    require(provider).and(Err(Code::WSANO_RECOVERY))
}

/// # Safety
/// If usable, the pointer is to a GUID.
unsafe fn of_known(provider: *const GUID, code: Code) -> Result<i32, Code> {
    require(provider)?;
    // SAFETY: the caller's promise.
    if protocols::has_provider(unsafe { provider.read_unaligned() }) { Err(code) } else { Err(Code::WSAEINVAL) }
}

/// # Safety
/// If usable, the pointer is to a GUID.
unsafe fn of_name_space(provider: *const GUID) -> Result<(), Code> {
    require(provider)?;
    // SAFETY: the caller's promise.
    if unsafe { provider.read_unaligned() } == DNS_PROVIDER { Ok(()) } else { Err(Code::WSAEINVAL) }
}

/// # Safety
/// If usable, the pointer is to as many GUIDs as are said.
unsafe fn order(providers: *const GUID, count: u32) -> i32 {
    // SAFETY: the caller's promise.
    let judged = if count == 1 { unsafe { of_name_space(providers) } } else { Err(Code::WSAEINVAL) };
    judged.err().unwrap_or(Code::new(0)).value()
}

/// # Safety
/// If usable, the pointers are to a GUID, a length and as many units.
unsafe fn path<U: Unit>(provider: *const GUID, place: *mut U, length: *mut i32) -> Result<i32, Code> {
    const PATH: &str = "%SystemRoot%\\system32\\mswsock.dll";
    require(provider)?;
    require(length)?;
    // SAFETY: the caller's promise.
    unsafe {
        if !protocols::has_provider(provider.read_unaligned()) {
            return Err(Code::WSAEINVAL);
        }
        let room = usize::try_from(length.read_unaligned()).unwrap_or(0);
        let needed = PATH.len() as i32 + 1;
        length.write_unaligned(needed);
        text::write(PATH, place, room).map(|()| 0)
    }
}
