/* Part of winnls.h here. */
#include <winnls.h>
