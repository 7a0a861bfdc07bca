// TransmitFile with buffers that are not memory of the program.
//
// rule: an unmapped head buffer gives WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// proves: TransmitFile WSAEFAULT
// expect: TransmitFile 10014
#include "extension.h"

int main(void)
{
    TRANSMIT_FILE_BUFFERS head = {(void *)64, 4, NULL, 0};
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    result("TransmitFile", !TransmitFile(client, NULL, 0, 0, NULL, &head, 0));
    return 0;
}
