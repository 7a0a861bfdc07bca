// Where ConnectEx cannot go.
//
// rule: no route gives WSAENETUNREACH, an unreachable host WSAEHOSTUNREACH, silence WSAETIMEDOUT.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// network: lan
// timeout: 60
// proves: ConnectEx WSAENETUNREACH
// proves: ConnectEx WSAEHOSTUNREACH
// proves: ConnectEx WSAETIMEDOUT
// expect: ConnectEx no route 10051
// expect: ConnectEx unreachable 10065
// expect: ConnectEx silence 10060
#include "extension.h"

static LPFN_CONNECTEX ConnectEx;

static void to(const char *what, const char *text)
{
    WSAOVERLAPPED operation;
    DWORD count;
    SOCKET s = tcp();
    struct sockaddr_in any = ipv4("0.0.0.0", 0), at = ipv4(text, 9);
    must(bind(s, (struct sockaddr *)&any, sizeof any) == 0, "bind");
    fresh(&operation);
    if (ConnectEx(s, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &operation) ||
        WSAGetLastError() == WSA_IO_PENDING)
        completed(what, s, &operation);
    else
        result(what, 1);
}

int main(void)
{
    start();
    ConnectEx = connect_ex();
    to("ConnectEx no route", "198.18.0.1");
    to("ConnectEx unreachable", "198.19.255.1");
    to("ConnectEx silence", "203.0.113.129");
    return 0;
}
