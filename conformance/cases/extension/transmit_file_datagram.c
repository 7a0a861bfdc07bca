// TransmitFile is for streams.
//
// rule: TransmitFile on a datagram socket with a peer, or with TF_REUSE_SOCKET alone, gives WSAEINVAL; whether there is a
// rule: peer is looked at first.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// source: Wine dlls/ws2_32/tests/sock.c, test_TransmitFile, validated on Windows, for the order
// proves: TransmitFile WSAEINVAL
// expect: TransmitFile datagram without peer 10057
// expect: TransmitFile datagram 10022
// expect: TransmitFile reuse alone 10022
#include "extension.h"

int main(void)
{
    TRANSMIT_FILE_BUFFERS head = {"head", 4, NULL, 0};
    SOCKET client, server, s;
    struct sockaddr_in at;
    start();
    s = udp_bound(&at);
    tcp_pair(&client, &server);
    result("TransmitFile datagram without peer", !TransmitFile(s, NULL, 0, 0, NULL, &head, 0));
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("TransmitFile datagram", !TransmitFile(s, NULL, 0, 0, NULL, &head, 0));
    result("TransmitFile reuse alone", !TransmitFile(client, NULL, 0, 0, NULL, &head, TF_REUSE_SOCKET));
    return 0;
}
