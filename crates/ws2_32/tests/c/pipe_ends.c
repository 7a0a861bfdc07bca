// Two reads of a pipe end in the order in which they began, whichever thread sees what comes: once the second has told its
// end, the first has ended, and its OVERLAPPED is the program's again.
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS 10000
#define NAME "\\\\.\\pipe\\ws2 ends in order"

static OVERLAPPED fresh(HANDLE event)
{
    OVERLAPPED overlapped;
    memset(&overlapped, 0, sizeof overlapped);
    overlapped.hEvent = event;
    return overlapped;
}

int main(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    HANDLE server = CreateNamedPipeA(NAME, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                     PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1, 0, 0, 0, NULL);
    HANDLE client = CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    OVERLAPPED first, second;
    DWORD count;
    int round, right = 0;
    for (round = 0; round < ROUNDS; round++) {
        char one[8] = {0}, two[8] = {0};
        first = fresh(NULL), second = fresh(event);
        ReadFile(server, one, sizeof one, NULL, &first);
        ReadFile(server, two, sizeof two, NULL, &second);
        WriteFile(client, "one", 3, &count, NULL);
        WriteFile(client, "two", 3, &count, NULL);
        if (WaitForSingleObject(event, 5000) != WAIT_OBJECT_0)
            break;
        right += HasOverlappedIoCompleted(&first) && strcmp(one, "one") == 0 && strcmp(two, "two") == 0;
        // Before the variables are used again.
        while (!HasOverlappedIoCompleted(&first))
            Sleep(0);
    }
    printf("%d of %d\n", right, ROUNDS);
    CloseHandle(client);
    CloseHandle(server);
    return 0;
}
