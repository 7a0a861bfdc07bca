// What a call on one end of a named pipe does to the other one has been done when the call returns.
//
// rule: who opens a pipe ends the ConnectNamedPipe that waits for a client, who closes an end ends the other's read, and a closed instance takes no client more; each before the call returns. An OVERLAPPED that ConnectNamedPipe left with ERROR_PIPE_CONNECTED counts as ended once the program sets its event.
// source: https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-connectnamedpipe, https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getoverlappedresult, and what asyncio of CPython relies on (Lib/test/test_asyncio/test_windows_utils.py, test_windows_events.py)
// expect: early 0 535
// expect: early result 1 bytes 0
// expect: connect 0 997
// expect: connected 1 key 5
// expect: read 0 997
// expect: read ended 0 109
// expect: closed while waiting 0 2
// expect: cancelled and closed 0 2
#include "case.h"

#define NAME "\\\\.\\pipe\\ws2 at once case"

static HANDLE server(void)
{
    HANDLE pipe = CreateNamedPipeA(NAME, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_WAIT,
                                   PIPE_UNLIMITED_INSTANCES, 4096, 4096, 0, NULL);
    must(pipe != INVALID_HANDLE_VALUE, "CreateNamedPipe");
    return pipe;
}

static HANDLE client(void)
{
    return CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
}

static void say(const char *what, BOOL result)
{
    DWORD code = result ? 0 : GetLastError();
    printf("%s %d %d\n", what, result != 0, (int)code);
}

static void closed(const char *what, BOOL cancels)
{
    HANDLE pipe = server(), other;
    OVERLAPPED overlapped;
    memset(&overlapped, 0, sizeof overlapped);
    must(!ConnectNamedPipe(pipe, &overlapped) && GetLastError() == ERROR_IO_PENDING, "ConnectNamedPipe");
    if (cancels)
        must(CancelIoEx(pipe, &overlapped), "CancelIoEx");
    CloseHandle(pipe);
    other = client();
    say(what, other != INVALID_HANDLE_VALUE);
}

int main(void)
{
    HANDLE pipe = server(), other = client(), port;
    OVERLAPPED overlapped, *ended;
    ULONG_PTR key = 0;
    DWORD count = 77;
    char place[8];
    int i;

    must(other != INVALID_HANDLE_VALUE, "a client");
    memset(&overlapped, 0, sizeof overlapped);
    overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    say("early", ConnectNamedPipe(pipe, &overlapped));
    SetEvent(overlapped.hEvent);
    i = GetOverlappedResult(pipe, &overlapped, &count, TRUE);
    printf("early result %d bytes %u\n", i, (unsigned)count);
    CloseHandle(other);
    CloseHandle(pipe);

    pipe = server();
    port = CreateIoCompletionPort(pipe, NULL, 5, 0);
    memset(&overlapped, 0, sizeof overlapped);
    say("connect", ConnectNamedPipe(pipe, &overlapped));
    other = client();
    i = GetQueuedCompletionStatus(port, &count, &key, &ended, 0);
    printf("connected %d key %d\n", i, (int)key);
    say("read", ReadFile(pipe, place, sizeof place, NULL, &overlapped));
    CloseHandle(other);
    say("read ended", GetQueuedCompletionStatus(port, &count, &key, &ended, 0));
    CloseHandle(pipe);

    // Several times, as a watcher may be slow to let go.
    for (i = 0; i < 20; i++) {
        HANDLE waiting = server();
        memset(&overlapped, 0, sizeof overlapped);
        ConnectNamedPipe(waiting, &overlapped);
        CloseHandle(waiting);
        must(client() == INVALID_HANDLE_VALUE, "no pipe");
    }
    closed("closed while waiting", FALSE);
    closed("cancelled and closed", TRUE);
    return 0;
}
