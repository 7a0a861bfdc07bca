/* An HTTP/1.1 file server: GET and HEAD of the files in a folder, sent by TransmitFile, connections kept alive.
 *
 *   http_server PORT FOLDER REQUESTS */
#include "common.h"
#include <mswsock.h>

#define HEAD_BYTES 8192

/* Reads up to the end of a request's head; 0 when the other end is done or sends too much. */
static int read_head(SOCKET s, char *head)
{
    int length = 0;
    while (length < HEAD_BYTES - 1) {
        int part = recv(s, head + length, 1, 0);
        if (part <= 0)
            return 0;
        length += part;
        head[length] = 0;
        if (length >= 4 && strcmp(head + length - 4, "\r\n\r\n") == 0)
            return length;
    }
    return 0;
}

static const char *type_of(const char *path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"}, {".txt", "text/plain; charset=utf-8"}, {".css", "text/css"},
        {".js", "text/javascript"},            {".png", "image/png"},
    };
    const char *ending = strrchr(path, '.');
    size_t i;
    for (i = 0; ending != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(ending, types[i][0]) == 0)
            return types[i][1];
    return "application/octet-stream";
}

static void answer_without_file(SOCKET s, const char *status)
{
    char text[256];
    int length = sprintf(text, "HTTP/1.1 %s\r\nContent-Length: %d\r\nContent-Type: text/plain\r\n\r\n%s\n", status,
                         (int)strlen(status) + 1, status);
    send(s, text, length, 0);
}

static void answer_with_file(SOCKET s, const char *path, int with_body)
{
    char head[256];
    TRANSMIT_FILE_BUFFERS around;
    LARGE_INTEGER size;
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        answer_without_file(s, "404 Not Found");
        return;
    }
    size.LowPart = GetFileSize(file, (DWORD *)&size.HighPart);
    memset(&around, 0, sizeof around);
    around.Head = head;
    around.HeadLength = sprintf(head, "HTTP/1.1 200 OK\r\nContent-Length: %u\r\nContent-Type: %s\r\n\r\n",
                                (unsigned)size.LowPart, type_of(path));
    if (!with_body)
        send(s, head, (int)around.HeadLength, 0);
    else if (!TransmitFile(s, file, 0, 0, NULL, &around, 0))
        printf("TransmitFile failed: %d\n", WSAGetLastError());
    CloseHandle(file);
}

/* A name goes into the folder and not out of it. */
static int is_safe(const char *name)
{
    return name[0] == '/' && strstr(name, "..") == NULL && strpbrk(name, "\\:") == NULL && strlen(name) < 256;
}

static void answer(SOCKET s, const char *head, const char *folder)
{
    char method[16], name[1024], path[1024];
    if (sscanf(head, "%15s %1023s HTTP/1.", method, name) != 2 || !is_safe(name)) {
        answer_without_file(s, "400 Bad Request");
        return;
    }
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        answer_without_file(s, "405 Method Not Allowed");
        return;
    }
    if (strlen(folder) + strlen(name) + sizeof "index.html" > sizeof path) {
        answer_without_file(s, "404 Not Found");
        return;
    }
    sprintf(path, "%s%s%s", folder, name, name[strlen(name) - 1] == '/' ? "index.html" : "");
    answer_with_file(s, path, method[0] == 'G');
}

int main(int argc, char **argv)
{
    static char head[HEAD_BYTES];
    SOCKET listener;
    int left;
    if (argc != 4) {
        printf("usage: http_server PORT FOLDER REQUESTS\n");
        return 2;
    }
    start_winsock();
    listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (listener == INVALID_SOCKET)
        fail("socket");
    bind_locally(listener, (unsigned short)atoi(argv[1]));
    if (listen(listener, SOMAXCONN) == SOCKET_ERROR)
        fail("listen");
    say_port(listener);
    for (left = atoi(argv[3]); left > 0;) {
        SOCKET s = accept(listener, NULL, NULL);
        if (s == INVALID_SOCKET)
            fail("accept");
        while (left > 0 && read_head(s, head)) {
            printf("%.*s\n", (int)strcspn(head, "\r"), head);
            answer(s, head, argv[2]);
            left--;
        }
        shutdown(s, SD_SEND);
        while (recv(s, head, sizeof head, 0) > 0)
            ;
        closesocket(s);
    }
    closesocket(listener);
    WSACleanup();
    return 0;
}
