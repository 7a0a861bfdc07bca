// SO_REUSEADDR does not open a port that its owner holds exclusively.
//
// rule: bind with SO_REUSEADDR to an address held with SO_EXCLUSIVEADDRUSE fails with WSAEACCES.
// source: https://learn.microsoft.com/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse, the table
// proves: bind WSAEACCES
// expect: bind 10013
#include "case.h"

int main(void)
{
    SOCKET owner, thief;
    struct sockaddr_in at;
    int on = 1;
    start();
    owner = tcp();
    must(setsockopt(owner, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof on) == 0, "SO_EXCLUSIVEADDRUSE");
    at = bind_free(owner);
    must(listen(owner, 1) == 0, "listen");
    thief = tcp();
    must(setsockopt(thief, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    result("bind", bind(thief, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
