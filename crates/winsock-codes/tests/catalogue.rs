//! What must hold for every entry, whoever writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use winsock_codes::errno::{self, When, from_errno};
use winsock_codes::message::recognise;
use winsock_codes::related::{by_libuv, libuv_numbers, lookalikes, made_up_names, reference_table};
use winsock_codes::{
    Call, Category, Code, Retry, Severity, Status, System, all_spellings, by_name, by_value, entries, is_winsock_range,
    nearest, neighbours, spellings,
};

#[test]
fn there_are_97_codes_in_order_without_doubles() {
    assert_eq!(entries().len(), 97);
    assert!(entries().windows(2).all(|pair| pair[0].value() < pair[1].value()));
}

#[test]
fn every_number_from_minus_70000_to_70000_finds_its_entry_or_none() {
    let assigned: BTreeMap<i32, &str> = entries().iter().map(|entry| (entry.value(), entry.name)).collect();
    for value in -70_000..70_000 {
        assert_eq!(by_value(value).map(|entry| entry.name), assigned.get(&value).copied(), "{value}");
    }
    for value in [i32::MIN, i32::MAX, i32::MIN + 10_000, 0x8007_2746_u32.cast_signed()] {
        assert!(by_value(value).is_none(), "{value}");
    }
}

#[test]
fn every_name_and_alias_leads_to_its_entry_in_any_case() {
    for entry in entries() {
        for name in entry.names() {
            for spelling in [name.to_owned(), name.to_lowercase(), name.to_uppercase()] {
                assert_eq!(by_name(&spelling).map(|found| found.name), Some(entry.name), "{spelling}");
            }
        }
        let bare = entry.name.strip_prefix("WSA").expect("every name begins with WSA");
        assert_eq!(by_name(bare).map(|found| found.name), Some(entry.name), "{bare}");
    }
    for strange in ["", "W", "WSA", "WSAE", "WSAENOTTY", "WSAEAI_AGAIN2", "WSAECONNRESET ", "WSA\u{e9}"] {
        assert!(by_name(strange).is_none(), "{strange:?}");
    }
}

#[test]
fn both_spellings_of_11024_are_known_and_microsofts_is_printed() {
    for name in ["WSA_QOS_EUNKOWNPSOBJ", "WSA_QOS_EUNKNOWNPSOBJ"] {
        assert_eq!(Code::from_name(name).unwrap().to_string(), "11024 WSA_QOS_EUNKOWNPSOBJ");
    }
}

#[test]
fn display_and_parse_round_trip() {
    for code in entries().iter().map(|entry| entry.code).chain([10_005, 0, -1, i32::MAX].map(Code::new)) {
        assert_eq!(code.to_string().parse(), Ok(code));
    }
    for entry in entries() {
        assert_eq!(Code::from_hresult(entry.code.hresult()), Some(entry.code));
        assert_eq!(Code::from_apr(entry.code.apr()), Some(entry.code));
    }
    for nonsense in ["", "WSAE", "10004 WSAECONNRESET", "10054 10054", "99999999999"] {
        assert!(nonsense.parse::<Code>().is_err(), "{nonsense:?}");
    }
}

#[test]
fn every_entry_is_documented() {
    for entry in entries() {
        let (name, detail) = (entry.name, entry.detail());
        assert!(!entry.summary.is_empty() && entry.summary.len() <= 140, "{name}: summary");
        assert!(!entry.retry_how.is_empty(), "{name}: retry_how");
        assert!(!detail.causes.is_empty(), "{name}: causes");
        for cause in detail.causes {
            assert!(!cause.what.is_empty() && cause.what.chars().count() <= 100, "{name}: {}", cause.what);
            assert!(!cause.what.ends_with('.'), "{name}: {}", cause.what);
            assert!(!cause.remedy.is_empty(), "{name}: no remedy for {}", cause.what);
            assert!(cause.seen.iter().all(|thread| thread.contains('/') && thread.contains('#')), "{name}");
        }
        assert!(detail.story.starts_with(&format!("# {name} ({})", entry.value())), "{name}: title");
        assert!(detail.story.contains("## What happened"), "{name}: story");
        let unfinished = ["TODO", "FIXME", "XXX", "Lorem"];
        assert!(!unfinished.iter().any(|word| detail.story.contains(word)), "{name}: unfinished story");
    }
}

/// The codes that people meet daily have the whole template.
#[test]
fn daily_codes_have_an_experts_page() {
    let daily = [
        10004, 10013, 10022, 10035, 10038, 10048, 10049, 10051, 10053, 10054, 10055, 10060, 10061, 10065, 10093, 11001,
        11002, 11003, 11004,
    ];
    for value in daily {
        let detail = by_value(value).unwrap().detail();
        for section in ["## What happened", "## Smallest program", "## Why", "## How to fix", "## More"] {
            assert!(detail.story.contains(section), "{value}: {section}");
        }
        assert!(detail.causes.len() >= 3, "{value}: causes");
        assert!(detail.story.len() > 2_000, "{value}: story of {} bytes", detail.story.len());
    }
}

#[test]
fn no_two_entries_share_a_sentence() {
    let mut seen = BTreeMap::new();
    for entry in entries() {
        if let Some(other) = seen.insert(entry.summary, entry.name) {
            panic!("{other} and {} have one summary", entry.name);
        }
    }
}

/// Judgements that contradict each other are slips.
#[test]
fn severity_fault_and_retry_agree() {
    for entry in entries() {
        let name = entry.name;
        if entry.severity == Severity::Normal {
            let ends = entry.retry == Retry::Reconnect;
            assert!(!ends || entry.code.is_disconnect(), "{name}: a normal event does not end the socket");
        }
        if entry.fault.is_empty() {
            assert!(
                matches!(entry.severity, Severity::Normal | Severity::Warning),
                "{name}: an error is somebody's fault"
            );
        }
        let faults: BTreeSet<_> = entry.fault.iter().collect();
        assert_eq!(faults.len(), entry.fault.len(), "{name}: a fault is named twice");
        assert_eq!(entry.code.is_retryable(), entry.retry != Retry::Never, "{name}");
        if entry.status == Status::Current && entry.category != Category::Overlapped {
            assert!(is_winsock_range(entry.value()) || entry.value() < 100, "{name}");
        }
    }
}

/// Referee: the lists on the functions' own pages.
#[test]
fn every_documented_pair_of_function_and_code_is_told() {
    let documented: BTreeSet<(&str, &str)> = include_str!("documented_pairs.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    let told: BTreeSet<(&str, &str)> = entries()
        .iter()
        .flat_map(|entry| entry.detail().calls.iter().map(move |note| (note.call.as_str(), entry.name)))
        .collect();
    assert_eq!(documented.len(), 466);
    assert_eq!(told, documented);
    for entry in entries() {
        for note in entry.detail().calls {
            assert!(note.meaning.len() > 15, "{} in {}: {}", entry.name, note.call, note.meaning);
        }
    }
}

#[test]
fn calls_have_names_that_read_back() {
    for call in Call::ALL {
        assert_eq!(Call::from_name(call.as_str()), Some(*call));
        assert_eq!(Call::from_name(&call.identifier().to_uppercase()), Some(*call));
        assert!(call.page().starts_with("https://learn.microsoft.com/"));
    }
}

#[test]
fn confusions_and_disputes_say_something() {
    for entry in entries() {
        for other in entry.detail().confused_with {
            assert_ne!(other.code, entry.code, "{}", entry.name);
            assert!(other.code.entry().is_some() && other.tell.len() > 20, "{}", entry.name);
        }
        for dispute in entry.detail().disputes {
            assert!(
                !dispute.system.is_empty() && !dispute.right.is_empty() && dispute.why.len() > 10,
                "{}",
                entry.name
            );
        }
    }
}

/// A twin leads back: whoever looks up the other system's word gets this code among the answers.
#[test]
fn twins_agree_both_ways() {
    for entry in entries() {
        let twins = &entry.twins;
        let mut words: Vec<(&str, System)> = twins.errno.iter().map(|word| (*word, System::Errno)).collect();
        words.extend(twins.dotnet.map(|word| (word, System::DotNet)));
        words.extend(twins.eai.map(|word| (word, System::Eai)));
        words.extend((twins.libuv != "UV_UNKNOWN").then_some((twins.libuv, System::Libuv)));
        words.extend((twins.rust != "Uncategorized").then_some((twins.rust, System::Rust)));
        // What stands for most codes leads to none.
        words.extend(
            (twins.java.ends_with("Exception") && twins.java != "SocketException")
                .then_some((twins.java, System::Java)),
        );
        let python = twins.python_exception.trim_start_matches("socket.");
        words.extend((python != "OSError").then_some((python, System::Python)));
        for status in twins.ntstatus {
            words.push((status.name, System::NtStatus));
            words.push((status.win32, System::Win32));
        }
        for (word, system) in words {
            let found = spellings(word).iter().any(|known| known.code == entry.code && known.system == system);
            assert!(found, "{}: {word} does not lead back", entry.name);
        }
    }
}

#[test]
fn spellings_are_sorted_for_the_search() {
    let all = all_spellings();
    assert!(all.windows(2).all(|pair| pair[0].text.to_ascii_lowercase() <= pair[1].text.to_ascii_lowercase()));
    for spelling in all {
        assert!(spellings(spelling.text).contains(spelling), "{}", spelling.text);
    }
}

#[test]
fn errno_rules_lead_to_codes_and_every_forward_errno_leads_back() {
    for entry in entries() {
        for name in entry.twins.errno {
            let number = errno::number(name).unwrap_or_else(|| panic!("{}: {name}", entry.name));
            let leads_back = errno::rules(number).iter().any(|rule| rule.code == entry.code);
            // Several codes may share an errno; then the way back goes to the one that socket calls return.
            let shared = entries().iter().any(|other| {
                other.code != entry.code
                    && other.twins.errno.contains(name)
                    && errno::rules(number).iter().any(|rule| rule.code == other.code)
            });
            let differs_by_decision = ["EBADF", "ENOMEM", "ECANCELED"].contains(name);
            assert!(leads_back || shared || differs_by_decision, "{}: {name} leads elsewhere", entry.name);
        }
    }
}

/// Decisions that a flat table gets wrong, each with the reason in `data/errno.toml`.
#[test]
fn errno_means_what_the_call_and_state_make_it() {
    let number = |name| errno::number(name).unwrap();
    let cases = [
        ("EINPROGRESS", Call::connect, When::Any, Code::WSAEWOULDBLOCK),
        ("EAGAIN", Call::recv, When::Any, Code::WSAEWOULDBLOCK),
        ("EAGAIN", Call::recv, When::TimeoutSet, Code::WSAETIMEDOUT),
        ("EBADF", Call::send, When::Any, Code::WSAENOTSOCK),
        ("EPIPE", Call::send, When::SendShutDown, Code::WSAESHUTDOWN),
        ("EPIPE", Call::send, When::AbortedLocally, Code::WSAECONNABORTED),
        ("EPIPE", Call::send, When::Any, Code::WSAECONNRESET),
        ("ECONNABORTED", Call::accept, When::Any, Code::WSAECONNRESET),
        ("ECONNABORTED", Call::recv, When::Any, Code::WSAECONNABORTED),
        ("ECONNREFUSED", Call::recvfrom, When::Datagram, Code::WSAECONNRESET),
        ("EADDRNOTAVAIL", Call::bind, When::Any, Code::WSAEADDRNOTAVAIL),
        ("EADDRNOTAVAIL", Call::connect, When::Any, Code::WSAENOBUFS),
        ("EDESTADDRREQ", Call::send, When::Any, Code::WSAENOTCONN),
        ("ENOMEM", Call::socket, When::Any, Code::WSAENOBUFS),
        ("EPERM", Call::sendto, When::Any, Code::WSAEACCES),
        ("ENFILE", Call::accept, When::Any, Code::WSAEMFILE),
    ];
    for (name, call, when, code) in cases {
        assert_eq!(from_errno(number(name), call, when), Some(code), "{name} from {call}, {}", when.as_str());
    }
    assert_eq!(from_errno(4095, Call::send, When::Any), None);
}

#[test]
fn hresult_and_ntstatus_are_unambiguous() {
    let mut statuses = BTreeMap::new();
    for entry in entries() {
        for status in entry.twins.ntstatus {
            assert_eq!(statuses.insert(status.value, entry.name), None, "{}", status.name);
        }
    }
    assert_eq!(statuses.len(), 57, "Wine's table, checked on Windows, has 57 rows");
}

#[test]
fn messages_lead_to_their_codes() {
    for entry in entries().iter().filter(|entry| !entry.detail().phrase.is_empty()) {
        let detail = entry.detail();
        assert!(detail.message.to_lowercase().contains(detail.phrase), "{}: phrase", entry.name);
        let found: Vec<i32> = recognise(detail.message).map(winsock_codes::Entry::value).collect();
        assert!(found.contains(&entry.value()), "{}: {found:?}", entry.name);
        assert!(found.len() <= 2, "{}: {found:?}", entry.name);
    }
}

/// Decision: truth is the value that Windows returns, and every row of the table in circulation gets an answer.
#[test]
fn the_reference_table_has_255_rows_of_which_8_are_right() {
    let rows = reference_table();
    assert_eq!(rows.len(), 255);
    let right: Vec<i32> = rows.iter().filter(|row| row.is_right()).map(|row| row.value).collect();
    assert_eq!(right, [10057, 10058, 10059, 10060, 10061, 10062, 10063, 10064]);
    let made_up: Vec<_> = rows.iter().filter(|row| row.real().is_none()).collect();
    assert_eq!(made_up.len(), 13);
    for row in made_up {
        assert!(made_up_names().iter().any(|known| known.name == row.name), "{} gets no answer", row.name);
    }
}

#[test]
fn made_up_names_are_not_names() {
    for known in made_up_names() {
        assert!(by_name(known.name).is_none(), "{}", known.name);
        assert!(!known.why.is_empty());
    }
}

#[test]
fn lookalikes_are_not_codes() {
    for known in lookalikes() {
        assert!(by_value(known.value.cast_signed()).is_none(), "{}", known.name);
        assert!(!known.related.is_empty() && known.related.iter().all(|code| code.entry().is_some()), "{}", known.name);
    }
}

#[test]
fn libuv_numbers_are_negative_and_found() {
    for known in libuv_numbers() {
        assert!(known.value < -3000 && known.code.entry().is_some(), "{}", known.name);
        assert_eq!(by_libuv(known.value), Some(known));
    }
}

#[test]
fn neighbours_surround_every_number() {
    for value in 0..12_000 {
        let (below, above) = neighbours(value);
        assert!(below.is_none_or(|entry| entry.value() < value) && above.is_none_or(|entry| entry.value() > value));
    }
}

#[test]
fn one_slip_of_the_finger_still_finds_the_name() {
    for entry in entries() {
        let name = entry.name;
        for at in 3..name.len() {
            let mut dropped = name.to_owned();
            dropped.remove(at);
            let mut doubled = name.to_owned();
            doubled.insert(at, 'Q');
            for slip in [dropped, doubled] {
                let found = nearest(&slip).unwrap_or_else(|| panic!("{slip}"));
                // A dropped letter may make it as near to a neighbour: WSA_QOS_SENDERS, WSA_QOS_NO_SENDERS.
                assert!(found.text.len().abs_diff(slip.len()) <= 1, "{slip}: {}", found.text);
            }
        }
    }
}

#[test]
fn words_of_the_closed_sets_read_back() {
    for category in Category::ALL {
        assert_eq!(Category::from_word(category.as_str()), Some(*category));
    }
    for retry in Retry::ALL {
        assert_eq!(Retry::from_word(retry.as_str()), Some(*retry));
    }
}

/// What is said to be seen has its program, and that claims the code.
#[test]
fn every_seen_pair_has_its_program() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/cases");
    let mut seen = 0;
    for entry in entries() {
        for note in entry.detail().calls.iter().filter(|note| !note.seen.is_empty()) {
            let program = std::fs::read_to_string(cases.join(format!("{}.c", note.seen))).expect(note.seen);
            let claims = |line: &str| line.starts_with("// proves:") && line.ends_with(entry.name);
            assert!(program.lines().any(claims), "{} does not claim {}", note.seen, entry.name);
            seen += 1;
        }
    }
    assert!(seen >= 300, "only {seen} pairs are seen to happen");
}
