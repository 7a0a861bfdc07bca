/* When Linux gives no more memory, calls fail with the documented code, what is under way ends, and all works again when there
 * is some. Sources: the functions' pages. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct block {
    struct block *before;
};

/* Takes what malloc gives under a limit of a little more than what is in use. */
static struct block *take_all_memory(void)
{
    struct block *list = NULL, *block;
    struct rlimit limit;
    unsigned long pages = 0;
    size_t bytes = 1 << 20;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (!statm || fscanf(statm, "%lu", &pages) != 1)
        return NULL;
    fclose(statm);
    limit.rlim_cur = pages * 4096 + (16u << 20);
    limit.rlim_max = RLIM_INFINITY;
    if (setrlimit(RLIMIT_AS, &limit))
        perror("setrlimit");
    while (bytes >= sizeof *block) {
        block = (struct block *)malloc(bytes);
        if (!block) {
            bytes /= 2;
            continue;
        }
        block->before = list;
        list = block;
    }
    return list;
}

static void give_back(struct block *list)
{
    while (list) {
        struct block *before = list->before;
        free(list);
        list = before;
    }
}

static void told(const char *when, const char *what, int succeeded)
{
    printf("%s: %s -> %d\n", when, what, succeeded ? 0 : WSAGetLastError());
}

static SOCKET stream(void)
{
    return socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

static int begin_receive(SOCKET s, char *bytes, OVERLAPPED *overlapped)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.len = 8;
    buffer.buf = bytes;
    memset(overlapped, 0, sizeof *overlapped);
    return WSARecv(s, &buffer, 1, NULL, &flags, overlapped, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING;
}

static void CALLBACK nothing(ULONG_PTR unused)
{
    (void)unused;
}

static HANDLE port;
static WSAEVENT event;
static SOCKET listener, client, server;

static void calls(const char *when)
{
    static OVERLAPPED overlapped;
    static char bytes[8];
    struct addrinfo *found = NULL;
    int code;
    told(when, "WSACreateEvent", WSACreateEvent() != WSA_INVALID_EVENT);
    told(when, "CreateEvent", CreateEventA(NULL, TRUE, FALSE, NULL) != NULL);
    told(when, "CreateSemaphore", CreateSemaphoreA(NULL, 0, 1, NULL) != NULL);
    told(when, "CreateIoCompletionPort", CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1) != NULL);
    told(when, "PostQueuedCompletionStatus", PostQueuedCompletionStatus(port, 1, 2, NULL));
    told(when, "socket", stream() != INVALID_SOCKET);
    told(when, "accept", accept(listener, NULL, NULL) != INVALID_SOCKET);
    told(when, "WSAEventSelect", WSAEventSelect(listener, event, FD_ACCEPT) == 0);
    told(when, "WSARecv", begin_receive(client, bytes, &overlapped));
    told(when, "QueueUserAPC", QueueUserAPC(nothing, GetCurrentThread(), 0) != 0);
    code = getaddrinfo("127.0.0.1", "80", NULL, &found);
    printf("%s: getaddrinfo = %d\n", when, code);
    if (found)
        freeaddrinfo(found);
}

int main(void)
{
    static char bytes[8];
    static OVERLAPPED overlapped;
    struct sockaddr_in name;
    int length = sizeof name, events = 0, refused;
    struct block *blocks;
    DWORD moved = 0;
    ULONG_PTR key = 0;
    LPOVERLAPPED which = NULL;
    BOOL taken;
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    listener = stream();
    client = stream();
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, (struct sockaddr *)&name, sizeof name);
    getsockname(listener, (struct sockaddr *)&name, &length);
    listen(listener, 5);
    connect(client, (struct sockaddr *)&name, sizeof name);
    server = accept(listener, NULL, NULL);
    connect(stream(), (struct sockaddr *)&name, sizeof name); /* waits to be accepted */
    event = WSACreateEvent();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    CreateIoCompletionPort((HANDLE)server, port, 7, 0);
    told("before", "WSARecv", begin_receive(server, bytes, &overlapped));

    Sleep(200); /* a thread of the library that has just begun still takes memory, and there the system ends the process */
    blocks = take_all_memory();
    /* What is left over in the heap's corners goes to events. */
    while (events < 1000000 && WSACreateEvent() != WSA_INVALID_EVENT)
        events++;
    printf("memory ends: %d\n", events < 1000000);
    for (refused = 0; refused < 100000; refused++)
        if (WSACreateEvent() != WSA_INVALID_EVENT || PostQueuedCompletionStatus(port, 0, 0, NULL) || stream() != INVALID_SOCKET)
            break;
    printf("refused each time: %d\n", refused == 100000);
    calls("short");
    told("short", "send", send(client, "abc", 3, 0) == 3);
    taken = GetQueuedCompletionStatus(port, &moved, &key, &which, 5000);
    printf("short: what was under way -> %d, %u bytes, key %u, %s: %.3s\n", taken, (unsigned)moved, (unsigned)key,
           which == &overlapped ? "the same" : "another", bytes);
    told("short", "shutdown", shutdown(server, SD_SEND) == 0);
    told("short", "closesocket", closesocket(server) == 0);

    give_back(blocks);
    calls("again");
    WSACleanup();
    return 0;
}
