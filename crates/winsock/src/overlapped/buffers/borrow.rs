//! [`borrow`]: an operation on memory of the caller's frame, for calls that return only when it has ended.

use std::time::{Duration, Instant};

use super::{Buffers, OVERLAPPED, Record, WSABUF};
use crate::overlapped::{Begun, Status};

/// Between two looks at an operation that nothing wakes.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Memory of the calling frame.
pub(crate) enum Borrowed<'m> {
    /// To send from.
    ToRead(&'m [u8]),
    /// To receive into.
    ToWrite(&'m mut [u8]),
}

impl Borrowed<'_> {
    fn span(self) -> WSABUF {
        let (buf, len) = match self {
            Borrowed::ToRead(bytes) => (bytes.as_ptr().cast_mut(), bytes.len()),
            Borrowed::ToWrite(bytes) => (bytes.as_mut_ptr(), bytes.len()),
        };
        // More than a call can move at once is a short transfer.
        WSABUF { len: len.try_into().unwrap_or(u32::MAX), buf }
    }
}

/// Begins an operation with this memory, waits for its end and gives its status and count. If it has not ended within the
/// limit, `cancel` is called with its address, and what then ends it as cancelled is `None`.
pub(crate) fn borrow(
    memory: Borrowed<'_>,
    limit: Option<Duration>,
    begin: impl FnOnce(Record, Buffers) -> Begun,
    cancel: impl FnOnce(usize),
) -> Option<(Status, u32)> {
    // A port of the socket's has no packet for it: the program has lent no OVERLAPPED.
    let mut overlapped = OVERLAPPED { hEvent: OVERLAPPED::NO_PACKET, ..OVERLAPPED::default() };
    let overlapped = &raw mut overlapped;
    // SAFETY: the structure is this frame's, and the frame stays until the operation has ended: every way out of here is
    // behind the last look at its status.
    let (Some(record), Some(own)) = (unsafe { Record::lend(overlapped) }, unsafe { Record::lend(overlapped) }) else {
        return None;
    };
    // SAFETY: as above for the memory, which the caller's frame borrows for as long; what is lent to be read only is only
    // sent from.
    let buffers = unsafe { Buffers::lend(&[memory.span()]) };
    match begin(record, buffers) {
        Begun::Done(bytes) => return Some((Status::SUCCESS, bytes)),
        Begun::Failed(code) => return Some((Status::of(code), 0)),
        Begun::Pending => {}
    }
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    let mut cancel = Some(cancel);
    while own.status() == Status::PENDING {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero())
            && let Some(cancel) = cancel.take()
        {
            cancel(own.address());
            continue;
        }
        let wait = left.filter(|left| !left.is_zero()).unwrap_or(LONGEST_WAIT);
        own.wait_for_change(wait.min(LONGEST_WAIT));
    }
    let is_late = cancel.is_none() && own.status() == Status::CANCELLED;
    (!is_late).then(|| (own.status(), own.bytes()))
}
