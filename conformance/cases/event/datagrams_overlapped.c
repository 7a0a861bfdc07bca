// FD_READ and receives of datagrams that are not plain ones.
//
// rule: WSARecvFrom and WSARecvMsg, overlapped or not, enable FD_READ again, which is told if more is there.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// expect: three: READ 0
// expect: asked again: nothing
// expect: WSARecvFrom took one: READ 0
// expect: WSARecvMsg took one: READ 0
// expect: the last is taken: nothing
// expect: a new one: READ 0
#include "extension.h"
#include "objects.h"

int main(void)
{
    SOCKET s, from;
    HANDLE event;
    struct sockaddr_in at, sender;
    int length = sizeof sender, i;
    char byte;
    WSABUF buffer = {1, &byte};
    DWORD bytes, flags = 0;
    WSAOVERLAPPED operation;
    GUID guid = WSAID_WSARECVMSG;
    WSAMSG message;
    LPFN_WSARECVMSG receive_message;
    start();
    receive_message = (LPFN_WSARECVMSG)(UINT_PTR)extension(guid);
    s = udp_bound(&at);
    from = udp();
    event = WSACreateEvent();
    selects(s, event, FD_READ);
    for (i = 0; i < 3; i++)
        must(sendto(from, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    sleep_ms(100);
    happened("three", s, event, 3000);
    happened("asked again", s, event, 200);
    with_event(&operation);
    must(WSARecvFrom(s, &buffer, 1, &bytes, &flags, (struct sockaddr *)&sender, &length, &operation, NULL) == 0 ||
             WSAGetLastError() == WSA_IO_PENDING,
         "WSARecvFrom");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "received");
    happened("WSARecvFrom took one", s, event, 3000);
    memset(&message, 0, sizeof message);
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    must(receive_message(s, &message, &bytes, NULL, NULL) == 0, "WSARecvMsg");
    happened("WSARecvMsg took one", s, event, 3000);
    with_event(&operation);
    memset(&message, 0, sizeof message);
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    must(receive_message(s, &message, &bytes, &operation, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING,
         "WSARecvMsg");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "received");
    happened("the last is taken", s, event, 200);
    must(sendto(from, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    happened("a new one", s, event, 3000);
    return 0;
}
