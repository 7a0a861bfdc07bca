/* Time per call: this library beside libc, in one program, on loopback. Build and run: benches/runtime/run.sh */
#include <winsock2.h>
#include <stdio.h>
#include <time.h>

/* libc's own, which the headers do not declare. */
extern ssize_t libc_send(int, const void *, size_t, int) __asm__("send");
extern ssize_t libc_recv(int, void *, size_t, int) __asm__("recv");
extern int libc_socket(int, int, int) __asm__("socket");
extern int libc_close(int) __asm__("close");
extern int libc_bind(int, const void *, unsigned) __asm__("bind");
extern int libc_connect(int, const void *, unsigned) __asm__("connect");
extern int libc_getsockname(int, void *, unsigned *) __asm__("getsockname");
extern int libc_listen(int, int) __asm__("listen");
extern int libc_accept(int, void *, unsigned *) __asm__("accept");

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

#define TURNS 100000
#define ROUNDS 5
/* The best of several rounds: the machine is shared. */
#define MEASURE(result, turns, body) do { \
        int round_, i_; \
        result = 1e18; \
        for (round_ = 0; round_ < ROUNDS; round_++) { \
            double begin_ = now(), each_; \
            for (i_ = 0; i_ < (turns); i_++) { body; } \
            each_ = (now() - begin_) / (turns); \
            if (each_ < result) result = each_; \
        } \
    } while (0)

static void line(const char *what, double ours, double theirs)
{
    printf("%-34s %9.1f %9.1f %7.3f\n", what, ours, theirs, ours / theirs);
}

int main(void)
{
    WSADATA data;
    struct sockaddr_in a;
    int alen = sizeof(a);
    unsigned ulen = sizeof(a);
    char byte = 0;
    double ours, theirs;
    SOCKET us, ur, ts, tr, tl;
    int lus, lur, lts, ltr, ltl;
    u_long on = 1;
    WSAStartup(MAKEWORD(2, 2), &data);
    printf("%-34s %9s %9s %7s\n", "ns per call", "ws2_32", "libc", "ratio");

    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    us = socket(AF_INET, SOCK_DGRAM, 0), ur = socket(AF_INET, SOCK_DGRAM, 0);
    bind(ur, (struct sockaddr *)&a, sizeof(a));
    getsockname(ur, (struct sockaddr *)&a, &alen);
    connect(us, (struct sockaddr *)&a, sizeof(a));
    a.sin_port = 0;
    lus = libc_socket(AF_INET, SOCK_DGRAM, 0), lur = libc_socket(AF_INET, SOCK_DGRAM, 0);
    libc_bind(lur, &a, sizeof(a));
    libc_getsockname(lur, &a, &ulen);
    libc_connect(lus, &a, sizeof(a));
    MEASURE(ours, TURNS, send(us, &byte, 1, 0); recv(ur, &byte, 1, 0));
    MEASURE(theirs, TURNS, libc_send(lus, &byte, 1, 0); libc_recv(lur, &byte, 1, 0));
    line("UDP send + recv, 1 byte", ours, theirs);
    ioctlsocket(ur, FIONBIO, &on);
    MEASURE(ours, TURNS, recv(ur, &byte, 1, 0));
    MEASURE(theirs, TURNS, libc_recv(lur, &byte, 1, 0x40 /* MSG_DONTWAIT */));
    line("UDP recv, would block", ours, theirs);

    a.sin_port = 0;
    tl = socket(AF_INET, SOCK_STREAM, 0), ts = socket(AF_INET, SOCK_STREAM, 0);
    bind(tl, (struct sockaddr *)&a, sizeof(a));
    listen(tl, 128);
    getsockname(tl, (struct sockaddr *)&a, &alen);
    connect(ts, (struct sockaddr *)&a, sizeof(a));
    tr = accept(tl, NULL, NULL);
    MEASURE(ours, TURNS / 2, send(ts, &byte, 1, 0); recv(tr, &byte, 1, 0));
    a.sin_port = 0;
    ltl = libc_socket(AF_INET, SOCK_STREAM, 0), lts = libc_socket(AF_INET, SOCK_STREAM, 0);
    libc_bind(ltl, &a, sizeof(a));
    libc_listen(ltl, 128);
    libc_getsockname(ltl, &a, &ulen);
    libc_connect(lts, &a, sizeof(a));
    ltr = libc_accept(ltl, NULL, NULL);
    MEASURE(theirs, TURNS / 2, libc_send(lts, &byte, 1, 0); libc_recv(ltr, &byte, 1, 0));
    line("TCP send + recv, 1 byte", ours, theirs);
    ioctlsocket(tr, FIONBIO, &on);
    MEASURE(ours, TURNS, recv(tr, &byte, 1, 0));
    MEASURE(theirs, TURNS, libc_recv(ltr, &byte, 1, 0x40));
    line("TCP recv, would block", ours, theirs);

    MEASURE(ours, TURNS / 4, closesocket(socket(AF_INET, SOCK_STREAM, 0)));
    MEASURE(theirs, TURNS / 4, libc_close(libc_socket(AF_INET, SOCK_STREAM, 0)));
    line("TCP socket + close", ours, theirs);
    MEASURE(ours, TURNS / 4, closesocket(socket(AF_INET, SOCK_DGRAM, 0)));
    MEASURE(theirs, TURNS / 4, libc_close(libc_socket(AF_INET, SOCK_DGRAM, 0)));
    line("UDP socket + close", ours, theirs);
    MEASURE(ours, 10000000, (void)WSAGetLastError());
    printf("%-34s %9.2f\n", "WSAGetLastError", ours);
    return 0;
}
