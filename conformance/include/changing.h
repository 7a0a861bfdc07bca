// Changes of the network `changing`.
#ifndef CHANGING_H
#define CHANGING_H

#include "case.h"

// Has the network changed, and returns when it is.
static inline void change(const char *how)
{
    struct sockaddr_in changer = ipv4("127.0.0.1", 7777), at;
    char answer[8];
    SOCKET s = udp_bound(&at);
    must(sendto(s, how, (int)strlen(how), 0, (struct sockaddr *)&changer, sizeof changer) > 0, "sendto the changer");
    wait_readable(s);
    must(recv(s, answer, sizeof answer, 0) == 4, "the changer's answer");
    closesocket(s);
}

#endif
