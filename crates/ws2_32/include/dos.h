/* Attributes of files; io.h has them. */
#include "io.h"
