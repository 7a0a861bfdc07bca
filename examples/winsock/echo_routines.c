/* One thread, overlapped calls with completion routines, which run while the thread waits alertably. */
#include "echo.h"

struct connection {
    WSAOVERLAPPED overlapped; /* first, so that the routine finds the rest */
    SOCKET s;
    char buffer[BUFFER_BYTES];
    DWORD length, sent;
};

static unsigned long total_bytes;
static int over;

static void CALLBACK received(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags);
static void CALLBACK sent(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags);

static void end(struct connection *c)
{
    closesocket(c->s);
    free(c);
    over++;
}

static void receive(struct connection *c)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.len = sizeof c->buffer;
    buffer.buf = c->buffer;
    memset(&c->overlapped, 0, sizeof c->overlapped);
    if (WSARecv(c->s, &buffer, 1, NULL, &flags, &c->overlapped, received) == SOCKET_ERROR &&
        WSAGetLastError() != WSA_IO_PENDING)
        end(c);
}

static void send_rest(struct connection *c)
{
    WSABUF buffer;
    buffer.len = c->length - c->sent;
    buffer.buf = c->buffer + c->sent;
    memset(&c->overlapped, 0, sizeof c->overlapped);
    if (WSASend(c->s, &buffer, 1, NULL, 0, &c->overlapped, sent) == SOCKET_ERROR &&
        WSAGetLastError() != WSA_IO_PENDING)
        end(c);
}

static void CALLBACK received(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    struct connection *c = (struct connection *)overlapped;
    (void)flags;
    if (error != 0 || bytes == 0) {
        end(c);
        return;
    }
    c->length = bytes;
    c->sent = 0;
    send_rest(c);
}

static void CALLBACK sent(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    struct connection *c = (struct connection *)overlapped;
    (void)flags;
    if (error != 0) {
        end(c);
        return;
    }
    total_bytes += bytes;
    c->sent += bytes;
    if (c->sent < c->length)
        send_rest(c);
    else
        receive(c);
}

static unsigned long serve(SOCKET listener, int connections)
{
    int accepted = 0;
    u_long on = 1;
    ioctlsocket(listener, FIONBIO, &on);
    while (over < connections) {
        SOCKET s = accepted < connections ? accept(listener, NULL, NULL) : INVALID_SOCKET;
        if (s != INVALID_SOCKET) {
            struct connection *c = (struct connection *)calloc(1, sizeof *c);
            u_long off = 0;
            ioctlsocket(s, FIONBIO, &off);
            c->s = s;
            accepted++;
            receive(c);
        }
        SleepEx(10, TRUE);
    }
    return total_bytes;
}

static DWORD client_bytes;
static int client_done;

static void CALLBACK client_step(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    (void)overlapped;
    (void)flags;
    client_done = 1;
    client_bytes = error == 0 ? bytes : 0;
}

static DWORD wait_for_step(void)
{
    while (!client_done)
        SleepEx(INFINITE, TRUE);
    client_done = 0;
    if (client_bytes == 0)
        fail("exchange");
    return client_bytes;
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    WSAOVERLAPPED overlapped;
    WSABUF buffer;
    DWORD flags;
    int done;
    for (done = 0; done < length; done += wait_for_step()) {
        memset(&overlapped, 0, sizeof overlapped);
        buffer.buf = (char *)text + done;
        buffer.len = length - done;
        if (WSASend(s, &buffer, 1, NULL, 0, &overlapped, client_step) == SOCKET_ERROR &&
            WSAGetLastError() != WSA_IO_PENDING)
            fail("WSASend");
    }
    for (done = 0; done < length; done += wait_for_step()) {
        memset(&overlapped, 0, sizeof overlapped);
        flags = 0;
        buffer.buf = back + done;
        buffer.len = length - done;
        if (WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, client_step) == SOCKET_ERROR &&
            WSAGetLastError() != WSA_IO_PENDING)
            fail("WSARecv");
    }
}
