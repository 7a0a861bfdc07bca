//! Windows event logs as text: one line for each record.
//!
//! A line reads `2024-02-21T10:14:07.123456Z Microsoft-Windows-Time-Service EventID=134 Level=Warning Computer=DC1
//! ErrorMessage=...`: time, provider, event, level, computer, then the event's own data as `name=value`. The message
//! templates live in DLLs of the machine that wrote the log, so the values are all there is; they carry the codes.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::Arc;

use evtx::{EvtxChunkData, ParserSettings};
use serde_json::Value;

use crate::error::{ErrorKind, Problems};
use crate::layer::Layer;

/// Size of the file header block and of each chunk. Source: the format's specification in the `libevtx` project.
const HEADER_BYTES: usize = 4096;
const CHUNK_BYTES: usize = 65536;

/// How many damaged chunks or records are named one by one before they are only counted.
const NAMED_DAMAGES: u64 = 5;

/// The lines of an event log. Chunks stand alone, so one is read at a time and memory does not grow; a damaged one is
/// named and skipped.
pub(crate) struct EventLog {
    layer: Layer,
    settings: Arc<ParserSettings>,
    problems: Problems,
    text: String,
    text_start: usize,
    chunk_number: u64,
    /// How many chunks the header tells of. While the log is open on its machine there may be more.
    chunks_told: u64,
    damages: u64,
    started: bool,
    ended: bool,
}

impl EventLog {
    pub(crate) fn new(layer: Layer, problems: Problems) -> EventLog {
        EventLog {
            layer,
            settings: Arc::new(ParserSettings::new().indent(false)),
            problems,
            text: String::new(),
            text_start: 0,
            chunk_number: 0,
            chunks_told: 0,
            damages: 0,
            started: false,
            ended: false,
        }
    }

    fn next_chunk(&mut self) -> io::Result<()> {
        if !self.started {
            self.started = true;
            let header = self.read_up_to(HEADER_BYTES)?;
            if header.len() < HEADER_BYTES {
                self.ended = true;
                self.problems.note(ErrorKind::Truncated, "the event log ends within its header; it has no records");
                return Ok(());
            }
            self.chunks_told = u16::from_le_bytes([header[42], header[43]]).into();
        }
        let data = self.read_up_to(CHUNK_BYTES)?;
        if data.len() < CHUNK_BYTES {
            self.end(data.len());
            return Ok(());
        }
        self.chunk_number += 1;
        // Chunks that were allocated and never used are all zero.
        if data[..8] != [0; 8] {
            self.render_chunk(data);
        }
        Ok(())
    }

    fn end(&mut self, rest: usize) {
        self.ended = true;
        let (whole, told) = (self.chunk_number, self.chunks_told);
        if rest > 0 {
            let what = format!(
                "the event log ends within chunk {} (truncated file?); the {whole} chunks before it were scanned",
                whole + 1
            );
            self.problems.note(ErrorKind::Truncated, what);
        } else if whole < told {
            let what = format!("the event log has {whole} of its {told} chunks (truncated file?); those were scanned");
            self.problems.note(ErrorKind::Truncated, what);
        }
        if self.damages > NAMED_DAMAGES {
            let more = self.damages - NAMED_DAMAGES;
            self.problems.note(ErrorKind::EventLog, format!("{more} more damaged chunks or records of the event log"));
        }
    }

    fn damaged(&mut self, what: &str) {
        self.damages += 1;
        if self.damages <= NAMED_DAMAGES {
            self.problems.note(ErrorKind::EventLog, format!("event log chunk {}: {what}", self.chunk_number));
        }
    }

    fn render_chunk(&mut self, data: Vec<u8>) {
        let mut chunk = match EvtxChunkData::new(data, false) {
            Ok(chunk) => chunk,
            Err(error) => return self.damaged(&format!("{}; skipped", chain(&error))),
        };
        if !chunk.validate_checksum() {
            self.damaged("checksum does not match; the records that can be read were scanned");
        }
        let mut text = std::mem::take(&mut self.text);
        let mut bad_records = Vec::new();
        match chunk.parse(Arc::clone(&self.settings)) {
            Ok(mut chunk) => {
                for record in chunk.iter() {
                    match record.and_then(evtx::EvtxRecord::into_json_bytes) {
                        Ok(record) => write_record(&mut text, &record.timestamp.to_string(), &record.data),
                        Err(error) => bad_records.push(chain(&error)),
                    }
                }
            }
            Err(error) => bad_records.push(chain(&error)),
        }
        self.text = text;
        for what in bad_records {
            self.damaged(&what);
        }
    }

    fn read_up_to(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut data = vec![0; count];
        let mut have = 0;
        while have < count {
            match self.layer.read(&mut data[have..]) {
                Ok(0) => break,
                Ok(read) => have += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        data.truncate(have);
        Ok(data)
    }
}

impl Read for EventLog {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.text_start == self.text.len() {
            if self.ended || buf.is_empty() {
                return Ok(0);
            }
            self.text.clear();
            self.text_start = 0;
            self.next_chunk()?;
        }
        let ready = &self.text.as_bytes()[self.text_start..];
        let count = ready.len().min(buf.len());
        buf[..count].copy_from_slice(&ready[..count]);
        self.text_start += count;
        Ok(count)
    }
}

/// An error with its causes: the crate's outer errors only say what it was doing.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    one_line(&text)
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    push_value(&mut line, text);
    line
}

/// Longest record, in bytes of JSON, that is taken apart. Real ones have a few KiB; a crafted one may have 16 MiB.
const LONGEST_TAKEN_APART: usize = 256 << 10;

fn write_record(text: &mut String, record_time: &str, json: &[u8]) {
    let value = if json.len() <= LONGEST_TAKEN_APART { serde_json::from_slice(json).ok() } else { None };
    match value {
        Some(value) => write_line(text, record_time, &value),
        None => {
            text.push_str(record_time);
            text.push(' ');
            push_value(text, &String::from_utf8_lossy(json));
            text.push('\n');
        }
    }
}

fn write_line(line: &mut String, record_time: &str, record: &Value) {
    let event = &record["Event"];
    let system = &event["System"];
    line.push_str(system["TimeCreated"]["#attributes"]["SystemTime"].as_str().unwrap_or(record_time));
    line.push(' ');
    push_value(line, system["Provider"]["#attributes"]["Name"].as_str().unwrap_or("-"));
    push_field(line, "EventID", text_of(&system["EventID"]));
    if let Some(level) = text_of(&system["Level"]) {
        push_field(line, "Level", Some(&level_word(level)));
    }
    push_field(line, "Computer", text_of(&system["Computer"]));
    for data in ["EventData", "UserData"] {
        push_data(line, "", &event[data], 0);
    }
    line.push('\n');
}

/// The word for a level. Source: `winmeta.xml` (1 critical, 2 error, 3 warning, 4 information, 5 verbose).
fn level_word(level: &Value) -> Value {
    let number = level.as_u64().or_else(|| level.as_str().and_then(|text| text.parse().ok()));
    let word = match number {
        Some(1) => "Critical",
        Some(2) => "Error",
        Some(3) => "Warning",
        Some(0 | 4) => "Information",
        Some(5) => "Verbose",
        _ => return level.clone(),
    };
    Value::from(word)
}

/// A value, which the JSON form hides under `#text` when the element also has attributes.
fn text_of(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(fields) => fields.get("#text"),
        Value::Null => None,
        other => Some(other),
    }
}

fn push_field(line: &mut String, name: &str, value: Option<&Value>) {
    if let Some(value) = value {
        push_data(line, name, value, 0);
    }
}

/// How deep elements of event data may nest before the rest is left out.
const MAX_DEPTH: usize = 16;

fn push_data(line: &mut String, name: &str, value: &Value, depth: usize) {
    match value {
        Value::Null => {}
        _ if depth > MAX_DEPTH => {}
        Value::Object(fields) => {
            for (key, value) in fields {
                let inner = if key.starts_with('#') { name } else { key };
                push_data(line, inner, value, depth + 1);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| push_data(line, name, value, depth + 1)),
        scalar => {
            line.push(' ');
            if !name.is_empty() && name != "Data" {
                push_value(line, name);
                line.push('=');
            }
            match scalar {
                Value::String(text) => push_value(line, text),
                other => {
                    let _ = write!(line, "{other}");
                }
            }
        }
    }
}

/// A value on one line: line ends inside it are written as escapes, as JSON logs do.
fn push_value(line: &mut String, value: &str) {
    for character in value.trim_end().chars() {
        match character {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\0' => line.push(' '),
            other => line.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_becomes_one_line_with_its_data() {
        let record: Value = serde_json::from_str(
            r##"{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Time-Service"}},
            "EventID":{"#attributes":{"Qualifiers":0},"#text":134},"Level":3,"TimeCreated":{"#attributes":{"SystemTime":"2024-02-21T10:14:07.5Z"}},
            "Computer":"DC1"},"EventData":{"ErrorMessage":"No such host is known.\r\n(0x80072AF9)","RetryMinutes":15}}}"##,
        )
        .unwrap();
        let mut line = String::new();
        write_line(&mut line, "-", &record);
        assert_eq!(
            line,
            "2024-02-21T10:14:07.5Z Microsoft-Windows-Time-Service EventID=134 Level=Warning Computer=DC1 \
             ErrorMessage=No such host is known.\\r\\n(0x80072AF9) RetryMinutes=15\n"
        );
    }
}
