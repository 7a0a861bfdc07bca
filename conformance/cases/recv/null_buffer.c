// A buffer that is not memory of the program.
//
// rule: NULL and unmapped buffers fail with WSAEFAULT; so does an address buffer that is too small.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, return values
// proves: recv recvfrom WSARecv WSARecvFrom WSAEFAULT
// expect: recv null 10014
// expect: recv unmapped 10014
// expect: recvfrom short address 10014
// expect: WSARecv null buffers 10014
// expect: WSARecv null count 10014
// expect: WSARecvFrom null buffers 10014
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    struct sockaddr_in at, from;
    int length = 3;
    SOCKET client, server, s;
    start();
    s = udp_bound(&at);
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    wait_readable(s);
    tcp_pair(&client, &server);
    must(send(server, "x", 1, 0) == 1, "send");
    wait_readable(client);
    result("recv null", recv(client, NULL, 1, 0) < 0);
    result("recv unmapped", recv(client, (char *)64, 1, 0) < 0);
    result("recvfrom short address", recvfrom(s, byte, 1, 0, (struct sockaddr *)&from, &length) < 0);
    result("WSARecv null buffers", WSARecv(client, NULL, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecv null count", WSARecv(client, &buffer, 1, NULL, &flags, NULL, NULL) != 0);
    result("WSARecvFrom null buffers", WSARecvFrom(s, NULL, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
