// Nobody listens on the port.
//
// rule: a refused connection gives WSAECONNREFUSED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// proves: connect WSAConnect WSAECONNREFUSED
// expect: connect 10061
// expect: WSAConnect 10061
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    at = unused_port();
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
