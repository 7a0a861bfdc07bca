//! Every search finds what it must, wherever it lies.
#![allow(unsafe_code, reason = "vector loads; every one is inside the slice, as the SAFETY comments show")]

use super::super::generated::STRETCHES;
use super::super::{BUCKETS, STARTERS};
use super::*;

type Holds<'h> = &'h dyn Fn(usize) -> bool;
type Search = fn(&Filter, &[u8], &mut Progress, usize, Holds<'_>) -> Option<usize>;

fn filter() -> Filter {
    Filter { buckets: &BUCKETS, bits: STARTERS.matcher.bits() }
}

fn stretches() -> impl Iterator<Item = [u8; 4]> {
    STRETCHES.iter().take(super::super::COUNTED_STRETCHES).map(|stretch| stretch.bytes)
}

/// The second filter lets a little else pass.
fn is_stretch(data: &[u8], at: usize) -> bool {
    stretches().any(|stretch| data[at..at + 4].iter().zip(stretch).all(|(byte, wanted)| byte | 0x20 == wanted))
}

/// The searches of this processor.
pub(crate) fn searches() -> Vec<(&'static str, Search)> {
    let mut all: Vec<(&'static str, Search)> =
        vec![("plain", |filter, data, progress, to, holds| filter.plain(data, progress, to, holds))];
    if has_avx2() {
        all.push(("avx2", |filter, data, progress, to, holds| {
            // SAFETY: the processor has AVX2 and POPCNT, as just asked.
            filter.search_by(data, progress, to, holds, |p| unsafe { avx2::pass_batch(filter, data, p, to) })
        }));
    }
    if has_avx512() {
        all.push(("avx512", |filter, data, progress, to, holds| {
            // SAFETY: the processor has AVX-512 F, BW and VBMI, GFNI and POPCNT, as just asked.
            filter.search_by(data, progress, to, holds, |p| unsafe { avx512::pass_batch(filter, data, p, to) })
        }));
    }
    all
}

#[test]
fn every_stretch_is_found_everywhere_by_every_search() {
    let filter = filter();
    let length = stretches().count() + 64;
    for (number, stretch) in stretches().enumerate() {
        for at in [0, 1, 59, 60, 61, 62, 63, 64, 65, 127, 128, number] {
            let mut data = vec![b'~'; length];
            data[at..at + 4].copy_from_slice(&stretch.map(|byte| byte.to_ascii_uppercase()));
            for (name, search) in searches() {
                let find = |data: &[u8], from: usize, to: usize| {
                    let mut progress = Progress::new(from);
                    search(&filter, data, &mut progress, to, &|at| is_stretch(data, at))
                };
                assert_eq!(find(&data, 0, length), Some(at), "{name} {stretch:?}");
                assert_eq!(find(&data, at, at + 1), Some(at), "{name} {stretch:?}");
                assert_eq!(find(&data, at + 1, length), None, "{name} {stretch:?}");
                assert_eq!(find(&data, 0, at), None, "{name} {stretch:?}");
                assert_eq!(find(&data[..at + 4], 0, at + 4), Some(at), "{name} {stretch:?}");
                assert_eq!(find(&data[..at + 3], 0, at + 3), None, "{name} {stretch:?}");
            }
        }
    }
}

#[test]
fn vectors_leave_the_places_that_fit_a_class_and_no_other() {
    let mut bits = Bits::NONE;
    (0..1 << 20).for_each(|fingerprint| bits.add(fingerprint));
    let filter = Filter { bits: Box::leak(Box::new(bits)), ..filter() };
    // Stretches of which every other has a bit or two the other way, so that many places fit nearly.
    let mut seed = 1_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    let mut data = stretches().flatten().collect::<Vec<u8>>().repeat(100);
    for piece in data.chunks_mut(8) {
        piece[random() as usize % 4] ^= 1 << (random() % 8);
        piece[random() as usize % 4] ^= 1 << (random() % 8);
    }
    // Blocks may begin where the cache's lines do. Where one would end that cannot be loaded, only the second filter looks.
    let data = &data[data.as_ptr().align_offset(BLOCK_BYTES)..];
    let end = (data.len() - 3) / BLOCK_BYTES * BLOCK_BYTES;
    for (name, search) in searches() {
        let fits = match name {
            "avx512" => Buckets::fits_bytes,
            "avx2" => Buckets::fits_pairs,
            _ => continue,
        };
        let left = std::cell::RefCell::new(Vec::new());
        let keep = |at| {
            left.borrow_mut().push(at);
            false
        };
        assert_eq!(search(&filter, data, &mut Progress::new(0), end, &keep), None, "{name}");
        let fits = |at: &usize| fits(filter.buckets, data[*at..].first_chunk().expect("four bytes are left"));
        let wanted: Vec<usize> = (0..end).filter(fits).collect();
        assert!(wanted.len() < end / 2, "{name}: there is something to leave out");
        assert_eq!(left.into_inner(), wanted, "{name}");
    }
}

#[test]
fn a_place_that_does_not_hold_does_not_hide_the_next_and_lines_are_counted_once() {
    let filter = filter();
    let data = b"wsae wsae\nwsae and then for a long while nothing\n\nat all, until at last ... wsae, wsae".repeat(3);
    let all: Vec<usize> = (0..data.len()).filter(|at| data[*at..].starts_with(b"wsae")).collect();
    for (name, search) in searches() {
        for wanted in &all {
            let mut progress = Progress::new(0);
            let found = search(&filter, &data, &mut progress, data.len(), &|at| at >= *wanted);
            assert_eq!(found, Some(*wanted), "{name}");
            assert_eq!(progress.passed.lines, line_ends(&data[..progress.passed.to]), "{name}");
        }
        for to in 0..data.len() {
            let mut progress = Progress::new(0);
            assert_eq!(filter.next_candidate(&data, 3, to.max(3), &mut progress, |_| false), None);
            assert_eq!(progress.passed, Passed { to: to.max(3), lines: line_ends(&data[3..to.max(3)]) });
        }
    }
}

#[test]
fn a_search_that_goes_on_finds_every_place_and_counts_every_line() {
    let filter = filter();
    let data =
        b"wsae wsae\nwsae and then for a long while nothing\n\nat all, until at last ... wsae, wsae\n".repeat(60);
    let all: Vec<usize> = (0..data.len() - 3).filter(|at| is_stretch(&data, *at)).collect();
    // From right behind a place, and from somewhere behind it, as behind a record.
    for step in [1, 7, 100, 5000] {
        let mut progress = Progress::new(0);
        let (mut from, mut counted, mut seen_to) = (0, 0, 0);
        loop {
            let found = filter.next_candidate(&data, from, data.len(), &mut progress, |at| is_stretch(&data, at));
            assert_eq!(found, all.iter().copied().find(|at| *at >= from), "{step} {from}");
            counted += progress.passed.lines;
            assert_eq!(counted, line_ends(&data[..progress.passed.to]), "{step} {from}");
            seen_to = progress.passed.to.max(seen_to);
            let Some(found) = found else { break };
            from = (found + step).min(data.len());
            if from > seen_to {
                counted += line_ends(&data[seen_to..from]);
            }
        }
    }
}

/// `WSA_LOG=file cargo test --release -p winsock-scan filters -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn filters() {
    let data = std::fs::read(std::env::var_os("WSA_LOG").expect("WSA_LOG names a log")).unwrap();
    for (name, search) in searches() {
        let passes = (0..9).map(|_| {
            let start = std::time::Instant::now();
            let mut progress = Progress::new(0);
            assert_eq!(search(&filter(), &data, &mut progress, data.len(), &|_| false), None);
            start.elapsed().as_secs_f64()
        });
        let best = passes.min_by(f64::total_cmp).expect("nine passes");
        println!("{name}: both filters and nothing else: {:.2} GB/s", data.len() as f64 / best / 1e9);
    }
}
