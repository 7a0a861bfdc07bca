//! One document that says two different things.

use std::collections::BTreeMap;

use winsock_codes::Code;

use crate::Kind;
use crate::finding::{Finding, Related};
use crate::judge::written_name;
use crate::statement::Statement;
use crate::token::{Name, Token};

/// A name and a number that belong together in one place.
struct Said<'s> {
    statement: &'s Statement,
    name: String,
    value: i64,
    true_: bool,
}

/// Appends one finding per name with two numbers, and one per number with two names.
pub(crate) fn conflicts(text: &str, statements: &[&Statement], findings: &mut Vec<Finding>) {
    let said: Vec<Said<'_>> = statements.iter().filter_map(|statement| said(text, statement)).collect();
    let mut by_name: BTreeMap<&str, Vec<&Said<'_>>> = BTreeMap::new();
    let mut by_value: BTreeMap<i64, Vec<&Said<'_>>> = BTreeMap::new();
    for one in &said {
        by_name.entry(&one.name).or_default().push(one);
        by_value.entry(one.value).or_default().push(one);
    }
    for (name, places) in by_name {
        if places.iter().any(|place| place.value != places[0].value) {
            findings.push(name_conflict(name, &places));
        }
    }
    for (value, places) in by_value {
        if places.iter().any(|place| place.name != places[0].name) {
            findings.push(value_conflict(value, &places));
        }
    }
}

fn said<'s>(text: &str, statement: &'s Statement) -> Option<Said<'s>> {
    let number = statement.main_number()?.number()?;
    let (name, right) = match statement.name_kind()? {
        Name::Known(code) | Name::Plain(code) => (code.name()?.to_owned(), number.value == i64::from(code.value())),
        Name::MadeUp(_) if number.in_range() => (written_name(text, statement), false),
        Name::MadeUp(_) | Name::Base => return None,
    };
    Some(Said { statement, name, value: number.value, true_: right })
}

fn name_conflict(name: &str, places: &[&Said<'_>]) -> Finding {
    let code = Code::from_name(name);
    let mut values: Vec<i64> = places.iter().map(|place| place.value).collect();
    values.sort_unstable();
    values.dedup();
    let verdict = match code {
        Some(code) if values.contains(&i64::from(code.value())) => format!("{} is right", code.value()),
        Some(code) => format!("all are wrong, {} is right", code.value()),
        None => "there is no such name".to_owned(),
    };
    let message = format!("this text gives {name} the numbers {}; {verdict}", join(&values));
    let odd = odd(places, |place| place.value != places[0].value);
    let mut finding = at(places, odd, message, |place| format!("here it is {}", place.value));
    finding.name = Some(name.to_owned());
    finding.code = code;
    finding.expected = code.map(|code| code.value().to_string()).unwrap_or_default();
    finding
}

fn value_conflict(value: i64, places: &[&Said<'_>]) -> Finding {
    let mut names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let owner = i32::try_from(value).ok().map(Code::new).and_then(Code::name);
    let verdict = match owner {
        Some(owner) if names.contains(&owner) => format!("{owner} is right"),
        Some(owner) => format!("all are wrong, it is {owner}"),
        None => "it is not assigned".to_owned(),
    };
    let message = format!("this text gives {value} the names {}; {verdict}", join(&names));
    let odd = odd(places, |place| place.name != places[0].name);
    let mut finding = at(places, odd, message, |place| format!("here it is {}", place.name));
    finding.value = Some(value);
    finding.code = owner.and_then(Code::from_name);
    finding.expected = owner.unwrap_or_default().to_owned();
    finding
}

/// The place that is shown: one that is wrong where another is right, else the first that says something else than the first.
fn odd(places: &[&Said<'_>], differs: impl Fn(&Said<'_>) -> bool) -> usize {
    let wrong = places.iter().position(|place| !place.true_).filter(|_| places.iter().any(|place| place.true_));
    wrong.or_else(|| places.iter().position(|place| differs(place))).unwrap_or(0)
}

/// At most this many other places are listed.
const MAX_RELATED: usize = 8;

fn at(places: &[&Said<'_>], odd: usize, message: String, say: impl Fn(&Said<'_>) -> String) -> Finding {
    let mut others: Vec<usize> = (0..places.len()).filter(|index| *index != odd).collect();
    others.sort_by_key(|index| !places[*index].true_);
    others.truncate(MAX_RELATED);
    others.sort_unstable();
    let related =
        others.iter().map(|index| Related { span: places[*index].statement.span(), message: say(places[*index]) });
    Finding {
        kind: Kind::Conflict,
        span: places[odd].statement.main_number().map_or(0..0, |token: &Token| token.span.clone()),
        message,
        expected: String::new(),
        name: None,
        value: None,
        code: None,
        related: related.collect(),
        number_fix: None,
        name_fix: None,
    }
}

/// "1, 2 and 3"
fn join<T: ToString>(items: &[T]) -> String {
    let words: Vec<String> = items.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
