// Load generator: CONNECTIONS each keep one message of BYTES under way; prints round trips per second, latency
// quantiles, and the processor time the server used per round trip.
// usage: load PORT CONNECTIONS BYTES SECONDS [SERVER_PID[,PID...] [TRIPS [IDLE]]]
// TRIPS: end after so many, all counted, no warming up; 0 for no such end. IDLE: so many connections more that say nothing.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct peer { int fd; uint32_t got; uint64_t begun; };

static uint64_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }

// Processor time of a process in seconds, from /proc/PID/stat.
static double cpu(int pid)
{
    char path[64], text[1024]; snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r"); if (!f) return 0;
    size_t n = fread(text, 1, sizeof text - 1, f); fclose(f); text[n] = 0;
    char *p = strrchr(text, ')'); unsigned long u = 0, s = 0;
    sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &s);
    return (double)(u + s) / sysconf(_SC_CLK_TCK);
}

// The same of all processes that serve, `PID[,PID...]`: wine's programs have a server of their own.
static double cpu_of_all(const char *pids)
{
    double sum = 0;
    for (; pids && *pids; pids = strchr(pids, ','), pids = pids ? pids + 1 : NULL) sum += cpu(atoi(pids));
    return sum;
}

static uint32_t histogram[1 << 20]; // one place per microsecond, up to a second

int main(int argc, char **argv)
{
    int port = atoi(argv[1]), count = atoi(argv[2]), bytes = atoi(argv[3]); double seconds = atof(argv[4]);
    const char *pids = argc > 5 ? argv[5] : NULL; int epoll = epoll_create1(0), one = 1;
    char *out = malloc(bytes), *in = malloc(bytes); memset(out, 'x', bytes);
    struct peer *peers = calloc(count, sizeof *peers);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    for (int i = 0; i < count; i++) {
        peers[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(peers[i].fd, (void *)&a, sizeof a)) { perror("connect"); return 1; }
        setsockopt(peers[i].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event e = { EPOLLIN, { .ptr = &peers[i] } };
        epoll_ctl(epoll, EPOLL_CTL_ADD, peers[i].fd, &e);
    }
    uint64_t most = argc > 6 ? strtoull(argv[6], NULL, 10) : 0, trips = 0, all = 0;
    for (int i = argc > 7 ? atoi(argv[7]) : 0; i > 0; i--) {
        if (connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&a, sizeof a)) { perror("idle connect"); return 1; }
    }
    usleep(100000);
    double warming = seconds < 0.6 ? seconds / 2 : 0.3;
    uint64_t start = now(), warm = start + (most ? 0 : (uint64_t)(warming * 1e9)), end = warm + (uint64_t)(seconds * 1e9);
    double before = 0; int measuring = 0;
    for (int i = 0; i < count; i++) { peers[i].begun = now(); send(peers[i].fd, out, bytes, 0); }
    struct epoll_event events[64];
    for (;;) {
        int n = epoll_wait(epoll, events, 64, count == 1 ? 0 : -1); // one connection: busy, so that wake-up time is not measured
        uint64_t t = now();
        if (!measuring && t >= warm) { measuring = 1; trips = 0; start = t; before = cpu_of_all(pids); }
        if (t >= end || (most && trips >= most)) break;
        for (int i = 0; i < n; i++) {
            struct peer *p = events[i].data.ptr;
            ssize_t got = recv(p->fd, in, bytes - p->got, MSG_DONTWAIT);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) { fprintf(stderr, "server closed: %s\n", got ? strerror(errno) : "end"); return 1; }
            if ((p->got += got) < (uint32_t)bytes) continue;
            p->got = 0; t = now(); all++;
            if (measuring) { uint64_t us = (t - p->begun) / 1000; histogram[us < (1 << 20) ? us : (1 << 20) - 1]++; trips++; }
            p->begun = t;
            if (send(p->fd, out, bytes, 0) != bytes) { perror("send"); return 1; }
        }
    }
    double took = (now() - start) / 1e9, used = cpu_of_all(pids) - before;
    uint64_t p50 = 0, p99 = 0, sum = 0;
    for (int us = 0; us < 1 << 20; us++) {
        sum += histogram[us];
        if (!p50 && sum * 2 >= trips) p50 = us;
        if (sum * 100 >= trips * 99) { p99 = us; break; }
    }
    printf("%d conn %d B: %.0f round trips/s, p50 %lu us, p99 %lu us, server %.2f us/RT, %lu trips in all\n", count, bytes, trips / took, p50, p99, trips ? used * 1e6 / trips : 0, all);
    return 0;
}
