// Asking for the functions of registered I/O.
//
// rule: SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER with WSAID_MULTIPLE_RIO fills a RIO_EXTENSION_FUNCTION_TABLE: its size and
// thirteen functions; without room it is WSAEFAULT, and for another GUID WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/ns-mswsock-rio_extension_function_table
// expect: WSAIoctl ok
// expect: bytes 112 size 112 functions 13
// expect: WSAIoctl short 10014
// expect: WSAIoctl other 10022
#include "extension.h"

int main(void)
{
    GUID registered = {0x8509e081, 0x96dd, 0x4005, {0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f}};
    GUID other = WSAID_CONNECTEX;
    void *table[14] = {0};
    DWORD count = 0, code = _WSAIORW(IOC_WS2, 36), size = 0;
    int functions = 0, at;
    start();
    result("WSAIoctl", WSAIoctl(tcp(), code, &registered, sizeof registered, table, sizeof table, &count, NULL, NULL));
    memcpy(&size, table, sizeof size);
    for (at = 1; at < 14; at++)
        functions += table[at] != NULL;
    printf("bytes %u size %u functions %d\n", (unsigned)count, (unsigned)size, functions);
    result("WSAIoctl short", WSAIoctl(tcp(), code, &registered, sizeof registered, table, sizeof table - 1, &count, NULL, NULL));
    result("WSAIoctl other", WSAIoctl(tcp(), code, &other, sizeof other, table, sizeof table, &count, NULL, NULL));
    return 0;
}
