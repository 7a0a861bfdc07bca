//! Runs the wanted cases on the wanted platforms and judges what they print.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, bail};

use crate::case::{self, Case};
use crate::compile;
use crate::differences::{Differences, Platform};
use crate::network::{self, Network};
use crate::options::Options;
use crate::wine::{self, Wine};
use crate::{pairs, process, table};

/// Checks the tables, then runs. True when all is as it should be.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let home = options.home();
    let cases = case::read_all(&home.join("cases"))?;
    let differences = Differences::read(&home.join("known-differences.toml"), &cases)?;
    if options.list {
        cases.iter().for_each(|case| println!("{}: {}", case.name, case.title));
        return Ok(true);
    }
    // The table is judged last, so that a missing state does not hide what the programs do.
    let mut good = options.table_only || run_all(options, &cases, &differences)?;
    match pairs::states(&home, &cases, &differences)
        .and_then(|states| table::keep(&home.join("PAIRS.md"), &states, options.write))
    {
        Ok(counts) => println!("{} cases\n\n{counts}", cases.len()),
        Err(error) => {
            eprintln!("conformance: {error:#}");
            good = false;
        }
    }
    Ok(good)
}

/// What programs need to run.
struct Machine<'a> {
    options: &'a Options,
    differences: &'a Differences,
    library: Option<PathBuf>,
    wine: Option<Wine>,
}

fn run_all(options: &Options, cases: &[Case], differences: &Differences) -> Result<bool> {
    let library = options.library.then(|| compile::library(options)).transpose()?;
    let machine = Machine { options, differences, library, wine: find_wine(options)? };
    let wanted: Vec<&Case> = cases.iter().filter(|case| options.wants(&case.name)).collect();
    let (plain, special): (Vec<&Case>, Vec<&Case>) = wanted.iter().partition(|case| case.network.is_none());
    let report = Report::default();
    machine.run_plain(&plain, &report);
    machine.run_special(&special, &report)?;
    Ok(report.finish(&machine, wanted.len()))
}

/// Wine, where it is wanted and there.
pub(crate) fn find_wine(options: &Options) -> Result<Option<Wine>> {
    if !options.wine {
        return Ok(None);
    }
    if wine::installed() {
        return Wine::start(&options.work).map(Some);
    }
    skip(options, "wine or mingw-w64 is not installed (packages wine, gcc-mingw-w64-x86-64)")?;
    Ok(None)
}

fn skip(options: &Options, what: &str) -> Result<()> {
    if options.ci {
        bail!("{what}; with CI=true nothing is skipped");
    }
    println!("SKIPPED: {what}");
    Ok(())
}

impl Machine<'_> {
    fn run_plain(&self, cases: &[&Case], report: &Report) {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..self.options.jobs {
                scope.spawn(|| {
                    while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                        self.both(case, report);
                    }
                });
            }
        });
    }

    /// Cases with network conditions, one at a time: the namespace and wine's server in it belong to one of them.
    fn run_special(&self, cases: &[&Case], report: &Report) -> Result<()> {
        if cases.is_empty() {
            return Ok(());
        }
        if !network::permitted() {
            return skip(self.options, "network namespaces are not permitted here: cases with `network:` are not run");
        }
        for case in cases {
            let Some(name) = &case.network else { continue };
            if let Some(library) = &self.library {
                let network = Network::set_up(&self.options.home(), name)?;
                self.on_library(case, library, Some(&network), report);
            }
            if let Some(wine) = &self.wine {
                // Another one: the first program may have changed it.
                let network = Network::set_up(&self.options.home(), name)?;
                wine.stop()?;
                wine.warm_up(&mut network.inside(&wine.command("wine")))?;
                self.on_wine(case, Some(&network), report);
                wine.stop()?;
            }
        }
        Ok(())
    }

    fn both(&self, case: &Case, report: &Report) {
        if let Some(library) = &self.library {
            self.on_library(case, library, None, report);
        }
        if self.wine.is_some() {
            self.on_wine(case, None, report);
        }
    }

    fn on_library(&self, case: &Case, library: &Path, network: Option<&Network>, report: &Report) {
        report.add(case, Platform::Library, self.one(case, Platform::Library, library, network), self.options);
    }

    fn on_wine(&self, case: &Case, network: Option<&Network>, report: &Report) {
        report.add(case, Platform::Wine, self.one(case, Platform::Wine, Path::new(""), network), self.options);
    }

    /// Builds and runs one program. `Err` says what is wrong.
    fn one(&self, case: &Case, platform: Platform, library: &Path, network: Option<&Network>) -> Result<(), String> {
        let known = self.differences.of(case, platform);
        let source = (case.name.as_str(), case.path.as_path());
        let program = match (compile::compile(source, platform, self.options, library), known) {
            (Err(_), Some(known)) if !known.builds => return Ok(()),
            (Err(words), _) if self.options.learn => return Err(entry(case, platform, "builds = false", &words)),
            (Err(words), _) => return Err(format!("does not build\n{}", first_lines(&words))),
            (Ok(_), Some(known)) if !known.builds => {
                return Err("builds now: drop it from known-differences.toml".into());
            }
            (Ok(program), _) => program,
        };
        if known.is_some_and(|known| !known.stable) {
            return Ok(());
        }
        let mut command = match &self.wine {
            Some(wine) if platform == Platform::Wine => {
                let mut command = wine.command("wine");
                command.arg(&program);
                command
            }
            _ => native(case, &program),
        };
        if let Some(network) = network {
            command = network.inside(&command);
        }
        let outcome = process::run(&mut command, case.timeout).map_err(|error| format!("{error:#}"))?;
        let verdict = judge(case, self.differences, platform, &outcome);
        if self.options.learn && verdict.is_err() {
            let prints = match outcome.trouble {
                Some(_) => "stable = false".to_owned(),
                None => format!("prints = {:?}", outcome.lines()),
            };
            return Err(entry(case, platform, &prints, &outcome.stderr));
        }
        verdict
    }
}

/// The entry of known-differences.toml that would accept what was seen; the reason is for a human to say.
fn entry(case: &Case, platform: Platform, what: &str, words: &str) -> String {
    let comment = words.lines().find(|line| line.contains("undefined reference")).unwrap_or_default();
    let name = &case.name;
    format!(
        "# {comment}\n[[difference]]\ncase = \"{name}\"\nplatform = \"{platform}\"\n{what}\nreason = \"\"\nfollow = \"\"\n"
    )
}

/// The natively built program, under its descriptor limit.
fn native(case: &Case, program: &Path) -> std::process::Command {
    let Some(limit) = case.open_files else { return std::process::Command::new(program) };
    let mut command = std::process::Command::new("sh");
    command.arg("-c").arg(format!("ulimit -n {limit} && exec \"$0\"")).arg(program);
    command
}

fn judge(case: &Case, differences: &Differences, platform: Platform, outcome: &process::Outcome) -> Result<(), String> {
    let printed = outcome.lines();
    let wanted = differences.lines(case, platform);
    if printed == wanted && outcome.trouble.is_none() {
        return Ok(());
    }
    let mut words = String::new();
    if let Some(trouble) = &outcome.trouble {
        words += &format!("  {trouble}\n");
    }
    if printed == case.expect && differences.of(case, platform).is_some() {
        words += "  prints what Windows prints now: drop it from known-differences.toml\n";
    }
    for line in unlike(wanted, &printed) {
        words += &line;
    }
    words += &first_lines(&outcome.stderr);
    Err(words)
}

/// The lines that differ, position by position.
fn unlike(wanted: &[String], printed: &[String]) -> Vec<String> {
    let length = wanted.len().max(printed.len());
    let nothing = "(nothing)".to_owned();
    let pairs = (0..length).map(|i| (wanted.get(i).unwrap_or(&nothing), printed.get(i).unwrap_or(&nothing)));
    pairs.filter(|(w, p)| w != p).map(|(w, p)| format!("  expected {w}\n  printed  {p}\n")).collect()
}

fn first_lines(text: &str) -> String {
    text.lines().take(6).map(|line| format!("  {line}\n")).collect()
}

/// What has gone wrong so far.
#[derive(Default)]
struct Report {
    failures: Mutex<Vec<String>>,
    programs: AtomicUsize,
}

impl Report {
    fn add(&self, case: &Case, platform: Platform, verdict: Result<(), String>, options: &Options) {
        self.programs.fetch_add(1, Ordering::Relaxed);
        if options.verbose {
            println!("{} {} on {platform}", if verdict.is_ok() { "ok  " } else { "FAIL" }, case.name);
        }
        if let (Err(words), Ok(mut failures)) = (verdict, self.failures.lock()) {
            failures.push(format!("{} on {platform}\n{words}", case.name));
        }
    }

    fn finish(&self, machine: &Machine<'_>, cases: usize) -> bool {
        let mut failures = self.failures.lock().map(|list| list.clone()).unwrap_or_default();
        failures.sort();
        failures.iter().for_each(|failure| println!("FAILED: {failure}"));
        let programs = self.programs.load(Ordering::Relaxed);
        let known = machine.differences.all().len();
        println!("{cases} cases, {programs} programs run, {} failed, {known} known differences", failures.len());
        failures.is_empty()
    }
}
