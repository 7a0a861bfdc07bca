// Two connections with the same four addresses and ports.
//
// rule: connect that would repeat an existing connection fails with WSAEADDRINUSE.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values: the clash of a local address that shows only at connect
// proves: connect WSAConnect WSAEADDRINUSE
// expect: connect 10048
// expect: WSAConnect 10048
#include "case.h"

static SOCKET sharing(void)
{
    SOCKET s = tcp();
    int on = 1;
    must(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    return s;
}

int main(void)
{
    struct sockaddr_in to, from;
    SOCKET first, second, third;
    start();
    tcp_listening(&to);
    first = sharing();
    second = sharing();
    third = sharing();
    from = bind_free(first);
    must(bind(second, (struct sockaddr *)&from, sizeof from) == 0, "second bind");
    must(bind(third, (struct sockaddr *)&from, sizeof from) == 0, "third bind");
    must(connect(first, (struct sockaddr *)&to, sizeof to) == 0, "connect");
    result("connect", connect(second, (struct sockaddr *)&to, sizeof to) != 0);
    result("WSAConnect", WSAConnect(third, (struct sockaddr *)&to, sizeof to, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
