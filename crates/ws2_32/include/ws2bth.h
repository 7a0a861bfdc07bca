/* Addresses of Bluetooth, for which no provider exists: a socket of this family fails with WSAEAFNOSUPPORT. */
#ifndef _WS2BTH__H
#define _WS2BTH__H
#pragma GCC system_header

#include <winsock2.h>
#include <guiddef.h>

#define BTHPROTO_RFCOMM 0x0003
#define BTHPROTO_L2CAP 0x0100
#define SOL_RFCOMM BTHPROTO_RFCOMM
#define SOL_L2CAP BTHPROTO_L2CAP
#define SOL_SDP 0x0101
#define SO_BTH_AUTHENTICATE 0x80000001
#define SO_BTH_ENCRYPT 0x00000002
#define SO_BTH_MTU 0x80000007
#define SO_BTH_MTU_MAX 0x80000008
#define SO_BTH_MTU_MIN 0x8000000a
#define BT_PORT_ANY ((ULONG)-1)
#define BT_PORT_MIN 0x1
#define BT_PORT_MAX 0xffff
#define BT_PORT_DYN_FIRST 0x1001
#define BTH_MAX_NAME_SIZE 248
#define BTH_MAX_PIN_SIZE 16
#define BTH_ADDR_NULL ((ULONGLONG)0)
#define NAP_MASK ((ULONGLONG)0xffff00000000)
#define SAP_MASK ((ULONGLONG)0x0000ffffffff)
#define GET_NAP(address) ((USHORT)(((address) & NAP_MASK) >> 32))
#define GET_SAP(address) ((ULONG)((address) & SAP_MASK))
#define SET_NAP(nap) ((ULONGLONG)(USHORT)(nap) << 32)
#define SET_SAP(sap) ((ULONGLONG)(ULONG)(sap))
#define SET_NAP_SAP(nap, sap) (SET_NAP(nap) | SET_SAP(sap))

typedef ULONGLONG BTH_ADDR, *PBTH_ADDR, BT_ADDR, *PBT_ADDR;
typedef ULONG BTH_COD;
#pragma pack(push, 1)
typedef struct _SOCKADDR_BTH {
    USHORT addressFamily;
    BTH_ADDR btAddr;
    GUID serviceClassId;
    ULONG port;
} SOCKADDR_BTH, *PSOCKADDR_BTH;
#pragma pack(pop)

DEFINE_GUID(SVCID_BTH_PROVIDER, 0x6aa63e0, 0x7d60, 0x41ff, 0xaf, 0xb2, 0x3e, 0xe6, 0xd2, 0xd9, 0x39, 0x2d);
DEFINE_GUID(RFCOMM_PROTOCOL_UUID, 0x00000003, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);
DEFINE_GUID(L2CAP_PROTOCOL_UUID, 0x00000100, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);
DEFINE_GUID(SerialPortServiceClass_UUID, 0x00001101, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);
DEFINE_GUID(OBEXObjectPushServiceClass_UUID, 0x00001105, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);
DEFINE_GUID(OBEXFileTransferServiceClass_UUID, 0x00001106, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34,
            0xfb);

#endif
