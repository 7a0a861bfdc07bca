// Hand-written echo server on level-triggered epoll: the figure to reach.
// usage: epoll_echo PORT [BUFFER_BYTES [THREADS [WORK]]]   (a buffer per connection, as completion-port servers have)
// Each of the THREADS (1) has an instance of its own, and connections in turn; each message costs WORK steps (work.h).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include "work.h"

struct connection { int fd; unsigned pending, sent; char data[]; };

#ifdef LARGE_CONNECTIONS
#define OWN_BYTES CONNECTION_BYTES
#else
#define OWN_BYTES sizeof(struct connection)
#endif

static size_t buffer_bytes = 4096;
static unsigned long steps;
static int listener, threads = 1, instances[64];
static __thread int epoll;

static void drop(struct connection *c) { close(c->fd); free(c); }

static int flush(struct connection *c)
{
    while (c->sent < c->pending) {
        ssize_t n = send(c->fd, c->data + c->sent, c->pending - c->sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) return -1;
            struct epoll_event e = { EPOLLOUT, { .ptr = c } };
            epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
            return 0;
        }
        c->sent += n;
    }
    c->pending = c->sent = 0;
    return 0;
}

static void take_connections(void)
{
    static int next;
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct connection *c = malloc(OWN_BYTES + buffer_bytes);
        c->fd = fd; c->pending = c->sent = 0;
        struct epoll_event add = { EPOLLIN, { .ptr = c } };
        epoll_ctl(instances[next++ % threads], EPOLL_CTL_ADD, fd, &add);
    }
}

static void *serve(void *instance)
{
    struct epoll_event events[64];
    epoll = *(int *)instance;
    for (;;) {
        int n = epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (!c) { take_connections(); continue; }
            if (c->pending) {
                if (flush(c)) { drop(c); continue; }
                if (c->pending) continue;
                struct epoll_event in = { EPOLLIN, { .ptr = c } };
                epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &in);
                continue;
            }
            ssize_t got = recv(c->fd, c->data, buffer_bytes, 0);
            if (got <= 0) { if (got < 0 && errno == EAGAIN) continue; drop(c); continue; }
            work(steps);
            c->pending = got;
            if (flush(c)) drop(c);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int one = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc > 2) buffer_bytes = atoi(argv[2]);
    if (argc > 3) threads = atoi(argv[3]);
    if (argc > 4) steps = strtoul(argv[4], NULL, 10);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&a, sizeof a) || listen(listener, 4096)) { perror("listen"); return 1; }
    for (int i = 0; i < threads; i++) instances[i] = epoll_create1(0);
    struct epoll_event e = { EPOLLIN, { .ptr = NULL } };
    epoll_ctl(instances[0], EPOLL_CTL_ADD, listener, &e);
    for (int i = 1; i < threads; i++) { pthread_t thread; pthread_create(&thread, NULL, serve, &instances[i]); }
    serve(&instances[0]);
}
