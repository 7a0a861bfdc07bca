//! `scan-speed FILE [ROUNDS]`: how fast the library goes over a file in the page cache, beside the sum of its bytes.
//!
//! Prints the median of the rounds, in GB/s: the sum over the mapped file (the floor), the scan of the mapped file with
//! one thread and two, and the chunked form with 1 MiB reads.

use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use winsock_scan::{Count, Scanner, next_split};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let name = args.next().ok_or("scan-speed FILE [ROUNDS]")?;
    let rounds = args.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let file = File::open(&name)?;
    // SAFETY: the file is one that this crate made, and nobody writes to it now.
    let map = unsafe { memmap2::Mmap::map(&file)? };
    let scanner = Scanner::new();
    let size = map.len();

    let mut count = Count::default();
    let summary = scanner.scan_slice(&map, &mut count);
    println!("{name}: {size} bytes, {} lines, {} findings", summary.lines, summary.findings);

    show("sum of bytes, mapped", size, rounds, || black_box(sum(&map)));
    show("scan, mapped, 1 thread", size, rounds, || scanner.scan_slice(&map, &mut Count::default()).findings);
    show("scan, mapped, 2 threads", size, rounds, || two_threads(&scanner, &map));
    show("scan, 1 MiB reads", size, rounds, || {
        let mut file = File::open(&name).expect("it was open a moment ago");
        let mut block = vec![0; 1 << 20];
        let mut stream = scanner.stream();
        let mut count = Count::default();
        loop {
            let read = file.read(&mut block).expect("it was readable a moment ago");
            if read == 0 || stream.feed(&block[..read], &mut count).is_break() {
                break;
            }
        }
        stream.finish(&mut count).findings
    });
    Ok(())
}

fn sum(bytes: &[u8]) -> u64 {
    bytes.chunks(1 << 16).map(|block| block.iter().map(|byte| u64::from(*byte)).sum::<u64>()).sum()
}

fn two_threads(scanner: &Scanner, map: &[u8]) -> u64 {
    let middle = next_split(map, map.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| scanner.scan_range(map, middle..map.len(), 1, &mut Count::default()).findings);
        scanner.scan_range(map, 0..middle, 1, &mut Count::default()).findings
            + second.join().expect("the scan does not panic")
    })
}

fn show(what: &str, size: usize, rounds: usize, mut work: impl FnMut() -> u64) {
    let mut seconds: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    println!(
        "{what:26} {:7.3} GB/s  ({:.4} s; best {:.4}, worst {:.4})",
        size as f64 / median / 1e9,
        median,
        seconds[0],
        seconds[seconds.len() - 1]
    );
}
