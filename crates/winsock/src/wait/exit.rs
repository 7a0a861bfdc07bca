//! What a thread leaves behind.

use std::sync::Weak;

use super::dispatcher;
use super::object::{Kind, Waitable};
use crate::afd;
use crate::driver::Target;
use crate::handle::objects::OBJECTS;
use crate::sync::Arc;
use crate::sync::atomic::Ordering;

/// A thread ends: what was queued for it is lost, its mutexes are abandoned, its operations are cancelled, and who waits
/// for it goes on.
///
/// The operations of sockets that are tied to a port stay. Docs: "WSARecv function", Remarks on threads that exit;
/// "Asynchronous I/O and Asynchronous RPC": since Windows Vista what a port tells does not end with a thread.
pub(super) fn end(object: &Arc<Waitable>) {
    let Some(thread) = object.thread() else { return };
    dispatcher::locked(|held| thread.close_calls(held));
    thread.take_mutexes().iter().for_each(abandon);
    let lent = thread.take_lent();
    // Twice, because an `AcceptEx` moves, once, from its listener's endpoint to its acceptor's.
    for endpoint in lent.iter().chain(&lent).filter_map(Weak::upgrade) {
        endpoint.cancel(Target::EndedThread(thread.number()));
    }
    afd::end_of_thread(thread.number());
    thread.settle_exit_code(0);
    dispatcher::set(object);
    if let Some(handle) = thread.own_handle() {
        // The program may have closed it although it should not.
        let _ = OBJECTS.close(handle);
    }
}

fn abandon(mutex: &Arc<Waitable>) {
    if let Kind::Mutex { depth, is_abandoned } = &mutex.kind {
        depth.store(0, Ordering::Relaxed);
        is_abandoned.store(true, Ordering::Relaxed);
        dispatcher::change(mutex, |_| Some(0));
    }
}
