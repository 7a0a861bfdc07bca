//! What a random program printed, and the first differences of two such traces.

use std::fmt;

use super::known::Known;

/// A step: `12 | 03 | tcp4 connected nb | recv(5, 0x0) | error 10035`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    step: u32,
    /// The sockets that the step touches, a bit for each.
    slots: u32,
    pub(crate) state: String,
    pub(crate) call: String,
    pub(crate) result: String,
    /// Whether the program ended here.
    pub(crate) stopped: bool,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}: {} | {} | {}", self.step, self.state, self.call, self.result)
    }
}

/// The steps of one program.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) seed: u32,
    pub(crate) lines: Vec<Line>,
}

impl Trace {
    /// The line at which the program broke down.
    pub(crate) fn stopped(&self) -> Option<&Line> {
        self.lines.last().filter(|line| line.stopped)
    }

    /// Whether it broke down where it prepared its sockets.
    pub(crate) fn stopped_early(&self) -> bool {
        self.lines.is_empty() || self.stopped().is_some_and(|line| line.call.starts_with(FRESH))
    }
}

/// How the step is called that gives slots other sockets.
const FRESH: &str = "fresh ";

/// Reads the traces of one process. `trouble`: how it ended, if not well; then the last line is where it did.
pub(crate) fn read(printed: &[String], trouble: Option<&str>) -> Vec<Trace> {
    let mut traces: Vec<Trace> = Vec::new();
    for text in printed {
        if let Some(seed) = text.strip_prefix("seed ").and_then(|seed| seed.parse().ok()) {
            traces.push(Trace { seed, lines: Vec::new() });
        } else if let (Some(trace), Some(line)) = (traces.last_mut(), parse(text)) {
            trace.lines.push(line);
        }
    }
    if let (Some(trouble), Some(line)) = (trouble, traces.last_mut().and_then(|trace| trace.lines.last_mut())) {
        line.result = format!("{} {trouble}", line.result).trim_start().to_owned();
        line.stopped = true;
    }
    traces
}

fn parse(text: &str) -> Option<Line> {
    let mut parts = text.splitn(5, '|').map(str::trim);
    let mut part = || parts.next();
    Some(Line {
        step: part()?.parse().ok()?,
        slots: part()?.chars().filter_map(|slot| slot.to_digit(10)).fold(0, |slots, slot| slots | 1 << slot),
        state: part()?.to_owned(),
        call: part()?.to_owned(),
        result: part().unwrap_or_default().to_owned(),
        stopped: false,
    })
}

/// A step that the two sides did not do alike.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) seed: u32,
    left: Option<Line>,
    right: Option<Line>,
}

impl Difference {
    /// What is counted as one kind: function, state and both results, without the arguments.
    pub(crate) fn group(&self) -> [&str; 4] {
        let line = self.line();
        let function = line.call.split('(').next().unwrap_or_default();
        [function, &line.state, self.left(), self.right()]
    }

    pub(crate) fn line(&self) -> &Line {
        self.left.as_ref().or(self.right.as_ref()).expect("one of both did the step")
    }

    pub(crate) fn left(&self) -> &str {
        result(self.left.as_ref())
    }

    pub(crate) fn right(&self) -> &str {
        result(self.right.as_ref())
    }
}

fn result(line: Option<&Line>) -> &str {
    line.map_or("(not done)", |line| &line.result)
}

/// The differences that are not known. Behind one, steps on the sockets that it touched say nothing more, nor those on
/// sockets that such steps touch, until a slot gets a fresh socket.
pub(crate) fn differences(left: &Trace, right: &Trace, known: Option<&Known>) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut parted = 0;
    let (mut lefts, mut rights) = (left.lines.iter().peekable(), right.lines.iter().peekable());
    loop {
        let step = match (lefts.peek(), rights.peek()) {
            (Some(left), Some(right)) => left.step.min(right.step),
            (Some(line), None) | (None, Some(line)) => line.step,
            (None, None) => break,
        };
        let pair = (lefts.next_if(|line| line.step == step), rights.next_if(|line| line.step == step));
        let sides = [pair.0, pair.1];
        let slots = sides.iter().flatten().fold(0, |slots, line| slots | line.slots);
        let stopped = sides.iter().flatten().any(|line| line.stopped);
        if sides.iter().flatten().any(|line| line.call.starts_with(FRESH)) {
            parted &= !slots;
        }
        if slots & parted != 0 {
            parted |= slots;
        } else if !alike(pair) {
            let difference = Difference { seed: left.seed, left: pair.0.cloned(), right: pair.1.cloned() };
            let entry = known.and_then(|known| known.find(difference.line(), difference.left(), difference.right()));
            match entry {
                Some(entry) if entry.goes_on => (),
                Some(_) => parted |= slots,
                None => {
                    parted |= slots;
                    found.push(difference);
                }
            }
        }
        if stopped {
            break;
        }
    }
    found
}

/// Whether both did the same. A state that was noted otherwise shows in what later calls do, or nowhere.
fn alike(pair: (Option<&Line>, Option<&Line>)) -> bool {
    let (Some(left), Some(right)) = pair else { return false };
    (left.slots, &left.call, &left.result) == (right.slots, &right.call, &right.result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(lines: &[&str]) -> Trace {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let seed = ["seed 7".to_owned()];
        read(&[&seed[..], &lines].concat(), None).pop().unwrap()
    }

    fn steps(left: &[&str], right: &[&str]) -> Vec<u32> {
        differences(&trace(left), &trace(right), None).iter().map(|difference| difference.line().step).collect()
    }

    #[test]
    fn behind_a_difference_other_sockets_are_still_compared() {
        let left =
            ["1 | 0 | a | send(1) | 1", "2 | 01 | a | send(1) | 2", "3 | 1 | a | recv(1) | 3", "4 | 2 | a | x | 4"];
        let right =
            ["1 | 0 | a | send(1) | 0", "2 | 01 | a | send(1) | 0", "3 | 1 | a | recv(1) | 0", "4 | 2 | a | x | 0"];
        assert_eq!(steps(&left, &right), [1, 4]);
    }

    #[test]
    fn a_fresh_socket_is_compared_again() {
        let left = ["1 | 0 | a | send(1) | 1", "2 | 0 | a | fresh new | ok", "3 | 0 | a | recv(1) | 3"];
        let right = ["1 | 0 | a | send(1) | 0", "2 | 0 | b | fresh new | ok", "3 | 0 | a | recv(1) | 0"];
        assert_eq!(steps(&left, &right), [1, 3]);
    }

    #[test]
    fn a_step_that_one_side_left_out_differs() {
        assert_eq!(
            steps(&["1 | 0 | a | x | 1", "3 | 1 | a | x | 1"], &["2 | 0 | a | x | 1", "3 | 1 | a | x | 1"]),
            [1]
        );
    }

    #[test]
    fn a_program_that_breaks_down_differs_in_its_last_step_alone() {
        let printed = ["seed 7".to_owned(), "1 | 0 | a | recv(5) |".to_owned()];
        let broken = read(&printed, Some("signal: 11")).pop().unwrap();
        let whole = trace(&["1 | 0 | a | recv(5) | 5", "2 | 1 | a | x | 1"]);
        let found = differences(&whole, &broken, None);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].left(), found[0].right()), ("5", "signal: 11"));
    }
}
