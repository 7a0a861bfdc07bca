// The peer's name survives both shutdowns.
//
// rule: getpeername works after shutdown in both directions.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9045, validated on Windows
// expect: getpeername ok
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET client, server;
    int length = sizeof at;
    start();
    tcp_pair(&client, &server);
    must(shutdown(client, SD_BOTH) == 0 && shutdown(server, SD_BOTH) == 0, "shutdown");
    result("getpeername", getpeername(client, (struct sockaddr *)&at, &length) != 0);
    return 0;
}
