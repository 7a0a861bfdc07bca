/* As many each of send, recv, sendto, recvfrom that succeed, for a count of system calls.
   usage: transfers TURNS NONBLOCKING */
#include <winsock2.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    WSADATA data;
    struct sockaddr_in a, from;
    int alen = sizeof(a), turn = argc > 1 ? atoi(argv[1]) : 1000;
    u_long on = argc > 2 && atoi(argv[2]);
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
    ioctlsocket(c, FIONBIO, &on);
    ioctlsocket(s, FIONBIO, &on);
    ioctlsocket(u, FIONBIO, &on);
    while (turn-- > 0) {
        alen = sizeof(from);
        if (send(c, &byte, 1, 0) != 1 || recv(s, &byte, 1, 0) != 1)
            return 1;
        if (sendto(u, &byte, 1, 0, (struct sockaddr *)&a, sizeof(a)) != 1)
            return 2;
        if (recvfrom(u, &byte, 1, 0, (struct sockaddr *)&from, &alen) != 1)
            return 3;
    }
    return 0;
}
