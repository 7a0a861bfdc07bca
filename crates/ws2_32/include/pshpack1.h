/* Structures from here on are aligned to 1 byte, until poppack.h. Included as often as wanted. */
#pragma pack(push, 1)
