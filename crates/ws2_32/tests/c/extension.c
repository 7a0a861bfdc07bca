/* AcceptEx, ConnectEx, DisconnectEx and TransmitFile, told through a completion port.
   Sources: the functions' pages; Wine's dlls/ws2_32/tests/sock.c (test_AcceptEx, test_connect, test_DisconnectEx,
   test_TransmitFile), checked on Windows. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define ROOM (sizeof(struct sockaddr_in) + 16)

static HANDLE port;
static struct sockaddr_in server_name;

static void *extension(SOCKET s, GUID guid)
{
    void *function = NULL;
    DWORD bytes = 0;
    if (WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &function, sizeof function, &bytes, NULL,
                 NULL) != 0)
        printf("no such function: %d\n", WSAGetLastError());
    return function;
}

struct packet {
    BOOL ok;
    DWORD bytes, error;
    ULONG_PTR key;
    LPOVERLAPPED overlapped;
};

static struct packet take(DWORD wait)
{
    struct packet p = {FALSE, 4711, 0, 4711, NULL};
    SetLastError(0);
    p.ok = GetQueuedCompletionStatus(port, &p.bytes, &p.key, &p.overlapped, wait);
    p.error = GetLastError();
    return p;
}

static void show(const char *what, struct packet p)
{
    if (p.overlapped)
        printf("%s: %d, bytes %u, key %u, error %u\n", what, p.ok, (unsigned)p.bytes, (unsigned)p.key, (unsigned)p.error);
    else
        printf("%s: no packet, error %u\n", what, (unsigned)p.error);
}

static void next(const char *what, DWORD wait)
{
    show(what, take(wait));
}

/* Two that may come in any order, by their keys. */
static void next_two(void)
{
    struct packet first = take(5000), second = take(5000);
    int swapped = second.key < first.key;
    show("one", swapped ? second : first);
    show("two", swapped ? first : second);
}

static void call(const char *what, BOOL ok)
{
    int error = WSAGetLastError();
    if (ok)
        printf("%s: ok\n", what);
    else
        printf("%s: error %d\n", what, error);
}

static SOCKET tcp(ULONG_PTR key)
{
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (key)
        CreateIoCompletionPort((HANDLE)s, port, key, 0);
    return s;
}

static SOCKET connected(void)
{
    SOCKET s = tcp(0);
    call("connect", connect(s, (struct sockaddr *)&server_name, sizeof server_name) == 0);
    return s;
}

static void bind_free(SOCKET s)
{
    struct sockaddr_in any;
    memset(&any, 0, sizeof any);
    any.sin_family = AF_INET;
    bind(s, (struct sockaddr *)&any, sizeof any);
}

static void names(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof name;
    call("getsockname", getsockname(s, (struct sockaddr *)&name, &length) == 0);
    length = sizeof name;
    call("getpeername", getpeername(s, (struct sockaddr *)&name, &length) == 0);
}

static void connect_time(SOCKET s)
{
    DWORD seconds = 0;
    int length = sizeof seconds;
    call("SO_CONNECT_TIME", getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &length) == 0);
    printf("connected %s\n", seconds == 0xffffffff ? "no" : "yes");
}

/* Functions that nobody has. */
static void refused(SOCKET s)
{
    GUID unknown = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
    void *table[16];
    DWORD bytes;
    call("unknown", WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &unknown, sizeof unknown, table, sizeof table,
                             &bytes, NULL, NULL) == 0);
}

static void accepting(SOCKET listener)
{
    SOCKET acceptor = tcp(2), client, second;
    OVERLAPPED one, two;
    char room[64 + 2 * ROOM], text[16];
    DWORD bytes;
    struct sockaddr *local, *remote;
    struct sockaddr_in name;
    int local_length, remote_length, length = sizeof name;

    memset(&one, 0, sizeof one);
    memset(&two, 0, sizeof two);
    call("AcceptEx", AcceptEx(listener, acceptor, room, 0, ROOM, ROOM, &bytes, &one));
    call("AcceptEx again", AcceptEx(listener, acceptor, room, 0, ROOM, ROOM, &bytes, &two));
    connect_time(acceptor);
    call("connect acceptor", connect(acceptor, (struct sockaddr *)&server_name, sizeof server_name) == 0);
    client = connected();
    next("accepted", 5000);
    GetAcceptExSockaddrs(room, 0, ROOM, ROOM, &local, &local_length, &remote, &remote_length);
    getsockname(client, (struct sockaddr *)&name, &length);
    printf("local %d %d, remote %d %d\n", local_length, memcmp(local, &server_name, sizeof name) == 0, remote_length,
           memcmp(remote, &name, sizeof name) == 0);
    names(acceptor);
    call("shutdown", shutdown(acceptor, SD_SEND) == 0);
    connect_time(acceptor);
    send(acceptor, "early", 5, 0);
    printf("recv %d\n", recv(client, text, sizeof text, 0));
    call("SO_UPDATE_ACCEPT_CONTEXT",
         setsockopt(acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof listener) == 0);
    names(acceptor);
    call("shutdown", shutdown(acceptor, SD_SEND) == 0);
    closesocket(acceptor);
    closesocket(client);

    /* With data: the connection alone does not complete it, one byte does. Others are served meanwhile. */
    acceptor = tcp(3);
    second = tcp(4);
    call("AcceptEx data", AcceptEx(listener, acceptor, room, 64, ROOM, ROOM, &bytes, &one));
    client = connected();
    next("nothing said", 50);
    connect_time(acceptor);
    call("AcceptEx second", AcceptEx(listener, second, text, 0, 0, ROOM, &bytes, &two));
    {
        char other[2 * ROOM];
        CancelIoEx((HANDLE)listener, &two);
        next("second cancelled", 5000);
        call("AcceptEx second", AcceptEx(listener, second, other, 0, 0, ROOM, &bytes, &two));
        closesocket(connected());
        next("second accepted", 5000);
    }
    send(client, "hi", 2, 0);
    next("data", 5000);
    printf("text %.2s\n", room);
    closesocket(client);
    closesocket(acceptor);
    closesocket(second);

    /* A caller that leaves without a word. */
    acceptor = tcp(5);
    call("AcceptEx data", AcceptEx(listener, acceptor, room, 64, ROOM, ROOM, &bytes, &one));
    closesocket(connected());
    next("left", 5000);
    closesocket(acceptor);

    /* Cancelled while it waits for data: by the listener, not by the accepted socket. */
    acceptor = tcp(6);
    call("AcceptEx data", AcceptEx(listener, acceptor, room, 64, ROOM, ROOM, &bytes, &one));
    client = connected();
    next("waits", 50);
    call("CancelIoEx", CancelIoEx((HANDLE)listener, &one));
    next("cancelled", 5000);
    closesocket(acceptor);
    closesocket(client);

    /* Closing the accepted socket ends it, cancelling there does not. */
    acceptor = tcp(7);
    call("AcceptEx", AcceptEx(listener, acceptor, room, 0, ROOM, ROOM, &bytes, &one));
    CancelIo((HANDLE)acceptor);
    next("still there", 0);
    closesocket(acceptor);
    next("closed", 5000);

    /* Too little room for an address: told when a caller comes, who stays. */
    acceptor = tcp(8);
    call("AcceptEx short", AcceptEx(listener, acceptor, room, 0, 3, ROOM, &bytes, &one));
    client = connected();
    next("short", 5000);
    closesocket(acceptor);
    acceptor = accept(listener, NULL, NULL);
    call("accept", acceptor != INVALID_SOCKET);
    closesocket(acceptor);
    closesocket(client);
}

static void connecting(SOCKET listener)
{
    LPFN_CONNECTEX ConnectEx;
    GUID guid = WSAID_CONNECTEX;
    SOCKET s = tcp(11), server;
    OVERLAPPED one;
    char text[8] = "hello";
    DWORD bytes = 0;
    struct sockaddr_in nobody = server_name;

    memset(&one, 0, sizeof one);
    ConnectEx = (LPFN_CONNECTEX)(UINT_PTR)extension(s, guid);
    call("unbound", ConnectEx(s, (struct sockaddr *)&server_name, sizeof server_name, NULL, 0, &bytes, &one));
    bind_free(s);
    call("no operation", ConnectEx(s, (struct sockaddr *)&server_name, sizeof server_name, NULL, 0, &bytes, NULL));
    call("ConnectEx", ConnectEx(s, (struct sockaddr *)&server_name, sizeof server_name, text, 5, &bytes, &one));
    next("connected", 5000);
    server = accept(listener, NULL, NULL);
    memset(text, 0, sizeof text);
    printf("recv %d %s\n", recv(server, text, sizeof text, 0), text);
    names(s);
    call("shutdown", shutdown(s, SD_SEND) == 0);
    call("connect", connect(s, (struct sockaddr *)&server_name, sizeof server_name) == 0);
    call("ConnectEx", ConnectEx(s, (struct sockaddr *)&server_name, sizeof server_name, NULL, 0, &bytes, &one));
    call("SO_UPDATE_CONNECT_CONTEXT", setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    names(s);
    call("shutdown", shutdown(s, SD_SEND) == 0);
    closesocket(s);
    closesocket(server);

    /* Bound first: given the port that the other has left, it would connect to itself. */
    s = tcp(12);
    bind_free(s);
    {
        SOCKET other = socket(AF_INET, SOCK_STREAM, 0);
        int length = sizeof nobody;
        bind_free(other);
        getsockname(other, (struct sockaddr *)&nobody, &length);
        closesocket(other);
    }
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    call("ConnectEx", ConnectEx(s, (struct sockaddr *)&nobody, sizeof nobody, NULL, 0, &bytes, &one));
    next("refused", 5000);
    call("result", WSAGetOverlappedResult(s, &one, &bytes, FALSE, &bytes));
    call("ConnectEx", ConnectEx(s, (struct sockaddr *)&server_name, sizeof server_name, NULL, 0, &bytes, &one));
    next("connected", 5000);
    closesocket(accept(listener, NULL, NULL));
    closesocket(s);
}

static void reusing(SOCKET listener)
{
    LPFN_DISCONNECTEX DisconnectEx;
    LPFN_CONNECTEX ConnectEx;
    GUID disconnect_guid = WSAID_DISCONNECTEX, connect_guid = WSAID_CONNECTEX;
    SOCKET acceptor = tcp(21), client = tcp(22), peer;
    OVERLAPPED one, two;
    char room[64 + 2 * ROOM], text[8];
    DWORD bytes;
    int turn;

    memset(&one, 0, sizeof one);
    memset(&two, 0, sizeof two);
    DisconnectEx = (LPFN_DISCONNECTEX)(UINT_PTR)extension(acceptor, disconnect_guid);
    ConnectEx = (LPFN_CONNECTEX)(UINT_PTR)extension(acceptor, connect_guid);
    bind_free(client);
    for (turn = 0; turn < 3; turn++) {
        printf("turn %d\n", turn);
        call("AcceptEx", AcceptEx(listener, acceptor, room, 0, ROOM, ROOM, &bytes, &one));
        call("ConnectEx", ConnectEx(client, (struct sockaddr *)&server_name, sizeof server_name, NULL, 0, &bytes, &two));
        next_two();
        setsockopt(acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof listener);
        send(client, "ping", 4, 0);
        printf("recv %d\n", recv(acceptor, text, sizeof text, 0));
        call("DisconnectEx", DisconnectEx(client, &two, TF_REUSE_SOCKET, 0));
        next("peer still there", 50);
        call("DisconnectEx", DisconnectEx(acceptor, &one, TF_REUSE_SOCKET, 0));
        next_two();
        call("send", send(acceptor, "x", 1, 0) == 1);
        connect_time(acceptor);
        server_name.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + turn); /* no repetition of the four addresses */
    }
    server_name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    closesocket(acceptor);
    closesocket(client);

    client = connected();
    peer = accept(listener, NULL, NULL);
    call("DisconnectEx", DisconnectEx(client, NULL, 0, 0));
    call("DisconnectEx", DisconnectEx(client, NULL, 0, 0));
    call("connect", connect(client, (struct sockaddr *)&server_name, sizeof server_name) == 0);
    call("send", send(client, "x", 1, 0) == 1);
    printf("recv %d\n", recv(peer, text, sizeof text, 0));
    send(peer, "test", 4, 0);
    printf("recv %d\n", recv(client, text, sizeof text, 0));
    names(client);
    closesocket(client);
    closesocket(peer);
}

int main(void)
{
    WSADATA data;
    SOCKET listener;
    int length = sizeof server_name;

    WSAStartup(MAKEWORD(2, 2), &data);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    listener = tcp(1);
    memset(&server_name, 0, sizeof server_name);
    server_name.sin_family = AF_INET;
    bind(listener, (struct sockaddr *)&server_name, sizeof server_name);
    listen(listener, 5);
    getsockname(listener, (struct sockaddr *)&server_name, &length);
    server_name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    refused(listener);
    accepting(listener);
    connecting(listener);
    reusing(listener);
    {
        OVERLAPPED one;
        char room[2 * ROOM];
        DWORD bytes;
        SOCKET acceptor = tcp(31);
        memset(&one, 0, sizeof one);
        call("AcceptEx", AcceptEx(listener, acceptor, room, 0, ROOM, ROOM, &bytes, &one));
        closesocket(listener);
        next("listener closed", 5000);
        closesocket(acceptor);
    }
    CloseHandle(port);
    WSACleanup();
    return 0;
}
