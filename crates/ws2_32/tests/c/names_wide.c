/* Wide names, the extended forms, and what is refused. Rules: the functions' pages; Wine's dlls/ws2_32/tests/protocol.c. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int main(void)
{
    WSADATA data;
    ADDRINFOW hints, *list = NULL;
    ADDRINFOEXW *extended = NULL;
    ADDRINFOEXA *narrow = NULL;
    SOCKADDR_IN6 address;
    struct timeval second;
    WCHAR text[64], host[NI_MAXHOST], service[NI_MAXSERV], *message = NULL;
    char space[256];
    WSANAMESPACE_INFOA *spaces = (WSANAMESPACE_INFOA *)space;
    OVERLAPPED overlapped;
    DWORD length;
    int size, result;

    WSAStartup(MAKEWORD(2, 2), &data);
    memset(&hints, 0, sizeof(hints));
    hints.ai_flags = AI_CANONNAME | AI_NUMERICHOST;
    result = GetAddrInfoW(L"[2001:db8::1]", L"http", &hints, &list);
    printf("GetAddrInfoW: %d %d, %d bytes, %ls\n", result, WSAGetLastError(), (int)list->ai_addrlen, list->ai_canonname);
    result = GetNameInfoW(list->ai_addr, (socklen_t)list->ai_addrlen, host, NI_MAXHOST, service, NI_MAXSERV, NI_NUMERICHOST);
    printf("GetNameInfoW: %d %ls %ls\n", result, host, service);
    FreeAddrInfoW(list);
    hints.ai_addrlen = 1;
    result = GetAddrInfoW(L"::1", NULL, &hints, &list);
    printf("GetAddrInfoW, hints with a length: %d, list %d\n", result, list != NULL);

    second.tv_sec = 1;
    second.tv_usec = 0;
    result = GetAddrInfoExW(L"127.0.0.1", L"80", NS_DNS, NULL, NULL, &extended, &second, NULL, NULL, NULL);
    printf("GetAddrInfoExW: %d, family %d\n", result, extended->ai_family);
    FreeAddrInfoExW(extended);
    memset(&overlapped, 0, sizeof(overlapped));
    result = GetAddrInfoExW(L"127.0.0.1", L"80", NS_DNS, NULL, NULL, &extended, NULL, &overlapped, NULL, NULL);
    printf("GetAddrInfoExW, overlapped without an event: %d %d\n", result, WSAGetLastError());
    result = GetAddrInfoExA("127.0.0.1", NULL, NS_ALL, NULL, NULL, &narrow, NULL, NULL, NULL, NULL);
    printf("GetAddrInfoExA: %d, blob %d\n", result, (int)narrow->ai_bloblen);
    FreeAddrInfoEx(narrow);

    memset(&address, 0, sizeof(address));
    result = InetPtonW(AF_INET6, L"fe80::1", &address.sin6_addr);
    printf("InetPtonW: %d %ls\n", result, InetNtopW(AF_INET6, &address.sin6_addr, text, 64));
    result = InetPtonW(AF_INET6, L"fe80::g", &address.sin6_addr);
    printf("InetPtonW of nonsense: %d %d\n", result, WSAGetLastError());
    size = sizeof(address);
    wcscpy(text, L"[fe80::1%7]:443");
    result = WSAStringToAddressW(text, AF_INET6, NULL, (SOCKADDR *)&address, &size);
    printf("WSAStringToAddressW: %d, port %d, scope %d\n", result, ntohs(address.sin6_port), (int)address.sin6_scope_id);
    length = 64;
    WSAAddressToStringW((SOCKADDR *)&address, sizeof(address), NULL, text, &length);
    printf("WSAAddressToStringW: %ls, length %d\n", text, (int)length);

    length = 0;
    result = WSAEnumNameSpaceProvidersA(&length, NULL);
    printf("WSAEnumNameSpaceProvidersA, no room: %d %d, enough %d\n", result, WSAGetLastError(), length <= sizeof(space));
    length = sizeof(space);
    result = WSAEnumNameSpaceProvidersA(&length, spaces);
    printf("WSAEnumNameSpaceProvidersA: %d, name space %d, %s\n", result, (int)spaces->dwNameSpace, spaces->lpszIdentifier);

    result = WSAAsyncGetHostByName(NULL, 0, "localhost", space, sizeof(space)) == NULL;
    printf("WSAAsyncGetHostByName: %d %d\n", result, WSAGetLastError());
    result = WSACancelAsyncRequest(NULL);
    printf("WSACancelAsyncRequest: %d %d\n", result, WSAGetLastError());

    length = FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                            NULL, WSAETIMEDOUT, 0, (LPWSTR)&message, 0, NULL);
    printf("FormatMessageW: %d %.29ls\n", length == wcslen(message), message);
    LocalFree(message);
    printf("gai_strerrorW: %ls\n", gai_strerrorW(WSATRY_AGAIN));
    WSACleanup();
    return 0;
}
