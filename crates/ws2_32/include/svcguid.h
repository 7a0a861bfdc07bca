/* Classes of services: hosts, and the ports of TCP and UDP. */
#ifndef _SVCGUID_
#define _SVCGUID_
#pragma GCC system_header

#include <winsock2.h>

#define WS2_SVCID(head) {(head), 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}
static const GUID ws2_svcid_hostname __attribute__((unused)) = WS2_SVCID(0x0002a800);
static const GUID ws2_svcid_hostaddrbyinetstring __attribute__((unused)) = WS2_SVCID(0x0002a801);
static const GUID ws2_svcid_hostaddrbyname __attribute__((unused)) = WS2_SVCID(0x0002a803);
#define SVCID_HOSTNAME ws2_svcid_hostname
#define SVCID_INET_HOSTADDRBYINETSTRING ws2_svcid_hostaddrbyinetstring
#define SVCID_INET_HOSTADDRBYNAME ws2_svcid_hostaddrbyname

/* As initialisers of a GUID, and as values to set one to. */
#define DEFINE_SVCID_TCP(port) WS2_SVCID((0x0009u << 16) | (USHORT)(port))
#define DEFINE_SVCID_UDP(port) WS2_SVCID((0x000au << 16) | (USHORT)(port))
#define SVCID_TCP(port) DEFINE_SVCID_TCP(port)
#define SVCID_UDP(port) DEFINE_SVCID_UDP(port)
#define SVCID_NETWARE(type) WS2_SVCID((0x000bu << 16) | (USHORT)(type))
#define SVCID_FILE_SERVER SVCID_NETWARE(0x4)
#define SET_NETWARE_SVCID(class_id, type) ws2_set_svcid((class_id), (0x000bu << 16) | (USHORT)(type))
#define IS_SVCID_NETWARE(class_id) ((class_id)->Data1 >> 16 == 0x000bu)
#define SAPID_FROM_SVCID_NETWARE(class_id) ((WORD)((class_id)->Data1 & 0xffff))
static inline void ws2_set_svcid(GUID *class_id, ULONG head)
{
    GUID value = WS2_SVCID(0);
    value.Data1 = head;
    *class_id = value;
}
#define SET_TCP_SVCID(class_id, port) ws2_set_svcid((class_id), (0x0009u << 16) | (USHORT)(port))
#define SET_UDP_SVCID(class_id, port) ws2_set_svcid((class_id), (0x000au << 16) | (USHORT)(port))
#define PORT_FROM_SVCID_TCP(class_id) ((WORD)((class_id)->Data1 & 0xffff))
#define PORT_FROM_SVCID_UDP(class_id) ((WORD)((class_id)->Data1 & 0xffff))
#define IS_SVCID_TCP(class_id) ((class_id)->Data1 >> 16 == 0x0009u)
#define IS_SVCID_UDP(class_id) ((class_id)->Data1 >> 16 == 0x000au)

#endif
