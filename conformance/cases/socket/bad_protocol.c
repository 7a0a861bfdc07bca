// A protocol that the family does not have, or that does not fit the type.
//
// rule: an unknown protocol and a protocol of another type give WSAEPROTONOSUPPORT.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3008-3041, validated on Windows
// proves: socket WSASocket WSAEPROTONOSUPPORT
// expect: socket 10043
// expect: WSASocketA 10043
// expect: socket stream with UDP 10043
// expect: socket datagram with TCP 10043
#include "case.h"

int main(void)
{
    start();
    result("socket", socket(AF_INET, SOCK_STREAM, 0xdead) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(AF_INET, SOCK_STREAM, 0xdead, NULL, 0, 0) == INVALID_SOCKET);
    result("socket stream with UDP", socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) == INVALID_SOCKET);
    result("socket datagram with TCP", socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP) == INVALID_SOCKET);
    return 0;
}
