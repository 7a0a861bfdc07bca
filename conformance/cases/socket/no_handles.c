// The process has no handle left.
//
// rule: socket, WSASocket, accept, WSAAccept and WSADuplicateSocket's receiver fail with WSAEMFILE when no handle is left.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-socket and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// open-files: 48
// proves: socket WSASocket accept WSAAccept WSAEMFILE
// expect: socket 10024
// expect: WSASocketA 10024
// expect: accept 10024
// expect: WSAAccept 10024
// expect: after closing one ok
#include "case.h"

int main(void)
{
    SOCKET listener, client, last = INVALID_SOCKET, s;
    struct sockaddr_in at;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    for (int i = 0; i < 100000; i++) {
        s = socket(AF_INET, SOCK_STREAM, 0);
        if (s == INVALID_SOCKET)
            break;
        last = s;
    }
    result("socket", s == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0) == INVALID_SOCKET);
    result("accept", accept(listener, NULL, NULL) == INVALID_SOCKET);
    result("WSAAccept", WSAAccept(listener, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    must(closesocket(last) == 0, "closesocket");
    result("after closing one", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    return 0;
}
