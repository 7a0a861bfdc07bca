// A control code that waits, overlapped.
//
// rule: overlapped SIO_ADDRESS_LIST_CHANGE is queued with WSA_IO_PENDING.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaioctl, return values
// proves: WSAIoctl WSA_IO_PENDING
// expect: WSAIoctl 997
#include "extension.h"

int main(void)
{
    WSAOVERLAPPED operation;
    DWORD count;
    start();
    fresh(&operation);
    result("WSAIoctl", WSAIoctl(tcp(), SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &count, &operation, NULL) != 0);
    return 0;
}
