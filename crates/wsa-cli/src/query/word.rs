//! Names: Winsock's own, other systems', made-up ones and slips of the fingers.

use winsock_codes::errno::{self, Rule, When};
use winsock_codes::related::{lookalikes, made_up};
use winsock_codes::{System, by_name, nearest, spellings};

use super::{Answer, Form, Reading, push};

/// Every reading of a term that is a name somewhere; a near one if it is none.
pub(super) fn read(term: &str) -> Vec<Reading> {
    let mut readings = read_known(term);
    if readings.is_empty()
        && is_identifier(term)
        && let Some(spelling) = nearest(term)
    {
        push(&mut readings, term, form_of(spelling.system), Answer::Near(spelling), None);
    }
    readings
}

/// Every reading of a term that is a name somewhere.
pub(super) fn read_known(term: &str) -> Vec<Reading> {
    let mut readings = Vec::new();
    if !is_identifier(term) {
        return readings;
    }
    if let Some(entry) = by_name(term) {
        push(&mut readings, term, Form::Name, Answer::Code(entry), None);
    }
    if let Some(number) = errno::number(term) {
        push_errno(&mut readings, term, number);
    }
    for spelling in spellings(term) {
        if let Some(entry) = spelling.code.entry() {
            push(&mut readings, term, form_of(spelling.system), Answer::Code(entry), None);
        }
    }
    if let Some(known) = lookalikes().iter().find(|known| known.name.eq_ignore_ascii_case(term)) {
        push(&mut readings, term, Form::Win32, Answer::Lookalike(known), None);
    }
    if readings.is_empty()
        && let Some(known) = made_up(term)
    {
        push(&mut readings, term, Form::Name, Answer::MadeUp(known), None);
    }
    readings
}

/// The codes that an errno stands for: first what it means as a rule, then what it means in some calls and states.
pub(super) fn push_errno(readings: &mut Vec<Reading>, term: &str, number: i32) {
    let as_a_rule = |rule: &&Rule| rule.on.is_empty() && rule.when == When::Any;
    let rules = errno::rules(number);
    for rule in rules.iter().filter(as_a_rule).chain(rules.iter().filter(|rule| !as_a_rule(rule))) {
        if let Some(entry) = rule.code.entry() {
            push(readings, term, Form::Errno, Answer::Code(entry), Some(errno_note(rule)));
        }
    }
}

/// When the reading of an errno as this rule's code holds.
fn errno_note(rule: &Rule) -> String {
    let mut note = format!("for Linux errno {} {}", rule.errno, rule.name);
    if !rule.on.is_empty() {
        let calls: Vec<&str> = rule.on.iter().map(|call| call.as_str()).collect();
        note += &format!(" from {}", calls.join(", "));
    }
    if rule.when != When::Any {
        note += &format!(", {}", rule.when.as_str());
    }
    format!("{note}: {}", rule.why)
}

fn form_of(system: System) -> Form {
    match system {
        System::Errno => Form::Errno,
        System::Eai => Form::Eai,
        System::Libuv => Form::Libuv,
        System::Node => Form::Node,
        System::DotNet => Form::DotNet,
        System::Rust => Form::Rust,
        System::Python => Form::Python,
        System::Java => Form::Java,
        System::Cpp => Form::Cpp,
        System::NtStatus => Form::NtStatus,
        System::Win32 => Form::Win32,
        _ => Form::Name,
    }
}

fn is_identifier(term: &str) -> bool {
    term.len() <= 64 && term.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
