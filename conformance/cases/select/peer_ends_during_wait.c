// A peer that goes while a socket is waited for whose own receiving side is shut down.
//
// rule: its end and its reset are told when they come, as those are that have come before; the program's own shutdown of both
//       sides ends no wait.
// source: Wine 8.0 dlls/ws2_32/tests/afd.c, test_poll, "Test shutdown"
// expect: select receiving side, ended 1 readable 1
// expect: select receiving side, reset 1 readable 1
// expect: select both sides, ended 1 readable 1
// expect: select both sides, reset 1 readable 1
// expect: WSAPoll receiving side, ended 1 hang-up 1 error 0
// expect: WSAPoll receiving side, reset 1 hang-up 1 error 1
// expect: WSAPoll both sides, ended 1 hang-up 1 error 0
// expect: WSAPoll both sides, reset 1 hang-up 1 error 1
#include "case.h"

static DWORD WINAPI end_soon(void *peer)
{
    sleep_ms(100);
    shutdown((SOCKET)(UINT_PTR)peer, SD_SEND);
    return 0;
}

static DWORD WINAPI reset_soon(void *peer)
{
    sleep_ms(100);
    reset_connection((SOCKET)(UINT_PTR)peer);
    return 0;
}

static void wait_for(int by_poll, int how, int is_reset)
{
    SOCKET client, server;
    HANDLE thread;
    tcp_pair(&client, &server);
    must(shutdown(client, how) == 0, "shutdown");
    thread = CreateThread(NULL, 0, is_reset ? reset_soon : end_soon, (void *)(UINT_PTR)server, 0, NULL);
    must(thread != NULL, "CreateThread");
    printf("%s %s side%s, %s ", by_poll ? "WSAPoll" : "select", how == SD_BOTH ? "both" : "receiving",
           how == SD_BOTH ? "s" : "", is_reset ? "reset" : "ended");
    if (by_poll) {
        WSAPOLLFD entry = {client, POLLRDNORM, 0};
        printf("%d", WSAPoll(&entry, 1, -1));
        printf(" hang-up %d error %d\n", !!(entry.revents & POLLHUP), !!(entry.revents & POLLERR));
    } else {
        fd_set read, except;
        FD_ZERO(&read);
        FD_ZERO(&except);
        FD_SET(client, &read);
        FD_SET(client, &except);
        printf("%d", select(0, &read, NULL, &except, NULL));
        printf(" readable %d\n", !!FD_ISSET(client, &read));
    }
    must(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0, "WaitForSingleObject");
    CloseHandle(thread);
}

int main(void)
{
    int by_poll;
    start();
    for (by_poll = 0; by_poll < 2; by_poll++) {
        wait_for(by_poll, SD_RECEIVE, 0);
        wait_for(by_poll, SD_RECEIVE, 1);
        wait_for(by_poll, SD_BOTH, 0);
        wait_for(by_poll, SD_BOTH, 1);
    }
    return 0;
}
