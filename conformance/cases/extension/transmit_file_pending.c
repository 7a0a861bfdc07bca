// TransmitFile with more than the connection takes at once.
//
// rule: an overlapped TransmitFile that cannot finish at once is queued with WSA_IO_PENDING; cancelled it ends with 995.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// proves: TransmitFile WSA_IO_PENDING
// proves: TransmitFile WSA_OPERATION_ABORTED
// proves: TransmitFile WSAENOTSOCK
// expect: TransmitFile 997
// expect: TransmitFile completed 995
// expect: TransmitFile bad socket 10038
#include "extension.h"

int main(void)
{
    static char block[16 << 20];
    TRANSMIT_FILE_BUFFERS head = {block, sizeof block, NULL, 0};
    WSAOVERLAPPED operation;
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    fresh(&operation);
    result("TransmitFile", !TransmitFile(client, NULL, 0, 0, (OVERLAPPED *)&operation, &head, 0));
    must(CancelIoEx((HANDLE)client, (OVERLAPPED *)&operation), "CancelIoEx");
    completed("TransmitFile completed", client, &operation);
    result("TransmitFile bad socket", !TransmitFile(0xdeadbeec, NULL, 0, 0, NULL, &head, 0));
    return 0;
}
