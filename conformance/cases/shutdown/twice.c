// The same direction may be shut down again.
//
// rule: a second shutdown of a connected socket succeeds.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8985, validated on Windows
// expect: shutdown ok
// expect: shutdown again ok
#include "case.h"

int main(void)
{
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    result("shutdown", shutdown(client, SD_SEND) != 0);
    result("shutdown again", shutdown(client, SD_SEND) != 0);
    return 0;
}
