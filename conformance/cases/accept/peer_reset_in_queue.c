// The caller resets the connection before it is accepted.
//
// rule: accept and WSAAccept of a queued connection that the peer has reset fail with WSAECONNRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// proves: accept WSAAccept WSAECONNRESET
// expect: accept 10054
// expect: WSAAccept 10054
#include "case.h"

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at;
    start();
    listener = tcp_listening(&at);
    nonblocking(listener);
    for (int i = 0; i < 2; i++) {
        client = tcp();
        must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
        reset_connection(client);
        sleep_ms(50);
        if (i == 0)
            result("accept", accept(listener, NULL, NULL) == INVALID_SOCKET);
        else
            result("WSAAccept", WSAAccept(listener, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    }
    return 0;
}
