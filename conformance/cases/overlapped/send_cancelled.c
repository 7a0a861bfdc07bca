// A queued send is cancelled.
//
// rule: CancelIoEx ends a queued send with WSA_OPERATION_ABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, return values
// proves: WSASend WSA_OPERATION_ABORTED
// expect: WSASend completed 995
#include "extension.h"

int main(void)
{
    static char block[1 << 20];
    SOCKET client, server;
    WSABUF buffer = {sizeof block, block};
    WSAOVERLAPPED operation[64];
    int last = 0;
    start();
    tcp_pair(&client, &server);
    for (int i = 0; i < 64; i++) {
        last = i;
        fresh(&operation[i]);
        if (WSASend(client, &buffer, 1, NULL, 0, &operation[i], NULL) != 0)
            break;
    }
    must(CancelIoEx((HANDLE)client, (OVERLAPPED *)&operation[last]), "CancelIoEx");
    completed("WSASend completed", client, &operation[last]);
    return 0;
}
