// A control code that does not exist.
//
// rule: WSAIoctl with an unknown code fails with WSAEOPNOTSUPP.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 5538, validated on Windows
// proves: WSAIoctl WSAEOPNOTSUPP
// expect: WSAIoctl 10045
#include "case.h"

int main(void)
{
    DWORD count, value = 0;
    start();
    result("WSAIoctl", WSAIoctl(tcp(), 0xd0000000, &value, sizeof value, &value, sizeof value, &count, NULL, NULL) != 0);
    return 0;
}
