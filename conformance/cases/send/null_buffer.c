// A buffer or address that is not memory of the program.
//
// rule: NULL and unmapped buffers fail with WSAEFAULT; so does a destination shorter than its family needs.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// proves: send sendto WSASendTo WSASend WSAEFAULT
// expect: send null 10014
// expect: send unmapped 10014
// expect: sendto null 10014
// expect: sendto short address 10014
// expect: WSASend null buffers 10014
// expect: WSASend null count 10014
// expect: WSASendTo null count 10014
// expect: WSASendTo short address 10014
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at;
    struct sockaddr *to = (struct sockaddr *)&at;
    SOCKET client, server;
    start();
    udp_bound(&at);
    tcp_pair(&client, &server);
    result("send null", send(client, NULL, 1, 0) < 0);
    result("send unmapped", send(client, (char *)64, 1, 0) < 0);
    result("sendto null", sendto(udp(), NULL, 1, 0, to, sizeof at) < 0);
    result("sendto short address", sendto(udp(), byte, 1, 0, to, 3) < 0);
    result("WSASend null buffers", WSASend(client, NULL, 1, &count, 0, NULL, NULL) != 0);
    result("WSASend null count", WSASend(client, &buffer, 1, NULL, 0, NULL, NULL) != 0);
    result("WSASendTo null count", WSASendTo(udp(), &buffer, 1, NULL, 0, to, sizeof at, NULL, NULL) != 0);
    result("WSASendTo short address", WSASendTo(udp(), &buffer, 1, &count, 0, to, 3, NULL, NULL) != 0);
    return 0;
}
