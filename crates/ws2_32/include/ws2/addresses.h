/* What mstcpip.h asks of addresses, and sets in them, as inline code. */
#ifndef WS2_ADDRESSES_H
#define WS2_ADDRESSES_H
#pragma GCC system_header

#include <ws2tcpip.h>

#define WS2_IN4(address) ((PSOCKADDR_IN)(void *)(address))
#define WS2_IN6(address) ((PSOCKADDR_IN6)(void *)(address))
#define WS2_CONST_IN4(address) ((const SOCKADDR_IN *)(const void *)(address))
#define WS2_CONST_IN6(address) ((const SOCKADDR_IN6 *)(const void *)(address))

/* IPv4, by their first bytes. */
static inline BOOLEAN IN4_IS_ADDR_UNSPECIFIED(const IN_ADDR *a)
{
    return a->s_addr == INADDR_ANY;
}

static inline BOOLEAN IN4_IS_ADDR_LOOPBACK(const IN_ADDR *a)
{
    return a->S_un.S_un_b.s_b1 == 127;
}

static inline BOOLEAN IN4_IS_ADDR_BROADCAST(const IN_ADDR *a)
{
    return a->s_addr == INADDR_BROADCAST;
}

static inline BOOLEAN IN4_IS_ADDR_MULTICAST(const IN_ADDR *a)
{
    return (a->S_un.S_un_b.s_b1 & 0xf0) == 0xe0;
}

static inline BOOLEAN IN4_IS_ADDR_LINKLOCAL(const IN_ADDR *a)
{
    return a->S_un.S_un_b.s_b1 == 169 && a->S_un.S_un_b.s_b2 == 254;
}

static inline BOOLEAN IN4_IS_ADDR_SITELOCAL(const IN_ADDR *a)
{
    (void)a;
    return FALSE;
}

static inline BOOLEAN IN4_IS_ADDR_RFC1918(const IN_ADDR *a)
{
    UCHAR first = a->S_un.S_un_b.s_b1, second = a->S_un.S_un_b.s_b2;
    return first == 10 || (first == 172 && (second & 0xf0) == 16) || (first == 192 && second == 168);
}

static inline BOOLEAN IN4_IS_ADDR_MC_LINKLOCAL(const IN_ADDR *a)
{
    return a->S_un.S_un_b.s_b1 == 224 && a->S_un.S_un_b.s_b2 == 0 && a->S_un.S_un_b.s_b3 == 0;
}

static inline BOOLEAN IN4_IS_ADDR_MC_ADMINLOCAL(const IN_ADDR *a)
{
    return a->S_un.S_un_b.s_b1 == 239 && a->S_un.S_un_b.s_b2 == 255;
}

static inline BOOLEAN IN4_IS_ADDR_MC_SITELOCAL(const IN_ADDR *a)
{
    return (a->S_un.S_un_b.s_b1 == 239 && a->S_un.S_un_b.s_b2 == 255) || IN4_IS_ADDR_MC_LINKLOCAL(a);
}

static inline BOOLEAN IN4ADDR_ISANY(const SOCKADDR_IN *a)
{
    return IN4_IS_ADDR_UNSPECIFIED(&a->sin_addr);
}
#define IN4ADDR_ISUNSPECIFIED IN4ADDR_ISANY

static inline BOOLEAN IN4ADDR_ISLOOPBACK(const SOCKADDR_IN *a)
{
    return IN4_IS_ADDR_LOOPBACK(&a->sin_addr);
}

static inline BOOLEAN IN4ADDR_ISEQUAL(const SOCKADDR_IN *a, const SOCKADDR_IN *b)
{
    return a->sin_port == b->sin_port && IN4_ADDR_EQUAL(&a->sin_addr, &b->sin_addr);
}

static inline SCOPE_ID IN4ADDR_SCOPE_ID(const SOCKADDR_IN *a)
{
    SCOPE_ID none;
    (void)a;
    none.Value = 0;
    return none;
}

static inline void IN4ADDR_SETSOCKADDR(PSOCKADDR_IN a, const IN_ADDR *address, USHORT port)
{
    memset(a, 0, sizeof *a);
    a->sin_family = AF_INET;
    a->sin_port = port;
    a->sin_addr = *address;
}

static inline void IN4ADDR_SETANY(PSOCKADDR_IN a)
{
    memset(a, 0, sizeof *a);
    a->sin_family = AF_INET;
}

static inline void IN4ADDR_SETLOOPBACK(PSOCKADDR_IN a)
{
    IN4ADDR_SETANY(a);
    a->sin_addr.S_un.S_un_b.s_b1 = 127;
    a->sin_addr.S_un.S_un_b.s_b4 = 1;
}

/* IPv6. */
static inline BOOLEAN IN6_IS_ADDR_GLOBAL(const IN6_ADDR *a)
{
    ULONG high = a->s6_addr[0] & 0xf0;
    return high != 0 && high != 0xf0;
}

static inline BOOLEAN IN6_IS_ADDR_6TO4(const IN6_ADDR *a)
{
    return a->s6_addr[0] == 0x20 && a->s6_addr[1] == 0x02;
}

static inline BOOLEAN IN6_IS_ADDR_TEREDO(const IN6_ADDR *a)
{
    return a->s6_addr[0] == 0x20 && a->s6_addr[1] == 0x01 && a->s6_addr[2] == 0 && a->s6_addr[3] == 0;
}

static inline const UCHAR *IN6_GET_ADDR_V4MAPPED(const IN6_ADDR *a)
{
    return &a->s6_addr[12];
}
#define IN6_GET_ADDR_V4COMPAT IN6_GET_ADDR_V4MAPPED

static inline void IN6_SET_ADDR_V4MAPPED(PIN6_ADDR a, const IN_ADDR *v4)
{
    memset(a, 0, sizeof *a);
    a->s6_addr[10] = a->s6_addr[11] = 0xff;
    memcpy(&a->s6_addr[12], v4, sizeof *v4);
}

static inline void IN6_SET_ADDR_V4COMPAT(PIN6_ADDR a, const IN_ADDR *v4)
{
    memset(a, 0, sizeof *a);
    memcpy(&a->s6_addr[12], v4, sizeof *v4);
}

static inline BOOLEAN IN6ADDR_ISANY(const SOCKADDR_IN6 *a)
{
    return (BOOLEAN)IN6_IS_ADDR_UNSPECIFIED(&a->sin6_addr);
}
#define IN6ADDR_ISUNSPECIFIED IN6ADDR_ISANY

static inline BOOLEAN IN6ADDR_ISLOOPBACK(const SOCKADDR_IN6 *a)
{
    return (BOOLEAN)IN6_IS_ADDR_LOOPBACK(&a->sin6_addr);
}

static inline BOOLEAN IN6ADDR_ISV4MAPPED(const SOCKADDR_IN6 *a)
{
    return (BOOLEAN)IN6_IS_ADDR_V4MAPPED(&a->sin6_addr);
}

static inline BOOLEAN IN6ADDR_ISEQUAL(const SOCKADDR_IN6 *a, const SOCKADDR_IN6 *b)
{
    return a->sin6_port == b->sin6_port && a->sin6_scope_id == b->sin6_scope_id &&
           IN6_ADDR_EQUAL(&a->sin6_addr, &b->sin6_addr);
}

static inline SCOPE_ID IN6ADDR_SCOPE_ID(const SOCKADDR_IN6 *a)
{
    SCOPE_ID scope;
    scope.Value = a->sin6_scope_id;
    return scope;
}

static inline void IN6ADDR_SETSOCKADDR(PSOCKADDR_IN6 a, const IN6_ADDR *address, SCOPE_ID scope, USHORT port)
{
    memset(a, 0, sizeof *a);
    a->sin6_family = AF_INET6;
    a->sin6_port = port;
    a->sin6_addr = *address;
    a->sin6_scope_id = scope.Value;
}

static inline void IN6ADDR_SETV4MAPPED(PSOCKADDR_IN6 a6, const IN_ADDR *a4, SCOPE_ID scope, USHORT port)
{
    IN6_ADDR mapped;
    IN6_SET_ADDR_V4MAPPED(&mapped, a4);
    IN6ADDR_SETSOCKADDR(a6, &mapped, scope, port);
}

/* Of either family. */
static inline size_t INET_ADDR_LENGTH(ADDRESS_FAMILY family)
{
    return family == AF_INET6 ? sizeof(IN6_ADDR) : sizeof(IN_ADDR);
}

static inline size_t INET_SOCKADDR_LENGTH(ADDRESS_FAMILY family)
{
    return family == AF_INET6 ? sizeof(SOCKADDR_IN6) : sizeof(SOCKADDR_IN);
}
#define INETADDR_SIZE INET_SOCKADDR_LENGTH

static inline BOOLEAN INET_IS_ADDR_UNSPECIFIED(ADDRESS_FAMILY family, const void *a)
{
    return family == AF_INET6 ? (BOOLEAN)IN6_IS_ADDR_UNSPECIFIED((const IN6_ADDR *)a)
                              : IN4_IS_ADDR_UNSPECIFIED((const IN_ADDR *)a);
}

static inline BOOLEAN INET_IS_ADDR_LOOPBACK(ADDRESS_FAMILY family, const void *a)
{
    return family == AF_INET6 ? (BOOLEAN)IN6_IS_ADDR_LOOPBACK((const IN6_ADDR *)a)
                              : IN4_IS_ADDR_LOOPBACK((const IN_ADDR *)a);
}

static inline BOOLEAN INET_IS_ADDR_MULTICAST(ADDRESS_FAMILY family, const void *a)
{
    return family == AF_INET6 ? (BOOLEAN)IN6_IS_ADDR_MULTICAST((const IN6_ADDR *)a)
                              : IN4_IS_ADDR_MULTICAST((const IN_ADDR *)a);
}

static inline BOOLEAN INET_IS_ADDR_LINKLOCAL(ADDRESS_FAMILY family, const void *a)
{
    return family == AF_INET6 ? (BOOLEAN)IN6_IS_ADDR_LINKLOCAL((const IN6_ADDR *)a)
                              : IN4_IS_ADDR_LINKLOCAL((const IN_ADDR *)a);
}

static inline void INET_SET_ADDRESS(ADDRESS_FAMILY family, PUCHAR address, const UCHAR *value)
{
    memcpy(address, value, INET_ADDR_LENGTH(family));
}

static inline const UCHAR *INETADDR_ADDRESS(const SOCKADDR *a)
{
    return a->sa_family == AF_INET6 ? (const UCHAR *)&WS2_CONST_IN6(a)->sin6_addr
                                    : (const UCHAR *)&WS2_CONST_IN4(a)->sin_addr;
}

static inline void INETADDR_SET_ADDRESS(PSOCKADDR a, const UCHAR *address)
{
    void *place = a->sa_family == AF_INET6 ? (void *)&WS2_IN6(a)->sin6_addr : (void *)&WS2_IN4(a)->sin_addr;
    memcpy(place, address, INET_ADDR_LENGTH(a->sa_family));
}

/* Ports stand at the same place in both families, and are in the order of the network. */
static inline USHORT INETADDR_PORT(const SOCKADDR *a)
{
    return WS2_CONST_IN4(a)->sin_port;
}

static inline void INETADDR_SET_PORT(PSOCKADDR a, USHORT port)
{
    WS2_IN4(a)->sin_port = port;
}

static inline SCOPE_ID INETADDR_SCOPE_ID(const SOCKADDR *a)
{
    return a->sa_family == AF_INET6 ? IN6ADDR_SCOPE_ID(WS2_CONST_IN6(a)) : IN4ADDR_SCOPE_ID(WS2_CONST_IN4(a));
}

static inline BOOLEAN INETADDR_ISANY(const SOCKADDR *a)
{
    return INET_IS_ADDR_UNSPECIFIED(a->sa_family, INETADDR_ADDRESS(a));
}
#define INETADDR_ISUNSPECIFIED INETADDR_ISANY

static inline BOOLEAN INETADDR_ISLOOPBACK(const SOCKADDR *a)
{
    return INET_IS_ADDR_LOOPBACK(a->sa_family, INETADDR_ADDRESS(a));
}

static inline BOOLEAN INETADDR_ISV4MAPPED(const SOCKADDR *a)
{
    return a->sa_family == AF_INET6 && IN6ADDR_ISV4MAPPED(WS2_CONST_IN6(a));
}

static inline BOOLEAN INETADDR_ISEQUAL(const SOCKADDR *a, const SOCKADDR *b)
{
    if (a->sa_family != b->sa_family)
        return FALSE;
    return a->sa_family == AF_INET6 ? IN6ADDR_ISEQUAL(WS2_CONST_IN6(a), WS2_CONST_IN6(b))
                                    : IN4ADDR_ISEQUAL(WS2_CONST_IN4(a), WS2_CONST_IN4(b));
}

static inline void INETADDR_SETANY(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6)
        IN6ADDR_SETANY(WS2_IN6(a));
    else
        IN4ADDR_SETANY(WS2_IN4(a));
}

static inline void INETADDR_SETLOOPBACK(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6)
        IN6ADDR_SETLOOPBACK(WS2_IN6(a));
    else
        IN4ADDR_SETLOOPBACK(WS2_IN4(a));
}

static inline void INETADDR_SETSOCKADDR(ADDRESS_FAMILY family, PSOCKADDR a, const UCHAR *address, SCOPE_ID scope,
                                        USHORT port)
{
    if (family == AF_INET6)
        IN6ADDR_SETSOCKADDR(WS2_IN6(a), (const IN6_ADDR *)(const void *)address, scope, port);
    else
        IN4ADDR_SETSOCKADDR(WS2_IN4(a), (const IN_ADDR *)(const void *)address, port);
}

#endif
