//! Cells in quotes that go over several lines, as tables have them whose messages hold line ends.

use memchr::{memchr, memrchr};

use super::{first_line, is_continuation};

/// How far before and behind the start of a line the quotes of its cell may stand.
const FAR_BYTES: usize = 512;

/// Whether the line that begins at `start` goes on in a cell that a line shortly before has opened and that one shortly
/// behind closes. Lines that begin with a digit do not: so rows begin.
pub(super) fn goes_on_in_cell(data: &[u8], start: usize) -> bool {
    closes_cell(&data[start..data.len().min(start + FAR_BYTES)]) && is_in_cell(&data[..start - 1])
}

/// Whether the last quote before opens a cell; two of them inside a cell are a sign of its text.
fn is_in_cell(before: &[u8]) -> bool {
    let before = &before[before.len().saturating_sub(FAR_BYTES)..];
    let mut end = before.len();
    let quote = loop {
        let Some(quote) = memrchr(b'"', &before[..end]) else { return false };
        let doubled = quote > 1 && before[quote - 1] == b'"' && !parts_cells(before[quote - 2]);
        if !doubled {
            break quote;
        }
        end = quote - 1;
    };
    let begin = memrchr(b'\n', &before[..quote]).map_or(0, |newline| newline + 1);
    leaves_cell_open(&before[begin..=quote])
}

/// Whether a quote stands open at the end of a row that has one at the beginning of a cell.
fn leaves_cell_open(row: &[u8]) -> bool {
    let (mut open, mut at) = (false, 0);
    while let Some(found) = memchr(b'"', &row[at..]) {
        let quote = at + found;
        at = quote + 1;
        if !open {
            open = quote == 0 || parts_cells(row[quote - 1]);
        } else if row.get(at) == Some(&b'"') {
            at += 1;
        } else {
            open = false;
        }
    }
    open
}

/// Whether the first single quote of some lines ends a cell, and each line up to it goes on.
fn closes_cell(lines: &[u8]) -> bool {
    let mut at = 0;
    let quote = loop {
        let Some(found) = memchr(b'"', &lines[at..]) else { return false };
        if lines.get(at + found + 1) != Some(&b'"') {
            break at + found;
        }
        at += found + 2;
    };
    let ends = lines.get(quote + 1).is_none_or(|byte| parts_cells(*byte) || matches!(byte, b'\r' | b'\n'));
    ends && lines[..=quote].split(|byte| *byte == b'\n').all(|line| {
        line.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'"')
            || !line.is_empty() && is_continuation(first_line(line))
    })
}

fn parts_cells(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_goes_on_from_its_quote_to_the_next() {
        for (text, wanted) in [
            ("1,\"a\nb\",2\n3", true),
            ("1;\"a \"\"b\"\"\nb\";2\n3", true),
            ("1,\"a\nb\n", false),
            ("1,\"a\",2\nb\",2\n", false),
            ("said \"a\nb\",2\n", false),
            ("1,\"a\nb \"\"c\"\"\nd\",2\n", true),
            ("1,\"\"\"a\"\"\nb\",2\n", true),
            ("1,\"a\n2,\"b\"\n", false),
            ("1,\"a\nb \"c\" d\n", false),
            ("1,\"a\nb\n  at c\nd\",2\n", true),
        ] {
            let start = text.find('\n').unwrap() + 1;
            let digit = text.as_bytes()[start].is_ascii_digit();
            assert_eq!(!digit && goes_on_in_cell(text.as_bytes(), start), wanted, "{text}");
        }
    }
}
