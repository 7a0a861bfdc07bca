/* A completion port: overlapped calls of all connections end in one queue. */
#include "echo.h"

struct connection {
    WSAOVERLAPPED overlapped; /* first, so that a completion leads to the rest */
    SOCKET s;
    char buffer[BUFFER_BYTES];
    DWORD length, sent;
};

static int is_begun(int result)
{
    return result == 0 || WSAGetLastError() == WSA_IO_PENDING;
}

static int receive(struct connection *c)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.len = sizeof c->buffer;
    buffer.buf = c->buffer;
    c->length = c->sent = 0;
    memset(&c->overlapped, 0, sizeof c->overlapped);
    return is_begun(WSARecv(c->s, &buffer, 1, NULL, &flags, &c->overlapped, NULL));
}

static int send_rest(struct connection *c)
{
    WSABUF buffer;
    buffer.len = c->length - c->sent;
    buffer.buf = c->buffer + c->sent;
    memset(&c->overlapped, 0, sizeof c->overlapped);
    return is_begun(WSASend(c->s, &buffer, 1, NULL, 0, &c->overlapped, NULL));
}

/* What a completion leads to. Returns 0 if the connection is over. */
static int step(struct connection *c, DWORD bytes, unsigned long *total)
{
    if (bytes == 0)
        return 0;
    if (c->length == 0) {
        c->length = bytes;
        return send_rest(c);
    }
    c->sent += bytes;
    *total += bytes;
    return c->sent < c->length ? send_rest(c) : receive(c);
}

static unsigned long serve(SOCKET listener, int connections)
{
    unsigned long total = 0;
    int accepted, over = 0;
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    if (port == NULL)
        fail("CreateIoCompletionPort");
    for (accepted = 0; accepted < connections || over < connections;) {
        DWORD bytes, wait = accepted < connections ? 10 : INFINITE;
        ULONG_PTR key;
        LPOVERLAPPED overlapped = NULL;
        BOOL ok;
        fd_set readable;
        struct timeval now = {0, 0};
        FD_ZERO(&readable);
        FD_SET(listener, &readable);
        if (accepted < connections && select(0, &readable, NULL, NULL, &now) == 1) {
            struct connection *c = (struct connection *)calloc(1, sizeof *c);
            c->s = accept(listener, NULL, NULL);
            if (c->s == INVALID_SOCKET || CreateIoCompletionPort((HANDLE)c->s, port, 1, 0) == NULL)
                fail("accept");
            accepted++;
            if (!receive(c))
                fail("WSARecv");
        }
        ok = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, wait);
        if (overlapped != NULL) {
            struct connection *c = (struct connection *)overlapped;
            if (!step(c, ok ? bytes : 0, &total)) {
                closesocket(c->s);
                free(c);
                over++;
            }
        }
    }
    CloseHandle(port);
    return total;
}

static DWORD complete(HANDLE port, int begun)
{
    DWORD bytes = 0;
    ULONG_PTR key;
    LPOVERLAPPED overlapped;
    if (!begun || !GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, 10000) || bytes == 0)
        fail("exchange");
    return bytes;
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    /* A socket belongs to one port for as long as it lives. */
    static HANDLE port;
    WSAOVERLAPPED overlapped;
    WSABUF buffer;
    DWORD flags = 0;
    int done;
    if (port == NULL)
        port = CreateIoCompletionPort((HANDLE)s, NULL, 1, 0);
    for (done = 0; done < length;) {
        memset(&overlapped, 0, sizeof overlapped);
        buffer.buf = (char *)text + done;
        buffer.len = length - done;
        done += complete(port, is_begun(WSASend(s, &buffer, 1, NULL, 0, &overlapped, NULL)));
    }
    for (done = 0; done < length;) {
        memset(&overlapped, 0, sizeof overlapped);
        buffer.buf = back + done;
        buffer.len = length - done;
        done += complete(port, is_begun(WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, NULL)));
    }
}
