// Sending after the own shutdown(SD_SEND).
//
// rule: every send call after shutdown(SD_SEND) fails with WSAESHUTDOWN, and no signal ends the program.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8995, validated on Windows
// proves: send WSASend sendto WSASendTo WSAESHUTDOWN
// expect: send 10058
// expect: WSASend 10058
// expect: sendto 10058
// expect: WSASendTo 10058
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
    must(shutdown(client, SD_SEND) == 0, "shutdown");
    result("send", send(client, byte, 1, 0) < 0);
    result("WSASend", WSASend(client, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("sendto", sendto(client, byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(client, &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    return 0;
}
