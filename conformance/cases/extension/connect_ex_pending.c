// A second connect while ConnectEx is under way.
//
// rule: ConnectEx and connect while a ConnectEx is pending give WSAEINVAL, though the page says WSAEALREADY, and there is
// rule: no peer's name yet; without a start-up WSANOTINITIALISED.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// source: Wine dlls/ws2_32/tests/sock.c, test_connecting_socket, validated on Windows
// network: lan
// proves: ConnectEx WSAEINVAL
// proves: ConnectEx WSANOTINITIALISED
// expect: ConnectEx pending 10022
// expect: connect pending 10022
// expect: getpeername pending 10057
// expect: ConnectEx after cleanup 10093
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    WSAOVERLAPPED first, second;
    DWORD count;
    int length = sizeof(struct sockaddr_in);
    SOCKET s;
    struct sockaddr_in any = ipv4("0.0.0.0", 0), at = ipv4("203.0.113.129", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    start();
    ConnectEx = connect_ex();
    s = tcp();
    must(bind(s, (struct sockaddr *)&any, sizeof any) == 0, "bind");
    fresh(&first);
    fresh(&second);
    ConnectEx(s, name, sizeof at, NULL, 0, &count, &first);
    result("ConnectEx pending", !ConnectEx(s, name, sizeof at, NULL, 0, &count, &second));
    result("connect pending", connect(s, name, sizeof at) != 0);
    result("getpeername pending", getpeername(s, (struct sockaddr *)&any, &length) != 0);
    must(WSACleanup() == 0, "WSACleanup");
    result("ConnectEx after cleanup", !ConnectEx(s, name, sizeof at, NULL, 0, &count, &second));
    return 0;
}
