// The input of a control code is too short.
//
// rule: SIO_KEEPALIVE_VALS with too small an input, and SIO_GET_EXTENSION_FUNCTION_POINTER with an unknown GUID, are refused.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaioctl, return values
// proves: WSAIoctl WSAEFAULT
// proves: WSAIoctl WSAEINVAL
// expect: WSAIoctl short keepalive 10014
// expect: WSAIoctl unknown extension 10022
#include "case.h"
#include <mstcpip.h>

int main(void)
{
    SOCKET s;
    struct tcp_keepalive values = {1, 1000, 1000};
    GUID guid = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
    void *function = NULL;
    DWORD count;
    start();
    s = tcp();
    result("WSAIoctl short keepalive", WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, 4, NULL, 0, &count, NULL, NULL) != 0);
    result("WSAIoctl unknown extension", WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &function,
                                                  sizeof function, &count, NULL, NULL) != 0);
    return 0;
}
