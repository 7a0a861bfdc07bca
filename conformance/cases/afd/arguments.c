// Polls through \Device\Afd that are wrong.
//
// rule: the room for the answer is as large as the question at least, which holds one handle or more and as many as it says;
//       each is a socket; the status block and the event are left alone where the call fails.
// source: dlls/ws2_32/tests/afd.c of Wine, test_poll, checked on Windows
// expect: no answer c000000d
// expect: no question c000000d
// expect: short question c000000d
// expect: short answer c000000d
// expect: long ones 103
// expect: no handles c000000d
// expect: more handles c000000d
// expect: no socket c0000008
// expect: one of two c0000008
// expect: event 0 block cccccccc
// expect: no event c0000008
// expect: no device c0000008
// expect: names 0 0 0 c0000034 c0000034
#include "afd.h"

static struct afd_poll poll;
static HANDLE event;

static void ask(const char *what, HANDLE device, void *question, ULONG size, void *answer, ULONG room, HANDLE told)
{
    NTSTATUS begun;
    memset(&poll.block, 0xcc, sizeof poll.block);
    begun = NtDeviceIoControlFile(device, told, NULL, NULL, &poll.block, IOCTL_AFD_POLL, question, size, answer, room);
    printf("%s %x\n", what, (unsigned)begun);
    fflush(stdout);
    if (begun == 0x103)
        must(CancelIo(device) && WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "cancel");
}

static unsigned name(PCWSTR name)
{
    HANDLE device = NULL;
    NTSTATUS opened = open_device(&device, name);
    if (opened == 0)
        must(CloseHandle(device), "CloseHandle");
    return (unsigned)opened;
}

int main(void)
{
    SOCKET s;
    HANDLE device;
    start();
    s = tcp();
    event = new_event(TRUE, FALSE);
    device = afd_device();
    poll.asked.timeout.QuadPart = NEVER;
    ask_about(&poll, 0, s, AFD_POLL_RECEIVE);
    ask("no answer", device, &poll.asked, AFD_SIZE(1), NULL, 0, event);
    ask("no question", device, NULL, 0, &poll.told, AFD_SIZE(1), event);
    ask("short question", device, &poll.asked, AFD_SIZE(1) - 1, &poll.told, AFD_SIZE(1), event);
    ask("short answer", device, &poll.asked, AFD_SIZE(1) + 1, &poll.told, AFD_SIZE(1), event);
    ask("long ones", device, &poll.asked, AFD_SIZE(1) + 1, &poll.told, AFD_SIZE(1) + 1, event);
    poll.asked.count = 0;
    ask("no handles", device, &poll.asked, AFD_SIZE(1), &poll.told, AFD_SIZE(1), event);
    poll.asked.count = 2;
    ask("more handles", device, &poll.asked, AFD_SIZE(1), &poll.told, AFD_SIZE(1), event);
    ResetEvent(event);
    ask_about(&poll, 0, (SOCKET)0xabac, AFD_POLL_RECEIVE);
    ask("no socket", device, &poll.asked, AFD_SIZE(1), &poll.told, AFD_SIZE(1), event);
    ask_about(&poll, 1, s, AFD_POLL_RECEIVE);
    ask("one of two", device, &poll.asked, AFD_SIZE(2), &poll.told, AFD_SIZE(2), event);
    printf("event %d block %x\n", WaitForSingleObject(event, 0) == WAIT_OBJECT_0, (unsigned)poll.block.Status);
    ask_about(&poll, 0, s, AFD_POLL_RECEIVE);
    ask("no event", device, &poll.asked, AFD_SIZE(1), &poll.told, AFD_SIZE(1), (HANDLE)(ULONG_PTR)0xabac0);
    must(CloseHandle(device), "CloseHandle");
    ask("no device", device, &poll.asked, AFD_SIZE(1), &poll.told, AFD_SIZE(1), event);
    printf("names %x %x", name(L"\\Device\\Afd"), name(L"\\Device\\Afd\\"));
    printf(" %x", name(L"\\Device\\Afd\\Some\\Thing"));
    printf(" %x %x\n", name(L"\\Device\\Afdx"), name(L"\\Device\\NoSuchThing"));
    return 0;
}
