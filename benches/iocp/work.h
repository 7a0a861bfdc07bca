// What the echo servers have in common.

// Bytes of port_echo's memory for a connection besides the buffer; epoll_echo has as much with LARGE_CONNECTIONS, so that the
// difference is the library's.
enum { CONNECTION_BYTES = 120 };

// What a server does for each message besides echoing it: so many steps that depend on each other, a nanosecond or two each.
static inline void work(unsigned long steps)
{
    volatile unsigned sink;
    unsigned x = 1;
    while (steps--)
        x = x * 1664525u + 1013904223u;
    sink = x;
    (void)sink;
}
