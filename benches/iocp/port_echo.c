// The plain completion-port echo server that Windows programs have: GetQueuedCompletionStatus, WSARecv, WSASend.
// Builds unchanged with mingw (for Windows and wine) and with this project's headers.
// usage: port_echo PORT [BUFFER_BYTES [THREADS [WORK]]]
// THREADS take packets (1), one more accepts; each message costs them WORK steps besides (work.h).
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "work.h"

enum kind { RECEIVE, SEND };

struct operation { OVERLAPPED overlapped; enum kind kind; struct connection *connection; };

struct connection {
    SOCKET socket;
    struct operation receive, send;
    DWORD pending, sent;
    char data[1];
};

typedef char as_work_h_says[sizeof(struct connection) == CONNECTION_BYTES ? 1 : -1];

static DWORD buffer_bytes = 4096;
static unsigned long steps;

static int receive(struct connection *c)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.buf = c->data;
    buffer.len = buffer_bytes;
    memset(&c->receive.overlapped, 0, sizeof c->receive.overlapped);
    return WSARecv(c->socket, &buffer, 1, NULL, &flags, &c->receive.overlapped, NULL) && WSAGetLastError() != WSA_IO_PENDING;
}

static int send_rest(struct connection *c)
{
    WSABUF buffer;
    buffer.buf = c->data + c->sent;
    buffer.len = c->pending - c->sent;
    memset(&c->send.overlapped, 0, sizeof c->send.overlapped);
    return WSASend(c->socket, &buffer, 1, NULL, 0, &c->send.overlapped, NULL) && WSAGetLastError() != WSA_IO_PENDING;
}

static void drop(struct connection *c)
{
    closesocket(c->socket);
    free(c);
}

static DWORD WINAPI serve(LPVOID port)
{
    for (;;) {
        DWORD bytes = 0;
        ULONG_PTR key = 0;
        LPOVERLAPPED overlapped = NULL;
        BOOL ok = GetQueuedCompletionStatus((HANDLE)port, &bytes, &key, &overlapped, INFINITE);
        struct operation *operation = (struct operation *)overlapped;
        struct connection *c;
        if (!overlapped)
            return 0;
        c = operation->connection;
        if (!ok || bytes == 0) {
            drop(c);
        } else if (operation->kind == RECEIVE) {
            work(steps);
            c->pending = bytes;
            c->sent = 0;
            if (send_rest(c))
                drop(c);
        } else if ((c->sent += bytes) < c->pending ? send_rest(c) : receive(c)) {
            drop(c);
        }
    }
}

static SOCKET listen_on(int port)
{
    struct sockaddr_in name;
    SOCKET listener = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_port = htons((u_short)port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&name, sizeof name) || listen(listener, 4096))
        exit(WSAGetLastError());
    return listener;
}

#ifdef _WIN32
static void begin(HANDLE port) { CloseHandle(CreateThread(NULL, 0, serve, port, 0, NULL)); }
#else
#include <pthread.h>
static void *run(void *port) { serve(port); return NULL; }
static void begin(HANDLE port) { pthread_t thread; pthread_create(&thread, NULL, run, port); }
#endif

int main(int argc, char **argv)
{
    WSADATA data;
    HANDLE port;
    SOCKET listener;
    int one = 1, threads = argc > 3 ? atoi(argv[3]) : 1;
    WSAStartup(MAKEWORD(2, 2), &data);
    if (argc > 2)
        buffer_bytes = (DWORD)atoi(argv[2]);
    if (argc > 4)
        steps = strtoul(argv[4], NULL, 10);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, (DWORD)threads);
    while (threads--)
        begin(port);
    listener = listen_on(argc > 1 ? atoi(argv[1]) : 7777);
    for (;;) {
        SOCKET s = accept(listener, NULL, NULL);
        struct connection *c = (struct connection *)calloc(1, sizeof *c + buffer_bytes);
        if (s == INVALID_SOCKET || !c)
            return 1;
        setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (char *)&one, sizeof one);
        c->socket = s;
        c->receive.kind = RECEIVE;
        c->send.kind = SEND;
        c->receive.connection = c->send.connection = c;
        CreateIoCompletionPort((HANDLE)s, port, 1, 0);
        if (receive(c))
            drop(c);
    }
}
