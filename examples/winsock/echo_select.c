/* One thread, select: the sets say which sockets can be read from and written to without waiting. */
#include "echo.h"

struct connection {
    SOCKET s;
    char buffer[BUFFER_BYTES];
    int length; /* received */
    int sent;
};

static struct connection *open_connections[FD_SETSIZE - 1];
static int open_count;

static void set_nonblocking(SOCKET s)
{
    u_long on = 1;
    if (ioctlsocket(s, FIONBIO, &on) == SOCKET_ERROR)
        fail("ioctlsocket");
}

static void add(SOCKET s)
{
    struct connection *c = (struct connection *)calloc(1, sizeof *c);
    set_nonblocking(s);
    c->s = s;
    open_connections[open_count++] = c;
}

static void drop(int index)
{
    closesocket(open_connections[index]->s);
    free(open_connections[index]);
    open_connections[index] = open_connections[--open_count];
}

/* Returns 0 if the connection is over. */
static int step(struct connection *c, int readable, unsigned long *bytes)
{
    int part;
    if (readable) {
        c->length = recv(c->s, c->buffer, sizeof c->buffer, 0);
        c->sent = 0;
        if (c->length <= 0)
            return c->length < 0 && WSAGetLastError() == WSAEWOULDBLOCK;
    }
    part = send(c->s, c->buffer + c->sent, c->length - c->sent, 0);
    if (part == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK;
    c->sent += part;
    *bytes += part;
    return 1;
}

static unsigned long serve(SOCKET listener, int connections)
{
    unsigned long bytes = 0;
    int accepted = 0, i;
    set_nonblocking(listener);
    while (accepted < connections || open_count > 0) {
        fd_set readable, writable;
        FD_ZERO(&readable);
        FD_ZERO(&writable);
        if (accepted < connections && open_count < FD_SETSIZE - 1)
            FD_SET(listener, &readable);
        for (i = 0; i < open_count; i++) {
            struct connection *c = open_connections[i];
            if (c->sent < c->length)
                FD_SET(c->s, &writable);
            else
                FD_SET(c->s, &readable);
        }
        if (select(0, &readable, &writable, NULL, NULL) == SOCKET_ERROR)
            fail("select");
        for (i = open_count - 1; i >= 0; i--) {
            struct connection *c = open_connections[i];
            int can_read = FD_ISSET(c->s, &readable);
            if ((can_read || FD_ISSET(c->s, &writable)) && !step(c, can_read, &bytes))
                drop(i);
        }
        if (FD_ISSET(listener, &readable)) {
            SOCKET s = accept(listener, NULL, NULL);
            if (s != INVALID_SOCKET) {
                add(s);
                accepted++;
            }
        }
    }
    return bytes;
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    int sent = 0, received = 0, part;
    set_nonblocking(s);
    while (received < length) {
        fd_set readable, writable;
        struct timeval limit = {10, 0};
        FD_ZERO(&readable);
        FD_ZERO(&writable);
        FD_SET(s, &readable);
        if (sent < length)
            FD_SET(s, &writable);
        if (select(0, &readable, &writable, NULL, &limit) <= 0)
            fail("select");
        if (FD_ISSET(s, &writable) && (part = send(s, text + sent, length - sent, 0)) > 0)
            sent += part;
        if (FD_ISSET(s, &readable)) {
            part = recv(s, back + received, length - received, 0);
            if (part == 0 || (part < 0 && WSAGetLastError() != WSAEWOULDBLOCK))
                fail("recv");
            if (part > 0)
                received += part;
        }
    }
}
