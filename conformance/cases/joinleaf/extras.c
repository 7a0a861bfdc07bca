// Joining a group with what a datagram protocol cannot carry.
//
// rule: caller data give WSAEPROTONOSUPPORT, a quality of service that cannot be met WSAEOPNOTSUPP.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsajoinleaf, return values
// proves: WSAJoinLeaf WSAEPROTONOSUPPORT
// proves: WSAJoinLeaf WSAEOPNOTSUPP
// expect: WSAJoinLeaf data 10043
// expect: WSAJoinLeaf quality 10045
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
    char bytes[4] = "abc";
    WSABUF data = {4, bytes};
    QOS wish;
    start();
    memset(&wish, 0, sizeof wish);
    wish.SendingFlowspec.ServiceType = 3;
    result("WSAJoinLeaf data", WSAJoinLeaf(leaf(), (struct sockaddr *)&group, sizeof group, &data, NULL, NULL, NULL,
                                           JL_BOTH) == INVALID_SOCKET);
    result("WSAJoinLeaf quality", WSAJoinLeaf(leaf(), (struct sockaddr *)&group, sizeof group, NULL, NULL, &wish, NULL,
                                              JL_BOTH) == INVALID_SOCKET);
    return 0;
}
