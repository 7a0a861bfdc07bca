// Load generator for several echo servers turn about: each slice of time goes to one of them, and the next to the next, so
// that a machine whose speed changes treats all alike. Medians over the turns; ratios are those within a turn.
// usage: turns CONNECTIONS BYTES SLICE_MS TURNS NAME:PORT:PID...
// Ratios: of the rate to that of the first and of the second server, of the server's processor time to that of the first.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
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

enum { MOST = 16, SLOWEST = 1 << 20 };

struct peer { int fd; uint32_t got; uint64_t begun; };
struct server { char name[32]; int port, pid, epoll; struct peer *peers; double *rate, *cpu; uint32_t *latency; };

static struct server servers[MOST];
static int connections, bytes, turns;
static char *out, *in;

static uint64_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }
static void die(const char *what) { perror(what); exit(1); }

// Processor time of all threads of a process in seconds.
static double cpu(int pid)
{
    char path[300];
    double sum = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    for (struct dirent *task; tasks && (task = readdir(tasks));) {
        unsigned long long ns;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, task->d_name);
        FILE *f = task->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (f && fscanf(f, "%llu", &ns) == 1) sum += ns / 1e9;
        if (f) fclose(f);
    }
    if (tasks) closedir(tasks);
    return sum;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, const double *by)
{
    double *sorted = malloc(turns * sizeof *sorted);
    for (int i = 0; i < turns; i++) sorted[i] = by ? values[i] / by[i] : values[i];
    qsort(sorted, turns, sizeof *sorted, ascending);
    double middle = sorted[turns / 2];
    free(sorted);
    return middle;
}

static void open_connections(struct server *s)
{
    int one = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(s->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    s->epoll = epoll_create1(0), s->peers = calloc(connections, sizeof *s->peers);
    s->rate = calloc(turns, sizeof *s->rate), s->cpu = calloc(turns, sizeof *s->cpu), s->latency = calloc(SLOWEST, sizeof *s->latency);
    for (int i = 0; i < connections; i++) {
        struct peer *p = &s->peers[i];
        p->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(p->fd, (void *)&a, sizeof a)) die(s->name);
        setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event e = { EPOLLIN, { .ptr = p } };
        epoll_ctl(s->epoll, EPOLL_CTL_ADD, p->fd, &e);
    }
}

static void say(struct peer *p)
{
    p->begun = now();
    if (send(p->fd, out, bytes, 0) != bytes) die("send");
}

// One slice: every connection keeps a message under way; then the last ones are waited for.
static void slice(struct server *s, int turn, int ms)
{
    double before = cpu(s->pid);
    uint64_t start = now(), end = start + ms * 1000000ull, trips = 0;
    int left = connections, is_over = 0;
    for (int i = 0; i < connections; i++) say(&s->peers[i]);
    while (left) {
        struct epoll_event events[64];
        int n = epoll_wait(s->epoll, events, 64, connections == 1 ? 0 : -1); // one connection: wake-up time is not measured
        uint64_t t = now();
        if (!is_over && t >= end) {
            is_over = 1;
            if (turn >= 0) s->rate[turn] = trips * 1e9 / (t - start);
        }
        for (int i = 0; i < n; i++) {
            struct peer *p = events[i].data.ptr;
            ssize_t got = recv(p->fd, in, bytes - p->got, MSG_DONTWAIT);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) die(s->name);
            if ((p->got += got) < (uint32_t)bytes) continue;
            p->got = 0, trips++;
            uint64_t us = (now() - p->begun) / 1000;
            if (turn >= 0) s->latency[us < SLOWEST ? us : SLOWEST - 1]++;
            if (is_over) left--; else say(p);
        }
    }
    usleep(1000); // the server goes back to its wait
    if (turn >= 0) s->cpu[turn] = (cpu(s->pid) - before) * 1e6 / trips;
}

static int quantile(const uint32_t *latency, int percent)
{
    uint64_t all = 0, seen = 0;
    for (int us = 0; us < SLOWEST; us++) all += latency[us];
    for (int us = 0; us < SLOWEST; us++) if ((seen += latency[us]) * 100 >= all * percent) return us;
    return SLOWEST;
}

static void swap(int *a, int *b) { int c = *a; *a = *b; *b = c; }

// Another order, the same ones in each run of the program.
static void shuffle(int *order, int count)
{
    static uint32_t state = 1;
    int last = order[count - 1];
    for (int k = count - 1; k > 0; k--) {
        state = state * 1664525 + 1013904223;
        swap(&order[k], &order[(state >> 16) % (k + 1)]);
    }
    if (order[0] == last && count > 1) swap(&order[0], &order[count - 1]);
}

int main(int argc, char **argv)
{
    int ms = atoi(argv[3]), count = argc - 5 < MOST ? argc - 5 : MOST;
    connections = atoi(argv[1]), bytes = atoi(argv[2]), turns = atoi(argv[4]);
    out = malloc(bytes), in = malloc(bytes);
    memset(out, 'x', bytes);
    for (int k = 0; k < count; k++) {
        sscanf(argv[5 + k], "%31[^:]:%d:%d", servers[k].name, &servers[k].port, &servers[k].pid);
        open_connections(&servers[k]);
    }
    // The first turn warms up. Each turn has an order of its own, and none begins with the server that the last one ended with:
    // whoever runs twice in a row, or always behind the same other, has caches that the others do not have.
    int order[MOST];
    for (int k = 0; k < count; k++) order[k] = k;
    for (int turn = -1; turn < turns; turn++) {
        shuffle(order, count);
        for (int k = 0; k < count; k++) slice(&servers[order[k]], turn, ms);
    }
    for (int k = 0; k < count; k++) {
        struct server *s = &servers[k];
        printf("%-11s %5d %5d %8.0f/s p50 %6d p99 %6d us %6.2f us/trip | rate to first %.3f, to second %.3f; time %.3f\n", s->name,
               connections, bytes, median(s->rate, NULL), quantile(s->latency, 50), quantile(s->latency, 99), median(s->cpu, NULL),
               median(s->rate, servers[0].rate), median(s->rate, servers[count > 1].rate), median(s->cpu, servers[0].cpu));
    }
    return 0;
}
