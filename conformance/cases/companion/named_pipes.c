// Named pipes: instances and clients, bytes and messages.
//
// rule: a client finds a free instance or ERROR_PIPE_BUSY; a message is read whole, in parts with ERROR_MORE_DATA, or as bytes; a client that is gone is a broken pipe to its server.
// source: https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-connectnamedpipe, https://learn.microsoft.com/windows/win32/ipc/named-pipe-type-read-and-wait-modes
// timeout: 30
// expect: no pipe 0 2 wait 0 2
// expect: bad name 0 123 no access 0 87 messages of bytes 0 87
// expect: create 1 second 0 231
// expect: read before 0 536
// expect: client 1 busy 0 231
// expect: connect early 0 535 again 0 535
// expect: wait busy 0 121
// expect: bytes 4 hell 1 o
// expect: peek 6 left 0 said 3 foo
// expect: closed 0 109
// expect: connect gone 0 232
// expect: disconnect 1 again 0 233
// expect: connect 1
// expect: second client 5 later
// expect: message 0 234 4 long 3 ger
// expect: next 5 short
// expect: left 0 of 6
// expect: as bytes 1 2 by 1 3 tes
// expect: transact 1 7 answer!
// expect: call 1 5 ANSWE cut 0 234
// expect: info 5 most 2 client 4
// expect: state 2 0
#include "case.h"

#define NAME "\\\\.\\pipe\\ws2 case"

static HANDLE client_of(DWORD mode)
{
    HANDLE client = CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (client != INVALID_HANDLE_VALUE && mode != 0)
        must(SetNamedPipeHandleState(client, &mode, NULL, NULL), "SetNamedPipeHandleState");
    return client;
}

// A client, as soon as the server waits for one.
static HANDLE next_client(DWORD mode)
{
    HANDLE client;
    int tries;
    for (tries = 0; tries < 100; tries++) {
        client = client_of(mode);
        if (client != INVALID_HANDLE_VALUE)
            return client;
        Sleep(20);
    }
    must(0, "a client");
    return INVALID_HANDLE_VALUE;
}

static HANDLE create(DWORD open, DWORD mode, DWORD most)
{
    return CreateNamedPipeA(NAME, open, mode, most, 4096, 4096, 0, NULL);
}

static void put(HANDLE pipe, const char *text)
{
    DWORD count = 0;
    must(WriteFile(pipe, text, (DWORD)strlen(text), &count, NULL) && count == strlen(text), "WriteFile");
}

static char text[64];

static BOOL get(HANDLE pipe, DWORD room, DWORD *count)
{
    memset(text, 0, sizeof text);
    return ReadFile(pipe, text, room, count, NULL);
}

static DWORD WINAPI later(LPVOID unused)
{
    HANDLE client;
    (void)unused;
    client = next_client(0);
    put(client, "later");
    Sleep(50);
    CloseHandle(client);
    return 0;
}

static DWORD WINAPI answer(LPVOID pipe)
{
    DWORD count;
    char asked[32];
    int i;
    ConnectNamedPipe((HANDLE)pipe, NULL);
    for (i = 0; i < 2; i++) {
        if (!ReadFile((HANDLE)pipe, asked, sizeof asked, &count, NULL))
            return 1;
        put((HANDLE)pipe, count == 3 ? "answer!" : "ANSWERS");
        if (count != 3)
            break;
        if (i == 0 && asked[0] == 'b')
            break;
    }
    return 0;
}

int main(void)
{
    HANDLE server, client, thread;
    DWORD count = 0, all = 0, left = 0, flags = 0, most = 0, state = 0;
    BOOL good;
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("no pipe %d", client_of(0) != INVALID_HANDLE_VALUE);
    printf(" %u", (unsigned)GetLastError());
    printf(" wait %d", WaitNamedPipeA(NAME, 10));
    printf(" %u\n", (unsigned)GetLastError());
    printf("bad name %d", CreateNamedPipeA("pipe", 3, 0, 1, 0, 0, 0, NULL) != INVALID_HANDLE_VALUE);
    printf(" %u", (unsigned)GetLastError());
    printf(" no access %d", create(0, 0, 1) != INVALID_HANDLE_VALUE);
    printf(" %u", (unsigned)GetLastError());
    printf(" messages of bytes %d", create(3, PIPE_TYPE_BYTE | PIPE_READMODE_MESSAGE, 1) != INVALID_HANDLE_VALUE);
    printf(" %u\n", (unsigned)GetLastError());

    server = create(PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT, 1);
    printf("create %d second %d", server != INVALID_HANDLE_VALUE, create(3, 0, 1) != INVALID_HANDLE_VALUE);
    printf(" %u\n", (unsigned)GetLastError());
    good = get(server, 8, &count);
    printf("read before %d %u\n", good, (unsigned)GetLastError());
    client = client_of(0);
    printf("client %d busy %d", client != INVALID_HANDLE_VALUE, client_of(0) != INVALID_HANDLE_VALUE);
    printf(" %u\n", (unsigned)GetLastError());
    printf("connect early %d", ConnectNamedPipe(server, NULL));
    printf(" %u", (unsigned)GetLastError());
    printf(" again %d", ConnectNamedPipe(server, NULL));
    printf(" %u\n", (unsigned)GetLastError());
    good = WaitNamedPipeA(NAME, 30);
    printf("wait busy %d %u\n", good, (unsigned)GetLastError());
    put(client, "hello");
    get(server, 4, &count);
    printf("bytes %u %s", (unsigned)count, text);
    get(server, 4, &count);
    printf(" %u %s\n", (unsigned)count, text);
    put(server, "foo");
    put(server, "bar");
    PeekNamedPipe(client, NULL, 0, NULL, &all, &left);
    get(client, 3, &count);
    printf("peek %u left %u said %u %s\n", (unsigned)all, (unsigned)left, (unsigned)count, text);
    CloseHandle(client);
    good = get(server, 8, &count);
    printf("closed %d %u\n", good, (unsigned)GetLastError());
    printf("connect gone %d", ConnectNamedPipe(server, NULL));
    printf(" %u\n", (unsigned)GetLastError());
    printf("disconnect %d", DisconnectNamedPipe(server));
    printf(" again %d", DisconnectNamedPipe(server));
    printf(" %u\n", (unsigned)GetLastError());
    thread = CreateThread(NULL, 0, later, NULL, 0, NULL);
    printf("connect %d\n", ConnectNamedPipe(server, NULL));
    get(server, 16, &count);
    printf("second client %u %s\n", (unsigned)count, text);
    WaitForSingleObject(thread, 5000);
    CloseHandle(server);

    server = create(PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 2);
    client = client_of(PIPE_READMODE_MESSAGE);
    must(client != INVALID_HANDLE_VALUE, "client");
    ConnectNamedPipe(server, NULL);
    put(client, "longger");
    put(client, "short");
    good = get(server, 4, &count);
    printf("message %d %u %u %s", good, (unsigned)GetLastError(), (unsigned)count, text);
    get(server, 16, &count);
    printf(" %u %s\n", (unsigned)count, text);
    get(server, 16, &count);
    printf("next %u %s\n", (unsigned)count, text);
    put(server, "answer");
    PeekNamedPipe(client, text, 6, &count, &all, &left);
    printf("left %u of %u\n", (unsigned)left, (unsigned)all);
    get(client, 16, &count);
    state = PIPE_READMODE_BYTE;
    SetNamedPipeHandleState(client, &state, NULL, NULL);
    put(server, "bytes");
    good = get(client, 2, &count);
    printf("as bytes %d %u %s", good, (unsigned)count, text);
    good = get(client, 16, &count);
    printf(" %d %u %s\n", good, (unsigned)count, text);
    CloseHandle(client);
    DisconnectNamedPipe(server);

    thread = CreateThread(NULL, 0, answer, server, 0, NULL);
    client = next_client(PIPE_READMODE_MESSAGE);
    memset(text, 0, sizeof text);
    good = TransactNamedPipe(client, (void *)"bye", 3, text, sizeof text, &count, NULL);
    printf("transact %d %u %s\n", good, (unsigned)count, text);
    WaitForSingleObject(thread, 5000);
    CloseHandle(client);
    DisconnectNamedPipe(server);
    thread = CreateThread(NULL, 0, answer, server, 0, NULL);
    memset(text, 0, sizeof text);
    good = CallNamedPipeA(NAME, (void *)"call", 4, text, 5, &count, 5000);
    printf("call 1 %u %s cut %d %u\n", (unsigned)count, text, good, (unsigned)GetLastError());
    WaitForSingleObject(thread, 5000);
    DisconnectNamedPipe(server);
    GetNamedPipeInfo(server, &flags, NULL, NULL, &most);
    thread = CreateThread(NULL, 0, answer, server, 0, NULL);
    client = next_client(PIPE_READMODE_MESSAGE);
    GetNamedPipeInfo(client, &left, NULL, NULL, NULL);
    printf("info %u most %u client %u\n", (unsigned)flags, (unsigned)most, (unsigned)left);
    GetNamedPipeHandleStateA(client, &state, NULL, NULL, NULL, NULL, 0);
    GetNamedPipeHandleStateA(server, &flags, NULL, NULL, NULL, NULL, 0);
    printf("state %u %u\n", (unsigned)state, (unsigned)(flags & 1));
    CloseHandle(client);
    WaitForSingleObject(thread, 5000);
    return 0;
}
