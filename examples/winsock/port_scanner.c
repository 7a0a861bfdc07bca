/* Which ports of a host are open: many connects at once, without waiting for each.
 *
 *   port_scanner HOST FIRST LAST */
#include "common.h"

#define AT_ONCE 32
#define WAIT_SECONDS 5

static SOCKET tried[AT_ONCE];
static int tried_port[AT_ONCE];

static void begin(int index, struct sockaddr_in *address, int port)
{
    u_long on = 1;
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s == INVALID_SOCKET || ioctlsocket(s, FIONBIO, &on) == SOCKET_ERROR)
        fail("socket");
    address->sin_port = htons((u_short)port);
    tried[index] = s;
    tried_port[index] = port;
    if (connect(s, (struct sockaddr *)address, sizeof *address) == SOCKET_ERROR && WSAGetLastError() != WSAEWOULDBLOCK)
        fail("connect");
}

/* Waits until the connects of a batch are decided or the time is over. Returns how many ports are open. */
static int decide(int count)
{
    int open_ports = 0, undecided = count, i;
    int is_open[AT_ONCE] = {0};
    ULONGLONG end = GetTickCount64() + WAIT_SECONDS * 1000;
    while (undecided > 0 && GetTickCount64() < end) {
        struct timeval limit = {0, 200000};
        fd_set connected, refused;
        FD_ZERO(&connected);
        FD_ZERO(&refused);
        for (i = 0; i < count; i++)
            if (tried[i] != INVALID_SOCKET) {
                FD_SET(tried[i], &connected);
                FD_SET(tried[i], &refused);
            }
        if (select(0, NULL, &connected, &refused, &limit) == SOCKET_ERROR)
            fail("select");
        for (i = 0; i < count; i++) {
            if (tried[i] == INVALID_SOCKET || !(FD_ISSET(tried[i], &connected) || FD_ISSET(tried[i], &refused)))
                continue;
            is_open[i] = FD_ISSET(tried[i], &connected) != 0;
            closesocket(tried[i]);
            tried[i] = INVALID_SOCKET;
            undecided--;
        }
    }
    for (i = 0; i < count; i++) {
        if (tried[i] != INVALID_SOCKET)
            closesocket(tried[i]);
        if (is_open[i])
            printf("port %d is open\n", tried_port[i]);
        open_ports += is_open[i];
    }
    return open_ports;
}

int main(int argc, char **argv)
{
    struct addrinfo hints, *found;
    int first, last, port, open_ports = 0, code;
    if (argc != 4) {
        printf("usage: port_scanner HOST FIRST LAST\n");
        return 2;
    }
    first = atoi(argv[2]);
    last = atoi(argv[3]);
    start_winsock();
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    code = getaddrinfo(argv[1], NULL, &hints, &found);
    if (code != 0) {
        printf("%s: error %d\n", argv[1], code);
        WSACleanup();
        return 1;
    }
    for (port = first; port <= last; port += AT_ONCE) {
        int count = 0;
        while (count < AT_ONCE && port + count <= last) {
            begin(count, (struct sockaddr_in *)found->ai_addr, port + count);
            count++;
        }
        open_ports += decide(count);
    }
    freeaddrinfo(found);
    printf("%d of %d open\n", open_ports, last - first + 1);
    WSACleanup();
    return 0;
}
