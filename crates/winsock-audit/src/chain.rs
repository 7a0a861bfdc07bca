//! From tokens to statements: chains of tokens that gaps join, and who belongs to whom in a chain.

use crate::gap::{Gaps, Join, is_plausible};
use crate::statement::Statement;
use crate::table::Tables;
use crate::token::{Form, Name, Token};

/// How two neighbours relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Apart,
    Pair(Join),
    List,
}

/// Tokens that stand for one thing: a name with its alias, a decimal with its hexadecimal form.
#[derive(Debug)]
struct Group {
    tokens: Vec<Token>,
    /// How the group relates to the next one.
    next: Relation,
}

impl Group {
    fn is_name(&self) -> bool {
        self.tokens[0].is_name()
    }
}

/// Every statement of the text outside of tables' rows, and the tokens that stand alone as statements of one part.
pub(crate) fn statements(gaps: &Gaps<'_>, tables: &Tables, tokens: Vec<Token>) -> Vec<Statement> {
    let tokens = keep_plausible(gaps, tables, tokens);
    let chains = chains(gaps, tables, tokens);
    let name_first = orientation(&chains);
    let mut statements = Vec::new();
    for chain in chains {
        resolve(chain, name_first, &mut statements);
    }
    statements
}

/// Drops numbers that cannot be codes where they stand, and plain names without a number of the Winsock range.
pub(crate) fn keep_plausible(gaps: &Gaps<'_>, tables: &Tables, tokens: Vec<Token>) -> Vec<Token> {
    let join = |left: Option<&Token>, right: Option<&Token>| match (left, right) {
        (Some(left), Some(right)) if tables.share_cell(left, right) => gaps.join(left, right),
        _ => None,
    };
    let winsock = gaps.text.contains("WSA") || gaps.text.contains("insock");
    let keep = |index: usize| {
        let token = &tokens[index];
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(index + 1);
        match token.name() {
            Some(Name::Plain(_)) => {
                let near = |number: Option<&Token>, joined: bool| {
                    joined
                        && number.and_then(Token::number).is_some_and(|number| {
                            number.in_range() && (winsock || winsock_codes::by_value(number.value as i32).is_some())
                        })
                };
                near(before, join(before, Some(token)).is_some()) || near(after, join(Some(token), after).is_some())
            }
            Some(_) => true,
            None if is_plausible(token) => true,
            None => {
                join(before, Some(token)).is_some_and(|join| fits_oddly(before, token, join))
                    || join(Some(token), after).is_some_and(|join| fits_oddly(after, token, join))
            }
        }
    };
    let kept: Vec<bool> = (0..tokens.len()).map(keep).collect();
    tokens.into_iter().zip(kept).filter_map(|(token, keep)| keep.then_some(token)).collect()
}

/// Whether a number outside of the range belongs to the name beside it: in a definition always; else if it is one of
/// the small codes beside a name of one, or a slip of the finger away from the right number.
fn fits_oddly(name: Option<&Token>, number: &Token, join: Join) -> bool {
    let Some(number) = number.number() else { return false };
    if join == Join::Definition {
        return true;
    }
    let Some(code) = name.and_then(Token::name).and_then(Name::code) else { return false };
    let small = |value: i64| matches!(value, 6 | 8 | 87 | 995 | 996 | 997);
    let right = i64::from(code.value());
    let slip =
        number.form == Form::Decimal && (1000..1_000_000).contains(&number.value) && is_slip(number.value, right);
    small(right) && small(number.value) || right > 1000 && slip
}

/// Whether the digits differ by one dropped, added, changed or swapped.
fn is_slip(written: i64, right: i64) -> bool {
    let (a, b) = (written.to_string().into_bytes(), right.to_string().into_bytes());
    let same_front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    if longer == shorter {
        let swapped = same_front + 2 + same_back >= longer
            && a.get(same_front) == b.get(same_front + 1)
            && a.get(same_front + 1) == b.get(same_front);
        return same_front + 1 + same_back >= longer || swapped;
    }
    longer - shorter == 1 && same_front + same_back >= shorter
}

fn chains(gaps: &Gaps<'_>, tables: &Tables, tokens: Vec<Token>) -> Vec<Vec<Group>> {
    let mut chains: Vec<Vec<Group>> = Vec::new();
    let mut last: Option<Token> = None;
    for token in tokens {
        let relation = match &last {
            Some(before) if tables.share_cell(before, &token) => relate(gaps, before, &token),
            _ => Some(Relation::Apart),
        };
        last = Some(token.clone());
        match (relation, chains.last_mut()) {
            (None, Some(chain)) => chain.last_mut().expect("a chain is never empty").tokens.push(token),
            (Some(Relation::Apart), _) | (_, None) => {
                chains.push(vec![Group { tokens: vec![token], next: Relation::Apart }]);
            }
            (Some(relation), Some(chain)) => {
                chain.last_mut().expect("a chain is never empty").next = relation;
                chain.push(Group { tokens: vec![token], next: Relation::Apart });
            }
        }
    }
    chains
}

/// How two neighbours relate; `None` if they stand for one thing.
fn relate(gaps: &Gaps<'_>, left: &Token, right: &Token) -> Option<Relation> {
    if left.is_name() != right.is_name() {
        return Some(gaps.join(left, right).map_or(Relation::Apart, Relation::Pair));
    }
    if gaps.is_same_number(left, right) {
        return None;
    }
    if !gaps.is_list(left, right) {
        return Some(Relation::Apart);
    }
    let code = |token: &Token| token.name().and_then(Name::code);
    if code(left).is_some() && code(left) == code(right) { None } else { Some(Relation::List) }
}

/// Whether the text's unambiguous pairs put the name first; `None` if it does both.
fn orientation(chains: &[Vec<Group>]) -> Option<bool> {
    let pairs = chains.iter().filter(|chain| chain.len() == 2 && matches!(chain[0].next, Relation::Pair(_)));
    let (name_first, number_first): (Vec<_>, Vec<_>) = pairs.partition(|chain| chain[0].is_name());
    match (name_first.len(), number_first.len()) {
        (names, numbers) if names > 2 * numbers => Some(true),
        (names, numbers) if numbers > 2 * names => Some(false),
        _ => None,
    }
}

fn resolve(mut chain: Vec<Group>, name_first: Option<bool>, statements: &mut Vec<Statement>) {
    // A definition is certain; what is left and right of it is judged by itself.
    if let Some(at) = chain.iter().position(|group| group.next == Relation::Pair(Join::Definition)) {
        let mut rest = chain.split_off(at);
        let mut right = rest.split_off(2);
        if let Some(last) = chain.last_mut() {
            last.next = Relation::Apart;
            resolve(chain, name_first, statements);
        }
        // `#define EAI_NODATA 11004 /* WSANO_DATA */`: the remark has the name that counts.
        let plain = matches!(rest[0].tokens[0].name(), Some(Name::Plain(_)));
        let remark = plain && rest[1].next == Relation::Pair(Join::Strong);
        if remark && right.first().is_some_and(|group| !matches!(group.tokens[0].name(), Some(Name::Plain(_)) | None)) {
            push_pair(&right.remove(0), &rest[1], Join::Strong, statements);
        } else {
            push_pair(&rest[0], &rest[1], Join::Definition, statements);
        }
        if !right.is_empty() {
            resolve(right, name_first, statements);
        }
        return;
    }
    let first = pairs_start_at(&chain, name_first);
    let mut at = 0;
    while at < chain.len() {
        let pairs = first.is_some_and(|first| at >= first && (at - first).is_multiple_of(2)) && at + 1 < chain.len();
        match chain[at].next {
            Relation::Pair(join) if pairs => {
                push_pair(&chain[at], &chain[at + 1], join, statements);
                at += 2;
            }
            _ => {
                push_alone(&chain[at], chain.len() == 1, statements);
                at += 1;
            }
        }
    }
}

/// Where in a chain the pairs begin: at 0 or 1; or at the only strong joint of a list. `None` if that is anybody's guess.
fn pairs_start_at(chain: &[Group], name_first: Option<bool>) -> Option<usize> {
    let joints = &chain[..chain.len() - 1];
    if joints.iter().any(|group| group.next == Relation::List) {
        let mut strong = joints.iter().enumerate().filter(|(_, group)| matches!(group.next, Relation::Pair(_)));
        let (at, group) = strong.next()?;
        let names = chain.iter().filter(|group| group.is_name()).count();
        let single = names == 1 || names == chain.len() - 1;
        return (strong.next().is_none() && single && group.next == Relation::Pair(Join::Strong)).then_some(at);
    }
    if joints.len() < 2 {
        return Some(0);
    }
    let strong =
        |start: usize| joints.iter().skip(start).step_by(2).filter(|g| g.next == Relation::Pair(Join::Strong)).count();
    let (even, odd) = (strong(0), strong(1));
    if chain.len().is_multiple_of(2) {
        return (even >= odd).then_some(0);
    }
    match (even, odd) {
        (even, 0) if even > 0 => Some(0),
        (0, odd) if odd > 0 => Some(1),
        (0, 0) => name_first.map(|name_first| usize::from(chain[0].is_name() != name_first)),
        _ => None,
    }
}

fn push_pair(a: &Group, b: &Group, join: Join, statements: &mut Vec<Statement>) {
    let (names, numbers) = if a.is_name() { (a, b) } else { (b, a) };
    // Of a name and its alias the one with WSA speaks.
    let known = names.tokens.iter().find(|token| !matches!(token.name(), Some(Name::Plain(_))));
    let name = known.unwrap_or(&names.tokens[0]).clone();
    let has_alias = names.tokens.len() > 1;
    statements.push(Statement { name: Some(name), has_alias, numbers: numbers.tokens.clone(), text: None, join });
}

fn push_alone(group: &Group, whole_chain: bool, statements: &mut Vec<Statement>) {
    let first = &group.tokens[0];
    if matches!(first.name(), Some(Name::Plain(_) | Name::Base)) {
        return;
    }
    let (name, numbers) =
        if first.is_name() { (Some(first.clone()), Vec::new()) } else { (None, group.tokens.clone()) };
    // Within a list or an undecided chain not even a text beside the token can be trusted to be its own.
    if whole_chain || name.is_some() {
        statements.push(Statement { name, has_alias: false, numbers, text: None, join: Join::Weak });
    }
}
