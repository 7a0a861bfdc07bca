/* Made by `cargo xtask generate` from spec/exports.toml. Do not edit.
 * The C symbol of each function that the library exports: a header cannot declare another. */
#ifndef WS2_SYMBOLS_H
#define WS2_SYMBOLS_H

#define WS2_SYMBOL(name) WS2_LABEL_##name

#define WS2_LABEL_WSAStartup __asm__("ws2_WSAStartup")
#define WS2_LABEL_WSACleanup __asm__("ws2_WSACleanup")
#define WS2_LABEL_WSAGetLastError __asm__("ws2_WSAGetLastError")
#define WS2_LABEL_WSASetLastError __asm__("ws2_WSASetLastError")
#define WS2_LABEL_GetLastError __asm__("ws2_GetLastError")
#define WS2_LABEL_SetLastError __asm__("ws2_SetLastError")
#define WS2_LABEL_socket __asm__("ws2_socket")
#define WS2_LABEL_closesocket __asm__("ws2_closesocket")
#define WS2_LABEL_bind __asm__("ws2_bind")
#define WS2_LABEL_connect __asm__("ws2_connect")
#define WS2_LABEL_listen __asm__("ws2_listen")
#define WS2_LABEL_accept __asm__("ws2_accept")
#define WS2_LABEL_shutdown __asm__("ws2_shutdown")
#define WS2_LABEL_getsockname __asm__("ws2_getsockname")
#define WS2_LABEL_getpeername __asm__("ws2_getpeername")
#define WS2_LABEL_send __asm__("ws2_send")
#define WS2_LABEL_recv __asm__("ws2_recv")
#define WS2_LABEL_sendto __asm__("ws2_sendto")
#define WS2_LABEL_recvfrom __asm__("ws2_recvfrom")
#define WS2_LABEL_setsockopt __asm__("ws2_setsockopt")
#define WS2_LABEL_getsockopt __asm__("ws2_getsockopt")
#define WS2_LABEL_ioctlsocket __asm__("ws2_ioctlsocket")
#define WS2_LABEL_select __asm__("ws2_select")
#define WS2_LABEL___WSAFDIsSet __asm__("ws2___WSAFDIsSet")
#define WS2_LABEL_htons __asm__("ws2_htons")
#define WS2_LABEL_ntohs __asm__("ws2_ntohs")
#define WS2_LABEL_htonl __asm__("ws2_htonl")
#define WS2_LABEL_ntohl __asm__("ws2_ntohl")
#define WS2_LABEL_WSAHtons __asm__("ws2_WSAHtons")
#define WS2_LABEL_WSANtohs __asm__("ws2_WSANtohs")
#define WS2_LABEL_WSAHtonl __asm__("ws2_WSAHtonl")
#define WS2_LABEL_WSANtohl __asm__("ws2_WSANtohl")

#endif
