/* Blocking calls, and a thread for each connection. */
#include "echo.h"

static DWORD WINAPI serve_one(LPVOID parameter)
{
    SOCKET s = (SOCKET)parameter;
    char buffer[BUFFER_BYTES];
    DWORD echoed = 0;
    int received, sent, part;
    while ((received = recv(s, buffer, sizeof buffer, 0)) > 0) {
        for (sent = 0; sent < received; sent += part) {
            part = send(s, buffer + sent, received - sent, 0);
            if (part == SOCKET_ERROR)
                break;
        }
        echoed += received;
    }
    closesocket(s);
    return echoed;
}

static unsigned long serve(SOCKET listener, int connections)
{
    unsigned long bytes = 0;
    HANDLE *threads = (HANDLE *)calloc(connections, sizeof(HANDLE));
    int i;
    for (i = 0; i < connections; i++) {
        SOCKET s = accept(listener, NULL, NULL);
        if (s == INVALID_SOCKET)
            fail("accept");
        threads[i] = CreateThread(NULL, 0, serve_one, (LPVOID)s, 0, NULL);
        if (threads[i] == NULL)
            fail("CreateThread");
    }
    for (i = 0; i < connections; i++) {
        DWORD echoed = 0;
        WaitForSingleObject(threads[i], INFINITE);
        GetExitCodeThread(threads[i], &echoed);
        bytes += echoed;
        CloseHandle(threads[i]);
    }
    free(threads);
    return bytes;
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    int received = 0, part;
    if (send(s, text, length, 0) != length)
        fail("send");
    while (received < length) {
        part = recv(s, back + received, length - received, 0);
        if (part <= 0)
            fail("recv");
        received += part;
    }
}
