// An overlapped send with no room left.
//
// rule: an overlapped send that cannot take its bytes is queued with WSA_IO_PENDING.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, return values
// proves: WSASend WSA_IO_PENDING
// expect: WSASend 997
#include "extension.h"

int main(void)
{
    static char block[1 << 20];
    SOCKET client, server;
    WSABUF buffer = {sizeof block, block};
    WSAOVERLAPPED operation[64];
    int failed = 0;
    start();
    tcp_pair(&client, &server);
    for (int i = 0; i < 64 && !failed; i++) {
        fresh(&operation[i]);
        failed = WSASend(client, &buffer, 1, NULL, 0, &operation[i], NULL) != 0;
    }
    result("WSASend", failed);
    return 0;
}
