/* Part of ws2/crt.h here. */
#include <ws2/crt.h>
