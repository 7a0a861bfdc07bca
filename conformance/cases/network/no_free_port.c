// Every local port is taken.
//
// rule: connect without a free local port fails with WSAENOBUFS; so does bind to port 0.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, return values
// network: one-port
// proves: connect WSAConnect bind WSAENOBUFS
// expect: connect ok
// expect: connect 10055
// expect: WSAConnect 10055
// expect: bind 10055
#include "case.h"

int main(void)
{
    struct sockaddr_in to, any;
    SOCKET listener, first;
    start();
    listener = tcp();
    to = ipv4("127.0.0.1", 5000);
    must(bind(listener, (struct sockaddr *)&to, sizeof to) == 0 && listen(listener, 5) == 0, "listener");
    first = tcp();
    result("connect", connect(first, (struct sockaddr *)&to, sizeof to) != 0);
    result("connect", connect(tcp(), (struct sockaddr *)&to, sizeof to) != 0);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&to, sizeof to, NULL, NULL, NULL, NULL) != 0);
    any = ipv4("127.0.0.1", 0);
    result("bind", bind(tcp(), (struct sockaddr *)&any, sizeof any) != 0);
    return 0;
}
