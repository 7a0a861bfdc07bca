// The buffer for the caller's address is too small.
//
// rule: accept and WSAAccept with a buffer shorter than the address fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// proves: accept WSAAccept WSAEFAULT
// expect: accept 10014
// expect: WSAAccept 10014
#include "case.h"

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at, from;
    int length;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    wait_readable(listener);
    length = 1;
    result("accept", accept(listener, (struct sockaddr *)&from, &length) == INVALID_SOCKET);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    wait_readable(listener);
    length = 1;
    result("WSAAccept", WSAAccept(listener, (struct sockaddr *)&from, &length, NULL, 0) == INVALID_SOCKET);
    return 0;
}
