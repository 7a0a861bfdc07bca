// Binds as many datagram sockets to one port as the first argument says.
#include <stdlib.h>
#include <string.h>
#include <winsock2.h>

int main(int count, char **arguments)
{
    WSADATA data;
    struct sockaddr_in at;
    int turns = count > 1 ? atoi(arguments[1]) : 0, one = 1, length = sizeof at;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    while (turns-- > 0) {
        SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
        if (setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&one, sizeof one) != 0 ||
            bind(s, (struct sockaddr *)&at, sizeof at) != 0 || getsockname(s, (struct sockaddr *)&at, &length) != 0)
            return 1;
    }
    return 0;
}
