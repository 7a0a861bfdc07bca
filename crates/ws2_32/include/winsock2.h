/* Winsock 2 on Linux: Winsock's spellings, values and layouts. The functions' pages: learn.microsoft.com,
 * windows/win32/api/winsock2. What the library has: STATUS.md; a function it lacks is declared and does not link. */
#ifndef _WINSOCK2API_
#define _WINSOCK2API_
#pragma GCC system_header
#ifndef _WINSOCKAPI_
#define _WINSOCKAPI_
#endif

#include <ws2/base.h>
#include <ws2/errors.h>
#include <ws2def.h>
/* Programs rely on winsock2.h to bring these. */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>

typedef UINT_PTR SOCKET;
typedef unsigned int GROUP;
typedef HANDLE WSAEVENT, *LPWSAEVENT;
typedef OVERLAPPED WSAOVERLAPPED, *LPWSAOVERLAPPED;
typedef DWORD SERVICETYPE;

#define INVALID_SOCKET ((SOCKET)(~0))
#define SOCKET_ERROR (-1)
#define WINSOCK_VERSION MAKEWORD(2, 2)
#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN 128
#define WSAPROTOCOL_LEN 255
#define MAX_PROTOCOL_CHAIN 7
#define BASE_PROTOCOL 1
#define LAYERED_PROTOCOL 0
#define MAXGETHOSTSTRUCT 1024
#define FROM_PROTOCOL_INFO (-1)
#define SOMAXCONN 0x7fffffff
#define SOMAXCONN_HINT(b) (-(b))

#define MSG_OOB 0x1
#define MSG_PEEK 0x2
#define MSG_DONTROUTE 0x4
#define MSG_WAITALL 0x8
#define MSG_PUSH_IMMEDIATE 0x20
#define MSG_PARTIAL 0x8000
#define MSG_INTERRUPT 0x10
#define MSG_MAXIOVLEN 16

#define SD_RECEIVE 0x00
#define SD_SEND 0x01
#define SD_BOTH 0x02

#define SO_PROTOCOL_INFOA 0x2004
#define SO_PROTOCOL_INFOW 0x2005
#define PVD_CONFIG 0x3001
#ifdef UNICODE
#define SO_PROTOCOL_INFO SO_PROTOCOL_INFOW
#else
#define SO_PROTOCOL_INFO SO_PROTOCOL_INFOA
#endif

#define FIONREAD 0x4004667f
#define FIONBIO ((int)0x8004667e)
#define FIOASYNC ((int)0x8004667d)
#define SIOCSHIWAT ((int)0x80047300)
#define SIOCGHIWAT 0x40047301
#define SIOCSLOWAT ((int)0x80047302)
#define SIOCGLOWAT 0x40047303
#define SIOCATMARK 0x40047307

#define FD_READ_BIT 0
#define FD_READ (1 << FD_READ_BIT)
#define FD_WRITE_BIT 1
#define FD_WRITE (1 << FD_WRITE_BIT)
#define FD_OOB_BIT 2
#define FD_OOB (1 << FD_OOB_BIT)
#define FD_ACCEPT_BIT 3
#define FD_ACCEPT (1 << FD_ACCEPT_BIT)
#define FD_CONNECT_BIT 4
#define FD_CONNECT (1 << FD_CONNECT_BIT)
#define FD_CLOSE_BIT 5
#define FD_CLOSE (1 << FD_CLOSE_BIT)
#define FD_QOS_BIT 6
#define FD_QOS (1 << FD_QOS_BIT)
#define FD_GROUP_QOS_BIT 7
#define FD_GROUP_QOS (1 << FD_GROUP_QOS_BIT)
#define FD_ROUTING_INTERFACE_CHANGE_BIT 8
#define FD_ROUTING_INTERFACE_CHANGE (1 << FD_ROUTING_INTERFACE_CHANGE_BIT)
#define FD_ADDRESS_LIST_CHANGE_BIT 9
#define FD_ADDRESS_LIST_CHANGE (1 << FD_ADDRESS_LIST_CHANGE_BIT)
#define FD_MAX_EVENTS 10
#define FD_ALL_EVENTS ((1 << FD_MAX_EVENTS) - 1)

#define WSA_FLAG_OVERLAPPED 0x01
#define WSA_FLAG_MULTIPOINT_C_ROOT 0x02
#define WSA_FLAG_MULTIPOINT_C_LEAF 0x04
#define WSA_FLAG_MULTIPOINT_D_ROOT 0x08
#define WSA_FLAG_MULTIPOINT_D_LEAF 0x10
#define WSA_FLAG_ACCESS_SYSTEM_SECURITY 0x40
#define WSA_FLAG_NO_HANDLE_INHERIT 0x80
#define WSA_FLAG_REGISTERED_IO 0x100

#define CF_ACCEPT 0x0000
#define CF_REJECT 0x0001
#define CF_DEFER 0x0002
#define SG_UNCONSTRAINED_GROUP 0x01
#define SG_CONSTRAINED_GROUP 0x02
#define JL_SENDER_ONLY 0x01
#define JL_RECEIVER_ONLY 0x02
#define JL_BOTH 0x04

#define WSA_INVALID_EVENT ((WSAEVENT)NULL)
#define WSA_MAXIMUM_WAIT_EVENTS 64
#define WSA_WAIT_FAILED 0xffffffff
#define WSA_WAIT_EVENT_0 0
#define WSA_WAIT_IO_COMPLETION 0xc0
#define WSA_WAIT_TIMEOUT 258
#define WSA_INFINITE 0xffffffff

#define XP1_CONNECTIONLESS 0x00000001
#define XP1_GUARANTEED_DELIVERY 0x00000002
#define XP1_GUARANTEED_ORDER 0x00000004
#define XP1_MESSAGE_ORIENTED 0x00000008
#define XP1_PSEUDO_STREAM 0x00000010
#define XP1_GRACEFUL_CLOSE 0x00000020
#define XP1_EXPEDITED_DATA 0x00000040
#define XP1_CONNECT_DATA 0x00000080
#define XP1_DISCONNECT_DATA 0x00000100
#define XP1_SUPPORT_BROADCAST 0x00000200
#define XP1_SUPPORT_MULTIPOINT 0x00000400
#define XP1_MULTIPOINT_CONTROL_PLANE 0x00000800
#define XP1_MULTIPOINT_DATA_PLANE 0x00001000
#define XP1_QOS_SUPPORTED 0x00002000
#define XP1_INTERRUPT 0x00004000
#define XP1_UNI_SEND 0x00008000
#define XP1_UNI_RECV 0x00010000
#define XP1_IFS_HANDLES 0x00020000
#define XP1_PARTIAL_MESSAGE 0x00040000
#define PFL_MULTIPLE_PROTO_ENTRIES 0x00000001
#define PFL_RECOMMENDED_PROTO_ENTRY 0x00000002
#define PFL_HIDDEN 0x00000004
#define PFL_MATCHES_PROTOCOL_ZERO 0x00000008
#define BIGENDIAN 0x0000
#define LITTLEENDIAN 0x0001
#define SECURITY_PROTOCOL_NONE 0x0000

/* See pollfd below for libc's. */
#undef POLLRDNORM
#undef POLLRDBAND
#undef POLLIN
#undef POLLPRI
#undef POLLWRNORM
#undef POLLOUT
#undef POLLWRBAND
#undef POLLERR
#undef POLLHUP
#undef POLLNVAL
#define POLLRDNORM 0x0100
#define POLLRDBAND 0x0200
#define POLLIN (POLLRDNORM | POLLRDBAND)
#define POLLPRI 0x0400
#define POLLWRNORM 0x0010
#define POLLOUT POLLWRNORM
#define POLLWRBAND 0x0020
#define POLLERR 0x0001
#define POLLHUP 0x0002
#define POLLNVAL 0x0004

typedef struct WSAData {
    WORD wVersion;
    WORD wHighVersion;
    unsigned short iMaxSockets;
    unsigned short iMaxUdpDg;
    char *lpVendorInfo;
    char szDescription[WSADESCRIPTION_LEN + 1];
    char szSystemStatus[WSASYS_STATUS_LEN + 1];
} WSADATA, *LPWSADATA;

/* Sets of sockets: an array with a count, as large as ws2/base.h found that the program wants it. */
typedef struct ws2_fd_set {
    u_int fd_count;
    SOCKET fd_array[FD_SETSIZE];
} ws2_fd_set;
#undef fd_set
#define fd_set ws2_fd_set
#undef FD_CLR
#undef FD_SET
#undef FD_ZERO
#undef FD_ISSET
/* A function-like macro FD_SET leaves the type FD_SET alone. */
typedef struct ws2_fd_set FD_SET, *PFD_SET, *LPFD_SET;
#define FD_ZERO(set) (((ws2_fd_set *)(set))->fd_count = 0)
#define FD_ISSET(fd, set) __WSAFDIsSet((SOCKET)(fd), (ws2_fd_set *)(set))
#define FD_SET(fd, set) ws2_fd_add((SOCKET)(fd), (ws2_fd_set *)(set))
#define FD_CLR(fd, set) ws2_fd_remove((SOCKET)(fd), (ws2_fd_set *)(set))

static inline void ws2_fd_add(SOCKET fd, ws2_fd_set *set)
{
    u_int place;
    for (place = 0; place < set->fd_count; place++)
        if (set->fd_array[place] == fd)
            return;
    if (set->fd_count < FD_SETSIZE)
        set->fd_array[set->fd_count++] = fd;
}

static inline void ws2_fd_remove(SOCKET fd, ws2_fd_set *set)
{
    u_int place;
    for (place = 0; place < set->fd_count; place++)
        if (set->fd_array[place] == fd) {
            for (set->fd_count--; place < set->fd_count; place++)
                set->fd_array[place] = set->fd_array[place + 1];
            return;
        }
}

typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;
/* libc's are hidden in strict C. */
#ifndef timerisset
#define timerisset(time) ((time)->tv_sec != 0 || (time)->tv_usec != 0)
#endif
#ifndef timerclear
#define timerclear(time) ((void)((time)->tv_sec = 0, (time)->tv_usec = 0))
#endif
#ifndef timercmp
#define timercmp(one, other, comparison) \
    ((one)->tv_sec == (other)->tv_sec ? (one)->tv_usec comparison(other)->tv_usec : (one)->tv_sec comparison(other)->tv_sec)
#endif

typedef struct linger {
    u_short l_onoff;
    u_short l_linger;
} LINGER, *PLINGER, *LPLINGER;

typedef struct hostent {
    char *h_name;
    char **h_aliases;
    short h_addrtype;
    short h_length;
    char **h_addr_list;
#define h_addr h_addr_list[0]
} HOSTENT, *PHOSTENT, *LPHOSTENT;

typedef struct servent {
    char *s_name;
    char **s_aliases;
    char *s_proto;
    short s_port;
} SERVENT, *PSERVENT, *LPSERVENT;

typedef struct protoent {
    char *p_name;
    char **p_aliases;
    short p_proto;
} PROTOENT, *PPROTOENT, *LPPROTOENT;

typedef struct netent {
    char *n_name;
    char **n_aliases;
    short n_addrtype;
    u_long n_net;
} NETENT;

struct sockproto {
    u_short sp_family;
    u_short sp_protocol;
};
typedef struct sockproto SOCKPROTO, *PSOCKPROTO, *LPSOCKPROTO;

typedef struct _flowspec {
    ULONG TokenRate;
    ULONG TokenBucketSize;
    ULONG PeakBandwidth;
    ULONG Latency;
    ULONG DelayVariation;
    SERVICETYPE ServiceType;
    ULONG MaxSduSize;
    ULONG MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC, *LPFLOWSPEC;

typedef struct _QualityOfService {
    FLOWSPEC SendingFlowspec;
    FLOWSPEC ReceivingFlowspec;
    WSABUF ProviderSpecific;
} QOS, *LPQOS;

typedef struct _WSANETWORKEVENTS {
    LONG lNetworkEvents;
    int iErrorCode[FD_MAX_EVENTS];
} WSANETWORKEVENTS, *LPWSANETWORKEVENTS;

typedef struct _WSAPROTOCOLCHAIN {
    int ChainLen;
    DWORD ChainEntries[MAX_PROTOCOL_CHAIN];
} WSAPROTOCOLCHAIN, *LPWSAPROTOCOLCHAIN;

#define WS2_PROTOCOL_INFO_FIELDS \
    DWORD dwServiceFlags1; \
    DWORD dwServiceFlags2; \
    DWORD dwServiceFlags3; \
    DWORD dwServiceFlags4; \
    DWORD dwProviderFlags; \
    GUID ProviderId; \
    DWORD dwCatalogEntryId; \
    WSAPROTOCOLCHAIN ProtocolChain; \
    int iVersion; \
    int iAddressFamily; \
    int iMaxSockAddr; \
    int iMinSockAddr; \
    int iSocketType; \
    int iProtocol; \
    int iProtocolMaxOffset; \
    int iNetworkByteOrder; \
    int iSecurityScheme; \
    DWORD dwMessageSize; \
    DWORD dwProviderReserved;
typedef struct _WSAPROTOCOL_INFOA {
    WS2_PROTOCOL_INFO_FIELDS
    CHAR szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOA, *LPWSAPROTOCOL_INFOA;
typedef struct _WSAPROTOCOL_INFOW {
    WS2_PROTOCOL_INFO_FIELDS
    WCHAR szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOW, *LPWSAPROTOCOL_INFOW;
#ifdef UNICODE
typedef WSAPROTOCOL_INFOW WSAPROTOCOL_INFO, *LPWSAPROTOCOL_INFO;
#else
typedef WSAPROTOCOL_INFOA WSAPROTOCOL_INFO, *LPWSAPROTOCOL_INFO;
#endif

/* libc's <poll.h> has a pollfd of another layout, and the same constants with other values. Winsock's take the names; a
 * <poll.h> that comes after these headers is passed over, and a call of poll does not compile instead of meaning
 * something else. */
#ifdef _SYS_POLL_H
#define pollfd ws2_pollfd
#else
#define _SYS_POLL_H 1
#endif
typedef struct pollfd {
    SOCKET fd;
    SHORT events;
    SHORT revents;
} WSAPOLLFD, *PWSAPOLLFD, *LPWSAPOLLFD;

typedef int(CALLBACK *LPCONDITIONPROC)(LPWSABUF lpCallerId, LPWSABUF lpCallerData, LPQOS lpSQOS, LPQOS lpGQOS,
                                       LPWSABUF lpCalleeId, LPWSABUF lpCalleeData, GROUP *g, DWORD_PTR dwCallbackData);
typedef void(CALLBACK *LPWSAOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwError, DWORD cbTransferred,
                                                           LPWSAOVERLAPPED lpOverlapped, DWORD dwFlags);
typedef int(CALLBACK *LPBLOCKINGCALLBACK)(DWORD_PTR dwContext);

typedef enum _WSACOMPLETIONTYPE {
    NSP_NOTIFY_IMMEDIATELY = 0,
    NSP_NOTIFY_HWND,
    NSP_NOTIFY_EVENT,
    NSP_NOTIFY_PORT,
    NSP_NOTIFY_APC
} WSACOMPLETIONTYPE;

typedef struct _BLOB {
    ULONG cbSize;
    BYTE *pBlobData;
} BLOB, *LPBLOB;

WS2_BEGIN_C

int WSAAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData) WS2_SYMBOL(WSAStartup);
int WSAAPI WSACleanup(void) WS2_SYMBOL(WSACleanup);
int WSAAPI WSAGetLastError(void) WS2_SYMBOL(WSAGetLastError);
#define h_errno WSAGetLastError()
void WSAAPI WSASetLastError(int iError) WS2_SYMBOL(WSASetLastError);
BOOL WSAAPI WSAIsBlocking(void) WS2_SYMBOL(WSAIsBlocking);
int WSAAPI WSACancelBlockingCall(void) WS2_SYMBOL(WSACancelBlockingCall);

SOCKET WSAAPI socket(int af, int type, int protocol) WS2_SYMBOL(socket);
SOCKET WSAAPI WSASocketA(int af, int type, int protocol, LPWSAPROTOCOL_INFOA lpProtocolInfo, GROUP g, DWORD dwFlags)
    WS2_SYMBOL(WSASocketA);
SOCKET WSAAPI WSASocketW(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g, DWORD dwFlags)
    WS2_SYMBOL_W(WSASocketW);
int WSAAPI WSADuplicateSocketA(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOA lpProtocolInfo)
    WS2_SYMBOL(WSADuplicateSocketA);
int WSAAPI WSADuplicateSocketW(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo)
    WS2_SYMBOL_W(WSADuplicateSocketW);
int WSAAPI WSAEnumProtocolsA(int *lpiProtocols, LPWSAPROTOCOL_INFOA lpProtocolBuffer, LPDWORD lpdwBufferLength)
    WS2_SYMBOL(WSAEnumProtocolsA);
int WSAAPI WSAEnumProtocolsW(int *lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength)
    WS2_SYMBOL_W(WSAEnumProtocolsW);
int WSAAPI closesocket(SOCKET s) WS2_SYMBOL(closesocket);
int WSAAPI bind(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(bind);
int WSAAPI connect(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(connect);
int WSAAPI WSAConnect(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData, LPWSABUF lpCalleeData,
                      LPQOS lpSQOS, LPQOS lpGQOS) WS2_SYMBOL(WSAConnect);
BOOL WSAAPI WSAConnectByNameA(SOCKET s, LPCSTR nodename, LPCSTR servicename, LPDWORD LocalAddressLength,
                              LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                              const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_SYMBOL(WSAConnectByNameA);
BOOL WSAAPI WSAConnectByNameW(SOCKET s, LPWSTR nodename, LPWSTR servicename, LPDWORD LocalAddressLength,
                              LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                              const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_SYMBOL_W(WSAConnectByNameW);
BOOL WSAAPI WSAConnectByList(SOCKET s, PSOCKET_ADDRESS_LIST SocketAddress, LPDWORD LocalAddressLength,
                             LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                             const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_SYMBOL(WSAConnectByList);
int WSAAPI listen(SOCKET s, int backlog) WS2_SYMBOL(listen);
SOCKET WSAAPI accept(SOCKET s, struct sockaddr *addr, int *addrlen) WS2_SYMBOL(accept);
SOCKET WSAAPI WSAAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                        DWORD_PTR dwCallbackData) WS2_SYMBOL(WSAAccept);
SOCKET WSAAPI WSAJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                          LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags) WS2_SYMBOL(WSAJoinLeaf);
int WSAAPI shutdown(SOCKET s, int how) WS2_SYMBOL(shutdown);
int WSAAPI getsockname(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(getsockname);
int WSAAPI getpeername(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(getpeername);

int WSAAPI send(SOCKET s, const char *buf, int len, int flags) WS2_SYMBOL(send);
int WSAAPI recv(SOCKET s, char *buf, int len, int flags) WS2_SYMBOL(recv);
int WSAAPI sendto(SOCKET s, const char *buf, int len, int flags, const struct sockaddr *to, int tolen)
    WS2_SYMBOL(sendto);
int WSAAPI recvfrom(SOCKET s, char *buf, int len, int flags, struct sockaddr *from, int *fromlen) WS2_SYMBOL(recvfrom);
int WSAAPI WSASend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent, DWORD dwFlags,
                   LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
    WS2_SYMBOL(WSASend);
int WSAAPI WSASendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent, DWORD dwFlags,
                     const struct sockaddr *lpTo, int iTolen, LPWSAOVERLAPPED lpOverlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(WSASendTo);
int WSAAPI WSASendMsg(SOCKET Handle, LPWSAMSG lpMsg, DWORD dwFlags, LPDWORD lpNumberOfBytesSent,
                      LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
    WS2_SYMBOL(WSASendMsg);
int WSAAPI WSASendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData) WS2_SYMBOL(WSASendDisconnect);
int WSAAPI WSARecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags,
                   LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
    WS2_SYMBOL(WSARecv);
int WSAAPI WSARecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
                       LPDWORD lpFlags, struct sockaddr *lpFrom, LPINT lpFromlen, LPWSAOVERLAPPED lpOverlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(WSARecvFrom);
int WSAAPI WSARecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData) WS2_SYMBOL(WSARecvDisconnect);

int WSAAPI setsockopt(SOCKET s, int level, int optname, const char *optval, int optlen) WS2_SYMBOL(setsockopt);
int WSAAPI getsockopt(SOCKET s, int level, int optname, char *optval, int *optlen) WS2_SYMBOL(getsockopt);
int WSAAPI ioctlsocket(SOCKET s, int cmd, u_long *argp) WS2_SYMBOL(ioctlsocket);
int WSAAPI WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer, LPVOID lpvOutBuffer,
                    DWORD cbOutBuffer, LPDWORD lpcbBytesReturned, LPWSAOVERLAPPED lpOverlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(WSAIoctl);
BOOL WSAAPI WSAGetQOSByName(SOCKET s, LPWSABUF lpQOSName, LPQOS lpQOS) WS2_SYMBOL(WSAGetQOSByName);

int WSAAPI select(int nfds, ws2_fd_set *readfds, ws2_fd_set *writefds, ws2_fd_set *exceptfds,
                  const struct timeval *timeout) WS2_SYMBOL(select);
int WSAAPI __WSAFDIsSet(SOCKET fd, ws2_fd_set *set) WS2_SYMBOL(__WSAFDIsSet);
int WSAAPI WSAPoll(LPWSAPOLLFD fdArray, ULONG fds, INT timeout) WS2_SYMBOL(WSAPoll);

WSAEVENT WSAAPI WSACreateEvent(void) WS2_SYMBOL(WSACreateEvent);
BOOL WSAAPI WSACloseEvent(WSAEVENT hEvent) WS2_SYMBOL(WSACloseEvent);
BOOL WSAAPI WSASetEvent(WSAEVENT hEvent) WS2_SYMBOL(WSASetEvent);
BOOL WSAAPI WSAResetEvent(WSAEVENT hEvent) WS2_SYMBOL(WSAResetEvent);
DWORD WSAAPI WSAWaitForMultipleEvents(DWORD cEvents, const WSAEVENT *lphEvents, BOOL fWaitAll, DWORD dwTimeout,
                                      BOOL fAlertable) WS2_SYMBOL(WSAWaitForMultipleEvents);
int WSAAPI WSAEventSelect(SOCKET s, WSAEVENT hEventObject, LONG lNetworkEvents) WS2_SYMBOL(WSAEventSelect);
int WSAAPI WSAEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject, LPWSANETWORKEVENTS lpNetworkEvents)
    WS2_SYMBOL(WSAEnumNetworkEvents);
int WSAAPI WSAAsyncSelect(SOCKET s, HWND hWnd, u_int wMsg, LONG lEvent) WS2_SYMBOL(WSAAsyncSelect);
BOOL WSAAPI WSAGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED lpOverlapped, LPDWORD lpcbTransfer, BOOL fWait,
                                   LPDWORD lpdwFlags) WS2_SYMBOL(WSAGetOverlappedResult);

struct hostent *WSAAPI gethostbyname(const char *name) WS2_SYMBOL(gethostbyname);
struct hostent *WSAAPI gethostbyaddr(const char *addr, int len, int type) WS2_SYMBOL(gethostbyaddr);
int WSAAPI gethostname(char *name, int namelen) WS2_SYMBOL(gethostname);
int WSAAPI GetHostNameW(PWSTR name, int namelen) WS2_SYMBOL_W(GetHostNameW);
struct servent *WSAAPI getservbyname(const char *name, const char *proto) WS2_SYMBOL(getservbyname);
struct servent *WSAAPI getservbyport(int port, const char *proto) WS2_SYMBOL(getservbyport);
struct protoent *WSAAPI getprotobyname(const char *name) WS2_SYMBOL(getprotobyname);
struct protoent *WSAAPI getprotobynumber(int number) WS2_SYMBOL(getprotobynumber);

ULONG WSAAPI inet_addr(const char *cp) WS2_SYMBOL(inet_addr);
char *WSAAPI inet_ntoa(struct in_addr in) WS2_SYMBOL(inet_ntoa);
INT WSAAPI WSAAddressToStringA(LPSOCKADDR lpsaAddress, DWORD dwAddressLength, LPWSAPROTOCOL_INFOA lpProtocolInfo,
                               LPSTR lpszAddressString, LPDWORD lpdwAddressStringLength)
    WS2_SYMBOL(WSAAddressToStringA);
INT WSAAPI WSAAddressToStringW(LPSOCKADDR lpsaAddress, DWORD dwAddressLength, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                               LPWSTR lpszAddressString, LPDWORD lpdwAddressStringLength)
    WS2_SYMBOL_W(WSAAddressToStringW);
INT WSAAPI WSAStringToAddressA(LPSTR AddressString, INT AddressFamily, LPWSAPROTOCOL_INFOA lpProtocolInfo,
                               LPSOCKADDR lpAddress, LPINT lpAddressLength) WS2_SYMBOL(WSAStringToAddressA);
INT WSAAPI WSAStringToAddressW(LPWSTR AddressString, INT AddressFamily, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                               LPSOCKADDR lpAddress, LPINT lpAddressLength) WS2_SYMBOL_W(WSAStringToAddressW);

u_short WSAAPI htons(u_short hostshort) WS2_SYMBOL(htons);
u_short WSAAPI ntohs(u_short netshort) WS2_SYMBOL(ntohs);
u_long WSAAPI htonl(u_long hostlong) WS2_SYMBOL(htonl);
u_long WSAAPI ntohl(u_long netlong) WS2_SYMBOL(ntohl);
#if !defined(_WIN32_WINNT) || _WIN32_WINNT >= 0x0602 || defined(INCL_EXTRA_HTON_FUNCTIONS)
/* Eight bytes, and floating-point numbers by their bytes. A program that has its own as macros keeps them. */
#ifndef htonll
static inline unsigned __int64 htonll(unsigned __int64 Value) { return __builtin_bswap64(Value); }
#endif
#ifndef ntohll
static inline unsigned __int64 ntohll(unsigned __int64 Value) { return __builtin_bswap64(Value); }
#endif
#ifndef htonf
static inline unsigned __int32 htonf(float Value)
{
    unsigned __int32 bytes;
    __builtin_memcpy(&bytes, &Value, sizeof bytes);
    return __builtin_bswap32(bytes);
}
#endif
#ifndef ntohf
static inline float ntohf(unsigned __int32 Value)
{
    float number;
    Value = __builtin_bswap32(Value);
    __builtin_memcpy(&number, &Value, sizeof number);
    return number;
}
#endif
#ifndef htond
static inline unsigned __int64 htond(double Value)
{
    unsigned __int64 bytes;
    __builtin_memcpy(&bytes, &Value, sizeof bytes);
    return __builtin_bswap64(bytes);
}
#endif
#ifndef ntohd
static inline double ntohd(unsigned __int64 Value)
{
    double number;
    Value = __builtin_bswap64(Value);
    __builtin_memcpy(&number, &Value, sizeof number);
    return number;
}
#endif
#endif
int WSAAPI WSAHtons(SOCKET s, u_short hostshort, u_short *lpnetshort) WS2_SYMBOL(WSAHtons);
int WSAAPI WSANtohs(SOCKET s, u_short netshort, u_short *lphostshort) WS2_SYMBOL(WSANtohs);
int WSAAPI WSAHtonl(SOCKET s, u_long hostlong, u_long *lpnetlong) WS2_SYMBOL(WSAHtonl);
int WSAAPI WSANtohl(SOCKET s, u_long netlong, u_long *lphostlong) WS2_SYMBOL(WSANtohl);

/* For ports: Linux's unsigned long has 64 bits, so a program's `unsigned long on` is not the u_long that ioctlsocket
 * takes. It is copied in and out. */
static inline int ws2_ioctlsocket_64(SOCKET s, int cmd, void *argp)
{
    unsigned long *wide = (unsigned long *)argp;
    u_long narrow = (u_long)*wide;
    int failed = ioctlsocket(s, cmd, &narrow);
    *wide = narrow;
    return failed;
}

WS2_END_C

#if defined(__cplusplus)
extern "C++" {
/* A program that says `using namespace std` also sees std::bind, which fits any arguments and would do nothing at all.
 * This one is more specialised and leads to Winsock's wherever the arguments are a socket's, an address and a length. */
template <typename Socket, typename Address, typename Length>
inline auto bind(Socket &&s, Address &&name, Length &&namelen)
    -> decltype(static_cast<SOCKET>(s), static_cast<const struct sockaddr *>(name), static_cast<int>(namelen))
{
    int (*winsock_bind)(SOCKET, const struct sockaddr *, int) = &::bind;
    return winsock_bind(static_cast<SOCKET>(s), static_cast<const struct sockaddr *>(name), static_cast<int>(namelen));
}
template <typename Wide> inline int ioctlsocket(SOCKET s, int cmd, Wide *argp)
{
    static_assert(sizeof(Wide) == sizeof(unsigned long), "ioctlsocket takes a u_long *");
    return ws2_ioctlsocket_64(s, cmd, argp);
}
}
#else
typedef int ws2_ioctlsocket_function(SOCKET s, int cmd, u_long *argp);
static inline int ws2_ioctlsocket_32(SOCKET s, int cmd, void *argp)
{
    return ioctlsocket(s, cmd, (u_long *)argp);
}
#define ioctlsocket(s, cmd, argp) \
    (__builtin_choose_expr(__builtin_types_compatible_p(__typeof__(argp), unsigned long *), ws2_ioctlsocket_64, \
                           ws2_ioctlsocket_32)((s), (cmd), (argp)))
#endif

#ifdef UNICODE
#define WSASocket WSASocketW
#define WSADuplicateSocket WSADuplicateSocketW
#define WSAEnumProtocols WSAEnumProtocolsW
#define WSAAddressToString WSAAddressToStringW
#define WSAStringToAddress WSAStringToAddressW
#define WSAConnectByName WSAConnectByNameW
#else
#define WSASocket WSASocketA
#define WSADuplicateSocket WSADuplicateSocketA
#define WSAEnumProtocols WSAEnumProtocolsA
#define WSAAddressToString WSAAddressToStringA
#define WSAStringToAddress WSAStringToAddressA
#define WSAConnectByName WSAConnectByNameA
#endif

#include <ws2/names.h>
#include <ws2/services.h>

#ifndef INCL_WINSOCK_API_TYPEDEFS
#define INCL_WINSOCK_API_TYPEDEFS 0
#endif
#if INCL_WINSOCK_API_TYPEDEFS
#include <ws2/pointers.h>
#endif

#define WSAMAKEASYNCREPLY(length, error) MAKELONG(length, error)
#define WSAMAKESELECTREPLY(event, error) MAKELONG(event, error)
#define WSAGETASYNCBUFLEN(lParam) LOWORD(lParam)
#define WSAGETASYNCERROR(lParam) HIWORD(lParam)
#define WSAGETSELECTEVENT(lParam) LOWORD(lParam)
#define WSAGETSELECTERROR(lParam) HIWORD(lParam)

/* As on Windows: programs that include this header alone use threads, handles and the console too. */
#include <windows.h>

#endif
