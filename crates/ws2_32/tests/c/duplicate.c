/* A connection handed to another process, which sends through it. Rule: the pages of WSADuplicateSocket and WSASocket. */
#include <winsock2.h>
#include <stdio.h>
#include <sys/wait.h>

static SOCKET client, server;

static void make_pair(void)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, (struct sockaddr *)&address, sizeof(address));
    listen(listener, 1);
    getsockname(listener, (struct sockaddr *)&address, &length);
    client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, (struct sockaddr *)&address, sizeof(address));
    server = accept(listener, NULL, NULL);
    closesocket(listener);
}

static int child(int from_parent)
{
    WSADATA data;
    WSAPROTOCOL_INFOA information;
    SOCKET s;
    WSAStartup(MAKEWORD(2, 2), &data);
    if (read(from_parent, &information, sizeof(information)) != (ssize_t)sizeof(information))
        return 1;
    s = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &information, 0, 0);
    if (s == INVALID_SOCKET)
        return 2;
    return send(s, "hello", 5, 0) == 5 ? 0 : 3;
}

int main(void)
{
    WSADATA data;
    WSAPROTOCOL_INFOA information;
    char buffer[16] = "";
    int to_child[2], status = -1;
    pid_t pid;
    /* The child is there before the sockets, so that it inherits none. */
    if (pipe(to_child) != 0)
        return 1;
    pid = fork();
    if (pid == 0) {
        /* Else the read would wait for ever on a parent that failed. */
        close(to_child[1]);
        _exit(child(to_child[0]));
    }
    WSAStartup(MAKEWORD(2, 2), &data);
    make_pair();
    printf("duplicate: %d\n", WSADuplicateSocketA(client, (DWORD)pid, &information));
    if (write(to_child[1], &information, sizeof(information)) != (ssize_t)sizeof(information))
        return 2;
    waitpid(pid, &status, 0);
    printf("child: %d\n", status);
    status = recv(server, buffer, sizeof(buffer) - 1, 0);
    printf("received: %d %s\n", status, buffer);
    WSACleanup();
    return 0;
}
