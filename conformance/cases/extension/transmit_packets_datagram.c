// TransmitPackets on a datagram socket whose last datagram found nobody.
//
// rule: what became of an earlier datagram is the next receive's news; the packets leave.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_transmitpackets
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-recvfrom, WSAECONNRESET
// expect: TransmitPackets ok
// expect: came: abc
// expect: overlapped ok
// expect: completed ok
// expect: came: abc
#include "extension.h"

static SOCKET receiver;

// A datagram socket whose peer has refused a datagram, and listens by now.
static SOCKET after_refusal(void)
{
    struct sockaddr_in at;
    SOCKET s = udp();
    must(closesocket(udp_bound(&at)) == 0, "closesocket");
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(send(s, "x", 1, 0) == 1, "send");
    Sleep(100);
    receiver = udp();
    must(bind(receiver, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    return s;
}

static void came(void)
{
    DWORD limit = 2000;
    char bytes[10];
    int count;
    setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, (const char *)&limit, sizeof limit);
    count = recv(receiver, bytes, sizeof bytes - 1, 0);
    bytes[count > 0 ? count : 0] = 0;
    printf("came: %s\n", bytes);
    closesocket(receiver);
}

int main(void)
{
    GUID guid = WSAID_TRANSMITPACKETS;
    LPFN_TRANSMITPACKETS transmit;
    TRANSMIT_PACKETS_ELEMENT elements[2];
    OVERLAPPED operation;
    SOCKET s;
    start();
    transmit = (LPFN_TRANSMITPACKETS)(UINT_PTR)extension(guid);
    memset(elements, 0, sizeof elements);
    elements[0].dwElFlags = TP_ELEMENT_MEMORY;
    elements[0].cLength = 2;
    elements[0].pBuffer = (void *)"ab";
    elements[1].dwElFlags = TP_ELEMENT_MEMORY;
    elements[1].cLength = 1;
    elements[1].pBuffer = (void *)"c";
    s = after_refusal();
    result("TransmitPackets", !transmit(s, elements, 2, 0, NULL, 0));
    came();
    s = after_refusal();
    fresh(&operation);
    if (!transmit(s, elements, 2, 0, &operation, 0) && WSAGetLastError() == WSA_IO_PENDING)
        WSASetLastError(0);
    result("overlapped", WSAGetLastError() != 0);
    completed("completed", s, &operation);
    came();
    return 0;
}
