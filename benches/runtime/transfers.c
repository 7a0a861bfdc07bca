/* 1000 each of send, recv, sendto, recvfrom that succeed, in blocking and then in non-blocking mode, for strace -c. */
#include <winsock2.h>

int main(void)
{
    WSADATA data;
    struct sockaddr_in a, from;
    int alen = sizeof(a), turn, mode;
    char byte = 0;
    SOCKET l, c, s, u;
    WSAStartup(MAKEWORD(2, 2), &data);
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    l = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0);
    bind(l, (struct sockaddr *)&a, sizeof(a));
    listen(l, 1);
    getsockname(l, (struct sockaddr *)&a, &alen);
    connect(c, (struct sockaddr *)&a, sizeof(a));
    s = accept(l, NULL, NULL);
    a.sin_port = 0;
    bind(u, (struct sockaddr *)&a, sizeof(a));
    getsockname(u, (struct sockaddr *)&a, &alen);
    for (mode = 0; mode < 2; mode++) {
        u_long on = (u_long)mode;
        ioctlsocket(c, FIONBIO, &on);
        ioctlsocket(s, FIONBIO, &on);
        ioctlsocket(u, FIONBIO, &on);
        for (turn = 0; turn < 1000; turn++) {
            alen = sizeof(from);
            if (send(c, &byte, 1, 0) != 1 || recv(s, &byte, 1, 0) != 1)
                return 1;
            if (sendto(u, &byte, 1, 0, (struct sockaddr *)&a, sizeof(a)) != 1)
                return 2;
            if (recvfrom(u, &byte, 1, 0, (struct sockaddr *)&from, &alen) != 1)
                return 3;
        }
    }
    return 0;
}
