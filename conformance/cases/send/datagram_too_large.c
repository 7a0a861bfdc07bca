// A datagram that no IPv4 packet can carry.
//
// rule: a datagram above the transport's maximum fails with WSAEMSGSIZE, in every send call.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// proves: send sendto WSASend WSASendTo WSAEMSGSIZE
// expect: send 10040
// expect: WSASend 10040
// expect: sendto 10040
// expect: WSASendTo 10040
#include "case.h"

int main(void)
{
    static char block[70000];
    WSABUF buffer = {sizeof block, block};
    DWORD count;
    struct sockaddr_in at;
    SOCKET s;
    start();
    udp_bound(&at);
    s = udp();
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("send", send(s, block, sizeof block, 0) < 0);
    result("WSASend", WSASend(s, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("sendto", sendto(udp(), block, sizeof block, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    return 0;
}
