/* Winsock 2 on Linux. Winsock's spellings, values and layouts; libc's own socket headers must not be included beside. */
#ifndef _WINSOCK2API_
#define _WINSOCK2API_
#define _WINSOCKAPI_

#include <ws2/base.h>
#include <ws2/errors.h>

typedef UINT_PTR SOCKET;
#define INVALID_SOCKET ((SOCKET)(~0))
#define SOCKET_ERROR (-1)

#define WINSOCK_VERSION MAKEWORD(2, 2)
#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN 128

typedef struct WSAData {
    WORD wVersion;
    WORD wHighVersion;
    unsigned short iMaxSockets;
    unsigned short iMaxUdpDg;
    char *lpVendorInfo;
    char szDescription[WSADESCRIPTION_LEN + 1];
    char szSystemStatus[WSASYS_STATUS_LEN + 1];
} WSADATA, *LPWSADATA;

/* Sets of sockets: an array with a count, of any length the program wants. */
#undef FD_SETSIZE
#ifdef WS2_FD_SETSIZE
#define FD_SETSIZE WS2_FD_SETSIZE
#else
#define FD_SETSIZE 64
#endif
typedef struct ws2_fd_set {
    u_int fd_count;
    SOCKET fd_array[FD_SETSIZE];
} ws2_fd_set;
#undef fd_set
#define fd_set ws2_fd_set
typedef struct ws2_fd_set FD_SET, *PFD_SET, *LPFD_SET;
typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;

#undef FD_CLR
#undef FD_SET
#undef FD_ZERO
#undef FD_ISSET
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

/* Families, types, protocols. */
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 23
#define AF_MAX 35
#define PF_UNSPEC AF_UNSPEC
#define PF_UNIX AF_UNIX
#define PF_INET AF_INET
#define PF_INET6 AF_INET6
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 5
#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_IGMP 2
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define IPPROTO_ICMPV6 58
#define IPPROTO_RAW 255
#define SOMAXCONN 0x7fffffff
#define MSG_OOB 0x1
#define MSG_PEEK 0x2
#define MSG_DONTROUTE 0x4
#define MSG_WAITALL 0x8
#define MSG_PUSH_IMMEDIATE 0x20
#define MSG_PARTIAL 0x8000
#define SD_RECEIVE 0
#define SD_SEND 1
#define SD_BOTH 2

/* Control codes. */
#define IOCPARM_MASK 0x7f
#define IOC_VOID 0x20000000
#define IOC_OUT 0x40000000
#define IOC_IN 0x80000000
#define IOC_INOUT (IOC_IN | IOC_OUT)
#define IOC_WS2 0x08000000
#define IOC_VENDOR 0x18000000
#define FIONREAD 0x4004667f
#define FIONBIO ((int)0x8004667e)
#define FIOASYNC ((int)0x8004667d)
#define SIOCATMARK 0x40047307
#define SIO_UDP_CONNRESET 0x9800000c

/* Options of SOL_SOCKET. */
#define SOL_SOCKET 0xffff
#define SO_DEBUG 0x0001
#define SO_ACCEPTCONN 0x0002
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_DONTROUTE 0x0010
#define SO_BROADCAST 0x0020
#define SO_USELOOPBACK 0x0040
#define SO_LINGER 0x0080
#define SO_OOBINLINE 0x0100
#define SO_DONTLINGER ((int)(~SO_LINGER))
#define SO_EXCLUSIVEADDRUSE ((int)(~SO_REUSEADDR))
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_SNDLOWAT 0x1003
#define SO_RCVLOWAT 0x1004
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define SO_TYPE 0x1008
#define SO_GROUP_ID 0x2001
#define SO_GROUP_PRIORITY 0x2002
#define SO_MAX_MSG_SIZE 0x2003
#define SO_CONDITIONAL_ACCEPT 0x3002
#define SO_RANDOMIZE_PORT 0x3005
#define SO_PORT_SCALABILITY 0x3006
#define SO_REUSE_UNICASTPORT 0x3007
#define SO_CONNECT_TIME 0x700c
#define TCP_NODELAY 1

/* Addresses. */
typedef USHORT ADDRESS_FAMILY;
struct sockaddr {
    ADDRESS_FAMILY sa_family;
    char sa_data[14];
};
typedef struct sockaddr SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct in_addr {
    union {
        struct {
            UCHAR s_b1, s_b2, s_b3, s_b4;
        } S_un_b;
        struct {
            USHORT s_w1, s_w2;
        } S_un_w;
        ULONG S_addr;
    } S_un;
} IN_ADDR, *PIN_ADDR, *LPIN_ADDR;
#define s_addr S_un.S_addr
#define s_host S_un.S_un_b.s_b2
#define s_net S_un.S_un_b.s_b1
#define s_imp S_un.S_un_w.s_w2
#define s_impno S_un.S_un_b.s_b4
#define s_lh S_un.S_un_b.s_b3

struct sockaddr_in {
    ADDRESS_FAMILY sin_family;
    USHORT sin_port;
    struct in_addr sin_addr;
    char sin_zero[8];
};
typedef struct sockaddr_in SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;

struct sockaddr_storage {
    ADDRESS_FAMILY ss_family;
    char __ss_pad1[6];
    int64_t __ss_align;
    char __ss_pad2[112];
};
typedef struct sockaddr_storage SOCKADDR_STORAGE, *PSOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;

struct linger {
    u_short l_onoff;
    u_short l_linger;
};
typedef struct linger LINGER, *PLINGER, *LPLINGER;

#define INADDR_ANY ((ULONG)0x00000000)
#define INADDR_LOOPBACK 0x7f000001
#define INADDR_BROADCAST ((ULONG)0xffffffff)
#define INADDR_NONE 0xffffffff

typedef struct _WSABUF {
    ULONG len;
    CHAR *buf;
} WSABUF, *LPWSABUF;

/* select is libc's name too. */
#undef select
#define select ws2_select_

WS2_BEGIN_C

int WSAAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData) WS2_SYMBOL(WSAStartup);
int WSAAPI WSACleanup(void) WS2_SYMBOL(WSACleanup);
int WSAAPI WSAGetLastError(void) WS2_SYMBOL(WSAGetLastError);
void WSAAPI WSASetLastError(int iError) WS2_SYMBOL(WSASetLastError);

SOCKET WSAAPI socket(int af, int type, int protocol) WS2_SYMBOL(socket);
int WSAAPI closesocket(SOCKET s) WS2_SYMBOL(closesocket);
int WSAAPI bind(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(bind);
int WSAAPI connect(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(connect);
int WSAAPI listen(SOCKET s, int backlog) WS2_SYMBOL(listen);
SOCKET WSAAPI accept(SOCKET s, struct sockaddr *addr, int *addrlen) WS2_SYMBOL(accept);
int WSAAPI shutdown(SOCKET s, int how) WS2_SYMBOL(shutdown);
int WSAAPI getsockname(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(getsockname);
int WSAAPI getpeername(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(getpeername);

int WSAAPI send(SOCKET s, const char *buf, int len, int flags) WS2_SYMBOL(send);
int WSAAPI recv(SOCKET s, char *buf, int len, int flags) WS2_SYMBOL(recv);
int WSAAPI sendto(SOCKET s, const char *buf, int len, int flags, const struct sockaddr *to, int tolen)
    WS2_SYMBOL(sendto);
int WSAAPI recvfrom(SOCKET s, char *buf, int len, int flags, struct sockaddr *from, int *fromlen)
    WS2_SYMBOL(recvfrom);

int WSAAPI setsockopt(SOCKET s, int level, int optname, const char *optval, int optlen) WS2_SYMBOL(setsockopt);
int WSAAPI getsockopt(SOCKET s, int level, int optname, char *optval, int *optlen) WS2_SYMBOL(getsockopt);
int WSAAPI ioctlsocket(SOCKET s, int cmd, u_long *argp) WS2_SYMBOL(ioctlsocket);

int WSAAPI select(int nfds, ws2_fd_set *readfds, ws2_fd_set *writefds, ws2_fd_set *exceptfds,
                  const struct timeval *timeout) WS2_SYMBOL(select);
int WSAAPI __WSAFDIsSet(SOCKET fd, ws2_fd_set *set) WS2_SYMBOL(__WSAFDIsSet);

u_short WSAAPI htons(u_short hostshort) WS2_SYMBOL(htons);
u_short WSAAPI ntohs(u_short netshort) WS2_SYMBOL(ntohs);
u_long WSAAPI htonl(u_long hostlong) WS2_SYMBOL(htonl);
u_long WSAAPI ntohl(u_long netlong) WS2_SYMBOL(ntohl);
int WSAAPI WSAHtons(SOCKET s, u_short hostshort, u_short *lpnetshort) WS2_SYMBOL(WSAHtons);
int WSAAPI WSANtohs(SOCKET s, u_short netshort, u_short *lphostshort) WS2_SYMBOL(WSANtohs);
int WSAAPI WSAHtonl(SOCKET s, u_long hostlong, u_long *lpnetlong) WS2_SYMBOL(WSAHtonl);
int WSAAPI WSANtohl(SOCKET s, u_long netlong, u_long *lphostlong) WS2_SYMBOL(WSANtohl);

WS2_END_C

#endif
