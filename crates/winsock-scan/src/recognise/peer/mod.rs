//! Against whom: every address in the record, and the one that the failing operation was about.
//!
//! `numeric` and `named` find addresses, `port` what stands behind them, `score` says how likely one is the peer.

use std::fmt::Write as _;
use std::ops::Range;

use crate::finding::Operation;
use crate::recognise::blocks::Blocks;
use crate::recognise::Verdict;

mod named;
mod numeric;
mod port;
mod score;

/// An address that may be the peer.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Everything that belongs to the address, in the record.
    pub(crate) range: Range<usize>,
    pub(crate) host: Range<usize>,
    pub(crate) port: Option<u16>,
    kind: Kind,
    /// For a name: how surely what stands before introduces a host.
    introduced: i32,
}

/// More addresses than any honest record has.
const MAX_CANDIDATES: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    V4,
    V6,
    Name,
}

/// The addresses of one record, found once however many verdicts ask.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    found: Vec<Candidate>,
    is_read: bool,
    written: String,
}

impl Peers {
    /// Forgets the record before.
    pub(crate) fn clear(&mut self) {
        self.found.clear();
        self.is_read = false;
    }

    /// Finds the addresses of a record, if that was not done yet.
    pub(crate) fn read(&mut self, text: &[u8], blocks: &Blocks, hosts: &[(usize, u8)]) {
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        numeric::find(text, blocks, &mut self.found);
        named::find(text, blocks, hosts, &mut self.found);
    }

    /// The peer of a verdict, if the record names one.
    pub(crate) fn of(&mut self, text: &[u8], verdict: &Verdict, texts: &[Range<usize>]) -> Option<&str> {
        // A listener's own address is no peer.
        if matches!(verdict.operation, Some(Operation::Bind | Operation::Listen | Operation::Startup)) {
            return None;
        }
        let mut best: Option<(i32, &Candidate)> = None;
        for candidate in &self.found {
            let mut score = score::of(text, candidate, verdict);
            // Glued behind the system's text, as .NET does: that is the address the call was given.
            let start = candidate.range.start;
            let glued = |mask: &Range<usize>| mask.end <= start && start - mask.end <= 3;
            if score > 0 && texts.iter().any(glued) {
                score += 45;
            }
            // The foremost of the best: names are found after numbers, whatever their order in the record.
            let better = |(most, known): (i32, &Candidate)| score > most || score == most && start <= known.range.start;
            if score > 0 && best.is_none_or(better) {
                best = Some((score, candidate));
            }
        }
        let (_, best) = best?;
        write(text, best, &mut self.written).then_some(&self.written)
    }
}

fn write(text: &[u8], best: &Candidate, out: &mut String) -> bool {
    let Ok(host) = std::str::from_utf8(&text[best.host.clone()]) else { return false };
    out.clear();
    let brackets = best.kind == Kind::V6 && best.port.is_some();
    out.push_str(if brackets { "[" } else { "" });
    out.push_str(host);
    out.push_str(if brackets { "]" } else { "" });
    if let Some(port) = best.port {
        let _ = write!(out, ":{port}");
    }
    true
}

/// The bytes that names of hosts consist of.
#[inline]
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}
