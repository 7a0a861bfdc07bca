// Reading options into no room.
//
// rule: a length of 0 fails with WSAEFAULT, whatever the option's size; length and buffer stay as they are.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_set_getsockopt, validated on Windows
// expect: SO_ACCEPTCONN 10014 length 0 5a5a5a5a
// expect: SO_DONTROUTE 10014 length 0 5a5a5a5a
// expect: SO_TYPE 10014 length 0 5a5a5a5a
// expect: SO_RCVBUF 10014 length 0 5a5a5a5a
// expect: SO_LINGER 10014 length 0 5a5a5a5a
// expect: IP_TTL 10014 length 0 5a5a5a5a
// expect: IP_DONTFRAGMENT 10014 length 0 5a5a5a5a
// expect: TCP_NODELAY 10014 length 0 5a5a5a5a
#include "case.h"

int main(void)
{
    static const struct {
        const char *name;
        int level, option;
    } options[] = {
        {"SO_ACCEPTCONN", SOL_SOCKET, SO_ACCEPTCONN}, // a truth value of 1 to 4 bytes
        {"SO_DONTROUTE", SOL_SOCKET, SO_DONTROUTE},   // one of one byte
        {"SO_TYPE", SOL_SOCKET, SO_TYPE},             // a number
        {"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF},         // one that is cleared where it finds too little room
        {"SO_LINGER", SOL_SOCKET, SO_LINGER},
        {"IP_TTL", IPPROTO_IP, IP_TTL}, // a number of 1 to 4 bytes
        {"IP_DONTFRAGMENT", IPPROTO_IP, IP_DONTFRAGMENT},
        {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY},
    };
    SOCKET s;
    unsigned i;
    start();
    s = tcp();
    for (i = 0; i < sizeof options / sizeof options[0]; i++) {
        unsigned value = 0x5a5a5a5a;
        int length = 0, failed = getsockopt(s, options[i].level, options[i].option, (char *)&value, &length) != 0;
        printf("%s %d length %d %08x\n", options[i].name, failed ? WSAGetLastError() : 0, length, value);
    }
    return 0;
}
