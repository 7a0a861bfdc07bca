// The echo server of port_echo.c by registered I/O: RIOReceive, RIOSend, ends told by a packet of a completion port.
// Builds unchanged with mingw (for Windows) and with this project's headers.
// usage: rio_echo PORT [BUFFER_BYTES]
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECEIVE, SEND };
enum { MOST = 16384, TAKEN = 128 };

struct connection {
    SOCKET socket;
    RIO_RQ requests;
    RIO_BUFFERID buffer;
    DWORD pending, sent;
    char data[1];
};

static RIO_EXTENSION_FUNCTION_TABLE rio;
static RIO_CQ ends;
static DWORD buffer_bytes = 4096;

static int receive(struct connection *c)
{
    RIO_BUF data;
    data.BufferId = c->buffer;
    data.Offset = 0;
    data.Length = buffer_bytes;
    return !rio.RIOReceive(c->requests, &data, 1, 0, (void *)RECEIVE);
}

static int send_rest(struct connection *c)
{
    RIO_BUF data;
    data.BufferId = c->buffer;
    data.Offset = c->sent;
    data.Length = c->pending - c->sent;
    return !rio.RIOSend(c->requests, &data, 1, 0, (void *)SEND);
}

static void drop(struct connection *c)
{
    closesocket(c->socket);
    rio.RIODeregisterBuffer(c->buffer);
    free(c);
}

static void ended(const RIORESULT *result)
{
    struct connection *c = (struct connection *)(ULONG_PTR)result->SocketContext;
    DWORD bytes = result->BytesTransferred;
    if (result->Status || bytes == 0) {
        drop(c);
    } else if (result->RequestContext == RECEIVE) {
        c->pending = bytes;
        c->sent = 0;
        if (send_rest(c))
            drop(c);
    } else if ((c->sent += bytes) < c->pending ? send_rest(c) : receive(c)) {
        drop(c);
    }
}

static DWORD WINAPI serve(LPVOID port)
{
    RIORESULT results[TAKEN];
    rio.RIONotify(ends);
    for (;;) {
        DWORD bytes = 0;
        ULONG_PTR key = 0;
        LPOVERLAPPED overlapped = NULL;
        ULONG at, count;
        if (!GetQueuedCompletionStatus((HANDLE)port, &bytes, &key, &overlapped, INFINITE))
            return 0;
        count = rio.RIODequeueCompletion(ends, results, TAKEN);
        for (at = 0; at < count; at++)
            ended(&results[at]);
        rio.RIONotify(ends);
    }
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
    GUID guid = WSAID_MULTIPLE_RIO;
    RIO_NOTIFICATION_COMPLETION notice;
    OVERLAPPED overlapped;
    DWORD bytes;
    SOCKET listener;
    struct sockaddr_in name = {0};
    int one = 1;
    WSAStartup(MAKEWORD(2, 2), &data);
    if (argc > 2)
        buffer_bytes = (DWORD)atoi(argv[2]);
    listener = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_REGISTERED_IO);
    if (WSAIoctl(listener, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &rio, sizeof rio, &bytes, NULL,
                 NULL))
        return 1;
    notice.Type = RIO_IOCP_COMPLETION;
    notice.Iocp.IocpHandle = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    notice.Iocp.CompletionKey = NULL;
    notice.Iocp.Overlapped = &overlapped;
    ends = rio.RIOCreateCompletionQueue(MOST, &notice);
    begin(notice.Iocp.IocpHandle);
    name.sin_family = AF_INET;
    name.sin_port = htons((u_short)(argc > 1 ? atoi(argv[1]) : 7777));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&name, sizeof name) || listen(listener, 4096))
        return WSAGetLastError();
    for (;;) {
        SOCKET s = accept(listener, NULL, NULL);
        struct connection *c = (struct connection *)calloc(1, sizeof *c + buffer_bytes);
        if (s == INVALID_SOCKET || !c)
            return 1;
        setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (char *)&one, sizeof one);
        c->socket = s;
        c->buffer = rio.RIORegisterBuffer(c->data, buffer_bytes);
        c->requests = rio.RIOCreateRequestQueue(s, 1, 1, 1, 1, ends, ends, c);
        if (c->requests == RIO_INVALID_RQ || receive(c))
            drop(c);
    }
}
