/* C++ before its standard: the classes are in no namespace. */
#pragma once
#include <iomanip>
using namespace std;
