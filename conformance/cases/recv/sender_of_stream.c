// Asking for the sender of a stream's data.
//
// rule: on a stream recvfrom and WSARecvFrom look at neither address nor length, and change neither.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, remarks: both are ignored for
//         connection-oriented sockets
// expect: recvfrom 1, length 3
// expect: recvfrom without length 1
// expect: WSARecvFrom 0, length 3
// expect: WSARecvFrom overlapped 0, length 3
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED overlapped;
    DWORD count, flags = 0;
    struct sockaddr_in from;
    SOCKET client, server;
    int length = 3, returned;
    start();
    tcp_pair(&client, &server);
    must(send(server, "1234", 4, 0) == 4, "send");
    wait_readable(client);
    returned = recvfrom(client, byte, 1, 0, (struct sockaddr *)&from, &length);
    printf("recvfrom %d, length %d\n", returned, length);
    returned = recvfrom(client, byte, 1, 0, (struct sockaddr *)&from, NULL);
    printf("recvfrom without length %d\n", returned);
    returned = WSARecvFrom(client, &buffer, 1, &count, &flags, (struct sockaddr *)&from, &length, NULL, NULL);
    printf("WSARecvFrom %d, length %d\n", returned, length);
    memset(&overlapped, 0, sizeof overlapped);
    returned = WSARecvFrom(client, &buffer, 1, &count, &flags, (struct sockaddr *)&from, &length, &overlapped, NULL);
    printf("WSARecvFrom overlapped %d, length %d\n", returned, length);
    return 0;
}
