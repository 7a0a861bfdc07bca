// Waiting for a change of the address list without blocking.
//
// rule: SIO_ADDRESS_LIST_CHANGE on a non-blocking socket fails with WSAEWOULDBLOCK until the list changes.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_ADDRESS_LIST_CHANGE
// proves: WSAIoctl WSAEWOULDBLOCK
// expect: WSAIoctl 10035
#include "case.h"

int main(void)
{
    SOCKET s;
    DWORD count;
    start();
    s = tcp();
    nonblocking(s);
    result("WSAIoctl", WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &count, NULL, NULL) != 0);
    return 0;
}
