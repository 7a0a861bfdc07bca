//! Exported so that programs link, and refused: what needs parts of Windows that have no counterpart here.
//!
//! Each fails with the code that its page gives for an installation without that part. Functions with wide text look at
//! none of it, so that one function serves both widths.

use std::ffi::c_void;

use winsock::Code;

use crate::boundary::{record, require, started, status};
use crate::refusal::refused;
use crate::types::{GUID, HANDLE, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKADDR, SOCKET};

/// A call that fails with this code whenever Winsock has been started.
fn refuse(code: Code) -> Result<(), Code> {
    started().and(Err(code))
}

/// Winsock 1.1 only. Docs: "WSACancelBlockingCall function": gone from version 2.
#[unsafe(export_name = "ws2_WSACancelBlockingCall")]
pub extern "system" fn WSACancelBlockingCall() -> i32 {
    status(refuse(Code::WSAEOPNOTSUPP))
}

/// Winsock 1.1 only: no blocking call runs in the calling thread.
#[unsafe(export_name = "ws2_WSAIsBlocking")]
pub extern "system" fn WSAIsBlocking() -> i32 {
    record(started()).map_or(0, |()| 0)
}

/// No template of quality of service has a name here.
#[unsafe(export_name = "ws2_WSAGetQOSByName")]
pub extern "system" fn WSAGetQOSByName(s: usize, _lpqosname: *const c_void, _lpqos: *mut c_void) -> i32 {
    record(winsock::check(s).and(Err::<(), _>(Code::WSAEINVAL))).map_or(0, |()| 1)
}

refused! {
    /// Winsock 1.1 only. Docs: "WSASetBlockingHook function": gone from version 2.
    #[unsafe(export_name = "ws2_WSASetBlockingHook")]
    fn WSASetBlockingHook(lpblockfunc: *mut c_void) -> *mut c_void {
        record(refuse(Code::WSAEOPNOTSUPP)).map_or(std::ptr::null_mut(), |()| std::ptr::null_mut())
    }

    /// Winsock 1.1 only. Docs: "WSAUnhookBlockingHook function": gone from version 2.
    #[unsafe(export_name = "ws2_WSAUnhookBlockingHook")]
    fn WSAUnhookBlockingHook() -> i32 {
        status(refuse(Code::WSAEOPNOTSUPP))
    }

    /// No window exists that could get messages. Docs: "WSAAsyncSelect function", WSAEINVAL.
    #[unsafe(export_name = "ws2_WSAAsyncSelect")]
    fn WSAAsyncSelect(s: SOCKET, hwnd: *mut c_void, wmsg: u32, levent: i32) -> i32 {
        status(winsock::check(s).and(Err(Code::WSAEINVAL)))
    }

    /// The catalogue of providers never changes, so nothing could be told.
    #[unsafe(export_name = "ws2_WSAProviderConfigChange")]
    fn WSAProviderConfigChange(lpnotificationhandle: *mut HANDLE, lpoverlapped: *mut OVERLAPPED,
        lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32 {
        status(started().and_then(|()| require(lpnotificationhandle)).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// Registers no class of services.
    #[unsafe(export_name = "ws2_WSAInstallServiceClassA")]
    fn WSAInstallServiceClassA(lpserviceclassinfo: *const c_void) -> i32 {
        status(started().and_then(|()| require(lpserviceclassinfo)).and(Err(Code::WSAEACCES)))
    }

    /// Registers no class of services. The text is not looked at, so that one function serves both widths.
    #[unsafe(export_name = "ws2_WSAInstallServiceClassW")]
    fn WSAInstallServiceClassW(lpserviceclassinfo: *const c_void) -> i32 {
        status(started().and_then(|()| require(lpserviceclassinfo)).and(Err(Code::WSAEACCES)))
    }

    /// No class of services is registered.
    #[unsafe(export_name = "ws2_WSARemoveServiceClass")]
    fn WSARemoveServiceClass(lpserviceclassid: *const GUID) -> i32 {
        status(started().and_then(|()| require(lpserviceclassid)).and(Err(Code::WSATYPE_NOT_FOUND)))
    }

    /// No class of services is registered.
    #[unsafe(export_name = "ws2_WSAGetServiceClassInfoA")]
    fn WSAGetServiceClassInfoA(lpproviderid: *const GUID, lpserviceclassid: *const GUID, lpdwbufsize: *mut u32,
        lpserviceclassinfo: *mut c_void) -> i32 {
        status(started().and_then(|()| require(lpserviceclassid)).and(Err(Code::WSATYPE_NOT_FOUND)))
    }

    /// No class of services is registered.
    #[unsafe(export_name = "ws2_WSAGetServiceClassInfoW")]
    fn WSAGetServiceClassInfoW(lpproviderid: *const GUID, lpserviceclassid: *const GUID, lpdwbufsize: *mut u32,
        lpserviceclassinfo: *mut c_void) -> i32 {
        status(started().and_then(|()| require(lpserviceclassid)).and(Err(Code::WSATYPE_NOT_FOUND)))
    }

    /// No class of services is registered.
    #[unsafe(export_name = "ws2_WSAGetServiceClassNameByClassIdA")]
    fn WSAGetServiceClassNameByClassIdA(lpserviceclassid: *const GUID, lpszserviceclassname: *mut u8,
        lpdwbufferlength: *mut u32) -> i32 {
        status(started().and_then(|()| require(lpserviceclassid)).and(Err(Code::WSATYPE_NOT_FOUND)))
    }

    /// No class of services is registered.
    #[unsafe(export_name = "ws2_WSAGetServiceClassNameByClassIdW")]
    fn WSAGetServiceClassNameByClassIdW(lpserviceclassid: *const GUID, lpszserviceclassname: *mut u16,
        lpdwbufferlength: *mut u32) -> i32 {
        status(started().and_then(|()| require(lpserviceclassid)).and(Err(Code::WSATYPE_NOT_FOUND)))
    }

    /// Sockets are not secured by IPsec from here. Docs: "Winsock Secure Socket Extensions".
    #[unsafe(export_name = "ws2_WSASetSocketSecurity")]
    fn WSASetSocketSecurity(socket: SOCKET, securitysettings: *const c_void, securitysettingslen: u32,
        overlapped: *const OVERLAPPED, completionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32 {
        status(winsock::check(socket).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// Sockets are not secured by IPsec from here.
    #[unsafe(export_name = "ws2_WSAQuerySocketSecurity")]
    fn WSAQuerySocketSecurity(socket: SOCKET, securityquerytemplate: *const c_void, securityquerytemplatelen: u32,
        securityqueryinfo: *mut c_void, securityqueryinfolen: *mut u32, overlapped: *const OVERLAPPED,
        completionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32 {
        status(winsock::check(socket).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// Sockets are not secured by IPsec from here.
    #[unsafe(export_name = "ws2_WSASetSocketPeerTargetName")]
    fn WSASetSocketPeerTargetName(socket: SOCKET, peertargetname: *const c_void, peertargetnamelen: u32,
        overlapped: *const OVERLAPPED, completionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32 {
        status(winsock::check(socket).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// Sockets are not secured by IPsec from here.
    #[unsafe(export_name = "ws2_WSADeleteSocketPeerTargetName")]
    fn WSADeleteSocketPeerTargetName(socket: SOCKET, peeraddr: *const SOCKADDR, peeraddrlen: u32,
        overlapped: *const OVERLAPPED, completionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32 {
        status(winsock::check(socket).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// No peer has an identity that a thread could take on.
    #[unsafe(export_name = "ws2_WSAImpersonateSocketPeer")]
    fn WSAImpersonateSocketPeer(socket: SOCKET, peeraddr: *const SOCKADDR, peeraddrlen: u32) -> i32 {
        status(winsock::check(socket).and(Err(Code::WSAEOPNOTSUPP)))
    }

    /// No thread has taken on a peer's identity: there is nothing to give back, which is no failure.
    #[unsafe(export_name = "ws2_WSARevertImpersonation")]
    fn WSARevertImpersonation() -> i32 {
        status(started())
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetAddressByNameA")]
    fn GetAddressByNameA(dwnamespace: u32, lpservicetype: *const GUID, lpservicename: *const u8,
        lpiprotocols: *const i32, dwresolution: u32, lpserviceasyncinfo: *const c_void, lpcsaddrbuffer: *mut c_void,
        lpdwbufferlength: *mut u32, lpaliasbuffer: *mut u8, lpdwaliasbufferlength: *mut u32) -> i32 {
        status(refuse(Code::WSASERVICE_NOT_FOUND))
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetAddressByNameW")]
    fn GetAddressByNameW(dwnamespace: u32, lpservicetype: *const GUID, lpservicename: *const u16,
        lpiprotocols: *const i32, dwresolution: u32, lpserviceasyncinfo: *const c_void, lpcsaddrbuffer: *mut c_void,
        lpdwbufferlength: *mut u32, lpaliasbuffer: *mut u16, lpdwaliasbufferlength: *mut u32) -> i32 {
        status(refuse(Code::WSASERVICE_NOT_FOUND))
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetNameByTypeA")]
    fn GetNameByTypeA(lpservicetype: *const GUID, lpservicename: *mut u8, dwnamelength: u32) -> i32 {
        status(refuse(ERROR_SERVICE_DOES_NOT_EXIST))
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetNameByTypeW")]
    fn GetNameByTypeW(lpservicetype: *const GUID, lpservicename: *mut u16, dwnamelength: u32) -> i32 {
        status(refuse(ERROR_SERVICE_DOES_NOT_EXIST))
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetTypeByNameA")]
    fn GetTypeByNameA(lpservicename: *const u8, lpservicetype: *mut GUID) -> i32 {
        status(refuse(ERROR_SERVICE_DOES_NOT_EXIST))
    }

    /// Obsolete, of `nspapi.h`: no class of services is registered.
    #[unsafe(export_name = "ws2_GetTypeByNameW")]
    fn GetTypeByNameW(lpservicename: *const u16, lpservicetype: *mut GUID) -> i32 {
        status(refuse(ERROR_SERVICE_DOES_NOT_EXIST))
    }

    /// Obsolete, of `nspapi.h`: no service is registered.
    #[unsafe(export_name = "ws2_GetServiceA")]
    fn GetServiceA(dwnamespace: u32, lpguid: *const GUID, lpservicename: *const u8, dwproperties: u32,
        lpbuffer: *mut c_void, lpdwbuffersize: *mut u32, lpserviceasyncinfo: *const c_void) -> i32 {
        status(refuse(ERROR_SERVICE_NOT_FOUND))
    }

    /// Obsolete, of `nspapi.h`: no service is registered.
    #[unsafe(export_name = "ws2_GetServiceW")]
    fn GetServiceW(dwnamespace: u32, lpguid: *const GUID, lpservicename: *const u16, dwproperties: u32,
        lpbuffer: *mut c_void, lpdwbuffersize: *mut u32, lpserviceasyncinfo: *const c_void) -> i32 {
        status(refuse(ERROR_SERVICE_NOT_FOUND))
    }

    /// Obsolete, of `nspapi.h`: registers no service.
    #[unsafe(export_name = "ws2_SetServiceA")]
    fn SetServiceA(dwnamespace: u32, dwoperation: u32, dwflags: u32, lpserviceinfo: *const c_void,
        lpserviceasyncinfo: *const c_void, lpdwstatusflags: *mut u32) -> i32 {
        status(refuse(ERROR_SERVICE_NOT_FOUND))
    }

    /// Obsolete, of `nspapi.h`: registers no service.
    #[unsafe(export_name = "ws2_SetServiceW")]
    fn SetServiceW(dwnamespace: u32, dwoperation: u32, dwflags: u32, lpserviceinfo: *const c_void,
        lpserviceasyncinfo: *const c_void, lpdwstatusflags: *mut u32) -> i32 {
        status(refuse(ERROR_SERVICE_NOT_FOUND))
    }

    /// Notifications of readiness through a port, new in Windows 11. Returns the Win32 error.
    #[unsafe(export_name = "ws2_ProcessSocketNotifications")]
    fn ProcessSocketNotifications(completionport: HANDLE, registrationcount: u32, registrationinfos: *mut c_void,
        timeoutms: u32, completioncount: u32, completionportentries: *mut c_void, receivedentrycount: *mut u32) -> u32 {
        ERROR_NOT_SUPPORTED
    }
}

/// Win32's, which the pages of `nspapi.h` name.
const ERROR_SERVICE_DOES_NOT_EXIST: Code = Code::new(1060);
const ERROR_SERVICE_NOT_FOUND: Code = Code::new(1243);
const ERROR_NOT_SUPPORTED: u32 = 50;
