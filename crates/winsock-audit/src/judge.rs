//! From statements to findings: is what the text says true, and if not, what is right?

use winsock_codes::{Code, neighbours};

use crate::Kind;
use crate::finding::{Edit, Finding, Fix};
use crate::gap::Join;
use crate::statement::Statement;
use crate::token::{Form, Name, Number, Token};

/// Appends what is wrong with one statement.
pub(crate) fn judge(text: &str, statement: &Statement, findings: &mut Vec<Finding>) {
    let before = findings.len();
    match statement.name_kind() {
        Some(Name::Known(code) | Name::Plain(code)) if !statement.numbers.is_empty() => {
            judge_pair(text, statement, *code, findings);
        }
        Some(Name::Base) => judge_base(text, statement, findings),
        Some(Name::MadeUp(nearest)) => judge_made_up(text, statement, *nearest, findings),
        Some(_) => {}
        None => judge_notations(text, statement, findings),
    }
    if findings.len() == before {
        judge_text(text, statement, findings);
    }
}

/// A real name with its numbers.
fn judge_pair(text: &str, statement: &Statement, code: Code, findings: &mut Vec<Finding>) {
    let right = i64::from(code.value());
    let says = |token: &Token| token.number().is_some_and(|number| means(number, right));
    let wrong: Vec<&Token> = statement.numbers.iter().filter(|token| !says(token)).collect();
    let Some(first) = wrong.first() else { return };
    let number = first.number().expect("numbers holds numbers");
    let name = written_name(text, statement);
    let value = number.value;
    let some_right = wrong.len() < statement.numbers.len();
    let (kind, message) = if some_right && !number.is_decimal() {
        let written = &text[first.span.clone()];
        (Kind::WrongHex, format!("{written} is not {name}: {right} is {}", notation(right, number)))
    } else if let Some(other) = assigned(value) {
        (Kind::WrongValue, format!("{name} is {right}, not {value} ({value} is {})", other.name().unwrap_or_default()))
    } else if (10_000..12_000).contains(&value) {
        (Kind::Unassigned, format!("{name} is {right}; {value} is not assigned{}", between(value)))
    } else {
        (Kind::WrongValue, format!("{name} is {right}, not {}", text[first.span.clone()].trim()))
    };
    let mut finding = finding(kind, first, message);
    finding.expected = rewritten(text, first, right);
    finding.name = Some(name);
    finding.value = Some(value);
    finding.code = Some(code);
    let plain = matches!(statement.name_kind(), Some(Name::Plain(_)));
    // A text beside the pair is a witness: it must not speak for the number that the correction would remove.
    if !plain && !statement.text_supports(value) {
        finding.number_fix =
            Some(Fix { edits: wrong.iter().filter_map(|token| number_edit(text, token, right)).collect() });
    }
    if !some_right && !statement.has_alias && statement.join != Join::Definition && !statement.text_supports(right) {
        finding.name_fix = assigned(value).and_then(|code| name_edit(text, statement, code));
    }
    findings.push(finding);
}

/// `WSABASEERR` with a number.
fn judge_base(text: &str, statement: &Statement, findings: &mut Vec<Finding>) {
    let Some(token) =
        statement.numbers.iter().find(|token| token.number().is_some_and(|number| number.value != 10_000))
    else {
        return;
    };
    if statement.join != Join::Definition {
        return;
    }
    let message = format!("WSABASEERR is 10000, not {}", &text[token.span.clone()]);
    let mut finding = finding(Kind::WrongValue, token, message);
    finding.expected = "10000".to_owned();
    finding.name = Some("WSABASEERR".to_owned());
    finding.value = token.number().map(|number| number.value);
    finding.number_fix = number_edit(text, token, 10_000).map(|edit| Fix { edits: vec![edit] });
    findings.push(finding);
}

fn judge_made_up(text: &str, statement: &Statement, nearest: Option<Code>, findings: &mut Vec<Finding>) {
    let token = statement.name.as_ref().expect("a made-up name is a name");
    let name = written_name(text, statement);
    let value =
        statement.main_number().and_then(Token::number).filter(|number| number.in_range()).map(|number| number.value);
    let kind = if value.is_some() { Kind::MadeUpName } else { Kind::UnknownName };
    let owner = value.and_then(assigned);
    let mut message = format!("{name} is not a Winsock name");
    match (owner, nearest, value) {
        (Some(owner), Some(nearest), _) if owner == nearest => message += &format!("; {nearest} is meant"),
        (Some(owner), nearest, Some(value)) => {
            message += &format!("; {value} is {}", owner.name().unwrap_or_default());
            if let Some(nearest) = nearest {
                message += &format!(", the nearest name is {}", swapped(nearest));
            }
        }
        (None, Some(nearest), Some(value)) => {
            message += &format!(" and {value} is not assigned; the nearest name is {}", swapped(nearest));
        }
        (None, None, Some(value)) => message += &format!(" and {value} is not assigned"),
        (_, Some(nearest), None) => message += &format!("; the nearest is {}", swapped(nearest)),
        _ => {}
    }
    if let Some(known) = winsock_codes::related::made_up(&name) {
        message += &format!(" ({})", known.why);
    }
    let mut finding = finding(kind, token, message);
    let meant = owner.or(nearest);
    finding.expected = meant.and_then(Code::name).unwrap_or_default().to_owned();
    finding.name = Some(name);
    finding.value = value;
    finding.code = meant;
    // Certain only if the misspelling and the number lead to the same code.
    if owner.is_some() && owner == nearest && !statement.has_alias && statement.join != Join::Definition {
        finding.name_fix = owner.and_then(|code| name_edit(text, statement, code));
    }
    findings.push(finding);
}

/// A number in two notations, without a name.
fn judge_notations(text: &str, statement: &Statement, findings: &mut Vec<Finding>) {
    let Some(decimal) = statement.numbers.iter().find(|token| token.number().is_some_and(Number::is_decimal)) else {
        return;
    };
    let value = decimal.number().map_or(0, |number| number.value);
    let Some(code) = assigned(value) else { return };
    // Without a name to tie them together, two numbers in a list are two numbers.
    let span = statement.span();
    if text[span.clone()].contains([',', ';']) {
        return;
    }
    let other = statement.numbers.iter().find(|token| {
        token.number().is_some_and(|number| !number.is_decimal() && number.in_range() && number.value != value)
    });
    let Some(other) = other else { return };
    let number = other.number().expect("numbers holds numbers");
    let written = &text[other.span.clone()];
    let message = format!(
        "{written} is {}, not {value}; {value} ({}) is {}",
        number.value,
        code.name().unwrap_or_default(),
        notation(value, number)
    );
    let mut finding = finding(Kind::WrongHex, other, message);
    finding.expected = rewritten(text, other, value);
    finding.value = Some(number.value);
    finding.code = Some(code);
    if statement.text_supports(value) {
        finding.number_fix = number_edit(text, other, value).map(|edit| Fix { edits: vec![edit] });
    }
    findings.push(finding);
}

/// A code with the text of another.
fn judge_text(text: &str, statement: &Statement, findings: &mut Vec<Finding>) {
    let Some(words) = &statement.text else { return };
    let by_number = statement.main_number().and_then(Token::number).filter(|number| number.in_range()).map(|n| n.value);
    let stated = match statement.name_kind() {
        Some(Name::Known(code)) => i64::from(code.value()),
        Some(_) => return,
        None => match by_number {
            Some(value) => value,
            None => return,
        },
    };
    if statement.text_supports(stated) {
        return;
    }
    let owners: Vec<String> = words.codes.iter().map(ToString::to_string).collect();
    let of = assigned(stated).map_or(format!("{stated}, which is not assigned"), |code| code.to_string());
    let what = if words.codes.len() == 1 { "this is the text of" } else { "this text belongs to" };
    let message = format!("{what} {}, not of {of}", owners.join(" or "));
    findings.push(Finding {
        kind: Kind::WrongText,
        span: words.span.clone(),
        message,
        expected: assigned(stated)
            .and_then(Code::entry)
            .map(|entry| entry.detail().message.to_owned())
            .filter(|message| !message.is_empty())
            .unwrap_or_else(|| of.clone()),
        name: statement.name.as_ref().map(|_| written_name(text, statement)),
        value: by_number,
        code: assigned(stated),
        related: Vec::new(),
        number_fix: None,
        name_fix: None,
    });
}

/// Whether a number, as it is written, means this code.
fn means(number: &Number, code: i64) -> bool {
    number.value == code
}

fn assigned(value: i64) -> Option<Code> {
    i32::try_from(value).ok().map(Code::new).filter(|code| code.entry().is_some())
}

/// The name as the text has it, without Markdown's backslashes.
pub(crate) fn written_name(text: &str, statement: &Statement) -> String {
    statement.name.as_ref().map_or(String::new(), |token| text[token.span.clone()].replace('\\', ""))
}

fn swapped(code: Code) -> String {
    format!("{} ({})", code.name().unwrap_or_default(), code.value())
}

/// ", between WSAEINTR (10004) and WSAEBADF (10009)"
fn between(value: i64) -> String {
    let Ok(value) = i32::try_from(value) else { return String::new() };
    match neighbours(value) {
        (Some(below), Some(above)) if below.value() >= 10_000 => {
            format!(" (it lies between {} {} and {} {})", below.value(), below.name, above.value(), above.name)
        }
        _ => String::new(),
    }
}

/// A code in the notation of another number.
fn notation(code: i64, like: &Number) -> String {
    match like.form {
        Form::Hex => format!("0x{code:X}"),
        Form::Hresult => format!("0x{:08X}", 0x8007_0000 + code),
        Form::HresultNegative => format!("-{}", 0x1_0000_0000 - (0x8007_0000 + code)),
        Form::HresultDecimal => (0x8007_0000 + code).to_string(),
        Form::Decimal | Form::BasePlus => code.to_string(),
    }
}

/// A number's token with another code in it: prefix, base and suffix stay.
fn rewritten(text: &str, token: &Token, right: i64) -> String {
    let Some(number) = token.number() else { return String::new() };
    let (before, after) = (&text[token.span.start..number.digits.start], &text[number.digits.end..token.span.end]);
    format!("{before}{}{after}", number.rewrite(text, right))
}

fn number_edit(text: &str, token: &Token, right: i64) -> Option<Edit> {
    let number = token.number()?;
    if number.form == Form::BasePlus && right < 10_000 {
        return None;
    }
    let span = &number.digits;
    Some(Edit { start: span.start, end: span.end, replacement: number.rewrite(text, right) })
}

fn name_edit(text: &str, statement: &Statement, code: Code) -> Option<Fix> {
    let token = statement.name.as_ref()?;
    if !matches!(token.name(), Some(Name::Known(_) | Name::MadeUp(_))) {
        return None;
    }
    let escaped = text[token.span.clone()].contains("\\_");
    let name = code.name()?;
    let replacement = if escaped { name.replace('_', "\\_") } else { name.to_owned() };
    Some(Fix { edits: vec![Edit { start: token.span.start, end: token.span.end, replacement }] })
}

fn finding(kind: Kind, token: &Token, message: String) -> Finding {
    Finding {
        kind,
        span: token.span.clone(),
        message,
        expected: String::new(),
        name: None,
        value: None,
        code: None,
        related: Vec::new(),
        number_fix: None,
        name_fix: None,
    }
}
