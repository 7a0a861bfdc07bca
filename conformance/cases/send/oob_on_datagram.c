// Urgent data exists only on stream sockets.
//
// rule: MSG_OOB on a datagram socket fails with WSAEOPNOTSUPP, in every send call.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, return values
// proves: send sendto WSASend WSAEOPNOTSUPP
// expect: send 10045
// expect: sendto 10045
// expect: WSASend 10045
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at, mine;
    SOCKET s;
    start();
    udp_bound(&at);
    s = udp_bound(&mine);
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("send", send(s, byte, 1, MSG_OOB) < 0);
    result("sendto", sendto(s, byte, 1, MSG_OOB, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASend", WSASend(s, &buffer, 1, &count, MSG_OOB, NULL, NULL) != 0);
    return 0;
}
