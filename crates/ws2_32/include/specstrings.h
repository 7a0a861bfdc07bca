/* Part of sal.h here. */
#include <sal.h>
