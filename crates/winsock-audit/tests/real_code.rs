//! Real code is nearly always right: nothing false is found in it by default. And wrong numbers planted in copies of it are all found.

mod common;

use std::collections::BTreeMap;

use common::{Random, Source, sources, trees};
use winsock_audit::{Auditor, Document, FixMode, Kind, Lines, apply, edits};
use winsock_codes::{by_name, entries};

/// Findings in real code that are true: file, kind, number, and what is wrong there.
const TRUE_FINDINGS: &[(&str, Kind, i64, &str)] = &[(
    "socket.py",
    Kind::WrongText,
    11020,
    "CPython's errorTab says \"Invalid QoS filter style.\" for 11019 and again for 11020, which is the filter type",
)];

fn is_true(path: &std::path::Path, finding: &winsock_audit::Finding) -> bool {
    let same = |(file, kind, value, _): &&(&str, Kind, i64, &str)| {
        path.ends_with(file) && finding.kind == *kind && finding.value == Some(*value)
    };
    TRUE_FINDINGS.iter().any(|known| same(&known))
}

#[test]
fn nothing_false_is_found_in_real_code() {
    let auditor = Auditor::new();
    for tree in trees() {
        let (mut statements, mut findings, mut files) = (0, Vec::new(), 0);
        for source in sources(&tree.root) {
            files += 1;
            let Ok(document) = Document::decode(&source.bytes) else { continue };
            let report = auditor.audit(document.text(), source.language);
            statements += report.statements;
            let lines = Lines::new(document.text());
            findings.extend(report.findings.iter().filter(|finding| !is_true(&source.path, finding)).map(|finding| {
                let line = lines.position(document.text(), finding.span.start).line;
                format!("{}:{line}: {}: {}", source.path.display(), finding.kind, finding.message)
            }));
        }
        eprintln!("{}: {files} files, {statements} statements", tree.name);
        assert!(files > 50, "{} has only {files} files", tree.name);
        assert!(statements >= tree.min_statements, "{}: {statements} statements", tree.name);
        assert!(findings.is_empty(), "{}:\n{}", tree.name, findings.join("\n"));
    }
}

/// A place in real code where a name has its number, found without the library under test: by plain rules for the few
/// layouts that these trees use.
struct Pairing {
    line: usize,
    /// Bytes of the number in its line.
    start: usize,
    end: usize,
    /// Whether the number is added to `WSABASEERR`.
    added: bool,
    right: i64,
}

/// The definitions and remarks in a text, read line by line: a name of the catalogue, and on the same line its number.
fn pairings(text: &str) -> Vec<Pairing> {
    let mut found = Vec::new();
    for (line, content) in text.lines().enumerate() {
        if !content.contains("WSA") {
            continue;
        }
        for entry in entries().iter().filter(|entry| entry.value() > 10_000) {
            let Some(name) = entry.names().find(|name| name.starts_with("WSA") && has_word(content, name)) else {
                continue;
            };
            assert!(by_name(name).is_some());
            let value = entry.value();
            let direct = value.to_string();
            let offset = format!("WSABASEERR + {}", value - 10_000);
            let (at, length, added) = if let Some(at) = word_at(content, &offset) {
                let digits = (value - 10_000).to_string().len();
                (at + offset.len() - digits, digits, true)
            } else if let Some(at) = word_at(content, &direct) {
                (at, direct.len(), false)
            } else if let Some(at) = content.find(&format!("{value}i32")) {
                (at, direct.len(), false)
            } else {
                continue;
            };
            found.push(Pairing { line, start: at, end: at + length, added, right: i64::from(value) });
            break;
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    word_at(line, word).is_some()
}

fn word_at(line: &str, word: &str) -> Option<usize> {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    line.match_indices(word).map(|(at, _)| at).find(|at| {
        let bytes = line.as_bytes();
        !is_word(at.checked_sub(1).map(|before| &bytes[before])) && !is_word(bytes.get(at + word.len()))
    })
}

/// Another number than the right one: another code's, a neighbour, digits swapped, one of any size.
fn another(random: &mut Random, pairing: &Pairing) -> i64 {
    loop {
        let codes = entries();
        let value = match random.below(4) {
            0 => i64::from(codes[random.below(codes.len())].value()),
            1 => pairing.right + if random.below(2) == 0 { 1 } else { -1 },
            2 => {
                let mut digits = pairing.right.to_string().into_bytes();
                let at = random.below(digits.len() - 1);
                digits.swap(at, at + 1);
                String::from_utf8_lossy(&digits).parse().unwrap_or(0)
            }
            _ => 10_001 + random.below(1_999) as i64,
        };
        // After `WSABASEERR +` only what can be written as a small sum; never the right number again.
        if value != pairing.right && value != 10_000 && (!pairing.added || (10_001..=19_999).contains(&value)) {
            return value;
        }
    }
}

/// Lines around a planted number that are audited with it.
const AROUND: usize = 40;

#[test]
fn wrong_numbers_planted_in_real_code_are_all_found() {
    let auditor = Auditor::new();
    let mut random = Random(0x5757_5341_2010_0054);
    let mut planted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for tree in trees() {
        for Source { path, bytes, language } in sources(&tree.root) {
            let Ok(document) = Document::decode(&bytes) else { continue };
            let whole = document.text();
            let all_starts: Vec<usize> =
                std::iter::once(0).chain(whole.match_indices('\n').map(|(at, _)| at + 1)).collect();
            // Each number alone, so that no mistake hides behind another; three ways each.
            for mut pairing in pairings(whole) {
                // With the lines around it: some of these files have a hundred thousand.
                let first = pairing.line.saturating_sub(AROUND);
                let last = all_starts.get(pairing.line + AROUND).copied().unwrap_or(whole.len());
                let text = &whole[all_starts[first]..last];
                let starts: Vec<usize> =
                    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
                pairing.line -= first;
                for _ in 0..3 {
                    let wrong = another(&mut random, &pairing);
                    let written = if pairing.added { wrong - 10_000 } else { wrong };
                    let span = starts[pairing.line] + pairing.start..starts[pairing.line] + pairing.end;
                    let mut mutant = text.to_owned();
                    mutant.replace_range(span.clone(), &written.to_string());
                    let report = auditor.audit(&mutant, language);
                    let hit = report.findings.iter().any(|finding| {
                        finding.kind != Kind::Conflict
                            && finding.span.start <= span.start
                            && span.start < finding.span.end
                    });
                    *planted.entry(tree.name).or_default() += 1;
                    if !hit {
                        let line = mutant.lines().nth(pairing.line).unwrap_or_default();
                        missed.push(format!("{}:{}: {line}", path.display(), pairing.line + 1));
                        continue;
                    }
                    let fixed = apply(&mutant, &edits(&report.findings, FixMode::Number));
                    let left = auditor.audit(&fixed, language).findings;
                    assert!(left.iter().all(|finding| is_true(&path, finding)), "{}: {left:?}", path.display());
                    assert_eq!(fixed, text, "{}: the correction is the original", path.display());
                }
            }
        }
    }
    eprintln!("planted: {planted:?}");
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
    let all: usize = planted.values().sum();
    assert!(all >= 300 || std::env::var("CI").as_deref() != Ok("true"), "only {all} numbers were planted");
}

/// Plants many wrong numbers in one file at once: all are found, and the corrections restore the file.
#[test]
fn many_wrong_numbers_in_one_file_are_found_together() {
    let auditor = Auditor::new();
    let mut random = Random(20_261_121);
    for tree in trees() {
        for Source { path, bytes, language } in sources(&tree.root) {
            let Ok(document) = Document::decode(&bytes) else { continue };
            let text = document.text();
            let pairings = pairings(text);
            if pairings.len() < 20 {
                continue;
            }
            let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            let mut mutant = text.to_owned();
            let mut count = 0;
            for pairing in pairings.iter().rev().filter(|_| random.below(3) == 0).collect::<Vec<_>>() {
                let wrong = another(&mut random, pairing);
                let written = if pairing.added { wrong - 10_000 } else { wrong };
                let line = starts[pairing.line];
                mutant.replace_range(line + pairing.start..line + pairing.end, &written.to_string());
                count += 1;
            }
            let report = auditor.audit(&mutant, language);
            let found = report.findings.iter().filter(|finding| finding.kind != Kind::Conflict).count();
            assert_eq!(found, count, "{}", path.display());
            assert_eq!(apply(&mutant, &edits(&report.findings, FixMode::Number)), text, "{}", path.display());
        }
    }
}
