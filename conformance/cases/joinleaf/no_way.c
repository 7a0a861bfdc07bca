// Joining a group where no interface leads to it.
//
// rule: a group that cannot be reached from here gives WSAENETUNREACH.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsajoinleaf, return values
// network: alone
// proves: WSAJoinLeaf WSAENETUNREACH
// expect: WSAJoinLeaf 10051
#include "case.h"

static SOCKET leaf(void)
{
    DWORD flags = WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF | WSA_FLAG_OVERLAPPED;
    SOCKET s = WSASocketA(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, flags);
    struct sockaddr_in any = ipv4("0.0.0.0", 0);
    must(s != INVALID_SOCKET, "WSASocketA leaf");
    must(bind(s, (struct sockaddr *)&any, sizeof any) == 0, "bind");
    return s;
}

int main(void)
{
    struct sockaddr_in group = ipv4("239.1.2.3", 5000);
    start();
    result("WSAJoinLeaf",
           WSAJoinLeaf(leaf(), (struct sockaddr *)&group, sizeof group, NULL, NULL, NULL, NULL, JL_BOTH) == INVALID_SOCKET);
    return 0;
}
