// Joining a group, joining it again, and an address that is none.
//
// rule: a leaf joins a multicast group; again gives WSAEISCONN; the all-zero address gives WSAEADDRNOTAVAIL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsajoinleaf, return values
// network: lan
// proves: WSAJoinLeaf WSAEISCONN
// proves: WSAJoinLeaf WSAEADDRNOTAVAIL
// expect: WSAJoinLeaf ok
// expect: WSAJoinLeaf again 10056
// expect: WSAJoinLeaf zero 10049
#include "case.h"

static SOCKET leaf(void)
{
    DWORD flags = WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF | WSA_FLAG_OVERLAPPED;
    SOCKET s = WSASocketA(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, flags);
    struct sockaddr_in at = ipv4("192.0.2.10", 0);
    must(s != INVALID_SOCKET, "WSASocketA leaf");
    must(bind(s, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    return s;
}

static void join(const char *what, SOCKET s, const char *text)
{
    struct sockaddr_in at = ipv4(text, 5000);
    result(what, WSAJoinLeaf(s, (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL, JL_BOTH) == INVALID_SOCKET);
}

int main(void)
{
    SOCKET s;
    start();
    s = leaf();
    join("WSAJoinLeaf", s, "239.1.2.3");
    join("WSAJoinLeaf again", s, "239.1.2.3");
    join("WSAJoinLeaf zero", leaf(), "0.0.0.0");
    return 0;
}
