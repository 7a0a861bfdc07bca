//! Which functions are socket calls, and which may overwrite the thread's last error.

/// Whether a function reports its failure through `WSAGetLastError`.
pub(super) fn is_socket_call(name: &str) -> bool {
    SOCKET_CALLS.contains(&name)
}

/// Whether a function is known to change the thread's last error, even when it succeeds.
pub(super) fn is_clobber(name: &str) -> bool {
    CLOBBERS.contains(&name)
}

const SOCKET_CALLS: &[&str] = &[
    "accept",
    "bind",
    "connect",
    "getpeername",
    "getsockname",
    "getsockopt",
    "ioctlsocket",
    "listen",
    "recv",
    "recvfrom",
    "select",
    "send",
    "sendto",
    "setsockopt",
    "shutdown",
    "socket",
    "WSAAccept",
    "WSAConnect",
    "WSAConnectByName",
    "WSADuplicateSocket",
    "WSAEnumNetworkEvents",
    "WSAEventSelect",
    "WSAGetOverlappedResult",
    "WSAIoctl",
    "WSAPoll",
    "WSARecv",
    "WSARecvFrom",
    "WSARecvMsg",
    "WSASend",
    "WSASendMsg",
    "WSASendTo",
    "WSASocket",
    "WSASocketA",
    "WSASocketW",
    "AcceptEx",
    "ConnectEx",
    "DisconnectEx",
    "TransmitFile",
    "gethostbyname",
    "gethostbyaddr",
];

/// Functions of Windows and of the C runtime that make system calls of their own. `free` and `strlen` are not here: they
/// rarely do.
const CLOBBERS: &[&str] = &[
    "closesocket",
    "CloseHandle",
    "WSACleanup",
    "WSACloseEvent",
    "WSASetLastError",
    "SetLastError",
    "CreateFile",
    "CreateFileA",
    "CreateFileW",
    "ReadFile",
    "WriteFile",
    "Sleep",
    "SleepEx",
    "WaitForSingleObject",
    "FormatMessage",
    "FormatMessageA",
    "FormatMessageW",
    "OutputDebugString",
    "OutputDebugStringA",
    "OutputDebugStringW",
    "printf",
    "fprintf",
    "vfprintf",
    "puts",
    "fputs",
    "fflush",
    "fopen",
    "fclose",
    "fwrite",
    "LoadLibrary",
    "LoadLibraryA",
    "LoadLibraryW",
    "DeleteFile",
    "DeleteFileA",
    "DeleteFileW",
    "freeaddrinfo",
];
