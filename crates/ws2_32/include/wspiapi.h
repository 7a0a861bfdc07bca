/* The names that let getaddrinfo work on Windows 2000. Today's systems, and this one, have it. */
#ifndef _WSPIAPI_H_
#define _WSPIAPI_H_
#pragma GCC system_header
#include <ws2tcpip.h>
#define WspiapiGetAddrInfo getaddrinfo
#define WspiapiGetNameInfo getnameinfo
#define WspiapiFreeAddrInfo freeaddrinfo
#endif
