//! How long does a lookup take? By value and by name, beside what a program would do without the catalogue: a `match` over
//! the numbers as compilers make it, and a `HashMap` of names.

use std::collections::HashMap;
use std::hint::black_box;

use divan::Bencher;
use winsock_codes::errno::{When, from_errno};
use winsock_codes::message::recognise;
use winsock_codes::{Call, Code, by_name, by_value, entries, spellings};

fn main() {
    divan::main();
}

/// Values in an order that no predictor learns, one in eight of them unassigned.
fn values() -> Vec<i32> {
    let assigned = entries().iter().map(winsock_codes::Entry::value);
    let mut values: Vec<i32> =
        assigned.chain([10005, 10099, 10113, 11000, 0, -1, 12029, 64, 121, 1225, 10080, 10095]).collect();
    values.sort_by_key(|value| value.wrapping_mul(0x9E37_79B1_u32.cast_signed()));
    values
}

fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = entries().iter().map(|entry| entry.name).collect();
    names.sort_by_key(|name| name.bytes().rev().collect::<Vec<_>>());
    names
}

#[divan::bench]
fn by_value_each(bencher: Bencher<'_, '_>) {
    let values = values();
    bencher.counter(values.len()).bench_local(|| {
        for value in &values {
            black_box(by_value(black_box(*value)));
        }
    });
}

#[divan::bench]
fn by_name_each(bencher: Bencher<'_, '_>) {
    let names = names();
    bencher.counter(names.len()).bench_local(|| {
        for name in &names {
            black_box(by_name(black_box(name)));
        }
    });
}

#[divan::bench]
fn by_name_with_a_std_hash_map_each(bencher: Bencher<'_, '_>) {
    let names = names();
    let map: HashMap<&str, &winsock_codes::Entry> = entries().iter().map(|entry| (entry.name, entry)).collect();
    bencher.counter(names.len()).bench_local(|| {
        for name in &names {
            black_box(map.get(black_box(*name)));
        }
    });
}

#[divan::bench]
fn spellings_each(bencher: Bencher<'_, '_>) {
    let words: Vec<&str> = winsock_codes::all_spellings().iter().map(|spelling| spelling.text).collect();
    bencher.counter(words.len()).bench_local(|| {
        for word in &words {
            black_box(spellings(black_box(word)));
        }
    });
}

#[divan::bench]
fn is_retryable_each(bencher: Bencher<'_, '_>) {
    let values = values();
    bencher.counter(values.len()).bench_local(|| {
        for value in &values {
            black_box(Code::new(black_box(*value)).is_retryable());
        }
    });
}

#[divan::bench]
fn from_errno_one(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| from_errno(black_box(104), black_box(Call::recv), When::Any));
}

#[divan::bench]
fn recognise_a_line(bencher: Bencher<'_, '_>) {
    let line = "read tcp 10.0.0.21:60112->140.82.112.3:443: wsarecv: An existing connection was forcibly closed by the remote host.";
    bencher.bench_local(|| recognise(black_box(line)).count());
}
