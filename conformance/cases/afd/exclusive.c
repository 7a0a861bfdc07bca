// Exclusive polls through \Device\Afd.
//
// rule: an exclusive poll ends the socket's first one that is under way if that is exclusive too, and is the first from then
//       on; if that is not, both go on.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll_exclusive, checked on Windows; STATUS_CANCELLED is what src/win/poll.c of
//         libuv, which runs on Windows, takes for an interruption, and what ReactOS' drivers/network/afd/afd/select.c gives
// expect: not exclusive: waits, waits
// expect: both exclusive: c0000120, waits
// expect: the first is not: waits, waits
// expect: the second is not: waits, waits
// expect: of other sockets: waits, waits
// expect: of one that is shared: c0000120, waits
// expect: packets: 0 failed 995,
// expect: the other goes on: 1 key 3 bytes 32,
#include "afd.h"

static struct afd_poll polls[2];
static HANDLE events[2], device, port;

static void ask(int which, int exclusive)
{
    polls[which].asked.timeout.QuadPart = NEVER;
    polls[which].asked.exclusive = (ULONG)exclusive;
    afd_begin(&polls[which], device, events[which], port ? &polls[which].block : NULL);
    must(polls[which].begun == 0x103, "poll");
}

static void print(const char *what)
{
    int which;
    printf("%s:", what);
    for (which = 0; which < 2; which++) {
        if (WaitForSingleObject(events[which], 100) != WAIT_OBJECT_0)
            printf(" waits");
        else
            printf(" %x", (unsigned)polls[which].block.Status);
        printf(which ? "\n" : ",");
    }
    fflush(stdout);
}

static void cancel(void)
{
    must(CancelIo(device), "CancelIo");
    must(WaitForSingleObject(events[0], 5000) == WAIT_OBJECT_0, "wait");
    must(WaitForSingleObject(events[1], 5000) == WAIT_OBJECT_0, "wait");
}

static void pair(const char *what, int first, int second)
{
    ask(0, first);
    ask(1, second);
    print(what);
    cancel();
}

int main(void)
{
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    events[0] = new_event(TRUE, FALSE);
    events[1] = new_event(TRUE, FALSE);
    device = afd_device();
    ask_about(&polls[0], 0, client, AFD_POLL_RECEIVE);
    ask_about(&polls[1], 0, client, AFD_POLL_RECEIVE);
    pair("not exclusive", 0, 0);
    pair("both exclusive", 1, 1);
    pair("the first is not", 0, 1);
    pair("the second is not", 1, 0);
    ask_about(&polls[1], 0, server, AFD_POLL_RECEIVE);
    pair("of other sockets", 1, 1);
    ask_about(&polls[1], 1, client, AFD_POLL_RECEIVE);
    pair("of one that is shared", 1, 1);
    port = CreateIoCompletionPort(device, NULL, 3, 0);
    must(port != NULL, "CreateIoCompletionPort");
    ask_about(&polls[1], 0, client, AFD_POLL_RECEIVE);
    ask(0, 1);
    ask(1, 1);
    packets("packets", port, polls, 2, 1000);
    must(send(server, "x", 1, 0) == 1, "send");
    packets("the other goes on", port, polls, 2, 5000);
    return 0;
}
