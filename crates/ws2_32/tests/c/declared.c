/* Types, numbers and small functions of Windows' headers that nothing else here uses. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mstcpip.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

/* By these Microsoft's headers tell that they have the type. */
#if !defined(_SIZE_T_DEFINED) || !defined(GUID_DEFINED)
#error a source would define the type itself
#endif

int main(void)
{
    WSADATA data;
    PADDRINFOEX found = NULL;
    ADDRINFOEX hints;
    INET_PORT_RESERVATION_INSTANCE instance;
    RCVALL_VALUE mode = RCVALL_IPLEVEL;
    TCP_ICW_LEVEL level = TCP_ICW_LEVEL_COMPAT;
    if (WSAStartup(MAKEWORD(2, 2), &data))
        return 1;
    printf("htonll %llx ntohll %llx\n", (unsigned long long)htonll(0x0102030405060708ull),
           (unsigned long long)ntohll(0x0807060504030201ull));
    printf("htonf %x ntohf %g htond %llx ntohd %g\n", (unsigned)htonf(1.5f), ntohf(htonf(1.5f)),
           (unsigned long long)htond(2.5), ntohd(htond(2.5)));
    printf("languages %04x %04x %04x\n", (unsigned)MAKELANGID(LANG_GERMAN, SUBLANG_GERMAN_SWISS),
           (unsigned)MAKELANGID(LANG_CHINESE, SUBLANG_CHINESE_SIMPLIFIED),
           (unsigned)MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_UK));
    printf("sizes %u %u %u %u\n", (unsigned)sizeof(GROUP_FILTER), (unsigned)GROUP_FILTER_SIZE(2),
           (unsigned)sizeof instance, (unsigned)sizeof(RCVALL_IF));
    printf("modes %d %d\n", (int)mode, (int)level);
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_NUMERICHOST;
    printf("GetAddrInfoEx %d", GetAddrInfoEx("127.0.0.1", NULL, NS_ALL, NULL, &hints, &found, NULL, NULL, NULL, NULL));
    printf(" %d\n", found != NULL && found->ai_family == AF_INET);
    FreeAddrInfoEx(found);
    return 0;
}
