// Asking for an extension function that there is none.
//
// rule: SIO_GET_EXTENSION_FUNCTION_POINTER gives WSAEINVAL for an unknown GUID and WSAEFAULT without room for the pointer.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_GET_EXTENSION_FUNCTION_POINTER
// expect: WSAIoctl unknown 10022
// expect: WSAIoctl short 10014
#include "extension.h"

int main(void)
{
    GUID unknown = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, known = WSAID_CONNECTEX;
    void *function;
    DWORD count, code = SIO_GET_EXTENSION_FUNCTION_POINTER;
    start();
    result("WSAIoctl unknown", WSAIoctl(tcp(), code, &unknown, sizeof unknown, &function, sizeof function, &count, NULL, NULL));
    result("WSAIoctl short", WSAIoctl(tcp(), code, &known, sizeof known, &function, 3, &count, NULL, NULL));
    return 0;
}
