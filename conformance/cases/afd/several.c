// A poll through \Device\Afd about several sockets.
//
// rule: what holds at once is told of all sockets, in their order; a poll that waited ends with the first thing that happens,
//       and tells that alone, also of a socket that it names twice.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows
// expect: none yet 00000103 waits
// expect: the second 00000103 size 32 [1: RECEIVE]
// expect: all 00000000 size 48 [0: SEND] [1: RECEIVE SEND]
// expect: one of them 00000000 size 32 [1: RECEIVE]
// expect: thrice 00000000 size 64 [0: SEND] [0: SEND] [0: SEND CONNECT]
// expect: twice 00000103 waits
// expect: once 00000103 size 32 [0: RECEIVE]
// expect: by the socket itself 00000000 size 32 [0: RECEIVE]
// expect: by another socket 00000000 size 32 [0: SEND]
#include "afd.h"

int main(void)
{
    struct afd_poll poll;
    SOCKET client, server, other, another;
    HANDLE event, device;
    start();
    memset(&poll, 0, sizeof poll);
    event = new_event(TRUE, FALSE);
    device = afd_device();
    tcp_pair(&client, &server);
    poll.asked.timeout.QuadPart = NEVER;
    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    ask_about(&poll, 1, server, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    afd_print("none yet", &poll, event, 100);
    must(send(client, "x", 1, 0) == 1, "send");
    afd_print("the second", &poll, event, 5000);
    ask_about(&poll, 0, client, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    ask_about(&poll, 1, server, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    afd_begin(&poll, device, event, NULL);
    afd_print("all", &poll, event, 5000);
    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    ask_about(&poll, 1, server, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    afd_print("one of them", &poll, event, 5000);

    ask_about(&poll, 0, client, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    ask_about(&poll, 1, client, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    ask_about(&poll, 2, client, AFD_POLL_RECEIVE | AFD_POLL_SEND | AFD_POLL_CONNECT);
    afd_begin(&poll, device, event, NULL);
    afd_print("thrice", &poll, event, 5000);
    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    ask_about(&poll, 1, client, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    afd_print("twice", &poll, event, 100);
    must(send(server, "x", 1, 0) == 1, "send");
    afd_print("once", &poll, event, 5000);

    ask_about(&poll, 0, client, AFD_POLL_RECEIVE);
    afd_begin(&poll, (HANDLE)client, event, NULL);
    afd_print("by the socket itself", &poll, event, 5000);
    tcp_pair(&other, &another);
    ask_about(&poll, 0, another, AFD_POLL_RECEIVE | AFD_POLL_SEND);
    afd_begin(&poll, (HANDLE)client, event, NULL);
    afd_print("by another socket", &poll, event, 5000);
    return 0;
}
