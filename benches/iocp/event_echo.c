// The echo server that Windows programs built on WSAEventSelect have: one thread, one event per socket, at most 63
// connections. Builds unchanged with mingw (for Windows and wine) and with this project's headers.
// usage: event_echo PORT
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SOCKET sockets[WSA_MAXIMUM_WAIT_EVENTS];
static WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS];
static DWORD count;

static void add(SOCKET s, long selected)
{
    sockets[count] = s;
    events[count] = WSACreateEvent();
    WSAEventSelect(s, events[count], selected);
    count++;
}

static void drop(DWORD place)
{
    closesocket(sockets[place]);
    WSACloseEvent(events[place]);
    count--;
    sockets[place] = sockets[count];
    events[place] = events[count];
}

static void echo(SOCKET s)
{
    static char bytes[65536];
    int got = recv(s, bytes, sizeof bytes, 0), sent = 0, more;
    while (sent < got) {
        more = send(s, bytes + sent, got - sent, 0);
        if (more > 0)
            sent += more;
        else if (WSAGetLastError() != WSAEWOULDBLOCK)
            return;
    }
}

int main(int argc, char **argv)
{
    WSADATA data;
    struct sockaddr_in at;
    SOCKET listener;
    if (argc < 2 || WSAStartup(MAKEWORD(2, 2), &data))
        return 1;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons((u_short)atoi(argv[1]));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1000))
        return 1;
    add(listener, FD_ACCEPT);
    for (;;) {
        DWORD from = WSAWaitForMultipleEvents(count, events, FALSE, WSA_INFINITE, FALSE) - WSA_WAIT_EVENT_0, place;
        for (place = from; place < count; place++) {
            WSANETWORKEVENTS happened;
            if (WSAWaitForMultipleEvents(1, &events[place], FALSE, 0, FALSE) != WSA_WAIT_EVENT_0 ||
                WSAEnumNetworkEvents(sockets[place], events[place], &happened) != 0)
                continue;
            if (happened.lNetworkEvents & FD_ACCEPT) {
                SOCKET s = accept(sockets[place], NULL, NULL);
                if (s != INVALID_SOCKET && count < WSA_MAXIMUM_WAIT_EVENTS)
                    add(s, FD_READ | FD_CLOSE);
                else if (s != INVALID_SOCKET)
                    closesocket(s);
            }
            if (happened.lNetworkEvents & FD_READ)
                echo(sockets[place]);
            if (happened.lNetworkEvents & FD_CLOSE)
                drop(place--);
        }
    }
}
