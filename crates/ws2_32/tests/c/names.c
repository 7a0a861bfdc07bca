/* Addresses and names that need no network. Rules: the functions' pages; Wine's dlls/ws2_32/tests/protocol.c. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>

int main(void)
{
    WSADATA data;
    ADDRINFOA hints, *list = NULL;
    struct in_addr in;
    struct sockaddr_in address;
    char text[64], small[4], host[NI_MAXHOST], service[NI_MAXSERV], *message = NULL;
    unsigned char bytes[16];
    DWORD length;
    int size, result;
    struct hostent *he;
    struct servent *se;
    struct protoent *pe;

    printf("getaddrinfo before start: %d\n", getaddrinfo("127.0.0.1", "80", NULL, &list));
    WSAStartup(MAKEWORD(2, 2), &data);

    WSASetLastError(1234);
    in.s_addr = inet_addr("127.1");
    printf("inet_addr: %s, last error %d\n", inet_ntoa(in), WSAGetLastError());
    printf("inet_addr of nothing: %d\n", inet_addr("") == INADDR_NONE);
    result = inet_addr(NULL) == INADDR_NONE;
    printf("inet_addr(NULL): %d %d\n", result, WSAGetLastError());

    result = inet_pton(AF_INET6, "2001:db8::1", bytes);
    printf("inet_pton: %d %02x%02x %s\n", result, bytes[0], bytes[1], inet_ntop(AF_INET6, bytes, text, sizeof(text)));
    result = inet_pton(99, "1.2.3.4", bytes);
    printf("inet_pton, family 99: %d %d\n", result, WSAGetLastError());
    result = inet_pton(AF_INET, NULL, bytes);
    printf("inet_pton(NULL): %d %d\n", result, WSAGetLastError());
    result = inet_ntop(AF_INET, bytes, small, sizeof(small)) == NULL;
    printf("inet_ntop, no room: %d %d\n", result, WSAGetLastError());

    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    hints.ai_flags = AI_CANONNAME;
    result = getaddrinfo("127.0.0.1", "http", &hints, &list);
    printf("getaddrinfo: %d %d\n", result, WSAGetLastError());
    getnameinfo(list->ai_addr, (int)list->ai_addrlen, host, sizeof(host), service, sizeof(service),
                NI_NUMERICHOST | NI_NUMERICSERV);
    printf("%s %s, type %d, protocol %d, %s, next %d\n", host, service, list->ai_socktype, list->ai_protocol,
           list->ai_canonname, list->ai_next != NULL);
    freeaddrinfo(list);
    result = getaddrinfo(NULL, NULL, &hints, &list);
    printf("getaddrinfo of nothing: %d %d, list %d\n", result, WSAGetLastError(), list != NULL);
    printf("gai_strerror: %s\n", gai_strerrorA(WSAHOST_NOT_FOUND));

    he = gethostbyname("127.0.0.1");
    printf("gethostbyname: %s, length %d, lists follow %d %d\n", inet_ntoa(*(struct in_addr *)he->h_addr), he->h_length,
           (char *)he->h_aliases == (char *)(he + 1), he->h_aliases[0] == NULL);
    se = getservbyname("http", "tcp");
    printf("getservbyname: %s %d %s\n", se->s_name, ntohs((u_short)se->s_port), se->s_proto);
    result = getservbyname("nonsense", NULL) == NULL;
    printf("getservbyname of nonsense: %d %d\n", result, WSAGetLastError());
    pe = getprotobyname("udp");
    printf("getprotobyname: %s %d\n", pe->p_name, pe->p_proto);
    result = gethostname(small, 1);
    printf("gethostname, no room: %d %d\n", result, WSAGetLastError());

    size = sizeof(address);
    strcpy(text, "1.2.3.4:80");
    WSAStringToAddressA(text, AF_INET, NULL, (SOCKADDR *)&address, &size);
    length = sizeof(text);
    WSAAddressToStringA((SOCKADDR *)&address, sizeof(address), NULL, text, &length);
    printf("address to string: %s, length %u\n", text, (unsigned)length);
    length = 3;
    result = WSAAddressToStringA((SOCKADDR *)&address, sizeof(address), NULL, text, &length);
    printf("address to string, no room: %d %d, length %u\n", result, WSAGetLastError(), (unsigned)length);

    length = FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                            NULL, WSAECONNRESET, MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT), (LPSTR)&message, 0, NULL);
    printf("FormatMessage: %d %s", length == strlen(message), message);
    LocalFree(message);
    WSACleanup();
    return 0;
}
