// What ends a poll through \Device\Afd that waits: cancelling, closing, a thread that ends.
//
// rule: NtCancelIoFileEx ends the poll of one status block, or all of a handle, with STATUS_CANCELLED, which leaves the
//       answer alone and is ERROR_OPERATION_ABORTED at a port; closing the socket ends it well and tells that, asked or not;
//       a poll that no port tells ends with the thread that has asked.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows; src/afd.c and src/sock.c of wepoll, which runs on
//         Windows; https://learn.microsoft.com/windows/win32/fileio/cancelioex-func, Remarks
// expect: none to cancel c0000225
// expect: cancel 0 block 0
// expect: cancelled 00000103 status c0000120
// expect: answer untouched 1
// expect: cancel again c0000225
// expect: cancel all 0
// expect: one 00000103 status c0000120
// expect: two 00000103 status c0000120
// expect: CancelIoEx ok
// expect: three 00000103 status c0000120
// expect: none left 1168
// expect: at the port: 0 failed 995,
// expect: socket closed 00000103 size 32 [0: CLOSE]
// expect: one of two closed 00000103 size 32 [1: CLOSE]
// expect: closed, at the port: 0 key 4 bytes 32,
// expect: asked by a thread 00000103 status c0000120
// expect: asked by a thread, for a port: 
// expect: then: 1 key 4 bytes 32,
#include "afd.h"

static struct afd_poll polls[2];
static HANDLE events[2], device, port;

static unsigned cancel(IO_STATUS_BLOCK *which)
{
    IO_STATUS_BLOCK told;
    NTSTATUS status;
    memset(&told, 0xcc, sizeof told);
    status = NtCancelIoFileEx(device, which, &told);
    if (status == 0 && told.Status != 0)
        printf("block %x\n", (unsigned)told.Status);
    return (unsigned)status;
}

static void begin(int which, void *context)
{
    afd_begin(&polls[which], device, events[which], context);
    must(polls[which].begun == 0x103, "poll");
}

static DWORD WINAPI ask(void *which)
{
    begin(which != NULL, which ? &polls[1].block : NULL);
    return 0;
}

int main(void)
{
    SOCKET client, server, other, another;
    start();
    tcp_pair(&client, &server);
    events[0] = new_event(TRUE, FALSE);
    events[1] = new_event(TRUE, FALSE);
    device = afd_device();
    polls[0].asked.timeout.QuadPart = polls[1].asked.timeout.QuadPart = NEVER;
    ask_about(&polls[0], 0, client, AFD_POLL_RECEIVE);
    ask_about(&polls[1], 0, server, AFD_POLL_RECEIVE);

    printf("none to cancel %x\n", cancel(&polls[0].block));
    begin(0, NULL);
    begin(1, NULL);
    printf("cancel %x", cancel(&polls[0].block));
    printf(" block %d\n", WaitForSingleObject(events[1], 50) == WAIT_OBJECT_0);
    afd_print("cancelled", &polls[0], events[0], 5000);
    printf("answer untouched %d\n", polls[0].told.count == 0xcccccccc);
    printf("cancel again %x\n", cancel(&polls[0].block));
    begin(0, NULL);
    printf("cancel all %x\n", cancel(NULL));
    afd_print("one", &polls[0], events[0], 5000);
    afd_print("two", &polls[1], events[1], 5000);
    begin(0, NULL);
    win32("CancelIoEx", CancelIoEx(device, (OVERLAPPED *)&polls[0].block));
    afd_print("three", &polls[0], events[0], 5000);
    win32("none left", CancelIoEx(device, (OVERLAPPED *)&polls[0].block));

    port = CreateIoCompletionPort(device, NULL, 4, 0);
    must(port != NULL, "CreateIoCompletionPort");
    begin(0, &polls[0].block);
    must(cancel(&polls[0].block) == 0, "NtCancelIoFileEx");
    packets("at the port", port, polls, 2, 5000);

    tcp_pair(&other, &another);
    ask_about(&polls[0], 0, other, 0);
    begin(0, NULL);
    closesocket(other);
    afd_print("socket closed", &polls[0], events[0], 5000);
    ask_about(&polls[0], 0, client, AFD_POLL_RECEIVE);
    ask_about(&polls[0], 1, another, 0);
    begin(0, NULL);
    closesocket(another);
    afd_print("one of two closed", &polls[0], events[0], 5000);
    tcp_pair(&other, &another);
    ask_about(&polls[0], 0, other, AFD_POLL_RECEIVE);
    begin(0, &polls[0].block);
    closesocket(other);
    packets("closed, at the port", port, polls, 2, 5000);

    // The one by a handle without a port, the other by one with.
    CloseHandle(device);
    device = afd_device();
    ask_about(&polls[0], 0, client, AFD_POLL_RECEIVE);
    join(new_thread(ask, NULL, 0));
    afd_print("asked by a thread", &polls[0], events[0], 5000);
    must(CreateIoCompletionPort(device, port, 4, 0) == port, "CreateIoCompletionPort");
    join(new_thread(ask, device, 0));
    packets("asked by a thread, for a port", port, polls, 2, 100);
    must(send(client, "x", 1, 0) == 1, "send");
    packets("then", port, polls, 2, 5000);
    return 0;
}
