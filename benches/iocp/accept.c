// Accepts connections and closes them: by AcceptEx through a completion port, or by accept4 where there is no Windows.
// usage: accept PORT HOW [PENDING]    HOW: acceptex (a new socket each), reuse (DisconnectEx with TF_REUSE_SOCKET),
//                                     accept4, accept4-epoll (non-blocking, behind epoll_wait)
#ifdef NATIVE
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))}, peer;
    int with_epoll = argc > 2 && strcmp(argv[2], "accept4-epoll") == 0;
    int one = 1, epoll = epoll_create1(0);
    int listener = socket(AF_INET, SOCK_STREAM | (with_epoll ? SOCK_NONBLOCK : 0), 0);
    struct epoll_event event = {.events = EPOLLIN};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&name, sizeof name) || listen(listener, 1024))
        return 1;
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        socklen_t length = sizeof peer;
        int s = accept4(listener, (struct sockaddr *)&peer, &length, SOCK_CLOEXEC);
        if (s >= 0)
            close(s);
        else
            epoll_wait(epoll, &event, 1, -1);
    }
}
#else
#include <winsock2.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM (sizeof(struct sockaddr_in) + 16)

struct operation {
    OVERLAPPED overlapped;
    SOCKET socket;
    int is_disconnecting;
    char room[2 * ROOM];
};

static SOCKET listener;
static HANDLE port;

static SOCKET new_socket(int tied)
{
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (tied)
        CreateIoCompletionPort((HANDLE)s, port, 2, 0);
    return s;
}

static void post(struct operation *o)
{
    DWORD bytes;
    memset(&o->overlapped, 0, sizeof o->overlapped);
    o->is_disconnecting = 0;
    if (!AcceptEx(listener, o->socket, o->room, 0, ROOM, ROOM, &bytes, &o->overlapped) &&
        WSAGetLastError() != WSA_IO_PENDING)
        exit(WSAGetLastError());
}

int main(int argc, char **argv)
{
    WSADATA data;
    struct sockaddr_in name;
    int i, pending = argc > 3 ? atoi(argv[3]) : 16, reuse = strcmp(argv[2], "reuse") == 0;
    LPFN_DISCONNECTEX DisconnectEx;
    GUID guid = WSAID_DISCONNECTEX;
    DWORD bytes;
    WSAStartup(MAKEWORD(2, 2), &data);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    listener = new_socket(0);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_port = htons((u_short)atoi(argv[1]));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&name, sizeof name) || listen(listener, 1024))
        return 1;
    CreateIoCompletionPort((HANDLE)listener, port, 1, 0);
    WSAIoctl(listener, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &DisconnectEx, sizeof DisconnectEx, &bytes,
             NULL, NULL);
    for (i = 0; i < pending; i++) {
        struct operation *o = (struct operation *)calloc(1, sizeof *o);
        o->socket = new_socket(reuse);
        post(o);
    }
    for (;;) {
        ULONG_PTR key;
        LPOVERLAPPED overlapped = NULL;
        struct operation *o;
        GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, INFINITE);
        o = (struct operation *)overlapped;
        if (!o)
            return 1;
        if (reuse && !o->is_disconnecting) {
            memset(&o->overlapped, 0, sizeof o->overlapped);
            o->is_disconnecting = 1;
            if (!DisconnectEx(o->socket, &o->overlapped, TF_REUSE_SOCKET, 0) && WSAGetLastError() == WSA_IO_PENDING)
                continue;
        }
        if (!reuse) {
            closesocket(o->socket);
            o->socket = new_socket(0);
        }
        post(o);
    }
}
#endif
