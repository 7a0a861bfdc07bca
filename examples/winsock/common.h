/* What every example needs: Winsock started and stopped, errors that name themselves, sockets on this machine. */
#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0600
#endif
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program with the number of what went wrong. */
static inline void fail(const char *what)
{
    int code = WSAGetLastError();
    printf("%s failed: %d\n", what, code);
    exit(1);
}

static inline void start_winsock(void)
{
    WSADATA data;
    int code = WSAStartup(MAKEWORD(2, 2), &data);
    if (code != 0) {
        printf("WSAStartup failed: %d\n", code);
        exit(1);
    }
    /* Whoever starts a server waits for its first line. */
    setvbuf(stdout, NULL, _IONBF, 0);
}

static inline struct sockaddr_in local_address(unsigned short port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

/* Binds to this machine's own address; port 0 asks for any that is free. */
static inline void bind_locally(SOCKET s, unsigned short port)
{
    struct sockaddr_in address = local_address(port);
    if (bind(s, (struct sockaddr *)&address, sizeof address) == SOCKET_ERROR)
        fail("bind");
}

/* The first line of a server: from now on it can be reached. */
static inline void say_port(SOCKET s)
{
    struct sockaddr_in address;
    int length = sizeof address;
    if (getsockname(s, (struct sockaddr *)&address, &length) == SOCKET_ERROR)
        fail("getsockname");
    printf("on port %d\n", ntohs(address.sin_port));
}

#endif
