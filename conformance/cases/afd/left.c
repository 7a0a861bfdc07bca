// What a receive leaves, polled through \Device\Afd.
//
// rule: a poll is told of data as long as there is any: of what a receive only looked at, had no room for, or stopped before
//       because an urgent byte stood between.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows: what holds ends the poll at once
// expect: come: RECEIVE
// expect: looked at 3: RECEIVE
// expect: taken 1: RECEIVE
// expect: taken 2:
// expect: urgent 1: RECEIVE
// expect: taken 3: RECEIVE
// expect: taken 3:
// expect: again: RECEIVE
#include "afd.h"

static SOCKET client, server;

// Whether there is something to receive, asked for alone.
static void receivable(void)
{
    struct afd_poll poll;
    HANDLE event = new_event(TRUE, FALSE), device = afd_device();
    memset(&poll, 0, sizeof poll);
    poll.asked.timeout.QuadPart = MILLISECONDS(300);
    ask_about(&poll, 0, server, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    must(poll.begun >= 0 && WaitForSingleObject(event, 5000) == WAIT_OBJECT_0, "poll");
    if (poll.block.Status == 0 && poll.told.count == 1)
        print_events(poll.told.handles[0].events);
    printf("\n");
    fflush(stdout);
    CloseHandle(device);
    CloseHandle(event);
}

static void take(const char *what, int room, int flags)
{
    char bytes[16];
    printf("%s %d:", what, recv(server, bytes, room, flags));
    receivable();
}

// Sends, and waits until all that was sent has come and nothing more is about to be told of it.
static void send_all(const char *text, int flags)
{
    must(send(client, text, (int)strlen(text), flags) == (int)strlen(text), "send");
    sleep_ms(50);
}

int main(void)
{
    start();
    tcp_pair(&client, &server);
    send_all("abc", 0);
    printf("come:");
    receivable();
    sleep_ms(50);
    take("looked at", 16, MSG_PEEK);
    take("taken", 1, 0);
    take("taken", 16, 0);
    send_all("abc", 0);
    send_all("!", MSG_OOB);
    send_all("def", 0);
    take("urgent", 1, MSG_OOB);
    sleep_ms(50);
    take("taken", 16, 0);
    take("taken", 16, 0);
    send_all("g", 0);
    printf("again:");
    receivable();
    return 0;
}
