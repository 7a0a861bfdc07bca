// Family, type and protocol may be left open, but not all three.
//
// rule: (0,0,0) gives WSAEINVAL; what is left open is chosen by the rest, and AF_INET is the default family.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-socket, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3021-3040, validated on Windows
// proves: socket WSASocket WSAEINVAL
// expect: socket 10022
// expect: WSASocketA 10022
// expect: socket unspecified TCP: family 2 type 1
// expect: socket unspecified UDP: family 2 type 2
// expect: socket AF_INET alone: family 2 type 1
#include "case.h"

static void describe(const char *what, SOCKET s)
{
    WSAPROTOCOL_INFOA info;
    int length = sizeof info;
    must(s != INVALID_SOCKET, what);
    must(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &length) == 0, "SO_PROTOCOL_INFOA");
    printf("%s: family %d type %d\n", what, info.iAddressFamily, info.iSocketType);
}

int main(void)
{
    start();
    result("socket", socket(0, 0, 0) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(0, 0, 0, NULL, 0, 0) == INVALID_SOCKET);
    describe("socket unspecified TCP", socket(AF_UNSPEC, SOCK_STREAM, IPPROTO_TCP));
    describe("socket unspecified UDP", socket(AF_UNSPEC, 0, IPPROTO_UDP));
    describe("socket AF_INET alone", socket(AF_INET, 0, 0));
    return 0;
}
