// Connects, waits for the server's end, and closes with a reset (no TIME_WAIT), over and over.
// usage: connect_load PORT SECONDS PID   prints connections per second, and the processor time of PID for each
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double processor_time(const char *pid)
{
    char path[64], state;
    unsigned long user = 0, kernel = 0;
    FILE *f;
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    f = fopen(path, "r");
    if (!f || fscanf(f, "%*d %*s %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &state, &user, &kernel) != 3)
        exit(1);
    fclose(f);
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

int main(int argc, char **argv)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
    double start = now(), seconds = atof(argv[2]), spent = processor_time(argv[3]);
    struct linger reset = {1, 0};
    long count = 0;
    (void)argc;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    while (now() - start < seconds) {
        char byte;
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(s, (struct sockaddr *)&name, sizeof name))
            return 1;
        if (read(s, &byte, 1) < 0)
            return 1;
        setsockopt(s, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(s);
        count++;
    }
    seconds = now() - start;
    spent = processor_time(argv[3]) - spent;
    printf("%8.0f connections/s  %6.2f us of the server's processor each\n", (double)count / seconds,
           spent / (double)count * 1e6);
    return 0;
}
