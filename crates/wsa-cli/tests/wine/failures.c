/* Fails on purpose, on loopback only, and logs each failure in the way that its argument names, one of those that
   Windows programs have. The last word of the first line is the port that others name. Built with mingw, run under
   wine; the log is then scanned. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *way = "printf";

/* Writes a line as UTF-16, as PowerShell's > and programs with wide streams do. The system's text is German. */
static void print_wide(const char *stamp, const char *what, const char *peer, int code)
{
    WCHAR text[512] = L"", line[1024];
    FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code,
                   MAKELANGID(LANG_GERMAN, SUBLANG_GERMAN), text, 512, NULL);
    text[wcscspn(text, L"\r\n")] = 0;
    swprintf(line, 1024, L"%hs FEHLER %hs%hs%hs fehlgeschlagen, Socketfehler %d: %ls\r\n", stamp, what, *peer ? " zu " : "",
             peer, code, text);
    fwrite(line, sizeof *line, wcslen(line), stdout);
}

static void complain(const char *what, const char *peer, int code)
{
    char text[512] = "", stamp[32];
    const char *to = *peer ? " to " : "";
    time_t now = time(NULL);
    strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", localtime(&now));
    FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0x409, text, sizeof text, NULL);
    text[strcspn(text, "\r\n")] = 0;
    if (!strcmp(way, "hex"))
        printf("%s ERROR %s%s%s failed, error 0x%x\n", stamp, what, to, peer, code);
    else if (!strcmp(way, "hresult"))
        printf("%s ERROR %s%s%s failed, hr=0x%08lx\n", stamp, what, to, peer, (unsigned long)HRESULT_FROM_WIN32(code));
    else if (!strcmp(way, "signed"))
        printf("%s ERROR %s%s%s failed: %ld\n", stamp, what, to, peer, (long)HRESULT_FROM_WIN32(code));
    else if (!strcmp(way, "json"))
        printf("{\"time\":\"%s\",\"level\":\"error\",\"call\":\"%s\",\"peer\":\"%s\",\"wsaError\":%d,\"text\":\"%s\"}\n", stamp,
               what, peer, code, text);
    else if (!strcmp(way, "wide"))
        print_wide(stamp, what, peer, code);
    else if (!strcmp(way, "delphi"))
        printf("[%s] TClient.%s %s: EIdSocketError: Socket Error # %d\r\n%s\r\n", stamp, what, peer, code, text);
    else if (!strcmp(way, "csv"))
        printf("%s,%lu,ERROR,\"%s(\"\"%s\"\")\n failed\",%d,\"%s\"\n", stamp, GetCurrentProcessId(), what, peer, code, text);
    else if (!strcmp(way, "syslog"))
        printf("<11>1 %.10sT%sZ HOST app %lu - [net op=\"%s\" peer=\"%s\" wsaerr=\"%d\"] %s\n", stamp, stamp + 11,
               GetCurrentProcessId(), what, peer, code, text);
    else if (!strcmp(way, "block"))
        printf("%s request 10055 failed\n    stage   : %s\n    remote  : %s\n    code    : %d\n    message : %s\n    retries : 3\n",
               stamp, what, peer, code, text);
    else if (!strcmp(way, "xml"))
        printf("<event time=\"%.10sT%s\" level=\"error\"><op>%s</op><remote>%s</remote><code type=\"WSA\">%d</code><msg>%s</msg>"
               "</event>\n", stamp, stamp + 11, what, peer, code, text);
    else
        printf("%s ERROR %s%s%s failed, WSAGetLastError() returned %d (0x%x): %s\n", stamp, what, to, peer, code, code,
               text);
}

static void begin(int port)
{
    char line[80];
    snprintf(line, sizeof line, "2025-01-01 00:00:00 INFO started, listening on port %d", port);
    if (!strcmp(way, "json"))
        printf("{\"time\":\"2025-01-01 00:00:00\",\"level\":\"info\",\"text\":\"listening on port %d\"}\n", port);
    else if (!strcmp(way, "wide"))
        for (const char *c = strcat(line, "\r\n"); *c; c++) {
            putchar(*c);
            putchar(0);
        }
    else
        puts(line);
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET s, listener;
    struct sockaddr_in address = { 0 }, taken;
    int size = sizeof taken;
    char peer[64], byte;
    u_long yes = 1;

    if (argc > 1)
        way = argv[1];
    if (!strcmp(way, "wide")) {
        _setmode(_fileno(stdout), _O_BINARY);
        fwrite("\xFF\xFE", 1, 2, stdout);
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    if (s == INVALID_SOCKET)
        complain("socket()", "", WSAGetLastError()); /* 10093: WSAStartup comes later */
    WSAStartup(MAKEWORD(2, 2), &data);

    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    getsockname(listener, (struct sockaddr *)&taken, &size);
    begin(ntohs(taken.sin_port));

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
