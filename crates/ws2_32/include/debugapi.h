/* Part of sysinfoapi.h here. */
#include <sysinfoapi.h>
