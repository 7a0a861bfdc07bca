/* One thread, WSAEventSelect: an event for each socket, and a record of what happened to it. */
#include "echo.h"

struct connection {
    SOCKET s;
    char buffer[BUFFER_BYTES];
    int length, sent;
};

static WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS];
static struct connection *open_connections[WSA_MAXIMUM_WAIT_EVENTS];
static DWORD count;

static void watch(SOCKET s, long which)
{
    WSAEVENT event = WSACreateEvent();
    struct connection *c = (struct connection *)calloc(1, sizeof *c);
    if (event == WSA_INVALID_EVENT)
        fail("WSACreateEvent");
    if (WSAEventSelect(s, event, which) == SOCKET_ERROR)
        fail("WSAEventSelect");
    c->s = s;
    events[count] = event;
    open_connections[count++] = c;
}

static void forget(DWORD index)
{
    WSACloseEvent(events[index]);
    free(open_connections[index]);
    count--;
    events[index] = events[count];
    open_connections[index] = open_connections[count];
}

/* Sends and receives until a call would have to wait; its event comes when it need not any more. */
static void step(struct connection *c, unsigned long *bytes)
{
    for (;;) {
        int part;
        if (c->sent == c->length) {
            c->sent = c->length = 0;
            part = recv(c->s, c->buffer, sizeof c->buffer, 0);
            if (part <= 0)
                return;
            c->length = part;
        }
        part = send(c->s, c->buffer + c->sent, c->length - c->sent, 0);
        if (part == SOCKET_ERROR)
            return;
        c->sent += part;
        *bytes += part;
    }
}

static unsigned long serve(SOCKET listener, int connections)
{
    unsigned long bytes = 0;
    int left = connections;
    watch(listener, FD_ACCEPT);
    while (left > 0 || count > 1) {
        WSANETWORKEVENTS happened;
        DWORD index = WSAWaitForMultipleEvents(count, events, FALSE, WSA_INFINITE, FALSE);
        if (index == WSA_WAIT_FAILED)
            fail("WSAWaitForMultipleEvents");
        index -= WSA_WAIT_EVENT_0;
        if (WSAEnumNetworkEvents(open_connections[index]->s, events[index], &happened) == SOCKET_ERROR)
            fail("WSAEnumNetworkEvents");
        if (happened.lNetworkEvents & FD_ACCEPT) {
            SOCKET s = accept(listener, NULL, NULL);
            if (s != INVALID_SOCKET && left > 0) {
                watch(s, FD_READ | FD_WRITE | FD_CLOSE);
                left--;
            }
        }
        if (happened.lNetworkEvents & (FD_READ | FD_WRITE | FD_CLOSE))
            step(open_connections[index], &bytes);
        if (happened.lNetworkEvents & FD_CLOSE) {
            closesocket(open_connections[index]->s);
            forget(index);
        }
    }
    forget(0);
    return bytes;
}

/* What a send or receive did; waits for the next event if it would have had to wait. */
static int moved(SOCKET s, WSAEVENT event, int result)
{
    WSANETWORKEVENTS happened;
    if (result > 0)
        return result;
    if (result == 0 || WSAGetLastError() != WSAEWOULDBLOCK)
        fail("exchange");
    if (WSAWaitForMultipleEvents(1, &event, TRUE, 10000, FALSE) != WSA_WAIT_EVENT_0)
        fail("WSAWaitForMultipleEvents");
    if (WSAEnumNetworkEvents(s, event, &happened) == SOCKET_ERROR)
        fail("WSAEnumNetworkEvents");
    return 0;
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    int sent = 0, received = 0;
    WSAEVENT event = WSACreateEvent();
    if (WSAEventSelect(s, event, FD_READ | FD_WRITE | FD_CLOSE) == SOCKET_ERROR)
        fail("WSAEventSelect");
    while (sent < length)
        sent += moved(s, event, send(s, text + sent, length - sent, 0));
    while (received < length)
        received += moved(s, event, recv(s, back + received, length - received, 0));
    WSACloseEvent(event);
}
