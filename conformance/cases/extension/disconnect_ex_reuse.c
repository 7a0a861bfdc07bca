// A socket is used again after DisconnectEx.
//
// rule: DisconnectEx with TF_REUSE_SOCKET completes when both sides have ended the connection; then AcceptEx takes the
// rule: accepted socket again, and ConnectEx the connected one, which keeps its local address.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_disconnectex, parameters
// expect: DisconnectEx 997
// expect: peer still connected 996
// expect: DisconnectEx peer 997
// expect: DisconnectEx completed ok
// expect: DisconnectEx peer completed ok
// expect: send 10057
// expect: AcceptEx 997
// expect: ConnectEx 997
// expect: AcceptEx completed ok
// expect: ConnectEx completed ok
// expect: same port yes
// expect: send ok
#include "extension.h"

static LPFN_CONNECTEX ConnectEx;
static LPFN_DISCONNECTEX DisconnectEx;
static WSAOVERLAPPED accepting, connecting;
static char space[2 * (sizeof(struct sockaddr_in) + 16)];

static u_short port_of(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof name;
    must(getsockname(s, (struct sockaddr *)&name, &length) == 0, "getsockname");
    return name.sin_port;
}

int main(void)
{
    SOCKET listener, acceptor, client;
    struct sockaddr_in at;
    DWORD count, flags, room = sizeof at + 16;
    u_short before;
    start();
    ConnectEx = connect_ex();
    DisconnectEx = disconnect_ex();
    listener = tcp();
    at = ipv4("0.0.0.0", 0);
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    must(listen(listener, 5) == 0, "listen");
    at = ipv4("127.0.0.1", ntohs(port_of(listener)));
    acceptor = tcp();
    client = tcp();
    bind_free(client);
    before = port_of(client);
    fresh(&accepting);
    fresh(&connecting);
    AcceptEx(listener, acceptor, space, 0, room, room, &count, &accepting);
    ConnectEx(client, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &connecting);
    must(WSAGetOverlappedResult(listener, &accepting, &count, TRUE, &flags), "AcceptEx");
    must(WSAGetOverlappedResult(client, &connecting, &count, TRUE, &flags), "ConnectEx");
    result("DisconnectEx", !DisconnectEx(client, (OVERLAPPED *)&connecting, TF_REUSE_SOCKET, 0));
    sleep_ms(50);
    result("peer still connected", !WSAGetOverlappedResult(client, &connecting, &count, FALSE, &flags));
    result("DisconnectEx peer", !DisconnectEx(acceptor, (OVERLAPPED *)&accepting, TF_REUSE_SOCKET, 0));
    completed("DisconnectEx completed", client, &connecting);
    completed("DisconnectEx peer completed", acceptor, &accepting);
    result("send", send(client, "x", 1, 0) != 1);
    at = ipv4("127.0.0.2", ntohs(at.sin_port)); // other addresses than those in TIME_WAIT
    result("AcceptEx", !AcceptEx(listener, acceptor, space, 0, room, room, &count, &accepting));
    result("ConnectEx", !ConnectEx(client, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &connecting));
    completed("AcceptEx completed", listener, &accepting);
    completed("ConnectEx completed", client, &connecting);
    printf("same port %s\n", port_of(client) == before ? "yes" : "no");
    result("send", send(client, "x", 1, 0) != 1);
    return 0;
}
