/* Part of memoryapi.h here. */
#include <memoryapi.h>
