/* Overlapped transfers told through a completion port. Sources: the functions' pages; twins.csv for 64 and 10054. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HANDLE port;

static void next(const char *what, DWORD wait)
{
    DWORD bytes = 4711;
    ULONG_PTR key = 4711;
    LPOVERLAPPED overlapped = NULL;
    BOOL ok;
    SetLastError(0);
    ok = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, wait);
    printf("%s: %d, bytes %u, key %u, overlapped %s, error %u\n", what, ok, (unsigned)bytes, (unsigned)key,
           overlapped ? "set" : "null", (unsigned)GetLastError());
}

static void failed(const char *what, BOOL is_failure)
{
    printf("%s: failed %d, error %u\n", what, is_failure ? 1 : 0, (unsigned)GetLastError());
}

static int begin_receive(SOCKET s, WSABUF *buffer, OVERLAPPED *overlapped)
{
    DWORD flags = 0, bytes = 0;
    memset(overlapped, 0, sizeof *overlapped);
    return WSARecv(s, buffer, 1, &bytes, &flags, overlapped, NULL) == 0 ? 0 : WSAGetLastError();
}

int main(void)
{
    WSADATA data;
    SOCKET listener, client, server;
    struct sockaddr_in name;
    int length = sizeof name;
    char text[100];
    WSABUF buffer;
    OVERLAPPED first, second;
    DWORD bytes = 0, flags = 0;
    struct linger hard;

    WSAStartup(MAKEWORD(2, 2), &data);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, (struct sockaddr *)&name, sizeof name);
    listen(listener, 5);
    getsockname(listener, (struct sockaddr *)&name, &length);
    client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, (struct sockaddr *)&name, sizeof name);
    server = accept(listener, NULL, NULL);
    buffer.buf = text;
    buffer.len = sizeof text;

    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    printf("associate: %d\n", CreateIoCompletionPort((HANDLE)server, port, 7, 0) == port);
    failed("again", CreateIoCompletionPort((HANDLE)server, port, 8, 0) == NULL);
    next("empty", 0);

    printf("receive: %d\n", begin_receive(server, &buffer, &first));
    printf("completed: %d\n", HasOverlappedIoCompleted(&first) ? 1 : 0);
    failed("result", !WSAGetOverlappedResult(server, &first, &bytes, FALSE, &flags));
    send(client, "hello", 5, 0);
    next("data", 5000);
    printf("result: %d, ", WSAGetOverlappedResult(server, &first, &bytes, TRUE, &flags));
    printf("bytes %u, text %.5s\n", (unsigned)bytes, text);

    memset(&second, 0, sizeof second);
    buffer.len = 3;
    printf("send: %d\n", WSASend(server, &buffer, 1, &bytes, 0, &second, NULL));
    next("sent", 0);

    SetFileCompletionNotificationModes((HANDLE)server, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);
    printf("send: %d\n", WSASend(server, &buffer, 1, &bytes, 0, &second, NULL));
    next("skipped", 0);

    PostQueuedCompletionStatus(port, 99, 5, &second);
    next("posted", 0);

    printf("receive: %d\n", begin_receive(server, &buffer, &first));
    printf("cancel: %d\n", CancelIoEx((HANDLE)server, &first));
    next("cancelled", 5000);
    failed("result", !WSAGetOverlappedResult(server, &first, &bytes, FALSE, &flags));
    failed("cancel", !CancelIoEx((HANDLE)server, &first));

    printf("receive: %d\n", begin_receive(server, &buffer, &first));
    hard.l_onoff = 1;
    hard.l_linger = 0;
    setsockopt(client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard);
    closesocket(client);
    next("reset", 5000);
    failed("result", !WSAGetOverlappedResult(server, &first, &bytes, FALSE, &flags));
    printf("Internal %08x\n", (unsigned)first.Internal);
    printf("receive: %d\n", begin_receive(server, &buffer, &first));
    closesocket(server);

    client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, (struct sockaddr *)&name, sizeof name);
    server = accept(listener, NULL, NULL);
    CreateIoCompletionPort((HANDLE)server, port, 9, 0);
    printf("receive: %d\n", begin_receive(server, &buffer, &first));
    closesocket(server);
    next("closed", 5000);

    printf("close: %d\n", CloseHandle(port));
    failed("close", !CloseHandle(port));
    next("gone", 0);
    WSACleanup();
    return 0;
}
