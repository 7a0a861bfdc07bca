/* Winsock 1.1's header. Version 2 has all of it, so the two may be included in any order. */
#ifndef WS2_WINSOCK_H
#define WS2_WINSOCK_H
#pragma GCC system_header
#include <winsock2.h>
#include <mswsock.h>
#endif
