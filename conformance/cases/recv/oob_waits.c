// A blocking recv of urgent data waits for it.
//
// rule: without SO_OOBINLINE recv with MSG_OOB waits until an urgent byte is there, beside ordinary data too; it ends with
// rule: 0 when the peer closes, with WSAECONNRESET when it resets, and with WSAETIMEDOUT when SO_RCVTIMEO is over.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, WSAEWOULDBLOCK: the socket is marked as nonblocking
// proves: recv WSAECONNRESET
// expect: urgent 1
// expect: byte 33
// expect: behind ordinary data 1
// expect: closed 0
// expect: recv reset 10054
// expect: recv in time 10060
#include "case.h"

enum end { URGENT, BEHIND_DATA, CLOSED, RESET };

struct later { SOCKET server; enum end end; };

static void act(void *argument)
{
    struct later *later = argument;
    struct linger hard = {1, 0};
    Sleep(100);
    switch (later->end) {
    case BEHIND_DATA:
        must(send(later->server, "abc", 3, 0) == 3, "send");
        Sleep(50);
        /* falls through */
    case URGENT:
        must(send(later->server, "!", 1, MSG_OOB) == 1, "send urgent");
        break;
    case RESET:
        must(setsockopt(later->server, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard) == 0, "SO_LINGER");
        /* falls through */
    case CLOSED:
        must(closesocket(later->server) == 0, "closesocket");
    }
}

static int wait_for(enum end end, char *byte)
{
    struct later later;
    SOCKET client;
    struct thread thread;
    int count, error;
    tcp_pair(&client, &later.server);
    later.end = end;
    thread_start(&thread, act, &later);
    count = recv(client, byte, 1, MSG_OOB);
    error = WSAGetLastError();
    thread_join(&thread);
    closesocket(client);
    WSASetLastError(error);
    return count;
}

int main(void)
{
    char byte = 0;
    SOCKET client, server;
    DWORD ms = 100;
    start();
    printf("urgent %d\n", wait_for(URGENT, &byte));
    printf("byte %d\n", byte);
    printf("behind ordinary data %d\n", wait_for(BEHIND_DATA, &byte));
    printf("closed %d\n", wait_for(CLOSED, &byte));
    result("recv reset", wait_for(RESET, &byte) < 0);
    tcp_pair(&client, &server);
    must(setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    result("recv in time", recv(client, &byte, 1, MSG_OOB) < 0);
    return 0;
}
