// A non-blocking socket told to linger.
//
// rule: closesocket on a non-blocking socket with SO_LINGER, a time above 0 and unsent data fails with WSAEWOULDBLOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-closesocket, return values
// proves: closesocket WSAEWOULDBLOCK
// expect: closesocket 10035
// expect: socket still there
#include "case.h"

int main(void)
{
    static char block[65536];
    struct linger linger = {1, 5};
    SOCKET client, server;
    int rounds = 0, value, length = sizeof value;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    while (rounds < 20000 && send(client, block, sizeof block, 0) > 0)
        rounds++;
    must(setsockopt(client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof linger) == 0, "SO_LINGER");
    result("closesocket", closesocket(client) != 0);
    printf("socket %s\n", getsockopt(client, SOL_SOCKET, SO_TYPE, (char *)&value, &length) == 0 ? "still there" : "gone");
    return 0;
}
