// Requests of registered I/O: refused, full, ended and closed.
//
// rule: RIORegisterBuffer, RIOCreateCompletionQueue, RIOCreateRequestQueue, RIOReceive and RIONotify fail with the documented
// codes; what is outstanding counts until it is dequeued; a notice is asked for once; closesocket ends requests as aborted.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_rioreceive, and the pages of the others
// expect: RIORegisterBuffer null 10014
// expect: RIORegisterBuffer empty 10022
// expect: RIOCreateCompletionQueue empty 10022
// expect: RIOCreateRequestQueue no socket 10038
// expect: RIOCreateRequestQueue no queue 10022
// expect: RIOCreateRequestQueue nothing 10022
// expect: RIOCreateRequestQueue beyond 10055
// expect: RIOReceive no queue 10022
// expect: RIOReceive deregistered 10014
// expect: RIOReceive ok
// expect: RIOReceive ok
// expect: RIOReceive full 10055
// expect: RIONotify 0
// expect: RIONotify again 10037
// expect: told 1
// expect: 1 ended, request 1 of 7: status 0, bytes 5, data 1
// expect: RIOReceive ok
// expect: 1 ended, request 2 of 7: status 995, bytes 0
// expect: 1 ended, request 3 of 7: status 995, bytes 0
// expect: RIOReceive closed 10022
#include "extension.h"

// mingw-w64 has none of this.
typedef struct { void *buffer; ULONG offset, length; } part;
typedef struct { LONG status; ULONG bytes; ULONGLONG socket, request; } ended;
typedef struct { ULONG type; HANDLE event; BOOL resets; void *unused; } notice;

static struct {
    DWORD size;
    BOOL(WINAPI *receive)(void *queue, part *data, ULONG count, DWORD flags, void *context);
    void *receive_ex, *send, *send_ex;
    void(WINAPI *close_completions)(void *completions);
    void *(WINAPI *create_completions)(DWORD size, notice *notice);
    void *(WINAPI *create_requests)(SOCKET s, ULONG receives, ULONG each, ULONG sends, ULONG of_them, void *receive,
                                    void *send, void *context);
    ULONG(WINAPI *dequeue)(void *completions, ended *array, ULONG size);
    void(WINAPI *deregister_buffer)(void *buffer);
    int(WINAPI *notify)(void *completions);
    void *(WINAPI *register_buffer)(char *start, DWORD length);
    void *resize_completions, *resize_requests;
} rio;

static char memory[100];

static BOOL receive(void *queue, void *buffer, ULONG_PTR number)
{
    part data = {buffer, (ULONG)number * 10, 10};
    return rio.receive(queue, &data, 1, 0, (void *)number);
}

static void next(void *completions)
{
    ended one = {0};
    ULONG count;
    int looks;
    for (looks = 0; (count = rio.dequeue(completions, &one, 1)) == 0 && looks < 5000; looks++)
        Sleep(1);
    printf("%u ended, request %u of %u: status %d, bytes %u", (unsigned)count, (unsigned)one.request,
           (unsigned)one.socket, (int)one.status, (unsigned)one.bytes);
}

int main(void)
{
    GUID guid = {0x8509e081, 0x96dd, 0x4005, {0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f}};
    void *const none = (void *)(ULONG_PTR)0xffffffff;
    void *completions, *requests, *buffer, *gone;
    notice by_event = {1, NULL, TRUE, NULL};
    struct sockaddr_in name = {0};
    int length = sizeof name;
    DWORD count;
    SOCKET s, peer;
    start();
    s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0x100);
    peer = socket(AF_INET, SOCK_DGRAM, 0);
    must(WSAIoctl(s, _WSAIORW(IOC_WS2, 36), &guid, sizeof guid, &rio, sizeof rio, &count, NULL, NULL) == 0, "the table");
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(s, (struct sockaddr *)&name, sizeof name);
    getsockname(s, (struct sockaddr *)&name, &length);

    result("RIORegisterBuffer null", rio.register_buffer(NULL, 1) == none);
    result("RIORegisterBuffer empty", rio.register_buffer(memory, 0) == none);
    buffer = rio.register_buffer(memory, sizeof memory);
    gone = rio.register_buffer(memory, sizeof memory);
    rio.deregister_buffer(gone);
    result("RIOCreateCompletionQueue empty", rio.create_completions(0, NULL) == NULL);
    by_event.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    completions = rio.create_completions(3, &by_event);
    result("RIOCreateRequestQueue no socket",
           rio.create_requests(INVALID_SOCKET, 1, 1, 1, 1, completions, completions, NULL) == NULL);
    result("RIOCreateRequestQueue no queue", rio.create_requests(s, 1, 1, 1, 1, completions, NULL, NULL) == NULL);
    result("RIOCreateRequestQueue nothing", rio.create_requests(s, 0, 1, 0, 1, completions, completions, NULL) == NULL);
    result("RIOCreateRequestQueue beyond", rio.create_requests(s, 3, 1, 1, 1, completions, completions, NULL) == NULL);
    requests = rio.create_requests(s, 2, 1, 1, 1, completions, completions, (void *)7);
    result("RIOReceive no queue", !receive(NULL, buffer, 1));
    result("RIOReceive deregistered", !receive(requests, gone, 1));
    result("RIOReceive", !receive(requests, buffer, 1));
    result("RIOReceive", !receive(requests, buffer, 2));
    result("RIOReceive full", !receive(requests, buffer, 3));
    printf("RIONotify %d\n", rio.notify(completions));
    printf("RIONotify again %d\n", rio.notify(completions));
    sendto(peer, "hello", 5, 0, (struct sockaddr *)&name, sizeof name);
    printf("told %d\n", WaitForSingleObject(by_event.event, 5000) == WAIT_OBJECT_0);
    next(completions);
    printf(", data %d\n", memcmp(memory + 10, "hello", 5) == 0);
    result("RIOReceive", !receive(requests, buffer, 3));
    closesocket(s);
    next(completions);
    printf("\n");
    next(completions);
    printf("\n");
    result("RIOReceive closed", !receive(requests, buffer, 4));
    rio.close_completions(completions);
    return 0;
}
