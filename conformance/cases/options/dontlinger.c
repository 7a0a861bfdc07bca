// SO_DONTLINGER is the opposite of SO_LINGER.
//
// rule: SO_DONTLINGER reads as the negation of l_onoff; setting one changes the other.
// source: https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options
// expect: at first 1
// expect: after SO_LINGER 0
// expect: after SO_DONTLINGER onoff 0
#include "case.h"

static int dontlinger(SOCKET s)
{
    int value = 0, length = sizeof value;
    must(getsockopt(s, SOL_SOCKET, SO_DONTLINGER, (char *)&value, &length) == 0, "SO_DONTLINGER");
    return !!value;
}

int main(void)
{
    SOCKET s;
    struct linger linger = {1, 5};
    int on = 1, length = sizeof linger;
    start();
    s = tcp();
    printf("at first %d\n", dontlinger(s));
    must(setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof linger) == 0, "SO_LINGER");
    printf("after SO_LINGER %d\n", dontlinger(s));
    must(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (char *)&on, sizeof on) == 0, "SO_DONTLINGER");
    must(getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &length) == 0, "SO_LINGER");
    printf("after SO_DONTLINGER onoff %d\n", linger.l_onoff);
    return 0;
}
