//! How hard it is to believe that an operation gave a code. It only decides between operations of one record.

use winsock_codes::Code;

use crate::finding::Operation;

/// Bytes by which a word must stand nearer to the code to be believed all the same.
pub(super) fn strain(code: Code, operation: Operation) -> usize {
    // Only a look-up gives the resolver's codes, whatever else the record speaks of.
    if code.is_resolver() {
        return if operation == Operation::Resolve { 0 } else { 4096 };
    }
    let lost = matches!(
        code,
        Code::WSAENETRESET | Code::WSAECONNABORTED | Code::WSAECONNRESET | Code::WSAENOTCONN | Code::WSAESHUTDOWN
    );
    let unmade = matches!(
        code,
        Code::WSAECONNREFUSED | Code::WSAETIMEDOUT | Code::WSAEHOSTUNREACH | Code::WSAENETUNREACH | Code::WSAEHOSTDOWN
    );
    let taken = code == Code::WSAEADDRINUSE;
    match operation {
        // Only what moves messages finds one too long.
        Operation::Bind | Operation::Listen | Operation::Accept | Operation::Connect if code == Code::WSAEMSGSIZE => {
            600
        }
        // A listener is bound first.
        Operation::Listen if code == Code::WSAEADDRNOTAVAIL => 300,
        Operation::Bind | Operation::Listen | Operation::Startup | Operation::Socket if lost || unmade => 400,
        Operation::Resolve if lost || unmade || taken => 200,
        Operation::Accept if unmade || taken => 300,
        Operation::Recv | Operation::Send | Operation::Resolve | Operation::Shutdown | Operation::Close if taken => 300,
        Operation::Recv | Operation::Send if code == Code::WSAECONNREFUSED => 60,
        Operation::Connect if lost => 60,
        // What is broken is closed.
        Operation::Close if lost || unmade => 120,
        _ => 0,
    }
}
