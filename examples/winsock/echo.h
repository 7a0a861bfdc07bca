/* The echo examples have the same outside, whatever style they are in:
 *
 *   echo_STYLE server PORT CONNECTIONS   serves so many connections, then says how many bytes it sent back
 *   echo_STYLE client PORT TEXT...       sends each text and prints what comes back
 *
 * Each style writes serve() and, with the calls of that style, exchange(). */
#ifndef EXAMPLES_ECHO_H
#define EXAMPLES_ECHO_H

#include "common.h"

#define BUFFER_BYTES 4096

/* Serves `connections` connections and returns the number of bytes echoed. */
static unsigned long serve(SOCKET listener, int connections);
/* Sends `length` bytes and receives as many into `back`. */
static void exchange(SOCKET s, const char *text, int length, char *back);

static SOCKET new_socket(void)
{
    SOCKET s = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (s == INVALID_SOCKET)
        fail("socket");
    return s;
}

static int run_server(unsigned short port, int connections)
{
    unsigned long bytes;
    SOCKET listener = new_socket();
    bind_locally(listener, port);
    if (listen(listener, SOMAXCONN) == SOCKET_ERROR)
        fail("listen");
    say_port(listener);
    bytes = serve(listener, connections);
    closesocket(listener);
    printf("%d connections, %u bytes\n", connections, (unsigned)bytes);
    return 0;
}

static int run_client(unsigned short port, int count, char **texts)
{
    char back[BUFFER_BYTES];
    struct sockaddr_in address = local_address(port);
    int i;
    SOCKET s = new_socket();
    if (connect(s, (struct sockaddr *)&address, sizeof address) == SOCKET_ERROR)
        fail("connect");
    for (i = 0; i < count; i++) {
        int length = (int)strlen(texts[i]);
        if (length == 0 || length >= BUFFER_BYTES)
            continue;
        exchange(s, texts[i], length, back);
        back[length] = 0;
        printf("%s\n", back);
    }
    closesocket(s);
    return 0;
}

int main(int argc, char **argv)
{
    int status;
    if (argc < 4 || (strcmp(argv[1], "server") != 0 && strcmp(argv[1], "client") != 0)) {
        printf("usage: %s server PORT CONNECTIONS | client PORT TEXT...\n", argc > 0 ? argv[0] : "echo");
        return 2;
    }
    start_winsock();
    if (strcmp(argv[1], "server") == 0)
        status = run_server((unsigned short)atoi(argv[2]), atoi(argv[3]));
    else
        status = run_client((unsigned short)atoi(argv[2]), argc - 3, argv + 3);
    WSACleanup();
    return status;
}

#endif
