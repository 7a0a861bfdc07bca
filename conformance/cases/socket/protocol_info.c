// Sockets from protocol information, and what is too little to go by.
//
// rule: what is 0 comes from the information, whose family has to be one; without family and protocol a type is no help; an unknown type is told before an unknown family.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSASocket, validated on Windows
// expect: from information 2 17
// expect: without a family 10047
// expect: of no family 10047
// expect: type alone 10022
// expect: type and family 10044
#include "case.h"

static void ask(const char *what, int family, int type, int protocol, WSAPROTOCOL_INFOA *information)
{
    SOCKET s = WSASocketA(family, type, protocol, information, 0, 0);
    result(what, s == INVALID_SOCKET);
    if (s != INVALID_SOCKET)
        closesocket(s);
}

int main(void)
{
    static WSAPROTOCOL_INFOA list[64], information;
    DWORD room = sizeof list;
    int protocols[] = {IPPROTO_TCP, 0}, length = sizeof information;
    SOCKET s;
    start();
    must(WSAEnumProtocolsA(protocols, list, &room) > 0, "WSAEnumProtocols");
    list[0].iAddressFamily = AF_INET;
    list[0].iSocketType = SOCK_DGRAM;
    list[0].iProtocol = IPPROTO_UDP;
    s = WSASocketA(0, 0, 0, &list[0], 0, 0);
    must(s != INVALID_SOCKET, "WSASocket");
    must(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&information, &length) == 0, "SO_PROTOCOL_INFO");
    printf("from information %d %d\n", information.iSocketType, information.iProtocol);
    list[0].iAddressFamily = 0;
    ask("without a family", 0, 0, IPPROTO_UDP, &list[0]);
    list[0].iAddressFamily = list[0].iSocketType = -1;
    ask("of no family", 0, 0, IPPROTO_UDP, &list[0]);
    ask("type alone", AF_UNSPEC, SOCK_STREAM, 0, NULL);
    ask("type and family", 0xdead, 0xdead, IPPROTO_TCP, NULL);
    return 0;
}
