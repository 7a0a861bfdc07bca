// What every case needs: start-up, printing, loopback pairs, threads. Builds with our headers and with mingw-w64.
#ifndef CASE_H
#define CASE_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef _WIN32
#include <pthread.h>
#include <time.h>
#endif

// Prints `what` with the last error of this thread if the call failed, else with `ok`.
static inline void result(const char *what, int failed)
{
    int code = WSAGetLastError();
    if (failed)
        printf("%s %d\n", what, code);
    else
        printf("%s ok\n", what);
    fflush(stdout);
}

// Stops the program when something that is not under test went wrong.
static inline void must(int good, const char *what)
{
    if (good)
        return;
    printf("setup failed: %s %d\n", what, WSAGetLastError());
    fflush(stdout);
    exit(3);
}

static inline void start(void)
{
    WSADATA data;
    must(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
}

static inline SOCKET tcp(void)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    must(s != INVALID_SOCKET, "socket tcp");
    return s;
}

static inline SOCKET udp(void)
{
    SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    must(s != INVALID_SOCKET, "socket udp");
    return s;
}

static inline struct sockaddr_in ipv4(const char *text, unsigned short port)
{
    struct sockaddr_in at;
    unsigned a = 0, b = 0, c = 0, d = 0;
    // Not by inet_addr: a case shall fail for what it tests.
    must(sscanf(text, "%u.%u.%u.%u", &a, &b, &c, &d) == 4, "ipv4");
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(a << 24 | b << 16 | c << 8 | d);
    return at;
}

// Binds to a free port of 127.0.0.1 and returns the address.
static inline struct sockaddr_in bind_free(SOCKET s)
{
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    int length = sizeof at;
    must(bind(s, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    must(getsockname(s, (struct sockaddr *)&at, &length) == 0, "getsockname");
    return at;
}

static inline SOCKET tcp_listening(struct sockaddr_in *at)
{
    SOCKET s = tcp();
    *at = bind_free(s);
    must(listen(s, 5) == 0, "listen");
    return s;
}

static inline SOCKET udp_bound(struct sockaddr_in *at)
{
    SOCKET s = udp();
    *at = bind_free(s);
    return s;
}

// A connected pair over loopback.
static inline void tcp_pair(SOCKET *client, SOCKET *server)
{
    struct sockaddr_in at;
    SOCKET listener = tcp_listening(&at);
    *client = tcp();
    must(connect(*client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    *server = accept(listener, NULL, NULL);
    must(*server != INVALID_SOCKET, "accept");
    must(closesocket(listener) == 0, "closesocket");
}

static inline void nonblocking(SOCKET s)
{
    u_long on = 1;
    must(ioctlsocket(s, FIONBIO, &on) == 0, "FIONBIO");
}

// Closes a connection with RST.
static inline void reset_connection(SOCKET s)
{
    struct linger now = {1, 0};
    must(setsockopt(s, SOL_SOCKET, SO_LINGER, (const char *)&now, sizeof now) == 0, "SO_LINGER");
    must(closesocket(s) == 0, "closesocket");
}

// A port of 127.0.0.1 on which nobody listens.
static inline struct sockaddr_in unused_port(void)
{
    struct sockaddr_in at;
    SOCKET s = tcp_listening(&at);
    must(closesocket(s) == 0, "closesocket");
    return at;
}

static inline void sleep_ms(int ms)
{
#ifdef _WIN32
    Sleep(ms);
#else
    struct timespec rest = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&rest, NULL);
#endif
}

// Waits until data or an end of data has arrived.
static inline void wait_readable(SOCKET s)
{
    fd_set set;
    struct timeval limit = {5, 0};
    FD_ZERO(&set);
    FD_SET(s, &set);
    must(select(0, &set, NULL, NULL, &limit) == 1, "select");
}

// One thread that runs `work(argument)`.
struct thread {
    void (*work)(void *);
    void *argument;
#ifdef _WIN32
    HANDLE handle;
#else
    pthread_t handle;
#endif
};

#ifdef _WIN32
static inline DWORD WINAPI thread_main(LPVOID self)
{
    ((struct thread *)self)->work(((struct thread *)self)->argument);
    return 0;
}

static inline void thread_start(struct thread *self, void (*work)(void *), void *argument)
{
    self->work = work;
    self->argument = argument;
    self->handle = CreateThread(NULL, 0, thread_main, self, 0, NULL);
}

static inline void thread_join(struct thread *self)
{
    WaitForSingleObject(self->handle, INFINITE);
    CloseHandle(self->handle);
}
#else
static inline void *thread_main(void *self)
{
    ((struct thread *)self)->work(((struct thread *)self)->argument);
    return NULL;
}

static inline void thread_start(struct thread *self, void (*work)(void *), void *argument)
{
    self->work = work;
    self->argument = argument;
    pthread_create(&self->handle, NULL, thread_main, self);
}

static inline void thread_join(struct thread *self)
{
    pthread_join(self->handle, NULL);
}
#endif

#endif
