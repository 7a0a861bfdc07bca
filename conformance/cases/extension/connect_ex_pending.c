// A second connect while ConnectEx is under way.
//
// rule: ConnectEx while another is pending gives WSAEALREADY; without a start-up WSANOTINITIALISED.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// network: lan
// proves: ConnectEx WSAEALREADY
// proves: ConnectEx WSANOTINITIALISED
// expect: ConnectEx pending 10037
// expect: ConnectEx after cleanup 10093
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    WSAOVERLAPPED first, second;
    DWORD count;
    SOCKET s;
    struct sockaddr_in any = ipv4("0.0.0.0", 0), at = ipv4("203.0.113.129", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    start();
    ConnectEx = connect_ex();
    s = tcp();
    must(bind(s, (struct sockaddr *)&any, sizeof any) == 0, "bind");
    with_event(&first);
    with_event(&second);
    ConnectEx(s, name, sizeof at, NULL, 0, &count, &first);
    result("ConnectEx pending", !ConnectEx(s, name, sizeof at, NULL, 0, &count, &second));
    must(WSACleanup() == 0, "WSACleanup");
    result("ConnectEx after cleanup", !ConnectEx(s, name, sizeof at, NULL, 0, &count, &second));
    return 0;
}
