/* C++ before its standard: the classes are in no namespace. */
#pragma once
#include <strstream>
using namespace std;
