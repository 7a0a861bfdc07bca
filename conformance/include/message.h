// WSARecvMsg, and a message to receive into.
#ifndef MESSAGE_H
#define MESSAGE_H

#include "extension.h"

static LPFN_WSARECVMSG WSARecvMsg;
static char data[32];
static long long control[32]; // aligned for its heads
static struct sockaddr_in from;
static WSABUF buffer;
static WSAMSG message;

static inline void recv_msg(void)
{
    GUID guid = WSAID_WSARECVMSG;
    WSARecvMsg = (LPFN_WSARECVMSG)(UINT_PTR)extension(guid);
}

// Room for so many bytes of data and of control data.
static inline WSAMSG *prepared(ULONG room, ULONG control_room)
{
    buffer.buf = data;
    buffer.len = room;
    message.name = (struct sockaddr *)&from;
    message.namelen = sizeof from;
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    message.Control.buf = control_room ? (char *)control : NULL;
    message.Control.len = control_room;
    message.dwFlags = 0;
    return &message;
}

static inline void turn_on(SOCKET s, int level, int name)
{
    DWORD on = 1;
    must(setsockopt(s, level, name, (char *)&on, sizeof on) == 0, "setsockopt");
}

static inline void say(struct sockaddr_in *at)
{
    must(sendto(udp(), "HELLO", 6, 0, (struct sockaddr *)at, sizeof *at) == 6, "sendto");
}

// The control data: level, type and length of each.
static inline void heads(void)
{
    WSACMSGHDR *head;
    for (head = WSA_CMSG_FIRSTHDR(&message); head != NULL; head = WSA_CMSG_NXTHDR(&message, head))
        printf("level %d type %d length %d\n", head->cmsg_level, head->cmsg_type, (int)head->cmsg_len);
}

#endif
