// A connected socket cannot listen.
//
// rule: listen on a connected socket fails with WSAEISCONN.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-listen, return values
// proves: listen WSAEISCONN
// expect: listen 10056
#include "case.h"

int main(void)
{
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    result("listen", listen(client, 1) != 0);
    return 0;
}
