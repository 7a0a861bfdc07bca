// Keyed events.
//
// rule: who waits at a key and who releases it meet, whoever comes first; a time that is over is STATUS_TIMEOUT.
// source: src/reflock.c of wepoll, which runs on Windows
// expect: made 0
// expect: nobody waits 102
// expect: nobody releases 102
// expect: waited 0
// expect: released 0 waited 0
// expect: another key 102
// expect: odd c00000ef
#include "afd.h"

static HANDLE keyed;
static char keys[8];

static LARGE_INTEGER *within(int ms)
{
    static LARGE_INTEGER time;
    time.QuadPart = MILLISECONDS(ms);
    return &time;
}

static DWORD WINAPI release(void *key)
{
    return (DWORD)NtReleaseKeyedEvent(keyed, key, FALSE, NULL);
}

static DWORD WINAPI wait(void *key)
{
    return (DWORD)NtWaitForKeyedEvent(keyed, key, FALSE, NULL);
}

int main(void)
{
    void *key = (void *)(((ULONG_PTR)keys + 1) & ~(ULONG_PTR)1);
    HANDLE thread;
    DWORD code = 1;
    start();
    printf("made %x\n", (unsigned)NtCreateKeyedEvent(&keyed, EVENT_ALL_ACCESS, NULL, 0));
    printf("nobody waits %x\n", (unsigned)NtReleaseKeyedEvent(keyed, key, FALSE, within(20)));
    printf("nobody releases %x\n", (unsigned)NtWaitForKeyedEvent(keyed, key, FALSE, within(20)));
    thread = new_thread(release, key, 0);
    printf("waited %x\n", (unsigned)NtWaitForKeyedEvent(keyed, key, FALSE, within(5000)));
    join(thread);
    thread = new_thread(wait, key, 0);
    printf("released %x", (unsigned)NtReleaseKeyedEvent(keyed, key, FALSE, within(5000)));
    must(WaitForSingleObject(thread, 5000) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code), "thread");
    printf(" waited %x\n", (unsigned)code);
    thread = new_thread(wait, key, 0);
    printf("another key %x\n", (unsigned)NtReleaseKeyedEvent(keyed, (char *)key + 2, FALSE, within(20)));
    must(NtReleaseKeyedEvent(keyed, key, FALSE, within(5000)) == 0, "release");
    join(thread);
    printf("odd %x\n", (unsigned)NtReleaseKeyedEvent(keyed, (char *)key + 1, FALSE, within(20)));
    return 0;
}
