// Network events of sockets that AcceptEx and ConnectEx have connected, and of the listener.
//
// rule: a caller that AcceptEx takes is not told by FD_ACCEPT; AcceptEx is one of the calls that enable FD_ACCEPT again.
//       The accepted socket has FD_WRITE when it is accepted and FD_READ when data comes, also if its events were
//       selected before; the connected one has FD_CONNECT and FD_WRITE.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// expect: nobody: nothing
// expect: taken by AcceptEx: nothing
// expect: accepted: WRITE 0
// expect: connected: WRITE 0 CONNECT 0
// expect: data: READ 0
// expect: answer: READ 0
// expect: one too many: ACCEPT 0
// expect: asked again: nothing
// expect: two more, one taken: ACCEPT 0
// expect: peer has closed: CLOSE 0
#include "extension.h"
#include "objects.h"

static char room[64 + 64];

static void accept_into(SOCKET listener, SOCKET s, OVERLAPPED *operation)
{
    DWORD bytes;
    with_event(operation);
    must(!AcceptEx(listener, s, room, 0, 32, 32, &bytes, operation) && WSAGetLastError() == WSA_IO_PENDING, "AcceptEx");
}

int main(void)
{
    SOCKET listener, accepted, second, client, other, third;
    HANDLE of_listener, of_accepted, of_client;
    struct sockaddr_in at;
    OVERLAPPED accepting, connecting;
    char byte;
    start();
    of_listener = WSACreateEvent();
    of_accepted = WSACreateEvent();
    of_client = WSACreateEvent();
    accepted = tcp();
    client = tcp();
    listener = tcp_listening(&at);
    selects(listener, of_listener, FD_ACCEPT);
    happened("nobody", listener, of_listener, 100);

    selects(accepted, of_accepted, FD_READ | FD_WRITE | FD_CLOSE | FD_CONNECT);
    accept_into(listener, accepted, &accepting);
    bind_free(client);
    selects(client, of_client, FD_READ | FD_WRITE | FD_CLOSE | FD_CONNECT);
    with_event(&connecting);
    must(!connect_ex()(client, (struct sockaddr *)&at, sizeof at, NULL, 0, NULL, &connecting), "ConnectEx");
    must(WaitForSingleObject(connecting.hEvent, 3000) == WAIT_OBJECT_0, "connected");
    must(WaitForSingleObject(accepting.hEvent, 3000) == WAIT_OBJECT_0, "accepted");
    happened("taken by AcceptEx", listener, of_listener, 200);
    sleep_ms(100);
    happened("accepted", accepted, of_accepted, 3000);
    happened("connected", client, of_client, 3000);

    must(send(client, "x", 1, 0) == 1, "send");
    happened("data", accepted, of_accepted, 3000);
    must(recv(accepted, &byte, 1, 0) == 1, "recv");
    must(send(accepted, "y", 1, 0) == 1, "send");
    happened("answer", client, of_client, 3000);

    second = tcp();
    must(connect(second, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    happened("one too many", listener, of_listener, 3000);
    happened("asked again", listener, of_listener, 200);
    third = tcp();
    must(connect(third, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    sleep_ms(100);
    other = tcp();
    accept_into(listener, other, &accepting);
    must(WaitForSingleObject(accepting.hEvent, 3000) == WAIT_OBJECT_0, "accepted");
    sleep_ms(100);
    happened("two more, one taken", listener, of_listener, 3000);

    must(recv(client, &byte, 1, 0) == 1, "recv");
    must(closesocket(client) == 0, "closesocket");
    happened("peer has closed", accepted, of_accepted, 3000);
    return 0;
}
