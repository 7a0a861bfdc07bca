/* The same header in another spelling: Windows does not tell case apart. */
#include <sdkddkver.h>
