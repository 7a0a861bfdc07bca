// A poll through \Device\Afd of a socket on which overlapped operations are under way.
//
// rule: what an overlapped receive or AcceptEx takes is not told; what comes next is, and what they leave.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows
// expect: receive 997
// expect: poll 00000103 waits
// expect: received 1
// expect: still 00000103 waits
// expect: the next 00000103 size 32 [0: RECEIVE]
// expect: accept 997
// expect: poll 00000103 waits
// expect: accepted 1
// expect: still 00000103 waits
// expect: the next 00000103 size 32 [0: ACCEPT]
#include "afd.h"
#include "extension.h"

int main(void)
{
    struct afd_poll poll;
    OVERLAPPED operation;
    SOCKET client, server, listener, accepted;
    struct sockaddr_in at;
    HANDLE event, device;
    char room[128];
    WSABUF buffer = {1, room};
    DWORD bytes = 0, flags = 0;
    LPFN_ACCEPTEX accept_ex;
    GUID guid = WSAID_ACCEPTEX;
    start();
    memset(&poll, 0, sizeof poll);
    memset(&operation, 0, sizeof operation);
    event = new_event(TRUE, FALSE);
    operation.hEvent = new_event(TRUE, FALSE);
    device = afd_device();
    poll.asked.timeout.QuadPart = NEVER;

    tcp_pair(&client, &server);
    result("receive", WSARecv(server, &buffer, 1, &bytes, &flags, &operation, NULL));
    ask_about(&poll, 0, server, AFD_POLL_RECEIVE);
    afd_begin(&poll, device, event, NULL);
    afd_print("poll", &poll, event, 50);
    must(send(client, "x", 1, 0) == 1, "send");
    printf("received %d\n", WaitForSingleObject(operation.hEvent, 5000) == WAIT_OBJECT_0);
    afd_print("still", &poll, event, 100);
    must(send(client, "x", 1, 0) == 1, "send");
    afd_print("the next", &poll, event, 5000);

    listener = tcp_listening(&at);
    accepted = tcp();
    must(WSAIoctl(listener, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &accept_ex, sizeof accept_ex, &bytes,
                  NULL, NULL) == 0, "WSAIoctl");
    result("accept", !accept_ex(listener, accepted, room, 0, 32, 32, &bytes, &operation));
    ask_about(&poll, 0, listener, AFD_POLL_ACCEPT);
    afd_begin(&poll, device, event, NULL);
    afd_print("poll", &poll, event, 50);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    printf("accepted %d\n", WaitForSingleObject(operation.hEvent, 5000) == WAIT_OBJECT_0);
    afd_print("still", &poll, event, 100);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    afd_print("the next", &poll, event, 5000);
    return 0;
}
