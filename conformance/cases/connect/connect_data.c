// Connect data over TCP.
//
// rule: WSAConnect with caller data on a protocol without connect data fails with WSAEPROTONOSUPPORT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaconnect, return values
// proves: WSAConnect WSAEPROTONOSUPPORT
// expect: WSAConnect 10043
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    WSABUF data = {4, "data"};
    start();
    tcp_listening(&at);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, &data, NULL, NULL, NULL) != 0);
    return 0;
}
