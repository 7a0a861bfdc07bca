// Random programs of Winsock calls: `program FIRST SEEDS STEPS` runs one for each seed and prints what each call did.
//
// Compiled against our headers and with mingw-w64; the runner compares the two traces.
#include "names.h"
#include "options.h"
#include "overlapped.h"
#include "waiting.h"

static const struct {
    void (*act)(struct slot *);
    unsigned weight;
} acts[] = {
    {act_new, 4},
    {act_socket, 2},
    {act_bind, 5},
    {act_listen, 3},
    {act_connect, 6},
    {act_accept, 5},
    {act_close, 1},
    {act_shutdown, 4},
    {act_name, 4},
    {act_send, 14},
    {act_receive, 16},
    {act_get_option, 6},
    {act_set_option, 6},
    {act_control, 4},
    {act_plain_control, 3},
    {act_select, 7},
    {act_poll, 6},
    {act_event_select, 5},
    {act_events, 10},
    {act_overlapped_receive, 6},
    {act_overlapped_send, 3},
    {act_result, 7},
    {act_cancel, 2},
    {act_tie, 2},
    {act_packet, 4},
    {act_text, 3},
    {act_print_address, 2},
    {act_name_info, 1},
    {act_address_info, 2},
};

static void one_step(void)
{
    unsigned whole = 0, at;
    struct slot *slot;
    for (size_t i = 0; i < COUNT(acts); i++)
        whole += acts[i].weight;
    at = dice(whole);
    slot = any_slot();
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (at < acts[i].weight) {
            acts[i].act(slot);
            return;
        }
        at -= acts[i].weight;
    }
}

#ifdef _WIN32
// A pointer that Windows catches and wine does not ends the step, not the program.
static void *resume[5];

static LONG WINAPI fault(EXCEPTION_POINTERS *what)
{
    if (what->ExceptionRecord->ExceptionCode == EXCEPTION_ACCESS_VIOLATION)
        __builtin_longjmp(resume, 1);
    return EXCEPTION_CONTINUE_SEARCH;
}

static void guarded_step(void)
{
    if (__builtin_setjmp(resume) == 0)
        one_step();
    else
        printf("fault\n");
}
#else
#define guarded_step one_step
#endif

int main(int count, char **arguments)
{
    unsigned first, seeds, steps;
    must(count == 4, "arguments");
    first = (unsigned)atoi(arguments[1]);
    seeds = (unsigned)atoi(arguments[2]);
    steps = (unsigned)atoi(arguments[3]);
#ifdef _WIN32
    AddVectoredExceptionHandler(1, fault);
#endif
    start();
    for (int i = 0; i < SLOTS; i++)
        slots[i].socket = INVALID_SOCKET;
    for (unsigned seed = first; seed < first + seeds; seed++) {
        printf("seed %u\n", seed);
        for (int i = 0; i < SLOTS; i++)
            clear(&slots[i]);
        for (step = 0; step < SLOTS; step++) {
            throw_for(seed, step);
            act_new(&slots[step]);
        }
        for (; step < SLOTS + steps; step++) {
            throw_for(seed, step);
            guarded_step();
            // What a step did reaches the other sockets.
            sleep_ms(1);
        }
    }
    for (int i = 0; i < SLOTS; i++)
        clear(&slots[i]);
    printf("end\n");
    return 0;
}
