// The name of this host needs a buffer that holds it.
//
// rule: gethostname with NULL or a short buffer fails with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostname, return values
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 2693-2707, validated on Windows
// proves: gethostname WSAEFAULT
// expect: gethostname null 10014
// expect: gethostname short 10014
// expect: gethostname ok
#include "case.h"

int main(void)
{
    char name[256];
    start();
    result("gethostname null", gethostname(NULL, 256) != 0);
    result("gethostname short", gethostname(name, 1) != 0);
    result("gethostname", gethostname(name, sizeof name) != 0);
    return 0;
}
