/* TCP/IP control codes, and functions on addresses as inline code. */
#ifndef _MSTCPIP_
#define _MSTCPIP_
#pragma GCC system_header

#include <ws2tcpip.h>

struct tcp_keepalive {
    ULONG onoff;
    ULONG keepalivetime;
    ULONG keepaliveinterval;
};

#define SIO_RCVALL _WSAIOW(IOC_VENDOR, 1)
#define SIO_RCVALL_MCAST _WSAIOW(IOC_VENDOR, 2)
#define SIO_RCVALL_IGMPMCAST _WSAIOW(IOC_VENDOR, 3)
#define SIO_KEEPALIVE_VALS _WSAIOW(IOC_VENDOR, 4)
#define SIO_ABSORB_RTRALERT _WSAIOW(IOC_VENDOR, 5)
#define SIO_UCAST_IF _WSAIOW(IOC_VENDOR, 6)
#define SIO_LIMIT_BROADCASTS _WSAIOW(IOC_VENDOR, 7)
#define SIO_INDEX_BIND _WSAIOW(IOC_VENDOR, 8)
#define SIO_INDEX_MCASTIF _WSAIOW(IOC_VENDOR, 9)
#define SIO_INDEX_ADD_MCAST _WSAIOW(IOC_VENDOR, 10)
#define SIO_INDEX_DEL_MCAST _WSAIOW(IOC_VENDOR, 11)
#define SIO_RCVALL_IF _WSAIOW(IOC_VENDOR, 14)
#define SIO_LOOPBACK_FAST_PATH _WSAIOW(IOC_VENDOR, 16)
#define SIO_TCP_INITIAL_RTO _WSAIOW(IOC_VENDOR, 17)
#define SIO_TCP_INFO _WSAIORW(IOC_VENDOR, 39)
#define RCVALL_OFF 0
#define RCVALL_ON 1
#define RCVALL_SOCKETLEVELONLY 2
#define RCVALL_IPLEVEL 3

static inline BOOLEAN INETADDR_ISANY(const SOCKADDR *a)
{
    if (a->sa_family == AF_INET6)
        return (BOOLEAN)IN6_IS_ADDR_UNSPECIFIED(&((const SOCKADDR_IN6 *)(const void *)a)->sin6_addr);
    return ((const SOCKADDR_IN *)(const void *)a)->sin_addr.s_addr == INADDR_ANY;
}

static inline BOOLEAN INETADDR_ISLOOPBACK(const SOCKADDR *a)
{
    if (a->sa_family == AF_INET6)
        return (BOOLEAN)IN6_IS_ADDR_LOOPBACK(&((const SOCKADDR_IN6 *)(const void *)a)->sin6_addr);
    return ((const SOCKADDR_IN *)(const void *)a)->sin_addr.S_un.S_un_b.s_b1 == 127;
}

static inline void INETADDR_SETANY(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6)
        IN6ADDR_SETANY((PSOCKADDR_IN6)(void *)a);
    else
        memset(a->sa_data, 0, sizeof a->sa_data);
}

static inline void INETADDR_SETLOOPBACK(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6) {
        IN6ADDR_SETLOOPBACK((PSOCKADDR_IN6)(void *)a);
    } else {
        memset(a->sa_data, 0, sizeof a->sa_data);
        ((PSOCKADDR_IN)(void *)a)->sin_addr.S_un.S_un_b.s_b1 = 127;
        ((PSOCKADDR_IN)(void *)a)->sin_addr.S_un.S_un_b.s_b4 = 1;
    }
}

#endif
