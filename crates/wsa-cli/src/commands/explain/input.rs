//! Where the WHATs come from: the command line, or standard input of any size.

use std::io::{self, BufRead, BufReader, IsTerminal, Read};

use anyhow::{Context, Result, bail};

use super::Asked;
use crate::query::{self, Answer, Reading};

/// As much of standard input is read: a page of log. More is `wsa scan`'s work.
const MAX_INPUT: u64 = 1024 * 1024;
/// Longest line read at once; a longer one is read in pieces of this size.
const MAX_LINE: u64 = 64 * 1024;
/// Most different answers taken from standard input.
const MAX_ANSWERS: usize = 20;

/// Reads the command line's words one by one, or together where only together they mean something: an unquoted line.
pub(super) fn gather(words: &[String]) -> Result<Vec<Asked>> {
    match words {
        [] if io::stdin().is_terminal() => {
            bail!("nothing to explain: give a code, a name or a line, such as `wsa explain 10054`")
        }
        [] => from_stdin(),
        [dash] if dash == "-" => from_stdin(),
        words => Ok(from_words(words)),
    }
}

fn from_words(words: &[String]) -> Vec<Asked> {
    let apart: Vec<Asked> =
        words.iter().map(|word| Asked { what: word.clone(), readings: query::read(word) }).collect();
    let is_of_a_line = |asked: &Asked| !asked.is_answered() && !is_spelt_as_a_code(&asked.what);
    if words.len() > 1 && apart.iter().any(is_of_a_line) {
        let line = words.join(" ");
        let readings = query::read_line(&line);
        if !readings.is_empty() {
            return vec![Asked { what: line, readings }];
        }
    }
    apart
}

/// Whether a word is meant for a code's number or name even if there is none such: the others are not a line with it.
fn is_spelt_as_a_code(word: &str) -> bool {
    let is_name = ["WSA", "ERROR_", "STATUS_"].iter().any(|start| word.starts_with(start));
    (is_name || word.bytes().all(|byte| byte.is_ascii_digit()))
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// One question for all of standard input: its different answers in the order in which they first occur.
fn from_stdin() -> Result<Vec<Asked>> {
    let mut input = BufReader::new(io::stdin().lock()).take(MAX_INPUT);
    let mut line = Vec::new();
    let mut first_line = String::new();
    let mut readings: Vec<Reading> = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line).context("cannot read standard input")?;
        if read == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        if first_line.is_empty() {
            text.trim().clone_into(&mut first_line);
        }
        for reading in query::read(&text) {
            let known = readings.iter().any(|known| known.answer == reading.answer);
            if !known && readings.len() < MAX_ANSWERS && !matches!(reading.answer, Answer::Near(_)) {
                readings.push(reading);
            }
        }
    }
    if input.limit() == 0 && !input.into_inner().fill_buf()?.is_empty() {
        anstream::eprintln!(
            "wsa: only the first 1 MiB of standard input was explained; `wsa scan` reads logs of any size"
        );
    }
    if first_line.is_empty() {
        bail!("standard input is empty: nothing to explain");
    }
    Ok(vec![Asked { what: first_line, readings }])
}
