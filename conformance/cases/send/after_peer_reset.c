// Sending after the peer has reset the connection.
//
// rule: every send call after the peer's reset fails with WSAECONNRESET, again and again, and no signal ends the program.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 10164, validated on Windows
// proves: send WSASend sendto WSASendTo WSAECONNRESET
// expect: send 10054
// expect: send again 10054
// expect: WSASend 10054
// expect: sendto 10054
// expect: WSASendTo 10054
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at;
    SOCKET client, server;
    start();
    tcp_listening(&at);
    tcp_pair(&client, &server);
    reset_connection(server);
    sleep_ms(50);
    result("send", send(client, byte, 1, 0) < 0);
    result("send again", send(client, byte, 1, 0) < 0);
    result("WSASend", WSASend(client, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("sendto", sendto(client, byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(client, &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    return 0;
}
