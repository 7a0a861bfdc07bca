// ConnectEx that would repeat an existing connection.
//
// rule: ConnectEx to where the same local address is connected already gives WSAEADDRINUSE.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// proves: ConnectEx WSAEADDRINUSE
// expect: ConnectEx 10048
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    WSAOVERLAPPED operation;
    struct sockaddr_in to, from;
    SOCKET first, second;
    DWORD count;
    int on = 1;
    start();
    ConnectEx = connect_ex();
    tcp_listening(&to);
    first = tcp();
    second = tcp();
    must(setsockopt(first, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    must(setsockopt(second, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    from = bind_free(first);
    must(bind(second, (struct sockaddr *)&from, sizeof from) == 0, "second bind");
    must(connect(first, (struct sockaddr *)&to, sizeof to) == 0, "connect");
    fresh(&operation);
    if (ConnectEx(second, (struct sockaddr *)&to, sizeof to, NULL, 0, &count, &operation) ||
        WSAGetLastError() == WSA_IO_PENDING)
        completed("ConnectEx", second, &operation);
    else
        result("ConnectEx", 1);
    return 0;
}
