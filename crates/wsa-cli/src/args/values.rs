//! Values that the catalogue defines: for the parser, for help and for completion scripts.

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use winsock_codes::{Call, Category, Retry, entries};

/// A set of words that the catalogue defines, as possible values.
pub(super) fn words<T: Word>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::all_words()).try_map(|word| T::from_word(&word).ok_or("not a word of this set"))
}

pub(super) trait Word: Sized + Clone + Send + Sync + 'static {
    fn all_words() -> Vec<&'static str>;
    fn from_word(word: &str) -> Option<Self>;
}

impl Word for Category {
    fn all_words() -> Vec<&'static str> {
        Category::ALL.iter().map(|category| category.as_str()).collect()
    }

    fn from_word(word: &str) -> Option<Category> {
        Category::from_word(word)
    }
}

impl Word for Retry {
    fn all_words() -> Vec<&'static str> {
        Retry::ALL.iter().map(|retry| retry.as_str()).collect()
    }

    fn from_word(word: &str) -> Option<Retry> {
        Retry::from_word(word)
    }
}

/// Takes any text; its possible values exist for completion scripts: every code and every name.
#[derive(Clone)]
pub(super) struct WhatParser;

impl TypedValueParser for WhatParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        // A pasted line may hold any bytes; what is not UTF-8 cannot be part of a code's name or number.
        StringValueParser::new().parse_ref(command, arg, &std::ffi::OsString::from(value.to_string_lossy().as_ref()))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(entries().iter().flat_map(|entry| {
            let number = PossibleValue::new(entry.value().to_string()).help(entry.name);
            entry.names().map(|name| PossibleValue::new(name).help(entry.summary)).chain([number])
        })))
    }
}

/// A call by its Winsock name, in any case.
#[derive(Clone)]
pub(super) struct CallParser;

impl TypedValueParser for CallParser {
    type Value = Call;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Call, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, arg, value)?;
        Call::from_name(&text).ok_or_else(|| {
            let calls: Vec<&str> = Call::ALL.iter().map(|call| call.as_str()).collect();
            let message = format!(
                "no code is documented for a call named `{text}`; the catalogue knows:\n  {}\n",
                calls.join(", ")
            );
            clap::Error::raw(clap::error::ErrorKind::InvalidValue, message).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Call::ALL.iter().map(|call| PossibleValue::new(call.as_str()))))
    }
}
