/* NetBIOS, which this computer has no adapter for: that is what its one function says. */
#ifndef NCB_INCLUDED
#define NCB_INCLUDED
#pragma GCC system_header

#include <windows.h>

#define NCBNAMSZ 16
#define MAX_LANA 254

#define NCBRESET 0x32
#define NCBASTAT 0x33
#define NCBENUM 0x37

#define NRC_GOODRET 0x00
#define NRC_BUFLEN 0x01
#define NRC_ILLCMD 0x03
#define NRC_BRIDGE 0x23
#define NRC_SYSTEM 0x40

typedef struct _NCB {
    UCHAR ncb_command;
    UCHAR ncb_retcode;
    UCHAR ncb_lsn;
    UCHAR ncb_num;
    PUCHAR ncb_buffer;
    WORD ncb_length;
    UCHAR ncb_callname[NCBNAMSZ];
    UCHAR ncb_name[NCBNAMSZ];
    UCHAR ncb_rto;
    UCHAR ncb_sto;
    void(CALLBACK *ncb_post)(struct _NCB *);
    UCHAR ncb_lana_num;
    UCHAR ncb_cmd_cplt;
    UCHAR ncb_reserve[18];
    HANDLE ncb_event;
} NCB, *PNCB;

typedef struct _ADAPTER_STATUS {
    UCHAR adapter_address[6];
    UCHAR rev_major;
    UCHAR reserved0;
    UCHAR adapter_type;
    UCHAR rev_minor;
    WORD duration;
    WORD frmr_recv;
    WORD frmr_xmit;
    WORD iframe_recv_err;
    WORD xmit_aborts;
    DWORD xmit_success;
    DWORD recv_success;
    WORD iframe_xmit_err;
    WORD recv_buff_unavail;
    WORD t1_timeouts;
    WORD ti_timeouts;
    DWORD reserved1;
    WORD free_ncbs;
    WORD max_cfg_ncbs;
    WORD max_ncbs;
    WORD xmit_buf_unavail;
    WORD max_dgram_size;
    WORD pending_sess;
    WORD max_cfg_sess;
    WORD max_sess;
    WORD max_sess_pkt_size;
    WORD name_count;
} ADAPTER_STATUS, *PADAPTER_STATUS;

typedef struct _NAME_BUFFER {
    UCHAR name[NCBNAMSZ];
    UCHAR name_num;
    UCHAR name_flags;
} NAME_BUFFER, *PNAME_BUFFER;

typedef struct _LANA_ENUM {
    UCHAR length;
    UCHAR lana[MAX_LANA + 1];
} LANA_ENUM, *PLANA_ENUM;

/* NCBENUM answers with no adapter, so each other command names one that is not there. */
WS2_INLINE UCHAR Netbios(PNCB pncb)
{
    UCHAR answer = NRC_BRIDGE;
    if (pncb->ncb_command == NCBENUM) {
        answer = pncb->ncb_length < sizeof(LANA_ENUM) ? NRC_BUFLEN : NRC_GOODRET;
        if (answer == NRC_GOODRET)
            ((LANA_ENUM *)pncb->ncb_buffer)->length = 0;
    }
    pncb->ncb_retcode = pncb->ncb_cmd_cplt = answer;
    return answer;
}

#endif
