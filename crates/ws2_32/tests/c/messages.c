/* WSASendMsg, WSARecvMsg and overlapped WSASendTo, WSARecvFrom, told through a completion port.
   Sources: the functions' pages; Wine's dlls/ws2_32/tests/sock.c (test_ip_pktinfo, test_ipv4_cmsg, test_ipv6_cmsg),
   checked on Windows; twins.csv for 234 and 1234. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HANDLE port;
static LPFN_WSARECVMSG ReceiveMessage;
static char data[32], control[256];
static struct sockaddr_storage from;
static WSABUF buffer;
static WSAMSG message;

static void next(const char *what, DWORD wait)
{
    DWORD bytes = 4711;
    ULONG_PTR key = 4711;
    LPOVERLAPPED overlapped = NULL;
    BOOL ok;
    SetLastError(0);
    ok = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, wait);
    if (overlapped)
        printf("%s: %d, bytes %u, error %u\n", what, ok, (unsigned)bytes, (unsigned)GetLastError());
    else
        printf("%s: no packet, error %u\n", what, (unsigned)GetLastError());
}

static void call(const char *what, int failed)
{
    int error = WSAGetLastError();
    if (failed)
        printf("%s: error %d\n", what, error);
    else
        printf("%s: ok\n", what);
}

static SOCKET bound(int family, struct sockaddr_storage *name)
{
    SOCKET s = socket(family, SOCK_DGRAM, IPPROTO_UDP);
    int length = sizeof *name;
    memset(name, 0, sizeof *name);
    name->ss_family = (ADDRESS_FAMILY)family;
    if (family == AF_INET6)
        ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr[15] = 1;
    else
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    call("bind", bind(s, (struct sockaddr *)name, family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in)) != 0);
    getsockname(s, (struct sockaddr *)name, &length);
    return s;
}

static WSAMSG *prepare(ULONG room, ULONG control_room)
{
    buffer.buf = data;
    buffer.len = room;
    message.name = (struct sockaddr *)&from;
    message.namelen = sizeof from;
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    message.Control.buf = control;
    message.Control.len = control_room;
    message.dwFlags = 0;
    return &message;
}

static DWORD count;

static void show(const char *what, int result)
{
    WSACMSGHDR *head;
    int error = WSAGetLastError();
    printf("%s: %d error %d, count %u, flags %x, name %d, control %u\n", what, result, result ? error : 0, (unsigned)count,
           (unsigned)message.dwFlags, message.namelen, (unsigned)message.Control.len);
    for (head = WSA_CMSG_FIRSTHDR(&message); head != NULL; head = WSA_CMSG_NXTHDR(&message, head))
        printf("  level %d type %d length %u\n", head->cmsg_level, head->cmsg_type, (unsigned)head->cmsg_len);
}

static int first_int(void)
{
    int value;
    memcpy(&value, WSA_CMSG_DATA(WSA_CMSG_FIRSTHDR(&message)), sizeof value);
    return value;
}

static void turn(SOCKET s, int level, int name, DWORD on)
{
    call(on ? "on" : "off", setsockopt(s, level, name, (char *)&on, sizeof on) != 0);
}

static void receiving(SOCKET s, SOCKET other, struct sockaddr_storage *to)
{
    struct sockaddr *name = (struct sockaddr *)to;
    int length = sizeof(struct sockaddr_in);

    call("null", ReceiveMessage(s, NULL, NULL, NULL, NULL) != 0);
    prepare(10, 0)->Control.buf = NULL;
    message.Control.len = 5;
    call("null control", ReceiveMessage(s, &message, &count, NULL, NULL) != 0);
    prepare(10, 0)->dwFlags = MSG_OOB;
    call("flags", ReceiveMessage(s, &message, &count, NULL, NULL) != 0);
    prepare(10, sizeof control);
    message.namelen = 3;
    call("short name", ReceiveMessage(s, &message, &count, NULL, NULL) != 0);

    sendto(other, "HELLO", 6, 0, name, length);
    prepare(10, 0)->Control.buf = NULL;
    count = 99;
    show("plain", ReceiveMessage(s, &message, &count, NULL, NULL));
    turn(s, IPPROTO_IP, IP_PKTINFO, 1);
    sendto(other, "HELLO", 6, 0, name, length);
    prepare(10, sizeof control);
    show("pktinfo", ReceiveMessage(s, &message, &count, NULL, NULL));
    {
        IN_PKTINFO info;
        memcpy(&info, WSA_CMSG_DATA(WSA_CMSG_FIRSTHDR(&message)), sizeof info);
        printf("to loopback %d, interface %d\n", info.ipi_addr.s_addr == htonl(INADDR_LOOPBACK), info.ipi_ifindex != 0);
    }
    sendto(other, "HELLO", 6, 0, name, length);
    prepare(10, 1);
    count = 99;
    show("short control", ReceiveMessage(s, &message, &count, NULL, NULL));
    sendto(other, "HELLO", 6, 0, name, length);
    prepare(2, sizeof control)->dwFlags = MSG_PEEK;
    count = 99;
    show("peek cut", ReceiveMessage(s, &message, &count, NULL, NULL));
    prepare(2, sizeof control);
    show("cut", ReceiveMessage(s, &message, &count, NULL, NULL));
    turn(s, IPPROTO_IP, IP_PKTINFO, 0);
    turn(s, IPPROTO_IP, IP_RECVTTL, 1);
    sendto(other, "HELLO", 6, 0, name, length);
    prepare(10, sizeof control);
    show("ttl", ReceiveMessage(s, &message, &count, NULL, NULL));
    printf("ttl sane %d\n", first_int() >= 32);
    turn(s, IPPROTO_IP, IP_RECVTTL, 0);
    turn(s, IPPROTO_IP, IP_RECVTOS, 1);
    sendto(other, "HELLO", 6, 0, name, length);
    prepare(10, sizeof control);
    show("tos", ReceiveMessage(s, &message, &count, NULL, NULL));
    printf("tos %d\n", first_int());
}

static void overlapped(SOCKET s, SOCKET other, struct sockaddr_storage *to)
{
    OVERLAPPED one, two;
    DWORD flags = 0, bytes = 0;
    int length = 3;
    WSABUF small;
    struct sockaddr *name = (struct sockaddr *)to;

    memset(&one, 0, sizeof one);
    memset(&two, 0, sizeof two);
    turn(s, IPPROTO_IP, IP_RECVTOS, 0);
    turn(s, IPPROTO_IP, IP_PKTINFO, 1);
    prepare(10, 1);
    call("message", ReceiveMessage(s, &message, NULL, &one, NULL) != 0);
    sendto(other, "HELLO", 6, 0, name, sizeof(struct sockaddr_in));
    next("short control", 5000);
    printf("Internal %08x, flags %x\n", (unsigned)one.Internal, (unsigned)message.dwFlags);
    call("result", !WSAGetOverlappedResult(s, &one, &bytes, FALSE, &flags));
    prepare(10, sizeof control);
    call("message", ReceiveMessage(s, &message, NULL, &one, NULL) != 0);
    sendto(other, "HELLO", 6, 0, name, sizeof(struct sockaddr_in));
    next("message", 5000);
    show("told", 0);
    turn(s, IPPROTO_IP, IP_PKTINFO, 0);

    small.buf = data;
    small.len = 3;
    call("short name", WSARecvFrom(s, &small, 1, NULL, &flags, (struct sockaddr *)&from, &length, &one, NULL) != 0);
    memset(&from, 0, sizeof from);
    length = sizeof from;
    call("first", WSARecvFrom(s, &small, 1, NULL, &flags, (struct sockaddr *)&from, &length, &one, NULL) != 0);
    call("second", WSARecvFrom(s, &small, 1, NULL, &flags, NULL, NULL, &two, NULL) != 0);
    {
        WSABUF out;
        OVERLAPPED three;
        memset(&three, 0, sizeof three);
        out.buf = (char *)"12345";
        out.len = 3;
        call("WSASendTo", WSASendTo(other, &out, 1, &bytes, 0, name, sizeof(struct sockaddr_in), &three, NULL) != 0);
        printf("bytes %u\n", (unsigned)bytes);
        next("WSASendTo", 5000);
        next("first", 5000);
        printf("from %d, length %d\n", from.ss_family, length);
        out.len = 5;
        call("WSASendTo", WSASendTo(other, &out, 1, &bytes, 0, name, sizeof(struct sockaddr_in), &three, NULL) != 0);
        next("WSASendTo", 5000);
        next("second", 5000);
        printf("Internal %08x, data %.3s\n", (unsigned)two.Internal, data);
        sendto(other, "abcde", 5, 0, name, sizeof(struct sockaddr_in));
        call("cut at once", WSARecvFrom(s, &small, 1, NULL, &flags, NULL, NULL, &two, NULL) != 0);
        next("cut at once", 5000);
    }
    flags = MSG_WAITALL;
    call("MSG_WAITALL", WSARecvFrom(s, &small, 1, NULL, &flags, NULL, NULL, &two, NULL) != 0);
    flags = MSG_PARTIAL;
    call("cancel", WSARecvFrom(s, &small, 1, NULL, (flags = 0, &flags), NULL, NULL, &two, NULL) != 0);
    CancelIoEx((HANDLE)s, &two);
    next("cancelled", 5000);
}

static void unreachable(void)
{
    struct sockaddr_storage name, gone;
    SOCKET s = bound(AF_INET, &name), other = bound(AF_INET, &gone);
    OVERLAPPED one;
    DWORD flags = 0, bytes;
    WSABUF room;

    memset(&one, 0, sizeof one);
    room.buf = data;
    room.len = 4;
    CreateIoCompletionPort((HANDLE)s, port, 9, 0);
    closesocket(other);
    call("receive", WSARecvFrom(s, &room, 1, NULL, &flags, NULL, NULL, &one, NULL) != 0);
    sendto(s, "x", 1, 0, (struct sockaddr *)&gone, sizeof(struct sockaddr_in));
    next("unreachable", 5000);
    call("result", !WSAGetOverlappedResult(s, &one, &bytes, FALSE, &flags));
    printf("Internal %08x\n", (unsigned)one.Internal);
    call("receive", WSARecvFrom(s, &room, 1, NULL, &flags, NULL, NULL, &one, NULL) != 0);
    closesocket(s);
    next("closed", 5000);
}

static void sending(SOCKET s, struct sockaddr_storage *to)
{
    SOCKET plain = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP), stream = socket(AF_INET, SOCK_STREAM, 0);
    OVERLAPPED one;
    IN_PKTINFO info;
    int ttl = 77;
    WSACMSGHDR *head = (WSACMSGHDR *)control;

    memset(&one, 0, sizeof one);
    prepare(4, 0);
    memcpy(data, "data", 4);
    message.Control.buf = NULL;
    call("stream", WSASendMsg(stream, &message, 0, &count, NULL, NULL) != 0);
    call("stream", ReceiveMessage(stream, &message, &count, NULL, NULL) != 0);
    call("flags", WSASendMsg(plain, &message, MSG_PEEK, &count, NULL, NULL) != 0);
    message.name = NULL;
    call("null name", WSASendMsg(plain, &message, 0, &count, NULL, NULL) != 0);
    message.namelen = 0;
    call("no destination", WSASendMsg(plain, &message, 0, &count, NULL, NULL) != 0);
    message.name = (struct sockaddr *)to;
    message.namelen = sizeof(struct sockaddr_in);
    call("no count", WSASendMsg(plain, &message, 0, NULL, NULL, NULL) != 0);
    call("send", WSASendMsg(plain, &message, 0, &count, NULL, NULL) != 0);
    printf("count %u\n", (unsigned)count);

    message.Control.buf = control;
    message.Control.len = WSA_CMSG_SPACE(sizeof info);
    memset(control, 0, sizeof control);
    head->cmsg_len = WSA_CMSG_LEN(sizeof info);
    head->cmsg_level = IPPROTO_IP;
    head->cmsg_type = IP_PKTINFO;
    memset(&info, 0, sizeof info);
    info.ipi_addr.s_addr = htonl(INADDR_LOOPBACK + 4);
    memcpy(WSA_CMSG_DATA(head), &info, sizeof info);
    call("from 127.0.0.5", WSASendMsg(plain, &message, 0, &count, NULL, NULL) != 0);
    head->cmsg_len = 4711;
    call("bad control", WSASendMsg(plain, &message, 0, &count, NULL, NULL) != 0);
    head->cmsg_len = WSA_CMSG_LEN(sizeof ttl);
    head->cmsg_type = IP_TTL;
    memcpy(WSA_CMSG_DATA(head), &ttl, sizeof ttl);
    message.Control.len = WSA_CMSG_SPACE(sizeof ttl);
    CreateIoCompletionPort((HANDLE)plain, port, 5, 0);
    call("ttl 77", WSASendMsg(plain, &message, 0, &count, &one, NULL) != 0);
    next("ttl 77", 5000);

    turn(s, IPPROTO_IP, IP_RECVTTL, 1);
    prepare(10, sizeof control);
    ReceiveMessage(s, &message, &count, NULL, NULL);
    prepare(10, sizeof control);
    ReceiveMessage(s, &message, &count, NULL, NULL);
    printf("from %08x\n", (unsigned)ntohl(((struct sockaddr_in *)&from)->sin_addr.s_addr));
    prepare(10, sizeof control);
    ReceiveMessage(s, &message, &count, NULL, NULL);
    printf("ttl %d\n", first_int());
}

static void six(void)
{
    struct sockaddr_storage name;
    SOCKET s = bound(AF_INET6, &name), other = socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
    static const int options[] = {IPV6_HOPLIMIT, IPV6_PKTINFO, IPV6_RECVTCLASS};
    unsigned i;

    for (i = 0; i < 3; i++) {
        turn(s, IPPROTO_IPV6, options[i], 1);
        sendto(other, "HELLO", 6, 0, (struct sockaddr *)&name, sizeof(struct sockaddr_in6));
        prepare(10, sizeof control);
        show("six", ReceiveMessage(s, &message, &count, NULL, NULL));
        turn(s, IPPROTO_IPV6, options[i], 0);
    }
}

int main(void)
{
    WSADATA start;
    GUID guid = WSAID_WSARECVMSG;
    DWORD bytes;
    SOCKET s, other;
    struct sockaddr_storage name, other_name;

    WSAStartup(MAKEWORD(2, 2), &start);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    s = bound(AF_INET, &name);
    other = bound(AF_INET, &other_name);
    call("WSAIoctl", WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &ReceiveMessage,
                              sizeof ReceiveMessage, &bytes, NULL, NULL) != 0);
    receiving(s, other, &name);
    CreateIoCompletionPort((HANDLE)s, port, 1, 0);
    CreateIoCompletionPort((HANDLE)other, port, 2, 0);
    overlapped(s, other, &name);
    unreachable();
    sending(s, &name);
    six();
    WSACleanup();
    return 0;
}
