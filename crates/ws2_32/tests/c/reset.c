/* The fragment that everybody copies, unchanged, and a peer that resets. Prints what the switch took.
 * Rule: send after the peer's reset is 10054 (Docs: "send function", WSAECONNRESET). */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>

static const char *branch(int error)
{
    switch (error) {
    case WSAEWOULDBLOCK:
        return "WSAEWOULDBLOCK";
    case WSAECONNRESET:
        return "WSAECONNRESET";
    case WSAECONNABORTED:
        return "WSAECONNABORTED";
    default:
        return "another code";
    }
}

int main(void)
{
    WSADATA wsaData;
    SOCKET listener, client, server;
    struct sockaddr_in address;
    struct linger hard = { 1, 0 };
    int length = sizeof(address), iResult = 0, turn;

    if (WSAStartup(MAKEWORD(2, 2), &wsaData) != 0)
        return 1;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (bind(listener, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR || listen(listener, 1) == SOCKET_ERROR)
        return 2;
    getsockname(listener, (SOCKADDR *)&address, &length);
    if (connect(client, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR)
        return 3;
    server = accept(listener, NULL, NULL);
    setsockopt(server, SOL_SOCKET, SO_LINGER, (const char *)&hard, sizeof(hard));
    closesocket(server);

    for (turn = 0; turn < 3; turn++) {
        iResult = send(client, "hello", 5, 0);
        if (iResult == SOCKET_ERROR)
            printf("send: %s\n", branch(WSAGetLastError()));
        else
            printf("send: %d\n", iResult);
    }
    printf("recv: %s\n", recv(client, (char *)&address, 1, 0) == SOCKET_ERROR ? branch(WSAGetLastError()) : "data");
    closesocket(client);
    iResult = send(client, "x", 1, 0);
    printf("after close: %d %d\n", iResult, WSAGetLastError());
    closesocket(listener);
    WSACleanup();
    return 0;
}
