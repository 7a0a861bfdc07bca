/* Time per call: this library beside libc, turn about in one program, on loopback. Built by mingw it times Windows' calls
   alone. Run by run.sh.
   usage: calls [CASE]               every case, or one: name, goal, ns here, ns by libc, ratio (tab-separated)
          calls CASE ours|libc TURNS as many turns of one side, for an instruction count */
#define FD_SETSIZE 10000
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define LIBC(...)
static double now(void)
{
    LARGE_INTEGER count, each;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&each);
    return (double)count.QuadPart * 1e9 / (double)each.QuadPart;
}
#else
#include <time.h>
#define LIBC(...) __VA_ARGS__

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* libc's own, which the headers do not declare. */
extern ssize_t libc_send(int, const void *, size_t, int) __asm__("send");
extern ssize_t libc_recv(int, void *, size_t, int) __asm__("recv");
extern ssize_t libc_sendto(int, const void *, size_t, int, const void *, unsigned) __asm__("sendto");
extern ssize_t libc_recvfrom(int, void *, size_t, int, void *, unsigned *) __asm__("recvfrom");
extern int libc_socket(int, int, int) __asm__("socket");
extern int libc_close(int) __asm__("close");
extern int libc_bind(int, const void *, unsigned) __asm__("bind");
extern int libc_connect(int, const void *, unsigned) __asm__("connect");
extern int libc_getsockname(int, void *, unsigned *) __asm__("getsockname");
extern int libc_listen(int, int) __asm__("listen");
extern int libc_accept(int, void *, unsigned *) __asm__("accept");
extern int libc_setsockopt(int, int, int, const void *, unsigned) __asm__("setsockopt");
extern int libc_fcntl(int, int, ...) __asm__("fcntl");
struct libc_pollfd { int fd; short events, revents; };
extern int libc_poll(struct libc_pollfd *, unsigned long, int) __asm__("poll");
#endif

/* One side's sockets: s sends to r; l listens at la; full is a stream that takes no more. */
struct pair { SOCKET s, r; };
static struct pair udp, tcp, full;
static SOCKET l;
static struct sockaddr_in la, ua;
static char one, big[65536];
#ifndef _WIN32
static struct { int s, r; } ludp, ltcp, lfull;
static int ll;
static struct sockaddr_in lla, lua;
static struct libc_pollfd polls[FD_SETSIZE];
#endif

static int asked; /* how many sockets select and the polls ask about */
static SOCKET many[FD_SETSIZE];
static fd_set set, asking;
static WSAPOLLFD wsapolls[FD_SETSIZE];

static void must(int fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "%s: %d\n", what, WSAGetLastError());
        exit(1);
    }
}

static void loopback(struct sockaddr_in *a)
{
    memset(a, 0, sizeof *a);
    a->sin_family = AF_INET;
    a->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

static void open_ours(void)
{
    u_long on = 1;
    int length = sizeof ua, room = 65536; /* fixed, or Linux makes more of it */
    loopback(&ua), loopback(&la);
    udp.s = socket(AF_INET, SOCK_DGRAM, 0), udp.r = socket(AF_INET, SOCK_DGRAM, 0);
    must(!bind(udp.r, (struct sockaddr *)&ua, sizeof ua), "bind");
    getsockname(udp.r, (struct sockaddr *)&ua, &length);
    must(!connect(udp.s, (struct sockaddr *)&ua, sizeof ua), "connect");
    l = socket(AF_INET, SOCK_STREAM, 0);
    must(!bind(l, (struct sockaddr *)&la, sizeof la) && !listen(l, 128), "listen");
    getsockname(l, (struct sockaddr *)&la, &length);
    tcp.s = socket(AF_INET, SOCK_STREAM, 0), full.s = socket(AF_INET, SOCK_STREAM, 0);
    must(!connect(tcp.s, (struct sockaddr *)&la, sizeof la), "connect");
    tcp.r = accept(l, NULL, NULL);
    must(!connect(full.s, (struct sockaddr *)&la, sizeof la), "connect");
    full.r = accept(l, NULL, NULL);
    ioctlsocket(full.s, FIONBIO, &on);
    setsockopt(full.s, SOL_SOCKET, SO_SNDBUF, (char *)&room, sizeof room);
    setsockopt(full.r, SOL_SOCKET, SO_RCVBUF, (char *)&room, sizeof room);
}

static void nonblocking(u_long on)
{
    ioctlsocket(udp.r, FIONBIO, &on);
    ioctlsocket(tcp.r, FIONBIO, &on);
}

#ifndef _WIN32
static void open_libc(void)
{
    unsigned length = sizeof lua;
    int room = 65536;
    loopback(&lua), loopback(&lla);
    ludp.s = libc_socket(AF_INET, SOCK_DGRAM, 0), ludp.r = libc_socket(AF_INET, SOCK_DGRAM, 0);
    libc_bind(ludp.r, &lua, sizeof lua);
    libc_getsockname(ludp.r, &lua, &length);
    libc_connect(ludp.s, &lua, sizeof lua);
    ll = libc_socket(AF_INET, SOCK_STREAM, 0);
    libc_bind(ll, &lla, sizeof lla);
    libc_listen(ll, 128);
    libc_getsockname(ll, &lla, &length);
    ltcp.s = libc_socket(AF_INET, SOCK_STREAM, 0), lfull.s = libc_socket(AF_INET, SOCK_STREAM, 0);
    libc_connect(ltcp.s, &lla, sizeof lla);
    ltcp.r = libc_accept(ll, NULL, NULL);
    libc_connect(lfull.s, &lla, sizeof lla);
    lfull.r = libc_accept(ll, NULL, NULL);
    libc_setsockopt(lfull.s, 1 /* SOL_SOCKET */, 7 /* SO_SNDBUF */, &room, sizeof room);
    libc_setsockopt(lfull.r, 1, 8 /* SO_RCVBUF */, &room, sizeof room);
    libc_fcntl(lfull.s, 4 /* F_SETFL */, 2048 /* O_NONBLOCK */);
}

static void libc_nonblocking(int on)
{
    libc_fcntl(ludp.r, 4, on ? 2048 : 0);
    libc_fcntl(ltcp.r, 4, on ? 2048 : 0);
}
#endif

/* Until nothing more is taken, also after a while. */
static void fill(int ignored)
{
    int turn;
    (void)ignored;
    for (turn = 0; turn < 20; turn++) {
        while (send(full.s, big, sizeof big, 0) > 0 || send(full.s, big, 1, 0) > 0) {}
        LIBC(while (libc_send(lfull.s, big, sizeof big, 0) > 0 || libc_send(lfull.s, big, 1, 0) > 0) {})
        Sleep(10);
    }
}

/* The same number of idle sockets for select, WSAPoll and poll(2): the very same descriptors for all three. */
static void ask(int count)
{
    for (; asked < count; asked++) {
        struct sockaddr_in a;
#ifndef _WIN32
        /* The lowest free number, which the socket's descriptor gets. */
        polls[asked].fd = libc_fcntl(lfull.s, 1030 /* F_DUPFD_CLOEXEC */, 3);
        polls[asked].events = 1 /* POLLIN */;
        libc_close(polls[asked].fd);
#endif
        loopback(&a);
        many[asked] = socket(AF_INET, SOCK_DGRAM, 0);
        must(many[asked] != INVALID_SOCKET && !bind(many[asked], (struct sockaddr *)&a, sizeof a), "many sockets");
        asking.fd_array[asked] = many[asked];
        wsapolls[asked].fd = many[asked];
        wsapolls[asked].events = POLLRDNORM;
    }
    asking.fd_count = (u_int)count;
}

#define BOTH(name, ours, libc_s) \
    static void name##_ours(int turns) { while (turns-- > 0) { ours; } } \
    LIBC(static void name##_libc(int turns) { while (turns-- > 0) { libc_s; } })
#ifdef _WIN32
#define CASE(text, name, goal, turns, before, value) { text, goal, turns, before, value, name##_ours, NULL }
#else
#define CASE(text, name, goal, turns, before, value) { text, goal, turns, before, value, name##_ours, name##_libc }
#endif

static void check(int fine) { if (!fine) must(0, "a call that was to succeed"); }

BOTH(udp, check(send(udp.s, &one, 1, 0) == 1); check(recv(udp.r, &one, 1, 0) == 1),
     check(libc_send(ludp.s, &one, 1, 0) == 1); check(libc_recv(ludp.r, &one, 1, 0) == 1))
BOTH(tcp, check(send(tcp.s, &one, 1, 0) == 1); check(recv(tcp.r, &one, 1, 0) == 1),
     check(libc_send(ltcp.s, &one, 1, 0) == 1); check(libc_recv(ltcp.r, &one, 1, 0) == 1))

static struct sockaddr_in from;
static int fromlen;
LIBC(static unsigned lfromlen;)
/* The receiver sends to itself: a connected sender may not name an address on every system. */
BOTH(udpto, check(sendto(udp.r, &one, 1, 0, (struct sockaddr *)&ua, sizeof ua) == 1); fromlen = sizeof from;
     check(recvfrom(udp.r, &one, 1, 0, (struct sockaddr *)&from, &fromlen) == 1),
     check(libc_sendto(ludp.r, &one, 1, 0, &lua, sizeof lua) == 1); lfromlen = sizeof from;
     check(libc_recvfrom(ludp.r, &one, 1, 0, &from, &lfromlen) == 1))
BOTH(udpempty, check(recv(udp.r, &one, 1, 0) < 0), check(libc_recv(ludp.r, &one, 1, 0) < 0))
BOTH(tcpempty, check(recv(tcp.r, &one, 1, 0) < 0), check(libc_recv(ltcp.r, &one, 1, 0) < 0))
/* Unchecked: now and then a window probe makes room for a byte. */
BOTH(tcpfull, send(full.s, &one, 1, 0), (void)!libc_send(lfull.s, &one, 1, 0))
BOTH(tcpsocket, closesocket(socket(AF_INET, SOCK_STREAM, 0)), libc_close(libc_socket(AF_INET, SOCK_STREAM, 0)))
BOTH(udpsocket, closesocket(socket(AF_INET, SOCK_DGRAM, 0)), libc_close(libc_socket(AF_INET, SOCK_DGRAM, 0)))
BOTH(lasterror, (void)WSAGetLastError(), (void)0)
BOTH(selects, asking.fd_count = set.fd_count; check(!select(0, &asking, NULL, NULL, &(struct timeval){ 0, 0 })),
     check(!libc_poll(polls, set.fd_count, 0)))
BOTH(wsapoll, check(!WSAPoll(wsapolls, set.fd_count, 0)), check(!libc_poll(polls, set.fd_count, 0)))

/* Connect, accept, close with a reset (so that no port stays in TIME_WAIT), close. */
static void connection_ours(int turns)
{
    struct linger hard = { 1, 0 };
    while (turns-- > 0) {
        SOCKET c = socket(AF_INET, SOCK_STREAM, 0), a;
        check(!connect(c, (struct sockaddr *)&la, sizeof la));
        a = accept(l, NULL, NULL);
        setsockopt(c, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard);
        closesocket(c), closesocket(a);
    }
}

#ifndef _WIN32
static void connection_libc(int turns)
{
    int hard[2] = { 1, 0 };
    while (turns-- > 0) {
        int c = libc_socket(AF_INET, SOCK_STREAM, 0), a;
        check(!libc_connect(c, &lla, sizeof lla));
        a = libc_accept(ll, NULL, NULL);
        libc_setsockopt(c, 1 /* SOL_SOCKET */, 13 /* SO_LINGER */, hard, sizeof hard);
        libc_close(c), libc_close(a);
    }
}
#endif

static void prepare_blocking(int on)
{
    nonblocking((u_long)!on);
    LIBC(libc_nonblocking(!on);)
}

static void prepare_many(int count)
{
    ask(count);
    set.fd_count = (u_int)count;
}

static const struct test {
    const char *name;
    double goal; /* of the ratio; of the time in ns if negative; 0: none stated */
    int turns;
    void (*prepare)(int);
    int value;
    void (*ours)(int), (*libc)(int);
} tests[] = {
    CASE("UDP send + recv, 1 byte", udp, 1.05, 2000, prepare_blocking, 1),
    CASE("UDP sendto + recvfrom, 1 byte", udpto, 1.05, 2000, prepare_blocking, 1),
    CASE("TCP send + recv, 1 byte", tcp, 1.05, 1000, prepare_blocking, 1),
    CASE("UDP send + recv, 1 byte, non-blocking", udp, 1.05, 2000, prepare_blocking, 0),
    CASE("TCP send + recv, 1 byte, non-blocking", tcp, 1.05, 1000, prepare_blocking, 0),
    CASE("UDP recv, would block", udpempty, 1.10, 5000, prepare_blocking, 0),
    CASE("TCP recv, would block", tcpempty, 1.10, 5000, prepare_blocking, 0),
    CASE("TCP send, would block", tcpfull, 1.10, 5000, fill, 0),
    CASE("TCP socket + close", tcpsocket, 1.15, 500, NULL, 0),
    CASE("UDP socket + close", udpsocket, 1.15, 500, NULL, 0),
    CASE("TCP connect + accept + 2 closes", connection, 1.05, 100, NULL, 0),
    CASE("select, 1 socket, beside poll", selects, 0, 5000, prepare_many, 1),
    CASE("select, 64 sockets", selects, 0, 500, prepare_many, 64),
    CASE("select, 1000 sockets", selects, 0, 30, prepare_many, 1000),
    CASE("select, 10000 sockets", selects, 0, 3, prepare_many, 10000),
    CASE("WSAPoll, 1 socket, beside poll", wsapoll, 0, 5000, prepare_many, 1),
    CASE("WSAPoll, 64 sockets", wsapoll, 0, 500, prepare_many, 64),
    CASE("WSAPoll, 1000 sockets", wsapoll, 0, 30, prepare_many, 1000),
    CASE("WSAPoll, 10000 sockets", wsapoll, 0, 3, prepare_many, 10000),
    CASE("WSAGetLastError", lasterror, -3, 200000, NULL, 0),
};

static int by_value(const void *a, const void *b)
{
    return *(const double *)a < *(const double *)b ? -1 : *(const double *)a > *(const double *)b;
}

static double timed(void (*side)(int), int turns)
{
    double begin = now();
    side(turns);
    return (now() - begin) / turns;
}

/* Short stretches turn about, so that both sides meet the same neighbours; the ratio is the median of those of adjacent
   stretches, the times are the best. */
#define ROUNDS 101
static void measure(const struct test *test)
{
    double ratios[ROUNDS], best[2] = { 1e18, 1e18 };
    int round;
    for (round = 0; round < ROUNDS; round++) {
        double ours = timed(test->ours, test->turns), libc = test->libc ? timed(test->libc, test->turns) : 0;
        if (ours < best[0]) best[0] = ours;
        if (libc < best[1]) best[1] = libc;
        ratios[round] = libc > 0 ? ours / libc : 0;
    }
    qsort(ratios, ROUNDS, sizeof *ratios, by_value);
    printf("%s\t%g\t%.2f\t%.2f\t%.3f\n", test->name, test->goal, best[0], best[1], ratios[ROUNDS / 2]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    WSADATA data;
    size_t index;
    must(!WSAStartup(MAKEWORD(2, 2), &data), "WSAStartup");
    open_ours();
    LIBC(open_libc();)
    for (index = 0; index < sizeof tests / sizeof *tests; index++) {
        const struct test *test = &tests[index];
        if (argc > 1 && strcmp(argv[1], test->name))
            continue;
        if (test->prepare)
            test->prepare(test->value);
        if (argc > 3)
            (*argv[2] == 'o' ? test->ours : test->libc)(atoi(argv[3]));
        else
            measure(test);
    }
    return 0;
}
