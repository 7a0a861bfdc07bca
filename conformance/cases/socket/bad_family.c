// An address family that no provider has.
//
// rule: an unknown family gives WSAEAFNOSUPPORT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-socket, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3008-3041, validated on Windows
// proves: socket WSASocket WSAEAFNOSUPPORT
// expect: socket 10047
// expect: WSASocketA 10047
#include "case.h"

int main(void)
{
    start();
    result("socket", socket(99, SOCK_STREAM, IPPROTO_TCP) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(99, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0) == INVALID_SOCKET);
    return 0;
}
