/* Fails on purpose, on loopback only, and logs each failure in the manner of a C program with printf. The last word of
   the first line is the port that the others name. Built with mingw, run under wine; the log is then scanned. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <time.h>

static void complain(const char *what, const char *peer, int code)
{
    char text[512] = "", stamp[32];
    time_t now = time(NULL);
    strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", localtime(&now));
    FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0x409, text, sizeof text, NULL);
    text[strcspn(text, "\r\n")] = 0;
    printf("%s ERROR %s%s%s failed, WSAGetLastError() returned %d (0x%x): %s\n", stamp, what, *peer ? " to " : "", peer,
           code, code, text);
}

int main(void)
{
    WSADATA data;
    SOCKET s, listener;
    struct sockaddr_in address = { 0 }, taken;
    int size = sizeof taken;
    char peer[64], byte;
    u_long yes = 1;

    s = socket(AF_INET, SOCK_STREAM, 0);
    if (s == INVALID_SOCKET)
        complain("socket()", "", WSAGetLastError()); /* 10093: WSAStartup comes later */
    WSAStartup(MAKEWORD(2, 2), &data);

    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    getsockname(listener, (struct sockaddr *)&taken, &size);
    printf("2025-01-01 00:00:00 INFO started, listening on port %d\n", ntohs(taken.sin_port));

    s = socket(AF_INET, SOCK_STREAM, 0);
    if (recv(s, &byte, 1, 0) < 0)
        complain("recv()", "", WSAGetLastError()); /* 10057 */
    if (bind(s, (struct sockaddr *)&taken, sizeof taken) < 0)
        complain("bind()", "", WSAGetLastError()); /* 10048 */
    /* The listener is bound and does not listen: a port where nobody answers. */
    snprintf(peer, sizeof peer, "127.0.0.1:%d", ntohs(taken.sin_port));
    if (connect(s, (struct sockaddr *)&taken, sizeof taken) < 0)
        complain("connect()", peer, WSAGetLastError()); /* 10061 */
    closesocket(s);
    if (send(s, "x", 1, 0) < 0)
        complain("send()", "", WSAGetLastError()); /* 10038 */

    s = socket(AF_INET, SOCK_DGRAM, 0);
    bind(s, (struct sockaddr *)&address, sizeof address);
    ioctlsocket(s, FIONBIO, &yes);
    if (recvfrom(s, &byte, 1, 0, NULL, NULL) < 0)
        complain("recvfrom()", "", WSAGetLastError()); /* 10035 */
    closesocket(s);
    closesocket(listener);
    return 0;
}
