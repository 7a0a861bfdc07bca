// A datagram socket can be shut down without a peer.
//
// rule: shutdown works on an unconnected datagram socket; afterwards recvfrom and sendto fail with WSAESHUTDOWN.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 9216-9241, validated on Windows
// proves: recvfrom sendto WSAESHUTDOWN
// expect: shutdown ok
// expect: recvfrom 10058
// expect: sendto 10058
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    struct sockaddr_in at;
    SOCKET s;
    start();
    s = udp_bound(&at);
    result("shutdown", shutdown(s, SD_BOTH) != 0);
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    result("sendto", sendto(s, byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    return 0;
}
