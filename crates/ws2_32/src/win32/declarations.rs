// Made by `cargo xtask windows-names` from windows-sys' sources and spec/exports.toml. Do not edit.

unsafe extern "system" {
    #[link_name = "ws2_AcceptEx"]
    pub fn AcceptEx(slistensocket: SOCKET, sacceptsocket: SOCKET, lpoutputbuffer: *mut core::ffi::c_void, dwreceivedatalength: u32, dwlocaladdresslength: u32, dwremoteaddresslength: u32, lpdwbytesreceived: *mut u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_EnumProtocolsA"]
    pub fn EnumProtocolsA(lpiprotocols: *const i32, lpprotocolbuffer: *mut core::ffi::c_void, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_EnumProtocolsW"]
    pub fn EnumProtocolsW(lpiprotocols: *const i32, lpprotocolbuffer: *mut core::ffi::c_void, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_FreeAddrInfoEx"]
    pub fn FreeAddrInfoEx(paddrinfoex: *const ADDRINFOEXA);
    #[link_name = "ws2_FreeAddrInfoExW"]
    pub fn FreeAddrInfoExW(paddrinfoex: *const ADDRINFOEXW);
    #[link_name = "ws2_FreeAddrInfoW"]
    pub fn FreeAddrInfoW(paddrinfo: *const ADDRINFOW);
    #[link_name = "ws2_GetAcceptExSockaddrs"]
    pub fn GetAcceptExSockaddrs(lpoutputbuffer: *const core::ffi::c_void, dwreceivedatalength: u32, dwlocaladdresslength: u32, dwremoteaddresslength: u32, localsockaddr: *mut *mut SOCKADDR, localsockaddrlength: *mut i32, remotesockaddr: *mut *mut SOCKADDR, remotesockaddrlength: *mut i32);
    #[link_name = "ws2_GetAddrInfoExA"]
    pub fn GetAddrInfoExA(pname: ::windows_sys::core::PCSTR, pservicename: ::windows_sys::core::PCSTR, dwnamespace: u32, lpnspid: *const ::windows_sys::core::GUID, hints: *const ADDRINFOEXA, ppresult: *mut *mut ADDRINFOEXA, timeout: *const TIMEVAL, lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE, lpnamehandle: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_GetAddrInfoExCancel"]
    pub fn GetAddrInfoExCancel(lphandle: *const ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_GetAddrInfoExOverlappedResult"]
    pub fn GetAddrInfoExOverlappedResult(lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED) -> i32;
    #[link_name = "ws2_GetAddrInfoExW"]
    pub fn GetAddrInfoExW(pname: ::windows_sys::core::PCWSTR, pservicename: ::windows_sys::core::PCWSTR, dwnamespace: u32, lpnspid: *const ::windows_sys::core::GUID, hints: *const ADDRINFOEXW, ppresult: *mut *mut ADDRINFOEXW, timeout: *const TIMEVAL, lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE, lphandle: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_GetAddrInfoW"]
    pub fn GetAddrInfoW(pnodename: ::windows_sys::core::PCWSTR, pservicename: ::windows_sys::core::PCWSTR, phints: *const ADDRINFOW, ppresult: *mut *mut ADDRINFOW) -> i32;
    #[link_name = "ws2_GetAddressByNameA"]
    pub fn GetAddressByNameA(dwnamespace: u32, lpservicetype: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PCSTR, lpiprotocols: *const i32, dwresolution: u32, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO, lpcsaddrbuffer: *mut core::ffi::c_void, lpdwbufferlength: *mut u32, lpaliasbuffer: ::windows_sys::core::PSTR, lpdwaliasbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_GetAddressByNameW"]
    pub fn GetAddressByNameW(dwnamespace: u32, lpservicetype: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PCWSTR, lpiprotocols: *const i32, dwresolution: u32, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO, lpcsaddrbuffer: *mut core::ffi::c_void, lpdwbufferlength: *mut u32, lpaliasbuffer: ::windows_sys::core::PWSTR, lpdwaliasbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_GetHostNameW"]
    pub fn GetHostNameW(name: ::windows_sys::core::PWSTR, namelen: i32) -> i32;
    #[link_name = "ws2_GetNameByTypeA"]
    pub fn GetNameByTypeA(lpservicetype: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PSTR, dwnamelength: u32) -> i32;
    #[link_name = "ws2_GetNameByTypeW"]
    pub fn GetNameByTypeW(lpservicetype: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PWSTR, dwnamelength: u32) -> i32;
    #[link_name = "ws2_GetNameInfoW"]
    pub fn GetNameInfoW(psockaddr: *const SOCKADDR, sockaddrlength: socklen_t, pnodebuffer: ::windows_sys::core::PWSTR, nodebuffersize: u32, pservicebuffer: ::windows_sys::core::PWSTR, servicebuffersize: u32, flags: i32) -> i32;
    #[link_name = "ws2_GetServiceA"]
    pub fn GetServiceA(dwnamespace: u32, lpguid: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PCSTR, dwproperties: u32, lpbuffer: *mut core::ffi::c_void, lpdwbuffersize: *mut u32, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO) -> i32;
    #[link_name = "ws2_GetServiceW"]
    pub fn GetServiceW(dwnamespace: u32, lpguid: *const ::windows_sys::core::GUID, lpservicename: ::windows_sys::core::PCWSTR, dwproperties: u32, lpbuffer: *mut core::ffi::c_void, lpdwbuffersize: *mut u32, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO) -> i32;
    #[link_name = "ws2_GetTypeByNameA"]
    pub fn GetTypeByNameA(lpservicename: ::windows_sys::core::PCSTR, lpservicetype: *mut ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_GetTypeByNameW"]
    pub fn GetTypeByNameW(lpservicename: ::windows_sys::core::PCWSTR, lpservicetype: *mut ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_InetNtopW"]
    pub fn InetNtopW(family: i32, paddr: *const core::ffi::c_void, pstringbuf: ::windows_sys::core::PWSTR, stringbufsize: usize) -> ::windows_sys::core::PCWSTR;
    #[link_name = "ws2_InetPtonW"]
    pub fn InetPtonW(family: i32, pszaddrstring: ::windows_sys::core::PCWSTR, paddrbuf: *mut core::ffi::c_void) -> i32;
    #[link_name = "ws2_ProcessSocketNotifications"]
    pub fn ProcessSocketNotifications(completionport: ::windows_sys::Win32::Foundation::HANDLE, registrationcount: u32, registrationinfos: *mut SOCK_NOTIFY_REGISTRATION, timeoutms: u32, completioncount: u32, completionportentries: *mut ::windows_sys::Win32::System::IO::OVERLAPPED_ENTRY, receivedentrycount: *mut u32) -> u32;
    #[link_name = "ws2_SetAddrInfoExA"]
    pub fn SetAddrInfoExA(pname: ::windows_sys::core::PCSTR, pservicename: ::windows_sys::core::PCSTR, paddresses: *const SOCKET_ADDRESS, dwaddresscount: u32, lpblob: *const ::windows_sys::Win32::System::Com::BLOB, dwflags: u32, dwnamespace: u32, lpnspid: *const ::windows_sys::core::GUID, timeout: *const TIMEVAL, lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE, lpnamehandle: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_SetAddrInfoExW"]
    pub fn SetAddrInfoExW(pname: ::windows_sys::core::PCWSTR, pservicename: ::windows_sys::core::PCWSTR, paddresses: *const SOCKET_ADDRESS, dwaddresscount: u32, lpblob: *const ::windows_sys::Win32::System::Com::BLOB, dwflags: u32, dwnamespace: u32, lpnspid: *const ::windows_sys::core::GUID, timeout: *const TIMEVAL, lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE, lpnamehandle: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_SetServiceA"]
    pub fn SetServiceA(dwnamespace: u32, dwoperation: SET_SERVICE_OPERATION, dwflags: u32, lpserviceinfo: *const SERVICE_INFOA, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO, lpdwstatusflags: *mut u32) -> i32;
    #[link_name = "ws2_SetServiceW"]
    pub fn SetServiceW(dwnamespace: u32, dwoperation: SET_SERVICE_OPERATION, dwflags: u32, lpserviceinfo: *const SERVICE_INFOW, lpserviceasyncinfo: *const SERVICE_ASYNC_INFO, lpdwstatusflags: *mut u32) -> i32;
    #[link_name = "ws2_TransmitFile"]
    pub fn TransmitFile(hsocket: SOCKET, hfile: ::windows_sys::Win32::Foundation::HANDLE, nnumberofbytestowrite: u32, nnumberofbytespersend: u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lptransmitbuffers: *const TRANSMIT_FILE_BUFFERS, dwreserved: u32) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WPUCompleteOverlappedRequest"]
    pub fn WPUCompleteOverlappedRequest(s: SOCKET, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, dwerror: u32, cbtransferred: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSAAccept"]
    pub fn WSAAccept(s: SOCKET, addr: *mut SOCKADDR, addrlen: *mut i32, lpfncondition: LPCONDITIONPROC, dwcallbackdata: usize) -> SOCKET;
    #[link_name = "ws2_WSAAddressToStringA"]
    pub fn WSAAddressToStringA(lpsaaddress: *const SOCKADDR, dwaddresslength: u32, lpprotocolinfo: *const WSAPROTOCOL_INFOA, lpszaddressstring: ::windows_sys::core::PSTR, lpdwaddressstringlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAAddressToStringW"]
    pub fn WSAAddressToStringW(lpsaaddress: *const SOCKADDR, dwaddresslength: u32, lpprotocolinfo: *const WSAPROTOCOL_INFOW, lpszaddressstring: ::windows_sys::core::PWSTR, lpdwaddressstringlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAAdvertiseProvider"]
    pub fn WSAAdvertiseProvider(puuidproviderid: *const ::windows_sys::core::GUID, pnspv2routine: *const NSPV2_ROUTINE) -> i32;
    #[link_name = "ws2_WSAAsyncGetHostByAddr"]
    pub fn WSAAsyncGetHostByAddr(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, addr: ::windows_sys::core::PCSTR, len: i32, r#type: i32, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncGetHostByName"]
    pub fn WSAAsyncGetHostByName(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, name: ::windows_sys::core::PCSTR, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncGetProtoByName"]
    pub fn WSAAsyncGetProtoByName(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, name: ::windows_sys::core::PCSTR, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncGetProtoByNumber"]
    pub fn WSAAsyncGetProtoByNumber(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, number: i32, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncGetServByName"]
    pub fn WSAAsyncGetServByName(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, name: ::windows_sys::core::PCSTR, proto: ::windows_sys::core::PCSTR, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncGetServByPort"]
    pub fn WSAAsyncGetServByPort(hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, port: i32, proto: ::windows_sys::core::PCSTR, buf: ::windows_sys::core::PSTR, buflen: i32) -> ::windows_sys::Win32::Foundation::HANDLE;
    #[link_name = "ws2_WSAAsyncSelect"]
    pub fn WSAAsyncSelect(s: SOCKET, hwnd: ::windows_sys::Win32::Foundation::HWND, wmsg: u32, levent: i32) -> i32;
    #[link_name = "ws2_WSACancelAsyncRequest"]
    pub fn WSACancelAsyncRequest(hasynctaskhandle: ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_WSACancelBlockingCall"]
    pub fn WSACancelBlockingCall() -> i32;
    #[link_name = "ws2_WSACleanup"]
    pub fn WSACleanup() -> i32;
    #[link_name = "ws2_WSACloseEvent"]
    pub fn WSACloseEvent(hevent: WSAEVENT) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAConnect"]
    pub fn WSAConnect(s: SOCKET, name: *const SOCKADDR, namelen: i32, lpcallerdata: *const WSABUF, lpcalleedata: *mut WSABUF, lpsqos: *const QOS, lpgqos: *const QOS) -> i32;
    #[link_name = "ws2_WSAConnectByList"]
    pub fn WSAConnectByList(s: SOCKET, socketaddress: *const SOCKET_ADDRESS_LIST, localaddresslength: *mut u32, localaddress: *mut SOCKADDR, remoteaddresslength: *mut u32, remoteaddress: *mut SOCKADDR, timeout: *const TIMEVAL, reserved: *const ::windows_sys::Win32::System::IO::OVERLAPPED) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAConnectByNameA"]
    pub fn WSAConnectByNameA(s: SOCKET, nodename: ::windows_sys::core::PCSTR, servicename: ::windows_sys::core::PCSTR, localaddresslength: *mut u32, localaddress: *mut SOCKADDR, remoteaddresslength: *mut u32, remoteaddress: *mut SOCKADDR, timeout: *const TIMEVAL, reserved: *const ::windows_sys::Win32::System::IO::OVERLAPPED) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAConnectByNameW"]
    pub fn WSAConnectByNameW(s: SOCKET, nodename: ::windows_sys::core::PCWSTR, servicename: ::windows_sys::core::PCWSTR, localaddresslength: *mut u32, localaddress: *mut SOCKADDR, remoteaddresslength: *mut u32, remoteaddress: *mut SOCKADDR, timeout: *const TIMEVAL, reserved: *const ::windows_sys::Win32::System::IO::OVERLAPPED) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSACreateEvent"]
    pub fn WSACreateEvent() -> WSAEVENT;
    #[link_name = "ws2_WSADuplicateSocketA"]
    pub fn WSADuplicateSocketA(s: SOCKET, dwprocessid: u32, lpprotocolinfo: *mut WSAPROTOCOL_INFOA) -> i32;
    #[link_name = "ws2_WSADuplicateSocketW"]
    pub fn WSADuplicateSocketW(s: SOCKET, dwprocessid: u32, lpprotocolinfo: *mut WSAPROTOCOL_INFOW) -> i32;
    #[link_name = "ws2_WSAEnumNameSpaceProvidersA"]
    pub fn WSAEnumNameSpaceProvidersA(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOA) -> i32;
    #[link_name = "ws2_WSAEnumNameSpaceProvidersExA"]
    pub fn WSAEnumNameSpaceProvidersExA(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOEXA) -> i32;
    #[link_name = "ws2_WSAEnumNameSpaceProvidersExW"]
    pub fn WSAEnumNameSpaceProvidersExW(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOEXW) -> i32;
    #[link_name = "ws2_WSAEnumNameSpaceProvidersW"]
    pub fn WSAEnumNameSpaceProvidersW(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOW) -> i32;
    #[link_name = "ws2_WSAEnumNetworkEvents"]
    pub fn WSAEnumNetworkEvents(s: SOCKET, heventobject: WSAEVENT, lpnetworkevents: *mut WSANETWORKEVENTS) -> i32;
    #[link_name = "ws2_WSAEnumProtocolsA"]
    pub fn WSAEnumProtocolsA(lpiprotocols: *const i32, lpprotocolbuffer: *mut WSAPROTOCOL_INFOA, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAEnumProtocolsW"]
    pub fn WSAEnumProtocolsW(lpiprotocols: *const i32, lpprotocolbuffer: *mut WSAPROTOCOL_INFOW, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAEventSelect"]
    pub fn WSAEventSelect(s: SOCKET, heventobject: WSAEVENT, lnetworkevents: i32) -> i32;
    #[link_name = "ws2_WSAGetLastError"]
    pub fn WSAGetLastError() -> WSA_ERROR;
    #[link_name = "ws2_WSAGetOverlappedResult"]
    pub fn WSAGetOverlappedResult(s: SOCKET, lpoverlapped: *const ::windows_sys::Win32::System::IO::OVERLAPPED, lpcbtransfer: *mut u32, fwait: ::windows_sys::core::BOOL, lpdwflags: *mut u32) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAGetQOSByName"]
    pub fn WSAGetQOSByName(s: SOCKET, lpqosname: *const WSABUF, lpqos: *mut QOS) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAGetServiceClassInfoA"]
    pub fn WSAGetServiceClassInfoA(lpproviderid: *const ::windows_sys::core::GUID, lpserviceclassid: *const ::windows_sys::core::GUID, lpdwbufsize: *mut u32, lpserviceclassinfo: *mut WSASERVICECLASSINFOA) -> i32;
    #[link_name = "ws2_WSAGetServiceClassInfoW"]
    pub fn WSAGetServiceClassInfoW(lpproviderid: *const ::windows_sys::core::GUID, lpserviceclassid: *const ::windows_sys::core::GUID, lpdwbufsize: *mut u32, lpserviceclassinfo: *mut WSASERVICECLASSINFOW) -> i32;
    #[link_name = "ws2_WSAGetServiceClassNameByClassIdA"]
    pub fn WSAGetServiceClassNameByClassIdA(lpserviceclassid: *const ::windows_sys::core::GUID, lpszserviceclassname: ::windows_sys::core::PSTR, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAGetServiceClassNameByClassIdW"]
    pub fn WSAGetServiceClassNameByClassIdW(lpserviceclassid: *const ::windows_sys::core::GUID, lpszserviceclassname: ::windows_sys::core::PWSTR, lpdwbufferlength: *mut u32) -> i32;
    #[link_name = "ws2_WSAHtonl"]
    pub fn WSAHtonl(s: SOCKET, hostlong: u32, lpnetlong: *mut u32) -> i32;
    #[link_name = "ws2_WSAHtons"]
    pub fn WSAHtons(s: SOCKET, hostshort: u16, lpnetshort: *mut u16) -> i32;
    #[link_name = "ws2_WSAInstallServiceClassA"]
    pub fn WSAInstallServiceClassA(lpserviceclassinfo: *const WSASERVICECLASSINFOA) -> i32;
    #[link_name = "ws2_WSAInstallServiceClassW"]
    pub fn WSAInstallServiceClassW(lpserviceclassinfo: *const WSASERVICECLASSINFOW) -> i32;
    #[link_name = "ws2_WSAIoctl"]
    pub fn WSAIoctl(s: SOCKET, dwiocontrolcode: u32, lpvinbuffer: *const core::ffi::c_void, cbinbuffer: u32, lpvoutbuffer: *mut core::ffi::c_void, cboutbuffer: u32, lpcbbytesreturned: *mut u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSAIsBlocking"]
    pub fn WSAIsBlocking() -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSAJoinLeaf"]
    pub fn WSAJoinLeaf(s: SOCKET, name: *const SOCKADDR, namelen: i32, lpcallerdata: *const WSABUF, lpcalleedata: *mut WSABUF, lpsqos: *const QOS, lpgqos: *const QOS, dwflags: u32) -> SOCKET;
    #[link_name = "ws2_WSALookupServiceBeginA"]
    pub fn WSALookupServiceBeginA(lpqsrestrictions: *const WSAQUERYSETA, dwcontrolflags: u32, lphlookup: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_WSALookupServiceBeginW"]
    pub fn WSALookupServiceBeginW(lpqsrestrictions: *const WSAQUERYSETW, dwcontrolflags: u32, lphlookup: *mut ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_WSALookupServiceEnd"]
    pub fn WSALookupServiceEnd(hlookup: ::windows_sys::Win32::Foundation::HANDLE) -> i32;
    #[link_name = "ws2_WSALookupServiceNextA"]
    pub fn WSALookupServiceNextA(hlookup: ::windows_sys::Win32::Foundation::HANDLE, dwcontrolflags: u32, lpdwbufferlength: *mut u32, lpqsresults: *mut WSAQUERYSETA) -> i32;
    #[link_name = "ws2_WSALookupServiceNextW"]
    pub fn WSALookupServiceNextW(hlookup: ::windows_sys::Win32::Foundation::HANDLE, dwcontrolflags: u32, lpdwbufferlength: *mut u32, lpqsresults: *mut WSAQUERYSETW) -> i32;
    #[link_name = "ws2_WSANSPIoctl"]
    pub fn WSANSPIoctl(hlookup: ::windows_sys::Win32::Foundation::HANDLE, dwcontrolcode: u32, lpvinbuffer: *const core::ffi::c_void, cbinbuffer: u32, lpvoutbuffer: *mut core::ffi::c_void, cboutbuffer: u32, lpcbbytesreturned: *mut u32, lpcompletion: *const WSACOMPLETION) -> i32;
    #[link_name = "ws2_WSANtohl"]
    pub fn WSANtohl(s: SOCKET, netlong: u32, lphostlong: *mut u32) -> i32;
    #[link_name = "ws2_WSANtohs"]
    pub fn WSANtohs(s: SOCKET, netshort: u16, lphostshort: *mut u16) -> i32;
    #[link_name = "ws2_WSAPoll"]
    pub fn WSAPoll(fdarray: *mut WSAPOLLFD, fds: u32, timeout: i32) -> i32;
    #[link_name = "ws2_WSAProviderCompleteAsyncCall"]
    pub fn WSAProviderCompleteAsyncCall(hasynccall: ::windows_sys::Win32::Foundation::HANDLE, iretcode: i32) -> i32;
    #[link_name = "ws2_WSAProviderConfigChange"]
    pub fn WSAProviderConfigChange(lpnotificationhandle: *mut ::windows_sys::Win32::Foundation::HANDLE, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSARecv"]
    pub fn WSARecv(s: SOCKET, lpbuffers: *const WSABUF, dwbuffercount: u32, lpnumberofbytesrecvd: *mut u32, lpflags: *mut u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSARecvDisconnect"]
    pub fn WSARecvDisconnect(s: SOCKET, lpinbounddisconnectdata: *const WSABUF) -> i32;
    #[link_name = "ws2_WSARecvEx"]
    pub fn WSARecvEx(s: SOCKET, buf: ::windows_sys::core::PSTR, len: i32, flags: *mut i32) -> i32;
    #[link_name = "ws2_WSARecvFrom"]
    pub fn WSARecvFrom(s: SOCKET, lpbuffers: *const WSABUF, dwbuffercount: u32, lpnumberofbytesrecvd: *mut u32, lpflags: *mut u32, lpfrom: *mut SOCKADDR, lpfromlen: *mut i32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSARemoveServiceClass"]
    pub fn WSARemoveServiceClass(lpserviceclassid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSAResetEvent"]
    pub fn WSAResetEvent(hevent: WSAEVENT) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSASend"]
    pub fn WSASend(s: SOCKET, lpbuffers: *const WSABUF, dwbuffercount: u32, lpnumberofbytessent: *mut u32, dwflags: u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSASendDisconnect"]
    pub fn WSASendDisconnect(s: SOCKET, lpoutbounddisconnectdata: *const WSABUF) -> i32;
    #[link_name = "ws2_WSASendMsg"]
    pub fn WSASendMsg(handle: SOCKET, lpmsg: *const WSAMSG, dwflags: u32, lpnumberofbytessent: *mut u32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSASendTo"]
    pub fn WSASendTo(s: SOCKET, lpbuffers: *const WSABUF, dwbuffercount: u32, lpnumberofbytessent: *mut u32, dwflags: u32, lpto: *const SOCKADDR, itolen: i32, lpoverlapped: *mut ::windows_sys::Win32::System::IO::OVERLAPPED, lpcompletionroutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE) -> i32;
    #[link_name = "ws2_WSASetBlockingHook"]
    pub fn WSASetBlockingHook(lpblockfunc: ::windows_sys::Win32::Foundation::FARPROC) -> ::windows_sys::Win32::Foundation::FARPROC;
    #[link_name = "ws2_WSASetEvent"]
    pub fn WSASetEvent(hevent: WSAEVENT) -> ::windows_sys::core::BOOL;
    #[link_name = "ws2_WSASetLastError"]
    pub fn WSASetLastError(ierror: i32);
    #[link_name = "ws2_WSASetServiceA"]
    pub fn WSASetServiceA(lpqsreginfo: *const WSAQUERYSETA, essoperation: WSAESETSERVICEOP, dwcontrolflags: u32) -> i32;
    #[link_name = "ws2_WSASetServiceW"]
    pub fn WSASetServiceW(lpqsreginfo: *const WSAQUERYSETW, essoperation: WSAESETSERVICEOP, dwcontrolflags: u32) -> i32;
    #[link_name = "ws2_WSASocketA"]
    pub fn WSASocketA(af: i32, r#type: i32, protocol: i32, lpprotocolinfo: *const WSAPROTOCOL_INFOA, g: u32, dwflags: u32) -> SOCKET;
    #[link_name = "ws2_WSASocketW"]
    pub fn WSASocketW(af: i32, r#type: i32, protocol: i32, lpprotocolinfo: *const WSAPROTOCOL_INFOW, g: u32, dwflags: u32) -> SOCKET;
    #[link_name = "ws2_WSAStartup"]
    pub fn WSAStartup(wversionrequested: u16, lpwsadata: *mut WSADATA) -> i32;
    #[link_name = "ws2_WSAStringToAddressA"]
    pub fn WSAStringToAddressA(addressstring: ::windows_sys::core::PCSTR, addressfamily: i32, lpprotocolinfo: *const WSAPROTOCOL_INFOA, lpaddress: *mut SOCKADDR, lpaddresslength: *mut i32) -> i32;
    #[link_name = "ws2_WSAStringToAddressW"]
    pub fn WSAStringToAddressW(addressstring: ::windows_sys::core::PCWSTR, addressfamily: i32, lpprotocolinfo: *const WSAPROTOCOL_INFOW, lpaddress: *mut SOCKADDR, lpaddresslength: *mut i32) -> i32;
    #[link_name = "ws2_WSAUnadvertiseProvider"]
    pub fn WSAUnadvertiseProvider(puuidproviderid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSAUnhookBlockingHook"]
    pub fn WSAUnhookBlockingHook() -> i32;
    #[link_name = "ws2_WSAWaitForMultipleEvents"]
    pub fn WSAWaitForMultipleEvents(cevents: u32, lphevents: *const ::windows_sys::Win32::Foundation::HANDLE, fwaitall: ::windows_sys::core::BOOL, dwtimeout: u32, falertable: ::windows_sys::core::BOOL) -> ::windows_sys::Win32::Foundation::WAIT_EVENT;
    #[link_name = "ws2_WSCDeinstallProvider"]
    pub fn WSCDeinstallProvider(lpproviderid: *const ::windows_sys::core::GUID, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCDeinstallProvider32"]
    pub fn WSCDeinstallProvider32(lpproviderid: *const ::windows_sys::core::GUID, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCEnableNSProvider"]
    pub fn WSCEnableNSProvider(lpproviderid: *const ::windows_sys::core::GUID, fenable: ::windows_sys::core::BOOL) -> i32;
    #[link_name = "ws2_WSCEnableNSProvider32"]
    pub fn WSCEnableNSProvider32(lpproviderid: *const ::windows_sys::core::GUID, fenable: ::windows_sys::core::BOOL) -> i32;
    #[link_name = "ws2_WSCEnumNameSpaceProviders32"]
    pub fn WSCEnumNameSpaceProviders32(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOW) -> i32;
    #[link_name = "ws2_WSCEnumNameSpaceProvidersEx32"]
    pub fn WSCEnumNameSpaceProvidersEx32(lpdwbufferlength: *mut u32, lpnspbuffer: *mut WSANAMESPACE_INFOEXW) -> i32;
    #[link_name = "ws2_WSCEnumProtocols"]
    pub fn WSCEnumProtocols(lpiprotocols: *const i32, lpprotocolbuffer: *mut WSAPROTOCOL_INFOW, lpdwbufferlength: *mut u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCEnumProtocols32"]
    pub fn WSCEnumProtocols32(lpiprotocols: *const i32, lpprotocolbuffer: *mut WSAPROTOCOL_INFOW, lpdwbufferlength: *mut u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCGetApplicationCategory"]
    pub fn WSCGetApplicationCategory(path: ::windows_sys::core::PCWSTR, pathlength: u32, extra: ::windows_sys::core::PCWSTR, extralength: u32, ppermittedlspcategories: *mut u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCGetProviderInfo"]
    pub fn WSCGetProviderInfo(lpproviderid: *const ::windows_sys::core::GUID, infotype: WSC_PROVIDER_INFO_TYPE, info: *mut u8, infosize: *mut usize, flags: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCGetProviderInfo32"]
    pub fn WSCGetProviderInfo32(lpproviderid: *const ::windows_sys::core::GUID, infotype: WSC_PROVIDER_INFO_TYPE, info: *mut u8, infosize: *mut usize, flags: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCGetProviderPath"]
    pub fn WSCGetProviderPath(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PWSTR, lpproviderdllpathlen: *mut i32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCGetProviderPath32"]
    pub fn WSCGetProviderPath32(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PWSTR, lpproviderdllpathlen: *mut i32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCInstallNameSpace"]
    pub fn WSCInstallNameSpace(lpszidentifier: ::windows_sys::core::PCWSTR, lpszpathname: ::windows_sys::core::PCWSTR, dwnamespace: u32, dwversion: u32, lpproviderid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSCInstallNameSpace32"]
    pub fn WSCInstallNameSpace32(lpszidentifier: ::windows_sys::core::PCWSTR, lpszpathname: ::windows_sys::core::PCWSTR, dwnamespace: u32, dwversion: u32, lpproviderid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSCInstallNameSpaceEx"]
    pub fn WSCInstallNameSpaceEx(lpszidentifier: ::windows_sys::core::PCWSTR, lpszpathname: ::windows_sys::core::PCWSTR, dwnamespace: u32, dwversion: u32, lpproviderid: *const ::windows_sys::core::GUID, lpproviderspecific: *const ::windows_sys::Win32::System::Com::BLOB) -> i32;
    #[link_name = "ws2_WSCInstallNameSpaceEx32"]
    pub fn WSCInstallNameSpaceEx32(lpszidentifier: ::windows_sys::core::PCWSTR, lpszpathname: ::windows_sys::core::PCWSTR, dwnamespace: u32, dwversion: u32, lpproviderid: *const ::windows_sys::core::GUID, lpproviderspecific: *const ::windows_sys::Win32::System::Com::BLOB) -> i32;
    #[link_name = "ws2_WSCInstallProvider"]
    pub fn WSCInstallProvider(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PCWSTR, lpprotocolinfolist: *const WSAPROTOCOL_INFOW, dwnumberofentries: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCInstallProvider64_32"]
    pub fn WSCInstallProvider64_32(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PCWSTR, lpprotocolinfolist: *const WSAPROTOCOL_INFOW, dwnumberofentries: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCInstallProviderAndChains64_32"]
    pub fn WSCInstallProviderAndChains64_32(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PCWSTR, lpszproviderdllpath32: ::windows_sys::core::PCWSTR, lpszlspname: ::windows_sys::core::PCWSTR, dwserviceflags: u32, lpprotocolinfolist: *mut WSAPROTOCOL_INFOW, dwnumberofentries: u32, lpdwcatalogentryid: *mut u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCSetApplicationCategory"]
    pub fn WSCSetApplicationCategory(path: ::windows_sys::core::PCWSTR, pathlength: u32, extra: ::windows_sys::core::PCWSTR, extralength: u32, permittedlspcategories: u32, pprevpermlspcat: *mut u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCSetProviderInfo"]
    pub fn WSCSetProviderInfo(lpproviderid: *const ::windows_sys::core::GUID, infotype: WSC_PROVIDER_INFO_TYPE, info: *const u8, infosize: usize, flags: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCSetProviderInfo32"]
    pub fn WSCSetProviderInfo32(lpproviderid: *const ::windows_sys::core::GUID, infotype: WSC_PROVIDER_INFO_TYPE, info: *const u8, infosize: usize, flags: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCUnInstallNameSpace"]
    pub fn WSCUnInstallNameSpace(lpproviderid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSCUnInstallNameSpace32"]
    pub fn WSCUnInstallNameSpace32(lpproviderid: *const ::windows_sys::core::GUID) -> i32;
    #[link_name = "ws2_WSCUpdateProvider"]
    pub fn WSCUpdateProvider(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PCWSTR, lpprotocolinfolist: *const WSAPROTOCOL_INFOW, dwnumberofentries: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCUpdateProvider32"]
    pub fn WSCUpdateProvider32(lpproviderid: *const ::windows_sys::core::GUID, lpszproviderdllpath: ::windows_sys::core::PCWSTR, lpprotocolinfolist: *const WSAPROTOCOL_INFOW, dwnumberofentries: u32, lperrno: *mut i32) -> i32;
    #[link_name = "ws2_WSCWriteNameSpaceOrder"]
    pub fn WSCWriteNameSpaceOrder(lpproviderid: *mut ::windows_sys::core::GUID, dwnumberofentries: u32) -> i32;
    #[link_name = "ws2_WSCWriteNameSpaceOrder32"]
    pub fn WSCWriteNameSpaceOrder32(lpproviderid: *mut ::windows_sys::core::GUID, dwnumberofentries: u32) -> i32;
    #[link_name = "ws2_WSCWriteProviderOrder"]
    pub fn WSCWriteProviderOrder(lpwdcatalogentryid: *mut u32, dwnumberofentries: u32) -> i32;
    #[link_name = "ws2_WSCWriteProviderOrder32"]
    pub fn WSCWriteProviderOrder32(lpwdcatalogentryid: *mut u32, dwnumberofentries: u32) -> i32;
    #[link_name = "ws2___WSAFDIsSet"]
    pub fn __WSAFDIsSet(fd: SOCKET, param1: *mut FD_SET) -> i32;
    #[link_name = "ws2_accept"]
    pub fn accept(s: SOCKET, addr: *mut SOCKADDR, addrlen: *mut i32) -> SOCKET;
    #[link_name = "ws2_bind"]
    pub fn bind(s: SOCKET, name: *const SOCKADDR, namelen: i32) -> i32;
    #[link_name = "ws2_closesocket"]
    pub fn closesocket(s: SOCKET) -> i32;
    #[link_name = "ws2_connect"]
    pub fn connect(s: SOCKET, name: *const SOCKADDR, namelen: i32) -> i32;
    #[link_name = "ws2_freeaddrinfo"]
    pub fn freeaddrinfo(paddrinfo: *const ADDRINFOA);
    #[link_name = "ws2_getaddrinfo"]
    pub fn getaddrinfo(pnodename: ::windows_sys::core::PCSTR, pservicename: ::windows_sys::core::PCSTR, phints: *const ADDRINFOA, ppresult: *mut *mut ADDRINFOA) -> i32;
    #[link_name = "ws2_gethostbyaddr"]
    pub fn gethostbyaddr(addr: ::windows_sys::core::PCSTR, len: i32, r#type: i32) -> *mut HOSTENT;
    #[link_name = "ws2_gethostbyname"]
    pub fn gethostbyname(name: ::windows_sys::core::PCSTR) -> *mut HOSTENT;
    #[link_name = "ws2_gethostname"]
    pub fn gethostname(name: ::windows_sys::core::PSTR, namelen: i32) -> i32;
    #[link_name = "ws2_getnameinfo"]
    pub fn getnameinfo(psockaddr: *const SOCKADDR, sockaddrlength: socklen_t, pnodebuffer: ::windows_sys::core::PSTR, nodebuffersize: u32, pservicebuffer: ::windows_sys::core::PSTR, servicebuffersize: u32, flags: i32) -> i32;
    #[link_name = "ws2_getpeername"]
    pub fn getpeername(s: SOCKET, name: *mut SOCKADDR, namelen: *mut i32) -> i32;
    #[link_name = "ws2_getprotobyname"]
    pub fn getprotobyname(name: ::windows_sys::core::PCSTR) -> *mut PROTOENT;
    #[link_name = "ws2_getprotobynumber"]
    pub fn getprotobynumber(number: i32) -> *mut PROTOENT;
    #[link_name = "ws2_getservbyname"]
    pub fn getservbyname(name: ::windows_sys::core::PCSTR, proto: ::windows_sys::core::PCSTR) -> *mut SERVENT;
    #[link_name = "ws2_getservbyport"]
    pub fn getservbyport(port: i32, proto: ::windows_sys::core::PCSTR) -> *mut SERVENT;
    #[link_name = "ws2_getsockname"]
    pub fn getsockname(s: SOCKET, name: *mut SOCKADDR, namelen: *mut i32) -> i32;
    #[link_name = "ws2_getsockopt"]
    pub fn getsockopt(s: SOCKET, level: i32, optname: i32, optval: ::windows_sys::core::PSTR, optlen: *mut i32) -> i32;
    #[link_name = "ws2_htonl"]
    pub fn htonl(hostlong: u32) -> u32;
    #[link_name = "ws2_htons"]
    pub fn htons(hostshort: u16) -> u16;
    #[link_name = "ws2_inet_addr"]
    pub fn inet_addr(cp: ::windows_sys::core::PCSTR) -> u32;
    #[link_name = "ws2_inet_ntoa"]
    pub fn inet_ntoa(r#in: IN_ADDR) -> ::windows_sys::core::PSTR;
    #[link_name = "ws2_inet_ntop"]
    pub fn inet_ntop(family: i32, paddr: *const core::ffi::c_void, pstringbuf: ::windows_sys::core::PSTR, stringbufsize: usize) -> ::windows_sys::core::PCSTR;
    #[link_name = "ws2_inet_pton"]
    pub fn inet_pton(family: i32, pszaddrstring: ::windows_sys::core::PCSTR, paddrbuf: *mut core::ffi::c_void) -> i32;
    #[link_name = "ws2_ioctlsocket"]
    pub fn ioctlsocket(s: SOCKET, cmd: i32, argp: *mut u32) -> i32;
    #[link_name = "ws2_listen"]
    pub fn listen(s: SOCKET, backlog: i32) -> i32;
    #[link_name = "ws2_ntohl"]
    pub fn ntohl(netlong: u32) -> u32;
    #[link_name = "ws2_ntohs"]
    pub fn ntohs(netshort: u16) -> u16;
    #[link_name = "ws2_recv"]
    pub fn recv(s: SOCKET, buf: ::windows_sys::core::PSTR, len: i32, flags: SEND_RECV_FLAGS) -> i32;
    #[link_name = "ws2_recvfrom"]
    pub fn recvfrom(s: SOCKET, buf: ::windows_sys::core::PSTR, len: i32, flags: i32, from: *mut SOCKADDR, fromlen: *mut i32) -> i32;
    #[link_name = "ws2_send"]
    pub fn send(s: SOCKET, buf: ::windows_sys::core::PCSTR, len: i32, flags: SEND_RECV_FLAGS) -> i32;
    #[link_name = "ws2_sendto"]
    pub fn sendto(s: SOCKET, buf: ::windows_sys::core::PCSTR, len: i32, flags: i32, to: *const SOCKADDR, tolen: i32) -> i32;
    #[link_name = "ws2_setsockopt"]
    pub fn setsockopt(s: SOCKET, level: i32, optname: i32, optval: ::windows_sys::core::PCSTR, optlen: i32) -> i32;
    #[link_name = "ws2_shutdown"]
    pub fn shutdown(s: SOCKET, how: WINSOCK_SHUTDOWN_HOW) -> i32;
    #[link_name = "ws2_socket"]
    pub fn socket(af: i32, r#type: WINSOCK_SOCKET_TYPE, protocol: i32) -> SOCKET;
}
