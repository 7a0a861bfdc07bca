// Sending on a stream socket that was never connected.
//
// rule: send on an unconnected stream socket fails with WSAENOTCONN, and no signal ends the program.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// proves: send WSASend sendto WSASendTo WSAENOTCONN
// expect: send 10057
// expect: WSASend 10057
// expect: sendto 10057
// expect: WSASendTo 10057
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at;
    start();
    tcp_listening(&at);
    result("send", send(tcp(), byte, 1, 0) < 0);
    result("WSASend", WSASend(tcp(), &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("sendto", sendto(tcp(), byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(tcp(), &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    return 0;
}
