//! `CancelIo`, `CancelIoEx`.

use crate::driver::{Endpoint, Target};
use crate::sync::Arc;

/// Makes the operation with this OVERLAPPED address end as cancelled, or all of the endpoint's without one; false if
/// there is none (`ERROR_NOT_FOUND`, 1168).
///
/// The operations end through their usual ways, with `STATUS_CANCELLED` or with what they had done before.
#[doc(alias = "CancelIoEx")]
pub fn cancel(endpoint: &Arc<Endpoint>, overlapped: Option<usize>) -> bool {
    endpoint.cancel(overlapped.map_or(Target::Everything, Target::Record))
}

/// Makes the operations that this thread has begun on the endpoint end as cancelled.
#[doc(alias = "CancelIo")]
pub fn cancel_issued_here(endpoint: &Arc<Endpoint>) {
    endpoint.cancel(Target::Issuer(current_issuer()));
}

/// A number for the calling thread that no other thread ever has.
#[must_use]
pub fn current_issuer() -> u64 {
    crate::wait::number()
}
