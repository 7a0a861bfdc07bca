/* IPv6, names and text addresses. */
#ifndef _WS2TCPIP_H_
#define _WS2TCPIP_H_
#pragma GCC system_header

#include <winsock2.h>
#include <ws2ipdef.h>

#define GAI_STRERROR_BUFFER_SIZE 1024

typedef void(CALLBACK *LPLOOKUPSERVICE_COMPLETION_ROUTINE)(DWORD dwError, DWORD dwBytes, LPWSAOVERLAPPED lpOverlapped);

WS2_BEGIN_C

INT WSAAPI getaddrinfo(PCSTR pNodeName, PCSTR pServiceName, const ADDRINFOA *pHints, PADDRINFOA *ppResult)
    WS2_SYMBOL(getaddrinfo);
INT WSAAPI GetAddrInfoW(PCWSTR pNodeName, PCWSTR pServiceName, const ADDRINFOW *pHints, PADDRINFOW *ppResult)
    WS2_SYMBOL_W(GetAddrInfoW);
INT WSAAPI GetAddrInfoExW(PCWSTR pName, PCWSTR pServiceName, DWORD dwNameSpace, GUID *lpNspId, const ADDRINFOEXW *hints,
                          PADDRINFOEXW *ppResult, struct timeval *timeout, LPOVERLAPPED lpOverlapped,
                          LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, HANDLE *lpNameHandle)
    WS2_SYMBOL_W(GetAddrInfoExW);
INT WSAAPI GetAddrInfoExCancel(HANDLE *lpHandle) WS2_SYMBOL(GetAddrInfoExCancel);
INT WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED lpOverlapped) WS2_SYMBOL(GetAddrInfoExOverlappedResult);
void WSAAPI freeaddrinfo(PADDRINFOA pAddrInfo) WS2_SYMBOL(freeaddrinfo);
void WSAAPI FreeAddrInfoW(PADDRINFOW pAddrInfo) WS2_SYMBOL_W(FreeAddrInfoW);
void WSAAPI FreeAddrInfoExW(PADDRINFOEXW pAddrInfoEx) WS2_SYMBOL_W(FreeAddrInfoExW);
INT WSAAPI getnameinfo(const SOCKADDR *pSockaddr, socklen_t SockaddrLength, PCHAR pNodeBuffer, DWORD NodeBufferSize,
                       PCHAR pServiceBuffer, DWORD ServiceBufferSize, INT Flags) WS2_SYMBOL(getnameinfo);
INT WSAAPI GetNameInfoW(const SOCKADDR *pSockaddr, socklen_t SockaddrLength, PWCHAR pNodeBuffer, DWORD NodeBufferSize,
                        PWCHAR pServiceBuffer, DWORD ServiceBufferSize, INT Flags) WS2_SYMBOL_W(GetNameInfoW);
char *WSAAPI gai_strerrorA(int ecode) WS2_SYMBOL(gai_strerrorA);
WCHAR *WSAAPI gai_strerrorW(int ecode) WS2_SYMBOL_W(gai_strerrorW);

INT WSAAPI inet_pton(INT Family, PCSTR pszAddrString, PVOID pAddrBuf) WS2_SYMBOL(inet_pton);
PCSTR WSAAPI inet_ntop(INT Family, const void *pAddr, PSTR pStringBuf, size_t StringBufSize) WS2_SYMBOL(inet_ntop);
INT WSAAPI InetPtonW(INT Family, PCWSTR pszAddrString, PVOID pAddrBuf) WS2_SYMBOL_W(InetPtonW);
PCWSTR WSAAPI InetNtopW(INT Family, const void *pAddr, PWSTR pStringBuf, size_t StringBufSize) WS2_SYMBOL_W(InetNtopW);

INT WSAAPI WSASetSocketPeerTargetName(SOCKET Socket, const void *PeerTargetName, ULONG PeerTargetNameLen,
                                      LPWSAOVERLAPPED Overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE CompletionRoutine)
    WS2_SYMBOL(WSASetSocketPeerTargetName);

WS2_END_C

#define InetPtonA inet_pton
#define InetNtopA inet_ntop
#define GetAddrInfoA getaddrinfo
#define FreeAddrInfoA freeaddrinfo
#define GetNameInfoA getnameinfo
#define FreeAddrInfoExA FreeAddrInfoEx
#ifdef UNICODE
#define gai_strerror gai_strerrorW
#define GetAddrInfo GetAddrInfoW
#define FreeAddrInfo FreeAddrInfoW
#define GetNameInfo GetNameInfoW
#define InetPton InetPtonW
#define InetNtop InetNtopW
#define GetAddrInfoEx GetAddrInfoExW
#define FreeAddrInfoEx FreeAddrInfoExW
typedef ADDRINFOEXW ADDRINFOEX, *PADDRINFOEX;
typedef ADDRINFOW ADDRINFOT, *PADDRINFOT;
#else
#define gai_strerror gai_strerrorA
#define GetAddrInfo getaddrinfo
#define FreeAddrInfo freeaddrinfo
#define GetNameInfo getnameinfo
#define InetPton inet_pton
#define InetNtop inet_ntop
#define GetAddrInfoEx GetAddrInfoExA
typedef ADDRINFOEXA ADDRINFOEX, *PADDRINFOEX;
typedef ADDRINFOA ADDRINFOT, *PADDRINFOT;
#endif

static const struct in6_addr in6addr_any __attribute__((unused)) = {{{0}}};
static const struct in6_addr in6addr_loopback __attribute__((unused)) = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};
#define IN6ADDR_ANY_INIT {{{0}}}
#define IN6ADDR_LOOPBACK_INIT {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}

static inline int IN6_ADDR_EQUAL(const IN6_ADDR *a, const IN6_ADDR *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
#define IN6_ARE_ADDR_EQUAL IN6_ADDR_EQUAL

static inline int IN6_IS_ADDR_UNSPECIFIED(const IN6_ADDR *a)
{
    return IN6_ADDR_EQUAL(a, &in6addr_any);
}

static inline int IN6_IS_ADDR_LOOPBACK(const IN6_ADDR *a)
{
    return IN6_ADDR_EQUAL(a, &in6addr_loopback);
}

static inline int IN6_IS_ADDR_MULTICAST(const IN6_ADDR *a)
{
    return a->s6_bytes[0] == 0xff;
}

static inline int IN6_IS_ADDR_LINKLOCAL(const IN6_ADDR *a)
{
    return a->s6_bytes[0] == 0xfe && (a->s6_bytes[1] & 0xc0) == 0x80;
}

static inline int IN6_IS_ADDR_SITELOCAL(const IN6_ADDR *a)
{
    return a->s6_bytes[0] == 0xfe && (a->s6_bytes[1] & 0xc0) == 0xc0;
}

/* The first 80 bits are 0, then 16 that are all 1 (mapped) or all 0 (compatible). */
static inline int IN6_IS_ADDR_V4MAPPED(const IN6_ADDR *a)
{
    return memcmp(a, &in6addr_any, 10) == 0 && a->s6_words[5] == 0xffff;
}

static inline int IN6_IS_ADDR_V4COMPAT(const IN6_ADDR *a)
{
    return memcmp(a, &in6addr_any, 12) == 0 && !IN6_IS_ADDR_UNSPECIFIED(a) && !IN6_IS_ADDR_LOOPBACK(a);
}

static inline int IN4_ADDR_EQUAL(const IN_ADDR *a, const IN_ADDR *b)
{
    return a->s_addr == b->s_addr;
}

static inline int INET_ADDR_EQUAL(ADDRESS_FAMILY family, const void *a, const void *b)
{
    return memcmp(a, b, family == AF_INET6 ? sizeof(IN6_ADDR) : sizeof(IN_ADDR)) == 0;
}

static inline void IN6ADDR_SETANY(PSOCKADDR_IN6 a)
{
    memset(a, 0, sizeof *a);
    a->sin6_family = AF_INET6;
}

static inline void IN6ADDR_SETLOOPBACK(PSOCKADDR_IN6 a)
{
    IN6ADDR_SETANY(a);
    a->sin6_addr.s6_bytes[15] = 1;
}

#define WS2_MULTICAST_OF_SCOPE(name, scope) \
    static inline BOOLEAN name(const IN6_ADDR *a) \
    { \
        return a->s6_bytes[0] == 0xff && (a->s6_bytes[1] & 0xf) == (scope); \
    }
WS2_MULTICAST_OF_SCOPE(IN6_IS_ADDR_MC_NODELOCAL, 1)
WS2_MULTICAST_OF_SCOPE(IN6_IS_ADDR_MC_LINKLOCAL, 2)
WS2_MULTICAST_OF_SCOPE(IN6_IS_ADDR_MC_SITELOCAL, 5)
WS2_MULTICAST_OF_SCOPE(IN6_IS_ADDR_MC_ORGLOCAL, 8)
WS2_MULTICAST_OF_SCOPE(IN6_IS_ADDR_MC_GLOBAL, 0xe)

/* How much a connection has use for at a time, and when that changes. */
static inline int idealsendbacklogquery(SOCKET s, ULONG *pISB)
{
    DWORD written = 0;
    return WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, pISB, sizeof *pISB, &written, NULL, NULL);
}

static inline int idealsendbacklognotify(SOCKET s, LPWSAOVERLAPPED lpOverlapped,
                                         LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD written = 0;
    return WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_CHANGE, NULL, 0, NULL, 0, &written, lpOverlapped, lpCompletionRoutine);
}

#endif
