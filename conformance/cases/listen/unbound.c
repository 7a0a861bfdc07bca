// listen does not bind by itself.
//
// rule: listen on an unbound socket fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-listen, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3867-3882, validated on Windows
// proves: listen WSAEINVAL
// expect: listen 10022
#include "case.h"

int main(void)
{
    start();
    result("listen", listen(tcp(), 1) != 0);
    return 0;
}
