// Addresses that ConnectEx does not take.
//
// rule: a short address gives WSAEFAULT, another family WSAEAFNOSUPPORT, all zero WSAEADDRNOTAVAIL.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// proves: ConnectEx WSAEFAULT
// proves: ConnectEx WSAEAFNOSUPPORT
// proves: ConnectEx WSAEADDRNOTAVAIL
// expect: ConnectEx short 10014
// expect: ConnectEx family 10047
// expect: ConnectEx zero 10049
#include "extension.h"

static LPFN_CONNECTEX ConnectEx;

static void with(const char *what, void *name, int length)
{
    WSAOVERLAPPED operation;
    DWORD count;
    SOCKET s = tcp();
    struct sockaddr_in any = ipv4("0.0.0.0", 0);
    must(bind(s, (struct sockaddr *)&any, sizeof any) == 0, "bind");
    fresh(&operation);
    result(what, !ConnectEx(s, (struct sockaddr *)name, length, NULL, 0, &count, &operation));
}

int main(void)
{
    struct sockaddr_in to, zero;
    struct sockaddr_in6 six;
    start();
    ConnectEx = connect_ex();
    tcp_listening(&to);
    zero = to;
    zero.sin_addr.s_addr = 0;
    memset(&six, 0, sizeof six);
    six.sin6_family = AF_INET6;
    six.sin6_port = to.sin_port;
    six.sin6_addr.s6_addr[15] = 1;
    with("ConnectEx short", &to, 3);
    with("ConnectEx family", &six, sizeof six);
    with("ConnectEx zero", &zero, sizeof zero);
    return 0;
}
