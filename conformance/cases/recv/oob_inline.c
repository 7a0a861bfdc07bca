// MSG_OOB on a socket that takes urgent data inline.
//
// rule: recv with MSG_OOB and SO_OOBINLINE fails with WSAEINVAL; without SO_OOBINLINE and nothing there, WSAEWOULDBLOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4277, validated on Windows
// proves: recv recvfrom WSAEINVAL
// proves: recv WSAEWOULDBLOCK
// expect: recv none there 10035
// expect: recv 10022
// expect: recvfrom 10022
#include "case.h"

int main(void)
{
    char byte[1];
    SOCKET client, server;
    int on = 1;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    result("recv none there", recv(client, byte, 1, MSG_OOB) < 0);
    must(setsockopt(client, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof on) == 0, "SO_OOBINLINE");
    result("recv", recv(client, byte, 1, MSG_OOB) < 0);
    result("recvfrom", recvfrom(client, byte, 1, MSG_OOB, NULL, NULL) < 0);
    return 0;
}
