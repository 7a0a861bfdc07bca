// A non-blocking send with no room left.
//
// rule: a non-blocking send that cannot take a byte fails with WSAEWOULDBLOCK; so do the other send calls.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// proves: send WSASend sendto WSASendTo WSAEWOULDBLOCK
// expect: send 10035
// expect: WSASend 10035
// expect: sendto 10035
// expect: WSASendTo 10035
#include "case.h"

int main(void)
{
    static char block[65536];
    WSABUF buffer = {sizeof block, block};
    DWORD count;
    struct sockaddr_in at;
    SOCKET client, server;
    int rounds = 0;
    start();
    tcp_listening(&at);
    tcp_pair(&client, &server);
    nonblocking(client);
    while (rounds < 20000 && send(client, block, sizeof block, 0) > 0)
        rounds++;
    // What loopback still has under way arrives now; fill up again.
    sleep_ms(100);
    while (rounds < 20000 && send(client, block, sizeof block, 0) > 0)
        rounds++;
    result("send", send(client, block, sizeof block, 0) < 0);
    result("WSASend", WSASend(client, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("sendto", sendto(client, block, sizeof block, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(client, &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    return 0;
}
