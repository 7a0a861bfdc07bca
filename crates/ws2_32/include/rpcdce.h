/* Part of rpc.h here. */
#include <rpc.h>
