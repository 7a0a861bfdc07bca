/* Part of iphlpapi.h here. */
#include <iphlpapi.h>
