/* Asks a time server of RFC 868 over UDP, up to three times.
 *
 *   time_client HOST PORT */
#include "common.h"
#include <time.h>

#define SECONDS_FROM_1900_TO_1970 2208988800u

static SOCKET connect_to(const char *host, const char *port)
{
    struct addrinfo hints, *found;
    SOCKET s;
    DWORD limit_ms = 2000;
    int code;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_DGRAM;
    code = getaddrinfo(host, port, &hints, &found);
    if (code != 0) {
        printf("%s: error %d\n", host, code);
        exit(1);
    }
    s = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (s == INVALID_SOCKET)
        fail("socket");
    if (setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit_ms, sizeof limit_ms) == SOCKET_ERROR)
        fail("setsockopt");
    if (connect(s, found->ai_addr, (int)found->ai_addrlen) == SOCKET_ERROR)
        fail("connect");
    freeaddrinfo(found);
    return s;
}

int main(int argc, char **argv)
{
    SOCKET s;
    int attempt, received = 0;
    u_long answer = 0;
    if (argc != 3) {
        printf("usage: time_client HOST PORT\n");
        return 2;
    }
    start_winsock();
    s = connect_to(argv[1], argv[2]);
    for (attempt = 0; attempt < 3 && received != sizeof answer; attempt++) {
        if (send(s, "", 0, 0) == SOCKET_ERROR)
            fail("send");
        received = recv(s, (char *)&answer, sizeof answer, 0);
        if (received == SOCKET_ERROR)
            printf("no answer: %d\n", WSAGetLastError());
    }
    if (received == sizeof answer) {
        time_t now = (time_t)(u_long)(ntohl(answer) - SECONDS_FROM_1900_TO_1970);
        char text[64];
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", gmtime(&now));
        printf("%s\n", text);
    }
    closesocket(s);
    WSACleanup();
    return received == sizeof answer ? 0 : 1;
}
