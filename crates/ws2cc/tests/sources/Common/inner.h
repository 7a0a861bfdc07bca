#define LINE_OF_IT __LINE__
static const char *name_of_it() { return "inner"; }
