// A plain receive behind an overlapped one that has ended, of which nobody has asked yet.
//
// rule: an overlapped receive ends when its data come, whether or not anybody looks; a later recv on the non-blocking socket
// rule: gets what is behind, and WSAEWOULDBLOCK only where nothing is.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks on the order of calls
// proves: recv WSAEWOULDBLOCK
// expect: first bytes 50, second bytes 50, packets 50
// expect: recv 10035
#include "case.h"

enum { ROUNDS = 50 };

int main(void)
{
    SOCKET client, server;
    HANDLE port;
    int round, firsts = 0, seconds = 0, packets = 0;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    port = CreateIoCompletionPort((HANDLE)client, NULL, 1, 1);
    must(port != NULL, "CreateIoCompletionPort");
    for (round = 0; round < ROUNDS; round++) {
        char first = 0, second = 0;
        WSABUF buffer = {1, &first};
        OVERLAPPED overlapped = {0};
        LPOVERLAPPED ended;
        ULONG_PTR key;
        DWORD flags = 0, bytes = 0;
        must(WSARecv(client, &buffer, 1, NULL, &flags, &overlapped, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
        must(send(server, "ab", 2, 0) == 2, "send");
        Sleep(5);
        seconds += recv(client, &second, 1, 0) == 1 && second == 'b';
        firsts += first == 'a';
        packets += GetQueuedCompletionStatus(port, &bytes, &key, &ended, 1000) && bytes == 1;
        // What a recv in vain has left behind.
        if (second == 0)
            recv(client, &second, 1, 0);
    }
    printf("first bytes %d, second bytes %d, packets %d\n", firsts, seconds, packets);
    result("recv", recv(client, &(char){0}, 1, 0) < 0);
    return 0;
}
