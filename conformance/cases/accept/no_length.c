// An address without its length.
//
// rule: accept takes a place for the address without a length, and leaves it alone.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_accept, validated on Windows
// expect: accept ok
// expect: address untouched
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    char place[sizeof(struct sockaddr_storage)], before[sizeof place];
    SOCKET listener, s;
    start();
    s = tcp();
    listener = tcp_listening(&at);
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    memset(place, 0x5a, sizeof place);
    memcpy(before, place, sizeof place);
    result("accept", accept(listener, (struct sockaddr *)place, NULL) == INVALID_SOCKET);
    printf("address %s\n", memcmp(place, before, sizeof place) ? "written" : "untouched");
    return 0;
}
