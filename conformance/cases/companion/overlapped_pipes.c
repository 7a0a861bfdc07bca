// Overlapped named pipes: by event, by the handle, by completion port, by routine; cancelled, closed and sent away.
//
// rule: an overlapped ConnectNamedPipe, ReadFile, WriteFile or TransactNamedPipe that cannot end at once is pending, and ends as the other end lets it; its end is told by event, handle, port or routine.
// source: https://learn.microsoft.com/windows/win32/ipc/synchronous-and-overlapped-input-and-output, https://learn.microsoft.com/windows/win32/ipc/named-pipe-server-using-overlapped-i-o
// timeout: 30
// expect: connect 0 997 event 258 result 0 996
// expect: connected event 0 result 1 0 bytes
// expect: connect again 0 535
// expect: read 0 997 event 258
// expect: read ended event 0 result 1 5 hello
// expect: read at once 1 count 3 event 0
// expect: cut 0 234 4 rest 5
// expect: two reads one two
// expect: message 0 234 3 then 3
// expect: transact 0 234 3
// expect: cancelled 1 event 0 result 0 995
// expect: nothing to cancel 0 1168
// expect: by handle 258 then 0
// expect: port connect 0 997 key 7 bytes 0
// expect: port read key 7 bytes 6 ported
// expect: routine 0 5 bytes apc!! alerted 192
// expect: closed result 0 109
// expect: sent away result 0 233
// expect: second client 1
#include "case.h"

#define NAME "\\\\.\\pipe\\ws2 overlapped case"

static HANDLE server_of(DWORD mode)
{
    HANDLE server =
        CreateNamedPipeA(NAME, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, mode | PIPE_WAIT, 1, 4096, 4096, 0, NULL);
    must(server != INVALID_HANDLE_VALUE, "CreateNamedPipe");
    return server;
}

static HANDLE client_of(DWORD mode)
{
    HANDLE client = CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    must(client != INVALID_HANDLE_VALUE, "a client");
    if (mode != 0)
        must(SetNamedPipeHandleState(client, &mode, NULL, NULL), "SetNamedPipeHandleState");
    return client;
}

static OVERLAPPED fresh(HANDLE event)
{
    OVERLAPPED overlapped;
    memset(&overlapped, 0, sizeof overlapped);
    overlapped.hEvent = event;
    if (event != NULL)
        ResetEvent(event);
    return overlapped;
}

static void put(HANDLE pipe, const char *text)
{
    DWORD count = 0;
    must(WriteFile(pipe, text, (DWORD)strlen(text), &count, NULL) && count == strlen(text), "WriteFile");
}

static void show_result(HANDLE pipe, OVERLAPPED *overlapped)
{
    DWORD count = 0;
    BOOL done = GetOverlappedResult(pipe, overlapped, &count, TRUE);
    printf(" result %d %d", done, done ? (int)count : (int)GetLastError());
}

static int called_error, called_bytes, calls;

static void WINAPI told(DWORD error, DWORD bytes, LPOVERLAPPED overlapped)
{
    (void)overlapped;
    calls++;
    called_error = (int)error, called_bytes = (int)bytes;
}

static void begin_read(HANDLE server, char *room, DWORD size, OVERLAPPED *overlapped)
{
    must(!ReadFile(server, room, size, NULL, overlapped) && GetLastError() == ERROR_IO_PENDING, "a pending read");
}

int main(void)
{
    HANDLE server, client, event = CreateEventA(NULL, TRUE, FALSE, NULL), port;
    OVERLAPPED first, second, *ended;
    char one[32] = {0}, two[32] = {0};
    DWORD count, waited;
    ULONG_PTR key;
    BOOL done;

    server = server_of(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE);
    first = fresh(event);
    done = ConnectNamedPipe(server, &first);
    printf("connect %d %d", done, (int)GetLastError());
    printf(" event %d", (int)WaitForSingleObject(event, 0));
    done = GetOverlappedResult(server, &first, &count, FALSE);
    printf(" result %d %d\n", done, (int)GetLastError());
    client = client_of(PIPE_READMODE_MESSAGE);
    printf("connected event %d", (int)WaitForSingleObject(event, 2000));
    show_result(server, &first);
    printf(" bytes\n");
    first = fresh(event);
    done = ConnectNamedPipe(server, &first);
    printf("connect again %d %d\n", done, (int)GetLastError());

    first = fresh(event);
    done = ReadFile(server, one, sizeof one, NULL, &first);
    printf("read %d %d", done, (int)GetLastError());
    printf(" event %d\n", (int)WaitForSingleObject(event, 0));
    put(client, "hello");
    printf("read ended event %d", (int)WaitForSingleObject(event, 2000));
    show_result(server, &first);
    printf(" %.5s\n", one);

    put(client, "now");
    first = fresh(event);
    count = 99;
    done = ReadFile(server, one, sizeof one, &count, &first);
    printf("read at once %d count %d event %d\n", done, (int)count, (int)WaitForSingleObject(event, 0));
    put(client, "nine long");
    first = fresh(event);
    done = ReadFile(server, one, 4, NULL, &first);
    printf("cut %d %d %d", done, (int)GetLastError(), (int)first.InternalHigh);
    first = fresh(event);
    must(ReadFile(server, one, sizeof one, &count, &first), "the rest");
    printf(" rest %d\n", (int)count);

    first = fresh(NULL), second = fresh(event);
    begin_read(server, one, sizeof one, &first);
    begin_read(server, two, sizeof two, &second);
    put(client, "one"), put(client, "two");
    WaitForSingleObject(event, 2000);
    printf("two reads %.3s %.3s\n", one, two);

    first = fresh(event);
    begin_read(server, one, 3, &first);
    put(client, "sixsix");
    done = GetOverlappedResult(server, &first, &count, TRUE);
    printf("message %d %d %d", done, (int)GetLastError(), (int)count);
    first = fresh(event);
    must(ReadFile(server, one, sizeof one, &count, &first), "the rest");
    printf(" then %d\n", (int)count);

    first = fresh(event);
    done = TransactNamedPipe(server, (void *)"ask", 3, one, 3, NULL, &first);
    must(!done && GetLastError() == ERROR_IO_PENDING, "a pending transaction");
    must(ReadFile(client, two, sizeof two, &count, NULL) && count == 3, "the question");
    put(client, "answer");
    done = GetOverlappedResult(server, &first, &count, TRUE);
    printf("transact %d %d %d\n", done, (int)GetLastError(), (int)count);
    first = fresh(event);
    must(ReadFile(server, one, sizeof one, &count, &first), "the rest");

    first = fresh(event);
    begin_read(server, one, sizeof one, &first);
    printf("cancelled %d", CancelIo(server));
    printf(" event %d", (int)WaitForSingleObject(event, 2000));
    show_result(server, &first);
    done = CancelIoEx(server, &first);
    printf("\nnothing to cancel %d %d\n", done, (int)GetLastError());

    first = fresh(NULL);
    begin_read(server, one, sizeof one, &first);
    waited = WaitForSingleObject(server, 0);
    put(client, "x");
    printf("by handle %d then %d\n", (int)waited, (int)WaitForSingleObject(server, 2000));
    CloseHandle(client), CloseHandle(server);

    server = server_of(PIPE_TYPE_BYTE);
    port = CreateIoCompletionPort(server, NULL, 7, 0);
    must(port != NULL, "CreateIoCompletionPort");
    first = fresh(NULL);
    done = ConnectNamedPipe(server, &first);
    printf("port connect %d %d", done, (int)GetLastError());
    client = client_of(0);
    must(GetQueuedCompletionStatus(port, &count, &key, &ended, 2000) && ended == &first, "a packet");
    printf(" key %d bytes %d\n", (int)key, (int)count);
    second = fresh(NULL);
    begin_read(server, one, sizeof one, &second);
    put(client, "ported");
    must(GetQueuedCompletionStatus(port, &count, &key, &ended, 2000) && ended == &second, "a packet");
    printf("port read key %d bytes %d %.6s\n", (int)key, (int)count, one);
    CloseHandle(client), CloseHandle(server), CloseHandle(port);

    server = server_of(PIPE_TYPE_BYTE);
    client = client_of(0);
    first = fresh(NULL);
    ConnectNamedPipe(server, &first);
    must(ReadFileEx(server, one, sizeof one, &first, told), "ReadFileEx");
    put(client, "apc!!");
    waited = SleepEx(2000, TRUE);
    must(calls == 1, "the routine");
    printf("routine %d %d bytes %.5s alerted %d\n", called_error, called_bytes, one, (int)waited);

    first = fresh(event);
    begin_read(server, one, sizeof one, &first);
    CloseHandle(client);
    printf("closed");
    show_result(server, &first);
    printf("\n");
    DisconnectNamedPipe(server);
    first = fresh(event);
    must(!ConnectNamedPipe(server, &first) && GetLastError() == ERROR_IO_PENDING, "a pending connect");
    client = client_of(0);
    must(GetOverlappedResult(server, &first, &count, TRUE), "connected");
    second = fresh(event);
    begin_read(server, one, sizeof one, &second);
    DisconnectNamedPipe(server);
    printf("sent away");
    show_result(server, &second);
    CloseHandle(client);
    first = fresh(event);
    ConnectNamedPipe(server, &first);
    client = client_of(0);
    printf("\nsecond client %d\n", GetOverlappedResult(server, &first, &count, TRUE));
    return 0;
}
