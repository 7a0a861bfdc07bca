// What WSAJoinLeaf refuses.
//
// rule: a bad handle 10038, a missing or short address 10014, another family 10047, a datagram socket without leaf flags 10022.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsajoinleaf, return values
// proves: WSAJoinLeaf WSAENOTSOCK
// proves: WSAJoinLeaf WSAEFAULT
// proves: WSAJoinLeaf WSAEAFNOSUPPORT
// proves: WSAJoinLeaf WSAEINVAL
// expect: WSAJoinLeaf bad handle 10038
// expect: WSAJoinLeaf null 10014
// expect: WSAJoinLeaf short 10014
// expect: WSAJoinLeaf family 10047
// expect: WSAJoinLeaf no leaf 10022
#include "case.h"

static SOCKET leaf(void)
{
    DWORD flags = WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF | WSA_FLAG_OVERLAPPED;
    SOCKET s = WSASocketA(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, flags);
    must(s != INVALID_SOCKET, "WSASocketA leaf");
    bind_free(s);
    return s;
}

static void join(const char *what, SOCKET s, struct sockaddr *name, int length)
{
    result(what, WSAJoinLeaf(s, name, length, NULL, NULL, NULL, NULL, JL_BOTH) == INVALID_SOCKET);
}

int main(void)
{
    struct sockaddr_in group, odd;
    struct sockaddr_in mine;
    start();
    group = ipv4("239.1.2.3", 5000);
    odd = group;
    odd.sin_family = 99;
    join("WSAJoinLeaf bad handle", 0xdeadbeec, (struct sockaddr *)&group, sizeof group);
    join("WSAJoinLeaf null", leaf(), NULL, sizeof group);
    join("WSAJoinLeaf short", leaf(), (struct sockaddr *)&group, 3);
    join("WSAJoinLeaf family", leaf(), (struct sockaddr *)&odd, sizeof odd);
    join("WSAJoinLeaf no leaf", udp_bound(&mine), (struct sockaddr *)&group, sizeof group);
    return 0;
}
