//! Operations as the values of fields: `"call": "shutdown"`, `syscall=closesocket`.

use super::identifier;
use crate::finding::Operation;

/// Ends of the keys whose values are functions.
const KEYS: [&[u8]; 12] =
    [b"call", b"op", b"operation", b"function", b"func", b"fn", b"f", b"api", b"method", b"action", b"verb", b"step"];

/// Functions whose names are too common elsewhere.
const FUNCTIONS: [(&[u8], Operation); 5] = [
    (b"socket", Operation::Socket),
    (b"close", Operation::Close),
    (b"closesocket", Operation::Close),
    (b"poll", Operation::Poll),
    (b"startup", Operation::Startup),
];

/// How surely the value of a field tells the operation; `syscall` says of the error itself what failed.
const FIELD: u8 = 3;
const SYSTEM_CALL: u8 = 4;

/// The operation that the word of `text` from `start` to `end` tells as the value of a field, and how surely.
pub(super) fn operation(text: &[u8], start: usize, end: usize) -> Option<(Operation, u8)> {
    let before = &text[..start];
    let quote = before.last().copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let before = before[..before.len() - usize::from(quote.is_some())].trim_ascii_end();
    let (b':' | b'=', key) = before.split_last()? else { return None };
    let closed = match quote {
        Some(quote) => text.get(end) == Some(&quote),
        None => text.get(end).is_none_or(|byte| !matches!(byte, b'.' | b':' | b'/' | b'-')),
    };
    closed.then_some(())?;
    let key = key.strip_suffix(b"\"").or_else(|| key.strip_suffix(b"'")).unwrap_or(key).trim_ascii_end();
    let names = |word: &&[u8]| {
        let Some((rest, last)) = key.len().checked_sub(word.len()).map(|at| key.split_at(at)) else { return false };
        last.eq_ignore_ascii_case(word)
            && (rest.last().is_none_or(|byte| !byte.is_ascii_alphabetic()) || rest.ends_with(b"sys"))
    };
    KEYS.iter().any(names).then_some(())?;
    let word = &text[start..end];
    let function = FUNCTIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    let operation = function.map(|(_, operation)| *operation).or_else(|| identifier::verb(word))?;
    Some((operation, if key.ends_with(b"syscall") { SYSTEM_CALL } else { FIELD }))
}
