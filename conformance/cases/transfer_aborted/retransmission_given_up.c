// Data that nobody acknowledges.
//
// rule: when the stack gives a connection up because data is not acknowledged, the next calls fail with WSAECONNABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, return values: the local stack dropped the connection
// network: vanishing
// timeout: 60
// proves: recv send sendto WSASend WSARecv WSAECONNABORTED
// expect: recv 10053
// expect: send 10053
// expect: sendto 10053
// expect: WSASend 10053
// expect: WSARecv 10053
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    struct sockaddr_in gone = ipv4("127.0.0.2", 7777), at = ipv4("127.0.0.2", 0);
    SOCKET listener, client;
    int length = sizeof at;
    start();
    listener = tcp();
    client = tcp();
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listener");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "trigger");
    sleep_ms(50);
    must(send(client, byte, 1, 0) == 1, "send");
    result("recv", recv(client, byte, 1, 0) < 0);
    result("send", send(client, byte, 1, 0) < 0);
    result("sendto", sendto(client, byte, 1, 0, NULL, 0) < 0);
    result("WSASend", WSASend(client, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("WSARecv", WSARecv(client, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    return 0;
}
