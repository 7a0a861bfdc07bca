/* Readiness of many sockets at one completion port, as portable event loops have it on Windows: a watch on a socket asks
   \Device\Afd, its packet is an event, and it asks again before the next wait. Functions of ntdll come by name. */
#include <winsock2.h>
#include <mswsock.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <winternl.h>
#include <ntstatus.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IOCTL_AFD_POLL 0x00012024
#define RECEIVE 0x01u
#define SEND 0x04u
#define DISCONNECT 0x08u
#define ABORT 0x10u
#define LOCAL_CLOSE 0x20u
#define ACCEPT 0x80u
#define CONNECT_FAIL 0x100u

struct poll_info {
    LARGE_INTEGER timeout;
    ULONG count, exclusive;
    struct {
        HANDLE handle;
        ULONG events;
        NTSTATUS status;
    } handles[1];
};

/* The block is what a packet tells, and stands first. */
struct watch {
    IO_STATUS_BLOCK block;
    struct poll_info info;
    SOCKET socket;
    ULONG wanted, asked;
    int is_asking, is_removed, number;
};

typedef NTSTATUS(NTAPI *create_file)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, PLARGE_INTEGER, ULONG,
    ULONG, ULONG, ULONG, PVOID, ULONG);
typedef NTSTATUS(NTAPI *device_control)(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, ULONG, PVOID, ULONG,
    PVOID, ULONG);
typedef NTSTATUS(NTAPI *cancel_io)(HANDLE, PIO_STATUS_BLOCK, PIO_STATUS_BLOCK);

static create_file nt_create_file;
static device_control nt_device_control;
static cancel_io nt_cancel;
static HANDLE port, device;

static void must(int good, const char *what)
{
    if (good)
        return;
    printf("failed: %s %d %u\n", what, WSAGetLastError(), (unsigned)GetLastError());
    exit(1);
}

static void *function(const char *name)
{
    void *found = (void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
    must(found != NULL, name);
    return found;
}

static void open_loop(void)
{
    static WCHAR name[] = L"\\Device\\Afd\\Loop";
    UNICODE_STRING text = {sizeof name - sizeof *name, sizeof name, name};
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block;
    NTSTATUS status;
    InitializeObjectAttributes(&attributes, &text, 0, NULL, NULL);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    must(port != NULL, "port");
    status = nt_create_file(&device, SYNCHRONIZE, &attributes, &block, NULL, 0, FILE_SHARE_READ | FILE_SHARE_WRITE,
                            FILE_OPEN, 0, NULL, 0);
    must(status == STATUS_SUCCESS, "device");
    must(CreateIoCompletionPort(device, port, 0, 0) == port, "tie");
    must(SetFileCompletionNotificationModes(device, FILE_SKIP_SET_EVENT_ON_HANDLE), "modes");
}

static void close_loop(void)
{
    must(CloseHandle(device) && CloseHandle(port), "close");
}

/* Asks, unless enough is asked already; what asks for less is called back first. */
static void update(struct watch *watch)
{
    NTSTATUS status;
    if (watch->is_asking) {
        IO_STATUS_BLOCK block;
        if (watch->is_removed || watch->wanted & ~watch->asked) {
            status = nt_cancel(device, &watch->block, &block);
            must(status == STATUS_SUCCESS || status == STATUS_NOT_FOUND, "cancel");
        }
        return;
    }
    if (watch->is_removed)
        return;
    memset(&watch->info, 0, sizeof watch->info);
    watch->info.timeout.QuadPart = LLONG_MAX;
    watch->info.count = 1;
    watch->info.handles[0].handle = (HANDLE)watch->socket;
    watch->info.handles[0].events = watch->asked = watch->wanted;
    watch->block.Status = STATUS_PENDING;
    /* Before another thread may have the packet. */
    watch->is_asking = 1;
    status = nt_device_control(device, NULL, NULL, &watch->block, &watch->block, IOCTL_AFD_POLL, &watch->info,
                               sizeof watch->info, &watch->info, sizeof watch->info);
    if (status == STATUS_INVALID_HANDLE)
        watch->is_removed = 1;
    else
        must(status == STATUS_SUCCESS || status == STATUS_PENDING, "poll");
}

static void add(struct watch *watch, SOCKET socket, ULONG wanted, int number)
{
    SOCKET base;
    DWORD bytes;
    must(WSAIoctl(socket, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &bytes, NULL, NULL) == 0, "base handle");
    memset(watch, 0, sizeof *watch);
    watch->socket = base;
    watch->wanted = wanted | LOCAL_CLOSE;
    watch->number = number;
    update(watch);
}

static void modify(struct watch *watch, ULONG wanted)
{
    watch->wanted = wanted | LOCAL_CLOSE;
    update(watch);
}

static void removed(struct watch *watch)
{
    watch->is_removed = 1;
    update(watch);
}

/* The next events, at most `most`; 0 if none comes within the time. */
static int events(struct watch **watches, ULONG *found, int most, DWORD wait)
{
    OVERLAPPED_ENTRY entries[64];
    ULONG count = 0, place;
    int told = 0;
    if (!GetQueuedCompletionStatusEx(port, entries, (ULONG)most, &count, wait, FALSE))
        return 0;
    for (place = 0; place < count; place++) {
        struct watch *watch = (struct watch *)(void *)entries[place].lpOverlapped;
        watch->is_asking = 0;
        if (watch->is_removed)
            continue;
        if (watch->block.Status == STATUS_CANCELLED) {
            must(RtlNtStatusToDosError(watch->block.Status) == ERROR_OPERATION_ABORTED, "status");
            update(watch);
            continue;
        }
        must(NT_SUCCESS(watch->block.Status) && watch->info.count == 1, "found");
        if (watch->info.handles[0].events & LOCAL_CLOSE)
            watch->is_removed = 1;
        watches[told] = watch;
        found[told++] = watch->info.handles[0].events;
    }
    return told ? told : -1;
}

/* One event, which is printed. */
static struct watch *one(const char *what, DWORD wait)
{
    struct watch *watch = NULL;
    ULONG found = 0;
    int told;
    do
        told = events(&watch, &found, 1, wait);
    while (told < 0);
    if (told == 0)
        printf("%s: nothing\n", what);
    else
        printf("%s: %d has %lx\n", what, watch->number, (unsigned long)found);
    return told ? watch : NULL;
}

static void pair(SOCKET *client, SOCKET *server)
{
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    u_long on = 1;
    SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listen");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "name");
    *client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    must(connect(*client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    *server = accept(listener, NULL, NULL);
    must(*server != INVALID_SOCKET, "accept");
    must(ioctlsocket(*client, FIONBIO, &on) == 0 && ioctlsocket(*server, FIONBIO, &on) == 0, "mode");
    closesocket(listener);
}

static void one_socket(void)
{
    struct watch watch;
    SOCKET client, server;
    char byte;
    pair(&client, &server);
    add(&watch, server, RECEIVE | DISCONNECT, 1);
    one("idle", 30);
    must(send(client, "a", 1, 0) == 1, "send");
    one("data", 5000);
    update(&watch);
    one("still there", 5000);
    must(recv(server, &byte, 1, 0) == 1, "receive");
    update(&watch);
    one("taken", 30);
    modify(&watch, RECEIVE | SEND);
    one("room", 5000);
    modify(&watch, RECEIVE | DISCONNECT);
    removed(&watch);
    must(send(client, "b", 1, 0) == 1, "send");
    one("removed", 100);
    must(!watch.is_asking, "removed");
    add(&watch, server, RECEIVE | DISCONNECT | ABORT, 2);
    one("added again", 5000);
    must(recv(server, &byte, 1, 0) == 1, "receive");
    update(&watch);
    must(closesocket(client) == 0, "close");
    one("the peer's end", 5000);
    update(&watch);
    one("once more", 5000);
    modify(&watch, RECEIVE);
    must(closesocket(server) == 0, "close");
    one("closed", 5000);
    watch.is_removed = 0;
    update(&watch);
    printf("asked about a closed one: %s\n", watch.is_removed ? "refused" : "taken");
}

static DWORD WINAPI close_later(void *server)
{
    Sleep(50);
    return (DWORD)closesocket(*(SOCKET *)server);
}

/* A socket that another thread closes, while this one waits. */
static void closed_by_another(void)
{
    struct watch watch;
    SOCKET client, server;
    HANDLE thread;
    pair(&client, &server);
    add(&watch, server, RECEIVE, 3);
    thread = CreateThread(NULL, 0, close_later, &server, 0, NULL);
    one("closed by another thread", 5000);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    closesocket(client);
}

static void refused(void)
{
    struct watch watch;
    struct sockaddr_in at;
    socklen_t length = sizeof at;
    u_long on = 1;
    SOCKET gone = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    must(bind(gone, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    must(getsockname(gone, (struct sockaddr *)&at, &length) == 0, "name");
    must(ioctlsocket(s, FIONBIO, &on) == 0, "mode");
    add(&watch, s, SEND | CONNECT_FAIL, 4);
    one("not connected", 30);
    must(connect(s, (struct sockaddr *)&at, sizeof at) == SOCKET_ERROR, "connect");
    one("refused", 5000);
    printf("why: %u\n", (unsigned)RtlNtStatusToDosError(watch.info.handles[0].status));
    closesocket(s);
    closesocket(gone);
}

#define MANY 150

/* Many echo to their peers, in rounds: each round a message for each. */
static void many(void)
{
    static struct watch watches[MANY];
    static SOCKET clients[MANY], servers[MANY];
    struct watch *ready[64];
    ULONG found[64];
    int number, round, echoed = 0, cancelled = 0;
    for (number = 0; number < MANY; number++) {
        pair(&clients[number], &servers[number]);
        add(&watches[number], servers[number], RECEIVE | DISCONNECT | ABORT | CONNECT_FAIL, number);
    }
    for (round = 0; round < 5; round++) {
        int left = MANY;
        for (number = 0; number < MANY; number++)
            must(send(clients[number], "xyz", 3, 0) == 3, "send");
        while (left > 0) {
            int told = events(ready, found, 64, 5000), place;
            must(told > 0, "events");
            for (place = 0; place < told; place++) {
                char text[8];
                int got = recv(ready[place]->socket, text, sizeof text, 0);
                must(found[place] == RECEIVE && got == 3, "echo");
                must(send(ready[place]->socket, text, got, 0) == got, "send");
                update(ready[place]);
                left--;
                echoed++;
            }
        }
        for (number = 0; number < MANY; number++) {
            char text[8];
            must(recv(clients[number], text, sizeof text, 0) == 3, "answer");
        }
    }
    /* Every second one is removed: its packet comes, as cancelled, before its memory may go. */
    for (number = 0; number < MANY; number += 2)
        removed(&watches[number]);
    while (cancelled < MANY / 2) {
        int told = events(ready, found, 64, 5000), still = 0;
        must(told != 0, "cancelled ones");
        for (number = 0; number < MANY; number += 2)
            still += watches[number].is_asking;
        cancelled = MANY / 2 - still;
    }
    for (number = 0; number < MANY; number++)
        must(send(clients[number], "x", 1, 0) == 1, "send");
    number = 0;
    for (;;) {
        int told = events(ready, found, 64, 100);
        if (told == 0)
            break;
        while (told-- > 0)
            number += ready[told]->number % 2;
    }
    printf("many: %d echoed, %d cancelled, %d of the others ready\n", echoed, cancelled, number);
    for (number = 0; number < MANY; number++) {
        closesocket(clients[number]);
        closesocket(servers[number]);
    }
}

static LONG taken;

static DWORD WINAPI take(void *unused)
{
    (void)unused;
    for (;;) {
        struct watch *ready;
        ULONG found;
        char text[8];
        int got, told = events(&ready, &found, 1, 5000);
        must(told > 0, "events");
        if (ready->number < 0)
            return 0;
        got = recv(ready->socket, text, sizeof text, 0);
        must(got >= 0 || WSAGetLastError() == WSAEWOULDBLOCK, "receive");
        if (got > 0)
            InterlockedExchangeAdd(&taken, got);
        update(ready);
    }
}

#define SENDS 2000

/* Several threads take the events of the same sockets: nothing is lost. */
static void threads(void)
{
    static struct watch watches[8], end[3];
    static SOCKET clients[8], servers[8];
    HANDLE takers[3];
    int number, waits = 0;
    for (number = 0; number < 8; number++) {
        pair(&clients[number], &servers[number]);
        add(&watches[number], servers[number], RECEIVE, number);
    }
    for (number = 0; number < 3; number++)
        takers[number] = CreateThread(NULL, 0, take, NULL, 0, NULL);
    for (number = 0; number < SENDS; number++)
        must(send(clients[number % 8], "x", 1, 0) == 1, "send");
    while (InterlockedExchangeAdd(&taken, 0) < SENDS && waits++ < 500)
        Sleep(10);
    for (number = 0; number < 3; number++)
        add(&end[number], servers[number], SEND, -1);
    must(WaitForMultipleObjects(3, takers, TRUE, 5000) == WAIT_OBJECT_0, "threads");
    printf("threads: %d of %d\n", (int)taken, SENDS);
    for (number = 0; number < 8; number++) {
        closesocket(clients[number]);
        closesocket(servers[number]);
    }
    for (number = 0; number < 3; number++)
        CloseHandle(takers[number]);
}

#define BYTES 50000

static SOCKET shared;
static volatile LONG come;

static DWORD WINAPI take_overlapped(void *unused)
{
    char bytes[64];
    WSABUF buffer = {sizeof bytes, bytes};
    OVERLAPPED operation;
    (void)unused;
    memset(&operation, 0, sizeof operation);
    operation.hEvent = WSACreateEvent();
    while (come < BYTES) {
        DWORD count = 0, flags = 0;
        if (WSARecv(shared, &buffer, 1, &count, &flags, &operation, NULL) != 0) {
            must(WSAGetLastError() == WSA_IO_PENDING, "begin");
            if (WSAWaitForMultipleEvents(1, &operation.hEvent, FALSE, 2, FALSE) != WSA_WAIT_EVENT_0)
                CancelIoEx((HANDLE)shared, &operation);
            if (!WSAGetOverlappedResult(shared, &operation, &count, TRUE, &flags)) {
                must(WSAGetLastError() == WSA_OPERATION_ABORTED, "end");
                count = 0;
            }
        }
        InterlockedExchangeAdd(&come, (LONG)count);
    }
    WSACloseEvent(operation.hEvent);
    return 0;
}

static DWORD WINAPI take_now(void *unused)
{
    char bytes[64];
    (void)unused;
    while (come < BYTES) {
        int got = recv(shared, bytes, sizeof bytes, 0);
        must(got > 0 || (got < 0 && WSAGetLastError() == WSAEWOULDBLOCK), "receive");
        if (got > 0)
            InterlockedExchangeAdd(&come, got);
    }
    return 0;
}

static DWORD WINAPI watch_only(void *unused)
{
    struct watch watch, *ready;
    ULONG found;
    (void)unused;
    add(&watch, shared, RECEIVE, 6);
    while (come < BYTES)
        if (events(&ready, &found, 1, 10) > 0)
            update(&watch);
    removed(&watch);
    while (watch.is_asking)
        must(events(&ready, &found, 1, 5000) != 0, "removed");
    return 0;
}

/* A loop watches a socket that other threads receive from, overlapped and not. */
static void beside_receives(void)
{
    HANDLE threads[3];
    SOCKET client;
    int sent = 0, number;
    pair(&client, &shared);
    threads[0] = CreateThread(NULL, 0, watch_only, NULL, 0, NULL);
    threads[1] = CreateThread(NULL, 0, take_overlapped, NULL, 0, NULL);
    threads[2] = CreateThread(NULL, 0, take_now, NULL, 0, NULL);
    while (sent < BYTES) {
        int size = 1 + sent % 7, left = BYTES - sent;
        int got = send(client, "abcdefg", size < left ? size : left, 0);
        must(got > 0 || WSAGetLastError() == WSAEWOULDBLOCK, "send");
        if (got > 0)
            sent += got;
        else
            Sleep(1);
        if (sent % 64 < 7)
            Sleep(0);
    }
    must(WaitForMultipleObjects(3, threads, TRUE, 20000) == WAIT_OBJECT_0, "threads");
    printf("beside receives: %d of %d\n", (int)come, BYTES);
    for (number = 0; number < 3; number++)
        CloseHandle(threads[number]);
    closesocket(client);
    closesocket(shared);
}

/* What was asked is under way when the device closes. */
static void closed_device(void)
{
    struct watch watch;
    SOCKET client, server;
    OVERLAPPED *told;
    ULONG_PTR key;
    DWORD bytes;
    BOOL good;
    pair(&client, &server);
    add(&watch, server, RECEIVE, 5);
    must(CloseHandle(device), "close");
    good = GetQueuedCompletionStatus(port, &bytes, &key, &told, 5000);
    printf("device closed: %d %u\n", good, (unsigned)GetLastError());
    must(told == (OVERLAPPED *)(void *)&watch.block, "whose");
    memset(&watch, 0x55, sizeof watch);
    must(send(client, "x", 1, 0) == 1, "send");
    Sleep(20);
    printf("left alone: %d\n", watch.info.count == 0x55555555 && watch.block.Status == 0x55555555);
    closesocket(client);
    closesocket(server);
    must(CloseHandle(port), "close");
}

int main(void)
{
    WSADATA data;
    must(WSAStartup(MAKEWORD(2, 2), &data) == 0, "start");
    nt_create_file = (create_file)function("NtCreateFile");
    nt_device_control = (device_control)function("NtDeviceIoControlFile");
    nt_cancel = (cancel_io)function("NtCancelIoFileEx");
    open_loop();
    one_socket();
    closed_by_another();
    refused();
    many();
    close_loop();
    open_loop();
    threads();
    close_loop();
    open_loop();
    beside_receives();
    close_loop();
    open_loop();
    closed_device();
    WSACleanup();
    return 0;
}
