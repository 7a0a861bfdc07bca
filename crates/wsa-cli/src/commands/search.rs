//! `wsa search`: from a symptom to a code, over every text of the catalogue.

use std::collections::HashMap;

use anyhow::Result;
use serde::Serialize;
use winsock_codes::{Entry, entries};

use crate::args::{SearchArgs, TableFormat};
use crate::exit::Outcome;
use crate::render::screen::Screen;
use crate::render::style::{BOLD, CAUTION, DIM, hanging, paint};
use crate::render::table::{Table, cut};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    words: &'a [String],
    hits: Vec<HitView>,
}

#[derive(Serialize)]
struct HitView {
    code: i32,
    name: &'static str,
    score: f64,
    summary: &'static str,
    /// The passage that fits best, on one line.
    passage: String,
}

/// Searches and prints the best hits.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn run(args: &SearchArgs, screen: &Screen) -> Result<Outcome> {
    let words: Vec<String> = args.words.iter().flat_map(|words| stems(words).collect::<Vec<_>>()).collect();
    let mut hits = rank(&words);
    hits.truncate(args.limit.get());
    let outcome = if hits.is_empty() { Outcome::Nothing } else { Outcome::Found };
    if hits.is_empty() {
        anstream::eprintln!("wsa: no text of the catalogue has any of these words; `wsa list` shows every code");
        if args.output.format() != TableFormat::Json {
            return Ok(outcome);
        }
    }
    match args.output.format() {
        TableFormat::Json => {
            let hits = hits.iter().map(Hit::view).collect();
            let document = Document { schema: "wsa.search.v1", words: &args.words, hits };
            screen.print(&(serde_json::to_string_pretty(&document)? + "\n"))?;
        }
        TableFormat::Text => screen.page(&text(&hits, &words, screen.prose_width()))?,
        format => {
            let mut table = Table::new(["code", "name", "meaning", "passage"]);
            for hit in &hits {
                let entry = hit.entry;
                table.row([&entry.value().to_string(), entry.name, entry.summary, &one_line(hit.passage)]);
            }
            screen.print(&table.render(format, screen.width))?;
        }
    }
    Ok(outcome)
}

struct Hit {
    entry: &'static Entry,
    score: f64,
    passage: &'static str,
}

impl Hit {
    fn view(&self) -> HitView {
        HitView {
            code: self.entry.value(),
            name: self.entry.name,
            score: (self.score * 100.0).round() / 100.0,
            summary: self.entry.summary,
            passage: one_line(self.passage),
        }
    }
}

/// Ranks entries by BM25 over their texts; a passage that has several of the words counts extra.
fn rank(words: &[String]) -> Vec<Hit> {
    let documents: Vec<Indexed> = entries().iter().map(Indexed::new).collect();
    let average = documents.iter().map(|document| document.length).sum::<f64>() / documents.len() as f64;
    let weights: Vec<f64> = words
        .iter()
        .map(|word| {
            let having = documents.iter().filter(|document| document.count(word) > 0.0).count() as f64;
            // Not `f64::ln`: the C library's would load a shared library at the start of every command.
            libm::log(1.0 + (documents.len() as f64 - having + 0.5) / (having + 0.5))
        })
        .collect();
    let mut hits: Vec<Hit> = documents
        .iter()
        .filter_map(|document| {
            let bm25: f64 = words
                .iter()
                .zip(&weights)
                .map(|(word, weight)| {
                    let count = document.count(word);
                    weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * document.length / average))
                })
                .sum();
            let (passage, together) = document.best_passage(words, &weights);
            // One word alone is in every passage that has it; only company says something.
            let alone = weights.iter().copied().fold(0.0, f64::max);
            let all = words.iter().filter(|word| document.count(word) > 0.0).count() as f64 / words.len().max(1) as f64;
            (bm25 > 0.0).then_some(Hit {
                entry: document.entry,
                score: (bm25 + 3.0 * (together - alone).max(0.0)) * all,
                passage,
            })
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.value().cmp(&b.entry.value())));
    hits
}

/// An entry as a searcher sees it.
struct Indexed {
    entry: &'static Entry,
    counts: HashMap<String, f64>,
    length: f64,
}

impl Indexed {
    fn new(entry: &'static Entry) -> Indexed {
        let mut counts: HashMap<String, f64> = HashMap::new();
        for (text, weight) in passages(entry) {
            for word in stems(text) {
                *counts.entry(word).or_default() += weight;
            }
        }
        let length = counts.values().sum();
        Indexed { entry, counts, length }
    }

    fn count(&self, word: &str) -> f64 {
        self.counts.get(word).copied().unwrap_or(0.0)
    }

    /// The passage in which most of the words come together, and how much they weigh there.
    fn best_passage(&self, words: &[String], weights: &[f64]) -> (&'static str, f64) {
        let mut best = (self.entry.summary, 0.0);
        for (text, _) in passages(self.entry) {
            let here: Vec<String> = stems(text).collect();
            let weight: f64 =
                words.iter().zip(weights).filter(|(word, _)| here.contains(word)).map(|(_, weight)| weight).sum();
            if weight > best.1 {
                best = (text, weight);
            }
        }
        best
    }
}

/// Every text of an entry and how much a word in it counts.
fn passages(entry: &'static Entry) -> impl Iterator<Item = (&'static str, f64)> {
    let detail = entry.detail();
    let causes = detail.causes.iter().flat_map(|cause| [(cause.what, 3.0), (cause.evidence, 1.5), (cause.remedy, 1.5)]);
    let calls = detail.calls.iter().map(|note| (note.meaning, 1.0));
    let confused = detail.confused_with.iter().map(|other| (other.tell, 0.5));
    let story = detail.story.split("\n\n").map(|paragraph| (paragraph, 0.5));
    entry
        .names()
        .map(|name| (name, 4.0))
        .chain([(entry.summary, 4.0), (detail.message, 2.0), (entry.retry_how, 1.0)])
        .chain(causes)
        .chain(calls)
        .chain(confused)
        .chain(story)
}

/// Words in lower case without their commonest English endings, so that "exhausted" finds "exhaustion". A hyphenated word
/// counts in one piece too: "keepalive" finds "keep-alive".
fn stems(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').flat_map(|word| {
        let whole = word.contains('-').then(|| word.replace('-', ""));
        word.split('-').map(str::to_owned).chain(whole).filter(|word| !word.is_empty()).map(|word| stem(&word))
    })
}

fn stem(word: &str) -> String {
    const ENDINGS: [&str; 9] = ["ations", "ation", "ings", "ing", "ions", "ion", "ed", "es", "s"];
    let word = word.to_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4));
    stem.unwrap_or(&word).to_owned()
}

fn text(hits: &[Hit], words: &[String], width: usize) -> String {
    let mut out = String::new();
    for hit in hits {
        let entry = hit.entry;
        out += &format!("{} {}  {}\n", paint(BOLD, entry.value()), paint(BOLD, entry.name), paint(DIM, entry.category));
        out += &textwrap::fill(entry.summary, hanging(width, "  ", "  "));
        out.push('\n');
        if hit.passage != entry.summary {
            let passage = around(&one_line(hit.passage), words, 2 * width.saturating_sub(8));
            out += &textwrap::fill(&highlight(&passage, words), hanging(width, "  … ", "    "));
            out.push('\n');
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + if hits.is_empty() { "" } else { "\n" }
}

fn one_line(passage: &str) -> String {
    passage.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a long passage where the first of the words stands.
fn around(passage: &str, words: &[String], room: usize) -> String {
    let pieces: Vec<&str> = passage.split(' ').collect();
    let first = pieces.iter().position(|piece| stems(piece).any(|stem| words.contains(&stem))).unwrap_or(0);
    let start = first.saturating_sub(8);
    cut(&pieces[start..].join(" "), room)
}

fn highlight(passage: &str, words: &[String]) -> String {
    let paint_hit = |piece: &str| {
        if stems(piece).any(|stem| words.contains(&stem)) { paint(CAUTION, piece) } else { piece.to_owned() }
    };
    passage.split(' ').map(paint_hit).collect::<Vec<_>>().join(" ")
}
