/* Name functions beside those of winsock2.h and ws2tcpip.h that most programs use. Included by winsock2.h. */
#ifndef WS2_NAMES_H
#define WS2_NAMES_H

typedef struct _WSANAMESPACE_INFOA {
    GUID NSProviderId;
    DWORD dwNameSpace;
    BOOL fActive;
    DWORD dwVersion;
    LPSTR lpszIdentifier;
} WSANAMESPACE_INFOA, *PWSANAMESPACE_INFOA, *LPWSANAMESPACE_INFOA;
typedef struct _WSANAMESPACE_INFOW {
    GUID NSProviderId;
    DWORD dwNameSpace;
    BOOL fActive;
    DWORD dwVersion;
    LPWSTR lpszIdentifier;
} WSANAMESPACE_INFOW, *PWSANAMESPACE_INFOW, *LPWSANAMESPACE_INFOW;

WS2_BEGIN_C

INT WSAAPI WSAEnumNameSpaceProvidersA(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOA lpnspBuffer)
    WS2_SYMBOL(WSAEnumNameSpaceProvidersA);
INT WSAAPI WSAEnumNameSpaceProvidersW(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOW lpnspBuffer)
    WS2_SYMBOL_W(WSAEnumNameSpaceProvidersW);

/* The last four parameters are reserved: null. */
INT WSAAPI GetAddrInfoExA(PCSTR pName, PCSTR pServiceName, DWORD dwNameSpace, GUID *lpNspId, const ADDRINFOEXA *hints,
                          PADDRINFOEXA *ppResult, struct timeval *timeout, LPWSAOVERLAPPED lpOverlapped,
                          void (*lpCompletionRoutine)(DWORD, DWORD, LPWSAOVERLAPPED), HANDLE *lpNameHandle)
    WS2_SYMBOL(GetAddrInfoExA);
void WSAAPI FreeAddrInfoEx(PADDRINFOEXA pAddrInfoEx) WS2_SYMBOL(FreeAddrInfoEx);

/* Refused: their answers would come as window messages. */
HANDLE WSAAPI WSAAsyncGetHostByName(HWND hWnd, u_int wMsg, const char *name, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetHostByName);
HANDLE WSAAPI WSAAsyncGetHostByAddr(HWND hWnd, u_int wMsg, const char *addr, int len, int type, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetHostByAddr);
HANDLE WSAAPI WSAAsyncGetServByName(HWND hWnd, u_int wMsg, const char *name, const char *proto, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetServByName);
HANDLE WSAAPI WSAAsyncGetServByPort(HWND hWnd, u_int wMsg, int port, const char *proto, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetServByPort);
HANDLE WSAAPI WSAAsyncGetProtoByName(HWND hWnd, u_int wMsg, const char *name, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetProtoByName);
HANDLE WSAAPI WSAAsyncGetProtoByNumber(HWND hWnd, u_int wMsg, int number, char *buf, int buflen)
    WS2_SYMBOL(WSAAsyncGetProtoByNumber);
int WSAAPI WSACancelAsyncRequest(HANDLE hAsyncTaskHandle) WS2_SYMBOL(WSACancelAsyncRequest);

WS2_END_C

#ifdef UNICODE
#define WSAEnumNameSpaceProviders WSAEnumNameSpaceProvidersW
typedef WSANAMESPACE_INFOW WSANAMESPACE_INFO, *PWSANAMESPACE_INFO, *LPWSANAMESPACE_INFO;
#else
#define WSAEnumNameSpaceProviders WSAEnumNameSpaceProvidersA
typedef WSANAMESPACE_INFOA WSANAMESPACE_INFO, *PWSANAMESPACE_INFO, *LPWSANAMESPACE_INFO;
#endif

#endif
