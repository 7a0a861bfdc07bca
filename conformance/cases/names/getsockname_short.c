// The buffer for the own address is too small.
//
// rule: getsockname with a NULL or short buffer fails with WSAEFAULT and leaves the length alone.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getsockname, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4996, validated on Windows
// proves: getsockname WSAEFAULT
// expect: getsockname 10014
// expect: length 3
// expect: getsockname null 10014
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    int length = 3;
    start();
    s = tcp();
    bind_free(s);
    result("getsockname", getsockname(s, (struct sockaddr *)&at, &length) != 0);
    printf("length %d\n", length);
    length = sizeof at;
    result("getsockname null", getsockname(s, NULL, &length) != 0);
    return 0;
}
