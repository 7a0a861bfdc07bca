//! `sum-bytes [-jN] FILE`: adds up the bytes of a file, in N equal parts side by side (one unless given): what reading
//! costs when nothing is looked for, and what this machine gives for a second thread.
use std::fs::File;
use std::os::unix::fs::FileExt as _;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let threads = arguments.iter().position(|argument| argument.starts_with("-j"));
    let threads: u64 = threads.map_or(1, |at| arguments.remove(at)[2..].parse().expect("a number of threads"));
    let file = File::open(&arguments[0]).expect("it opens");
    let bytes = file.metadata().expect("it has a length").len();
    let sum: u64 = std::thread::scope(|scope| {
        let part = |at: u64| (bytes * at / threads)..(bytes * (at + 1) / threads);
        let parts: Vec<_> = (0..threads)
            .map(|at| {
                scope.spawn({
                    let file = &file;
                    move || sum(file, part(at))
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().expect("no part panics")).sum()
    });
    println!("{sum}");
}

fn sum(file: &File, part: std::ops::Range<u64>) -> u64 {
    let mut block = vec![0_u8; 1 << 20];
    let (mut at, mut sum) = (part.start, 0_u64);
    while at < part.end {
        let wanted = block.len().min((part.end - at) as usize);
        let read = file.read_at(&mut block[..wanted], at).expect("it reads");
        assert_ne!(read, 0, "the file became shorter");
        at += read as u64;
        // Lanes of 32 bytes become vector additions.
        sum +=
            block[..read].chunks(4096).map(|part| part.iter().map(|byte| u64::from(*byte)).sum::<u64>()).sum::<u64>();
    }
    sum
}
