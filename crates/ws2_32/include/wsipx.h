/* Addresses of IPX, for which no provider exists: a socket of this family fails with WSAEAFNOSUPPORT. */
#ifndef _WSIPX_
#define _WSIPX_
#pragma GCC system_header

#include <winsock2.h>

typedef struct sockaddr_ipx {
    short sa_family;
    char sa_netnum[4];
    char sa_nodenum[6];
    unsigned short sa_socket;
} SOCKADDR_IPX, *PSOCKADDR_IPX, *LPSOCKADDR_IPX;

#define NSPROTO_IPX 1000
#define NSPROTO_SPX 1256
#define NSPROTO_SPXII 1257

#endif
