// A socket type that the family does not have.
//
// rule: an unknown type gives WSAESOCKTNOSUPPORT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-socket, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3008-3041, validated on Windows
// proves: socket WSASocket WSAESOCKTNOSUPPORT
// expect: socket 10044
// expect: WSASocketA 10044
// expect: socket without protocol 10044
#include "case.h"

int main(void)
{
    start();
    result("socket", socket(AF_INET, 99, IPPROTO_TCP) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(AF_INET, 99, IPPROTO_TCP, NULL, 0, 0) == INVALID_SOCKET);
    result("socket without protocol", socket(AF_INET, 99, 0) == INVALID_SOCKET);
    return 0;
}
