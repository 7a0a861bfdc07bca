// A blocking send that waits longer than SO_SNDTIMEO.
//
// rule: SO_SNDTIMEO is in milliseconds; when it expires send and sendto fail with WSAETIMEDOUT.
// source: https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options, SO_SNDTIMEO
// proves: send sendto WSAETIMEDOUT
// expect: send 10060
// expect: sendto 10060
#include "case.h"

int main(void)
{
    static char block[65536];
    struct sockaddr_in at;
    SOCKET client, server;
    DWORD ms = 200;
    int rounds = 0;
    start();
    tcp_listening(&at);
    tcp_pair(&client, &server);
    must(setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, (char *)&ms, sizeof ms) == 0, "SO_SNDTIMEO");
    while (rounds < 20000 && send(client, block, sizeof block, 0) > 0)
        rounds++;
    result("send", send(client, block, sizeof block, 0) < 0);
    result("sendto", sendto(client, block, sizeof block, 0, (struct sockaddr *)&at, sizeof at) < 0);
    return 0;
}
