// Operations that are under way while the socket is shut down.
//
// rule: data that comes for a receive that was begun before shutdown is still delivered; one begun after fails at once.
//       What a send has begun goes out although the direction is shut behind it.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-shutdown, Remarks; dlls/ws2_32/tests/sock.c,
//         test_shutdown
// expect: WSARecv 997
// expect: shutdown ok
// expect: WSARecv after it 10058
// expect: under way 258
// expect: ended 0
// expect: received ok
// expect: 5 bytes
// expect: WSASend ok
// expect: shutdown both ok
// expect: WSASend after it 10058
// expect: peer received 10 and 0
// expect: shutdown behind sends ok
// expect: send after it 10058
// expect: received 8388608, then 0; sends ended well 8
#include "extension.h"
#include "objects.h"

// More than the network takes at once, shut behind it.
static void many(void)
{
    static char block[1 << 20];
    static WSAOVERLAPPED operations[8];
    WSABUF buffer = {sizeof block, block};
    SOCKET a, b;
    int i, count, ended = 0;
    long long received = 0;
    tcp_pair(&a, &b);
    for (i = 0; i < 8; i++) {
        with_event(&operations[i]);
        must(!WSASend(a, &buffer, 1, NULL, 0, &operations[i], NULL) || WSAGetLastError() == WSA_IO_PENDING, "WSASend");
    }
    result("shutdown behind sends", shutdown(a, SD_SEND));
    result("send after it", send(a, "x", 1, 0) < 0);
    while ((count = recv(b, block, sizeof block, 0)) > 0)
        received += count;
    for (i = 0; i < 8; i++)
        ended += WaitForSingleObject(operations[i].hEvent, 3000) == WAIT_OBJECT_0 && operations[i].Internal == 0;
    printf("received %lld, then %d; sends ended well %d\n", received, count, ended);
}

int main(void)
{
    SOCKET a, b;
    static char bytes[10], more[10];
    WSABUF buffer = {10, bytes}, second = {10, more};
    WSAOVERLAPPED first, later;
    DWORD flags = 0;
    start();
    tcp_pair(&a, &b);
    with_event(&first);
    result("WSARecv", WSARecv(a, &buffer, 1, NULL, &flags, &first, NULL));
    result("shutdown", shutdown(a, SD_RECEIVE));
    with_event(&later);
    result("WSARecv after it", WSARecv(a, &second, 1, NULL, &flags, &later, NULL));
    waited("under way", WaitForSingleObject(first.hEvent, 100));
    must(send(b, "hello", 5, 0) == 5, "send");
    waited("ended", WaitForSingleObject(first.hEvent, 2000));
    completed("received", a, &first);
    printf("%u bytes\n", (unsigned)first.InternalHigh);
    with_event(&first);
    result("WSASend", WSASend(a, &buffer, 1, NULL, 0, &first, NULL));
    result("shutdown both", shutdown(a, SD_BOTH));
    with_event(&later);
    result("WSASend after it", WSASend(a, &buffer, 1, NULL, 0, &later, NULL));
    printf("peer received %d", recv(b, more, 10, 0));
    printf(" and %d\n", recv(b, more, 10, 0));
    many();
    return 0;
}
