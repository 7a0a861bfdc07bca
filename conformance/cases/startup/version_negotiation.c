// WSAStartup answers with the highest version it has that is not above the asked one.
//
// rule: wVersion is the asked version clamped to an existing one; wHighVersion is always 2.2.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsastartup, the table of version negotiation
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 2990-3020, validated on Windows
// expect: WSAStartup 1.0: 1.0 high 2.2
// expect: WSAStartup 1.1: 1.1 high 2.2
// expect: WSAStartup 2.0: 2.0 high 2.2
// expect: WSAStartup 2.1: 2.1 high 2.2
// expect: WSAStartup 2.2: 2.2 high 2.2
// expect: WSAStartup 2.3: 2.2 high 2.2
// expect: WSAStartup 3.0: 2.2 high 2.2
// expect: WinSock 2.0
// expect: Running
#include "case.h"

int main(void)
{
    static const int asked[][2] = {{1, 0}, {1, 1}, {2, 0}, {2, 1}, {2, 2}, {2, 3}, {3, 0}};
    WSADATA data;
    for (unsigned i = 0; i < sizeof asked / sizeof *asked; i++) {
        must(WSAStartup(MAKEWORD(asked[i][0], asked[i][1]), &data) == 0, "WSAStartup");
        printf("WSAStartup %d.%d: %d.%d high %d.%d\n", asked[i][0], asked[i][1], LOBYTE(data.wVersion),
               HIBYTE(data.wVersion), LOBYTE(data.wHighVersion), HIBYTE(data.wHighVersion));
    }
    printf("%s\n%s\n", data.szDescription, data.szSystemStatus);
    return 0;
}
