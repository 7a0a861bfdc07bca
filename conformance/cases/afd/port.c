// Polls through \Device\Afd that a completion port tells.
//
// rule: the end of a poll is a packet with the handle's key and the caller's context, whether it came at once or later; none
//       without a context; none for what ends at once, if the handle skips that. A socket's own handle serves as well.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll_completion_port, checked on Windows
// expect: at once 00000000
// expect: told: 0 key 7 bytes 32,
// expect: without context 00000000
// expect: not told:
// expect: nothing, at once 00000000
// expect: told: 0 key 7 bytes 16,
// expect: later 00000103
// expect: not yet:
// expect: told: 0 key 7 bytes 32,
// expect: found: RECEIVE
// expect: again, as it is not taken 00000000
// expect: told: 0 key 7 bytes 32,
// expect: later, without context 00000103
// expect: not told:
// expect: modes ok
// expect: skipped 00000000
// expect: not told:
// expect: not skipped 00000103
// expect: told: 0 key 7 bytes 32,
// expect: tie again 87
// expect: by a socket 00000000
// expect: told: 0 key 8 bytes 32,
// expect: connecting 00000103
// expect: told: 0 key 7 bytes 32,
// expect: found: SEND CONNECT
// expect: refused 00000103
// expect: told: 0 key 7 bytes 32,
// expect: found: FAIL c0000236
#include "afd.h"

static struct afd_poll poll;
static HANDLE device, port;

static void ask(const char *what, SOCKET s, ULONG events, void *context)
{
    ask_about(&poll, 0, s, events);
    afd_begin(&poll, device, NULL, context);
    printf("%s %08x\n", what, (unsigned)poll.begun);
    fflush(stdout);
}

static void found(void)
{
    printf("found:");
    print_events(poll.told.handles[0].events);
    if (poll.told.handles[0].status)
        printf(" %08x", (unsigned)poll.told.handles[0].status);
    printf("\n");
}

int main(void)
{
    SOCKET client, server, s, listener;
    struct sockaddr_in at;
    HANDLE helper;
    char byte;
    start();
    tcp_pair(&client, &server);
    helper = device = afd_device();
    port = CreateIoCompletionPort(device, NULL, 7, 0);
    must(port != NULL, "CreateIoCompletionPort");
    poll.asked.timeout.QuadPart = NEVER;
    ask("at once", client, AFD_POLL_SEND, &poll.block);
    packets("told", port, &poll, 1, 5000);
    ask("without context", client, AFD_POLL_SEND, NULL);
    packets("not told", port, &poll, 1, 50);
    poll.asked.timeout.QuadPart = 0;
    ask("nothing, at once", client, AFD_POLL_RECEIVE, &poll.block);
    packets("told", port, &poll, 1, 5000);
    poll.asked.timeout.QuadPart = NEVER;
    ask("later", client, AFD_POLL_RECEIVE, &poll.block);
    packets("not yet", port, &poll, 1, 50);
    must(send(server, "x", 1, 0) == 1, "send");
    packets("told", port, &poll, 1, 5000);
    found();
    ask("again, as it is not taken", client, AFD_POLL_RECEIVE, &poll.block);
    packets("told", port, &poll, 1, 5000);
    must(recv(client, &byte, 1, 0) == 1, "recv");
    ask("later, without context", client, AFD_POLL_RECEIVE, NULL);
    must(send(server, "x", 1, 0) == 1, "send");
    packets("not told", port, &poll, 1, 100);
    must(poll.block.Status == 0, "poll");
    must(recv(client, &byte, 1, 0) == 1, "recv");
    win32("modes", SetFileCompletionNotificationModes(
                       device, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE));
    ask("skipped", client, AFD_POLL_SEND, &poll.block);
    packets("not told", port, &poll, 1, 50);
    ask("not skipped", client, AFD_POLL_RECEIVE, &poll.block);
    must(send(server, "x", 1, 0) == 1, "send");
    packets("told", port, &poll, 1, 5000);
    win32("tie again", CreateIoCompletionPort(device, port, 7, 0) != NULL);

    s = tcp();
    must(CreateIoCompletionPort((HANDLE)s, port, 8, 0) == port, "CreateIoCompletionPort");
    device = (HANDLE)s;
    ask("by a socket", client, AFD_POLL_SEND, &poll.block);
    packets("told", port, &poll, 1, 5000);

    device = helper;
    listener = tcp_listening(&at);
    nonblocking(s);
    ask("connecting", s, AFD_POLL_SEND | AFD_POLL_CONNECT | AFD_POLL_CONNECT_FAIL, &poll.block);
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0 || WSAGetLastError() == WSAEWOULDBLOCK, "connect");
    packets("told", port, &poll, 1, 5000);
    found();
    closesocket(listener);
    s = tcp();
    nonblocking(s);
    at = unused_port();
    ask("refused", s, AFD_POLL_SEND | AFD_POLL_CONNECT | AFD_POLL_CONNECT_FAIL, &poll.block);
    must(connect(s, (struct sockaddr *)&at, sizeof at) != 0, "connect");
    packets("told", port, &poll, 1, 5000);
    found();
    return 0;
}
