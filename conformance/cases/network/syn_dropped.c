// Nobody answers the call.
//
// rule: when no answer comes connect and WSAConnect fail with WSAETIMEDOUT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// network: lan
// timeout: 90
// proves: connect WSAConnect WSAETIMEDOUT
// expect: connect 10060
// expect: WSAConnect 10060
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    at = ipv4("203.0.113.129", 9);
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
