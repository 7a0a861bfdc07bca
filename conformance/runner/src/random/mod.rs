//! Random programs of Winsock calls (`conformance/random/`), and where what they print differs: between the library's
//! two drivers of overlapped operations, and between the library and wine.

mod known;
mod trace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};

use crate::compile;
use crate::differences::Platform;
use crate::options::Options;
use crate::process;
use crate::suite;
use crate::wine;
use known::Known;
use trace::{Difference, Trace};

/// Programs that one process runs, so that starting wine costs little.
const SEEDS_AT_A_TIME: u32 = 10;
/// For so many programs; a call that hangs costs this once.
const TIME_LIMIT: Duration = Duration::from_secs(8);
/// For a program that breaks down before it tests anything.
const TRIES: u32 = 3;

/// Runs the wanted seeds. True when every difference is known and no program of the library's broke down.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let folder = options.home().join("random");
    let known = Known::read(&folder.join("known-differences.toml"))?;
    let source = folder.join("program.c");
    let library = build(&source, Platform::Library, options, &compile::library(options)?)?;
    let with_driver = |driver: &str| {
        let mut command = Command::new(&library);
        command.env("WSA_DRIVER", driver);
        command
    };
    let ours = traces(options, &|| with_driver("epoll"))?;
    let mut good = broken(&ours);
    let uring = traces(options, &|| with_driver("io_uring"))?;
    let differing =
        lasting(compare(&ours, &uring, None), options, [&|| with_driver("epoll"), &|| with_driver("io_uring")], None)?;
    good &= report("epoll", "io_uring", &differing);
    if options.wine {
        good &= beside_wine(options, &source, &|| with_driver("epoll"), &ours, &known)?;
    }
    let calls: usize = ours.iter().map(|trace| trace.lines.len()).sum();
    println!("{} random programs, {calls} calls", ours.len());
    Ok(good)
}

/// Starts a program, to which the seeds are still to be said.
type Start<'a> = dyn Fn() -> Command + Sync + 'a;

fn beside_wine(options: &Options, source: &Path, library: &Start<'_>, ours: &[Trace], known: &Known) -> Result<bool> {
    let Some(program) = wine::installed().then(|| build(source, Platform::Wine, options, Path::new(""))) else {
        return suite::find_wine(options).map(|_| true);
    };
    // Started last: its server leaves when it has nothing to do, and another would hold what the programs print to.
    let (program, Some(wine)) = (program?, suite::find_wine(options)?) else { return Ok(true) };
    let start = || {
        let mut command = wine.command("wine");
        command.arg(&program);
        command
    };
    let differing = compare(ours, &traces(options, &start)?, Some(known));
    let good = report("library", "wine", &lasting(differing, options, [library, &start], Some(known))?);
    known.unseen().for_each(|name| println!("not seen in these programs: {name}"));
    Ok(good)
}

fn build(source: &Path, platform: Platform, options: &Options, library: &Path) -> Result<PathBuf> {
    compile::compile(("random/program", source), platform, options, library).map_err(|words| anyhow!(words))
}

/// What all wanted programs print, in the order of their seeds.
fn traces(options: &Options, command: &Start<'_>) -> Result<Vec<Trace>> {
    let next = Mutex::new(options.seeds.clone().step_by(SEEDS_AT_A_TIME as usize));
    let all = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        loop {
            let Some(first) = next.lock().map_err(|_| anyhow!("a thread panicked"))?.next() else { return Ok(()) };
            let end = (first + SEEDS_AT_A_TIME).min(options.seeds.end);
            let some = some_traces(first..end, options, command)?;
            all.lock().map_err(|_| anyhow!("a thread panicked"))?.extend(some);
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..options.jobs).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?)
    })?;
    let mut all = all.into_inner().context("a thread panicked")?;
    all.sort_by_key(|trace: &Trace| trace.seed);
    Ok(all)
}

/// Goes on behind a program that broke down, as often as one does. Wine sometimes hangs when it starts or connects; what
/// was not to be tested is tried again.
fn some_traces(mut seeds: std::ops::Range<u32>, options: &Options, command: &Start<'_>) -> Result<Vec<Trace>> {
    let mut some = Vec::new();
    let mut tries_left = TRIES;
    while !seeds.is_empty() {
        let mut command = command();
        command.args([seeds.start, seeds.end - seeds.start, options.steps].map(|number| number.to_string()));
        let outcome = process::run(&mut command, TIME_LIMIT)?;
        let mut printed = trace::read(&outcome.lines(), outcome.trouble.as_deref());
        if tries_left > 0 && printed.last().is_none_or(Trace::stopped_early) {
            tries_left -= 1;
            printed.pop();
        } else {
            tries_left = TRIES;
        }
        if let Some(stopped) = printed.last().and_then(Trace::stopped)
            && options.verbose
        {
            println!("seeds {seeds:?}: {stopped}");
        }
        ensure!(
            !printed.is_empty() || tries_left < TRIES,
            "nothing was printed: {:?} {}",
            outcome.trouble,
            outcome.stderr
        );
        seeds.start = printed.last().map_or(seeds.start, |trace| trace.seed + 1);
        some.extend(printed);
    }
    Ok(some)
}

/// Says which programs of the library's did not run to their end, or wrote where they must not. True when none.
fn broken(traces: &[Trace]) -> bool {
    let mut good = true;
    for trace in traces {
        for line in trace.lines.iter().filter(|line| line.result.contains("BEYOND") || line.stopped) {
            println!("FAILED: seed {} {line}", trace.seed);
            good = false;
        }
    }
    good
}

fn compare(left: &[Trace], right: &[Trace], known: Option<&Known>) -> Vec<Difference> {
    let pairs = left.iter().zip(right);
    pairs.flat_map(|(left, right)| trace::differences(left, right, known)).collect()
}

/// The differences that come again when their programs run once more, alone: others were a matter of timing.
fn lasting(
    found: Vec<Difference>,
    options: &Options,
    [left, right]: [&Start<'_>; 2],
    known: Option<&Known>,
) -> Result<Vec<Difference>> {
    let seeds: BTreeSet<u32> = found.iter().map(|difference| difference.seed).collect();
    let mut again = Vec::new();
    for seed in seeds {
        let of = |start: &Start<'_>| some_traces(seed..seed + 1, options, start);
        again.extend(compare(&of(left)?, &of(right)?, known));
    }
    Ok(again)
}

/// Prints differences by call, state and results, the most frequent first. True when there are none.
fn report(left: &str, right: &str, differences: &[Difference]) -> bool {
    let mut groups: BTreeMap<[&str; 4], Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        groups.entry(difference.group()).or_default().push(difference);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let width = left.len().max(right.len());
    for group in &groups {
        let first = group[0];
        println!("DIFFERS {} times, as in seed {} {}", group.len(), first.seed, first.line());
        println!("  {left:width$}  {}\n  {right:width$}  {}", first.left(), first.right());
    }
    println!("{left} and {right}: {} differences of {} kinds", differences.len(), groups.len());
    groups.is_empty()
}
