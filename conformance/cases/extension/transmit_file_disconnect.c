// TransmitFile that disconnects.
//
// rule: TF_DISCONNECT ends the connection when all is sent, and the peer receives all of it and then the end; with
//       TF_REUSE_SOCKET the socket can be accepted into again.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile
// expect: TransmitFile ok
// expect: received bye and the end
// expect: send 10058
// expect: TransmitFile for reuse ok
// expect: received bye and the end
// expect: AcceptEx 997
// expect: accepted again ok
// expect: received again ok
#include "extension.h"
#include "objects.h"

static SOCKET listener, accepted;
static struct sockaddr_in at;
static char room[64];
static OVERLAPPED operation;

static SOCKET accepted_from(void)
{
    SOCKET caller = tcp();
    DWORD bytes;
    with_event(&operation);
    result("AcceptEx", !AcceptEx(listener, accepted, room, 0, 32, 32, &bytes, &operation));
    must(connect(caller, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    completed("accepted again", listener, &operation);
    return caller;
}

static void receives_end(SOCKET s)
{
    char bytes[10];
    int count = 0, more;
    while ((more = recv(s, bytes + count, sizeof bytes - 1 - count, 0)) > 0)
        count += more;
    bytes[count] = 0;
    printf("received %s and %s\n", bytes, more == 0 ? "the end" : "a failure");
    fflush(stdout);
}

static void closes(void *s)
{
    char bytes[10];
    int count = 0, more;
    while ((more = recv(*(SOCKET *)s, bytes + count, sizeof bytes - 1 - count, 0)) > 0)
        count += more;
    bytes[count] = 0;
    closesocket(*(SOCKET *)s);
    sleep_ms(100);
    printf("received %s and %s\n", bytes, more == 0 ? "the end" : "a failure");
    fflush(stdout);
}

int main(void)
{
    TRANSMIT_FILE_BUFFERS buffers = {(void *)"bye", 3, NULL, 0};
    SOCKET a, b, caller;
    DWORD bytes;
    struct thread thread;
    char byte;
    start();
    tcp_pair(&a, &b);
    result("TransmitFile", !TransmitFile(a, NULL, 0, 0, NULL, &buffers, TF_DISCONNECT));
    receives_end(b);
    result("send", send(a, "x", 1, 0) < 0);

    listener = tcp_listening(&at);
    accepted = tcp();
    caller = tcp();
    with_event(&operation);
    must(!AcceptEx(listener, accepted, room, 0, 32, 32, &bytes, &operation), "AcceptEx");
    must(connect(caller, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "accepted");
    thread_start(&thread, closes, &caller);
    result("TransmitFile for reuse", !TransmitFile(accepted, NULL, 0, 0, NULL, &buffers, TF_DISCONNECT | TF_REUSE_SOCKET));
    thread_join(&thread);
    caller = accepted_from();
    must(send(caller, "x", 1, 0) == 1, "send");
    result("received again", recv(accepted, &byte, 1, 0) != 1);
    return 0;
}
