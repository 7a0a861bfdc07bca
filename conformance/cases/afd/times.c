// The time of a poll through \Device\Afd.
//
// rule: 0 looks and ends the poll well, with nothing; a negative time counts from now on and a positive one is a date, and
//       when it is over the poll ends with STATUS_TIMEOUT, which is no failure; the greatest number is for ever. The time is
//       in the answer as it was in the question.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows
// expect: look 00000000 size 16
// expect: look and find 00000000 size 32 [0: SEND]
// expect: soon 00000103 status 102 size 16
// expect: time kept 1
// expect: long ago 00000103 status 102 size 16
// expect: a date 00000103 status 102 size 16
// expect: for ever 00000103 waits
// expect: then 00000103 size 32 [0: RECEIVE]
// expect: port: 0 key 5 bytes 16,
// expect: look, nobody waits at the port 00000000 size 16
// expect: look and find 00000000 size 32 [0: RECEIVE]
#include "afd.h"

static LONGLONG now(void)
{
    FILETIME time;
    GetSystemTimeAsFileTime(&time);
    return (LONGLONG)((ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime);
}

int main(void)
{
    struct afd_poll poll;
    SOCKET client, server;
    HANDLE event, device, port;
    start();
    memset(&poll, 0, sizeof poll);
    event = new_event(TRUE, FALSE);
    device = afd_device();
    tcp_pair(&client, &server);

    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    afd_print("look", &poll, event, 1000);
    ask_about(&poll, 0, client, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    afd_begin(&poll, device, event, NULL);
    afd_print("look and find", &poll, event, 1000);

    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    poll.asked.timeout.QuadPart = MILLISECONDS(30);
    afd_begin(&poll, device, event, NULL);
    afd_print("soon", &poll, event, 5000);
    printf("time kept %d\n", poll.told.timeout.QuadPart == poll.asked.timeout.QuadPart);
    poll.asked.timeout.QuadPart = 1;
    afd_begin(&poll, device, event, NULL);
    afd_print("long ago", &poll, event, 5000);
    poll.asked.timeout.QuadPart = now() + 300000;
    afd_begin(&poll, device, event, NULL);
    afd_print("a date", &poll, event, 5000);
    poll.asked.timeout.QuadPart = NEVER;
    afd_begin(&poll, device, event, NULL);
    afd_print("for ever", &poll, event, 100);
    must(send(server, "x", 1, 0) == 1, "send");
    afd_print("then", &poll, event, 5000);

    // No failure: the call that takes the packet succeeds.
    port = CreateIoCompletionPort(device, NULL, 5, 0);
    must(port != NULL, "CreateIoCompletionPort");
    ask_about(&poll, 0, server, AFD_POLL_RECEIVE);
    poll.asked.timeout.QuadPart = MILLISECONDS(30);
    afd_begin(&poll, device, event, &poll.block);
    must(WaitForSingleObject(event, 5000) == WAIT_OBJECT_0, "wait");
    packets("port", port, &poll, 1, 5000);

    // A look is one, whatever the port was told so far.
    poll.asked.timeout.QuadPart = 0;
    afd_begin(&poll, device, event, NULL);
    afd_print("look, nobody waits at the port", &poll, event, 1000);
    must(send(client, "x", 1, 0) == 1, "send");
    afd_begin(&poll, device, event, NULL);
    afd_print("look and find", &poll, event, 1000);
    return 0;
}
