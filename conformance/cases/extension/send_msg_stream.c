// WSASendMsg on a stream.
//
// rule: it is refused as WSAEINVAL.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSASendMsg, validated on Windows
// expect: WSASendMsg 10022
#include "case.h"

int main(void)
{
    struct sockaddr_in at = ipv4("127.0.0.1", 9);
    WSABUF buffer;
    WSAMSG message = {0};
    DWORD sent;
    start();
    buffer.buf = (char *)"x";
    buffer.len = 1;
    message.name = (struct sockaddr *)&at;
    message.namelen = sizeof at;
    message.lpBuffers = &buffer;
    message.dwBufferCount = 1;
    result("WSASendMsg", WSASendMsg(tcp(), &message, 0, &sent, NULL, NULL) != 0);
    return 0;
}
