// WSADuplicateSocket judges the socket first, then the process, then the pointer.
//
// rule: order of the checks is WSAENOTSOCK, WSAEINVAL for the process, WSAEFAULT for the pointer.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaduplicatesocketa, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3398-3422, validated on Windows
// proves: WSADuplicateSocket WSAENOTSOCK
// proves: WSADuplicateSocket WSAEINVAL
// proves: WSADuplicateSocket WSAEFAULT
// expect: WSADuplicateSocketA bad socket 10038
// expect: WSADuplicateSocketA bad process 10022
// expect: WSADuplicateSocketA bad pointer 10014
#include "case.h"

int main(void)
{
    SOCKET s;
    start();
    s = tcp();
    result("WSADuplicateSocketA bad socket", WSADuplicateSocketA(0xdead, 0, NULL) != 0);
    result("WSADuplicateSocketA bad process", WSADuplicateSocketA(s, 0xdead, NULL) != 0);
    result("WSADuplicateSocketA bad pointer", WSADuplicateSocketA(s, GetCurrentProcessId(), NULL) != 0);
    return 0;
}
