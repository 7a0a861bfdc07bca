//! Opt-in checks of C and C++ code.

use crate::Kind;
use crate::finding::Finding;

/// The kinds found here.
pub(crate) const KINDS: &[Kind] = &[Kind::ErrnoAfterWinsock, Kind::LateLastError, Kind::PlainErrno];

/// Appends what the opt-in checks find.
pub(crate) fn check(_text: &str, _findings: &mut Vec<Finding>) {}
