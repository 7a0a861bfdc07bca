//! No input makes a lookup panic, and what lookups say of any input is consistent.

use proptest::prelude::*;
use winsock_codes::message::{recognise, recognise_lookalike};
use winsock_codes::{Call, Code, by_name, nearest, neighbours, spellings};

proptest! {
    #[test]
    fn any_text_is_looked_up_without_panic(text in ".*") {
        let _ = (text.parse::<Code>(), by_name(&text), spellings(&text), nearest(&text), Call::from_name(&text));
        let _ = (recognise(&text).count(), recognise_lookalike(&text).count());
    }

    #[test]
    fn any_number_round_trips(value: i32) {
        let code = Code::new(value);
        prop_assert_eq!(code.to_string().parse::<Code>(), Ok(code));
        prop_assert_eq!(i32::from(code), value);
        let (below, above) = neighbours(value);
        prop_assert!(below.is_none_or(|entry| entry.value() < value));
        prop_assert!(above.is_none_or(|entry| entry.value() > value));
    }

    #[test]
    fn a_found_name_is_really_a_name(text in "[A-Za-z_]{0,24}") {
        if let Some(entry) = by_name(&text) {
            let bare = |name: &str| name.to_ascii_uppercase().trim_start_matches("WSA").to_owned();
            prop_assert!(entry.names().any(|name| bare(name) == bare(&text)), "{} for {}", entry.name, text);
        }
    }

    #[test]
    fn any_message_cut_anywhere_is_recognised_or_not_but_never_as_another(
        index in 0..winsock_codes::entries().len(), keep in 0.0..1.0_f64,
    ) {
        let entry = &winsock_codes::entries()[index];
        let message = entry.detail().message;
        let mut cut = (message.len() as f64 * keep) as usize;
        while !message.is_char_boundary(cut) {
            cut -= 1;
        }
        let found: Vec<_> = recognise(&message[..cut]).map(|found| found.name).collect();
        // "No such host is known" is a whole message, and the beginning of another; what comes before is that of both.
        let is_meant = |name: &&str| {
            let other = winsock_codes::by_name(name).unwrap().detail().message;
            other.starts_with(&message[..cut]) || message[..cut].contains(other.trim_end_matches('.'))
        };
        let right = found.is_empty() || found.contains(&entry.name) || found.iter().all(is_meant);
        prop_assert!(right, "{:?} from {:?}", found, &message[..cut]);
    }
}
