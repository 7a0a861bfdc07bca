// What TransmitFile refuses.
//
// rule: no socket 10038, an unconnected one 10057, a datagram socket 10022, after the own shutdown 10058.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9477, validated on Windows
// proves: TransmitFile WSAENOTSOCK
// proves: TransmitFile WSAENOTCONN
// proves: TransmitFile WSAESHUTDOWN
// proves: TransmitFile WSAECONNRESET
// expect: TransmitFile bad socket 10038
// expect: TransmitFile unconnected 10057
// expect: TransmitFile after shutdown 10058
// expect: TransmitFile after reset 10054
#include "extension.h"

int main(void)
{
    TRANSMIT_FILE_BUFFERS head = {"head", 4, NULL, 0};
    SOCKET client, server, other, peer;
    start();
    tcp_pair(&client, &server);
    tcp_pair(&other, &peer);
    result("TransmitFile bad socket", !TransmitFile(0xdeadbeec, NULL, 0, 0, NULL, &head, 0));
    result("TransmitFile unconnected", !TransmitFile(tcp(), NULL, 0, 0, NULL, &head, 0));
    must(shutdown(client, SD_SEND) == 0, "shutdown");
    result("TransmitFile after shutdown", !TransmitFile(client, NULL, 0, 0, NULL, &head, 0));
    reset_connection(peer);
    sleep_ms(50);
    result("TransmitFile after reset", !TransmitFile(other, NULL, 0, 0, NULL, &head, 0));
    return 0;
}
