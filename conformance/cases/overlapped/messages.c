// WSASendMsg and WSARecvMsg with an OVERLAPPED.
//
// rule: they end like other operations; the sender's name, the control data and the flags are written when WSARecvMsg ends,
//       and a datagram that is cut ends it with WSAEMSGSIZE (ERROR_MORE_DATA, 234) and MSG_TRUNC.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_wsarecvmsg,
//         https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasendmsg; dlls/ws2_32/tests/sock.c,
//         test_ip_pktinfo
// expect: WSARecvMsg 997
// expect: WSASendMsg ok
// expect: received 0, bytes 5, name set, infos 1, flags 0
// expect: WSARecvMsg short 997
// expect: received 10040, bytes 3, name set, infos 1, flags 100
// expect: WSARecvMsg cancelled 997
// expect: received 995, bytes 0, name none, infos 0, flags 0
#include "extension.h"
#include "objects.h"

static LPFN_WSARECVMSG receive_message;
static LPFN_WSASENDMSG send_message;
static char bytes[10];
static WSABUF buffer = {sizeof bytes, bytes};
static char control[100];
static struct sockaddr_in sender;
static WSAMSG message;
static OVERLAPPED operation;

static void receives(const char *what, SOCKET s)
{
    memset(&message, 0, sizeof message);
    memset(&sender, 0, sizeof sender);
    message.name = (struct sockaddr *)&sender;
    message.namelen = sizeof sender;
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    message.Control.buf = control;
    message.Control.len = sizeof control;
    with_event(&operation);
    result(what, receive_message(s, &message, NULL, &operation, NULL));
}

static void received(SOCKET s)
{
    DWORD count = 0, flags = 0;
    int code, infos = 0;
    WSACMSGHDR *head;
    code = WSAGetOverlappedResult(s, &operation, &count, TRUE, &flags) ? 0 : WSAGetLastError();
    for (head = WSA_CMSG_FIRSTHDR(&message); head != NULL && code != WSA_OPERATION_ABORTED; head = WSA_CMSG_NXTHDR(&message, head))
        infos += head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_PKTINFO;
    printf("received %d, bytes %u, name %s, infos %d, flags %x\n", code, (unsigned)operation.InternalHigh,
           sender.sin_port != 0 ? "set" : "none", infos, (unsigned)message.dwFlags);
    fflush(stdout);
}

int main(void)
{
    SOCKET s, from;
    struct sockaddr_in at;
    GUID receive = WSAID_WSARECVMSG, send = WSAID_WSASENDMSG;
    DWORD one = 1, count;
    WSAMSG out;
    WSABUF parts[2] = {{2, (char *)"ab"}, {3, (char *)"cde"}};
    start();
    receive_message = (LPFN_WSARECVMSG)(UINT_PTR)extension(receive);
    send_message = (LPFN_WSASENDMSG)(UINT_PTR)extension(send);
    s = udp_bound(&at);
    from = udp();
    must(setsockopt(s, IPPROTO_IP, IP_PKTINFO, (char *)&one, sizeof one) == 0, "IP_PKTINFO");
    receives("WSARecvMsg", s);
    memset(&out, 0, sizeof out);
    out.name = (struct sockaddr *)&at;
    out.namelen = sizeof at;
    out.lpBuffers = parts;
    out.dwBufferCount = 2;
    {
        OVERLAPPED sending;
        int pending;
        with_event(&sending);
        pending = send_message(from, &out, 0, &count, &sending, NULL) && WSAGetLastError() == WSA_IO_PENDING;
        must(pending || sending.Internal == 0, "WSASendMsg");
        completed("WSASendMsg", from, &sending);
    }
    received(s);
    buffer.len = 3;
    receives("WSARecvMsg short", s);
    must(sendto(from, "12345", 5, 0, (struct sockaddr *)&at, sizeof at) == 5, "sendto");
    received(s);
    receives("WSARecvMsg cancelled", s);
    must(CancelIoEx((HANDLE)s, &operation), "CancelIoEx");
    received(s);
    return 0;
}
