//! Telling of changes of interfaces, addresses and routes.
//!
//! The kernel says that something has changed; what that is, is the difference between two looks. So nothing is lost where
//! more is told than the kernel keeps, and the routes count that go with an interface without a word. What has changed and
//! changed back between two looks is not told.

use std::collections::HashMap;
use std::net::IpAddr;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::net::RecvFlags;
use winsock::Code;

use super::interfaces::{Address, Interface, Route, interfaces, routes};
use super::netlink::listen;
use crate::error::{self, from_errno};

/// What to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Interfaces: whether they are there, and how they are.
    Interfaces,
    /// Addresses of this computer.
    Addresses,
    /// Routes of the main table.
    Routes,
}

/// What became of something. The numbers are `MIB_NOTIFICATION_TYPE`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is otherwise than it was.
    Altered = 0,
    /// It is new.
    Added = 1,
    /// It has gone.
    Deleted = 2,
}

/// What has changed, as it is, or was last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// An interface, without its addresses.
    Interface(Interface),
    /// An address of an interface.
    Address(Interface, Address),
    /// A route, and its interface if that is there.
    Route(Option<Interface>, Route),
}

/// One change.
pub type Change = (Turn, Thing);

struct Watch {
    stop: Arc<Stop>,
    thread: JoinHandle<()>,
}

/// Ends a watch: the flag is for between two calls, the descriptor for between two changes.
struct Stop {
    is_over: AtomicBool,
    descriptor: OwnedFd,
}

fn watches() -> MutexGuard<'static, HashMap<usize, Watch>> {
    static WATCHES: LazyLock<Mutex<HashMap<usize, Watch>>> = LazyLock::new(Mutex::default);
    WATCHES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls `tell` for each change of the subject, of IPv4, IPv6 or both, from a thread of its own; and once at first, without a
/// change, if `tells_first`. Returns the watch's number.
///
/// # Errors
/// [`error::NOT_SUPPORTED`] if the kernel does not answer; [`error::NOT_ENOUGH_MEMORY`].
#[doc(alias = "NotifyIpInterfaceChange")]
#[doc(alias = "NotifyUnicastIpAddressChange")]
#[doc(alias = "NotifyRouteChange2")]
pub fn watch(
    subject: Subject,
    families: [bool; 2],
    tells_first: bool,
    tell: impl Fn(Option<&Change>) + Send + 'static,
) -> Result<usize, Code> {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    // The ear before the eye: what changes between the two is told and looked at.
    let ear = listen(groups(subject, families)).map_err(from_errno)?;
    let before = look(subject, families)?;
    let descriptor = eventfd(0, EventfdFlags::CLOEXEC).map_err(from_errno)?;
    let stop = Arc::new(Stop { is_over: AtomicBool::new(false), descriptor });
    let own = Arc::clone(&stop);
    // Held until the watch is in: its routine may end it.
    let mut all = watches();
    let thread = thread::Builder::new().name("ws2-network".to_owned()).spawn(move || {
        if tells_first && !own.is_over.load(Ordering::Acquire) {
            tell(None);
        }
        run(&ear, &own, subject, families, before, &|change| tell(Some(change)));
    });
    let thread = thread.map_err(|_| error::NOT_ENOUGH_MEMORY)?;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    all.insert(number, Watch { stop, thread });
    Ok(number)
}

/// Ends a watch. What it calls has returned then, unless this is called from there.
///
/// # Errors
/// [`error::INVALID_PARAMETER`] for what is none.
#[doc(alias = "CancelMibChangeNotify2")]
pub fn unwatch(number: usize) -> Result<(), Code> {
    let Watch { stop, thread } = watches().remove(&number).ok_or(error::INVALID_PARAMETER)?;
    stop.is_over.store(true, Ordering::Release);
    let _ = rustix::io::write(&stop.descriptor, &1_u64.to_ne_bytes());
    if thread.thread().id() != thread::current().id() {
        winsock::port::before_blocking();
        // A routine that has ended its thread leaves nothing to wait for.
        let _ = thread.join();
    }
    Ok(())
}

fn run(
    ear: &OwnedFd,
    stop: &Stop,
    subject: Subject,
    families: [bool; 2],
    mut before: Vec<Thing>,
    tell: &dyn Fn(&Change),
) {
    loop {
        let mut both = [PollFd::new(ear, PollFlags::IN), PollFd::new(&stop.descriptor, PollFlags::IN)];
        if retry_on_intr(|| poll(&mut both, None)).is_err() || !both[1].revents().is_empty() {
            return;
        }
        take_all(ear);
        // A look that fails is made up for by the next.
        let Ok(now) = look(subject, families) else { continue };
        for change in differences(&before, &now) {
            if stop.is_over.load(Ordering::Acquire) {
                return;
            }
            tell(&change);
        }
        before = now;
    }
}

/// Takes what the kernel has said: the looks say the rest.
fn take_all(ear: &OwnedFd) {
    let mut head = [0; 16];
    loop {
        match rustix::net::recv(ear, &mut head[..], RecvFlags::DONTWAIT) {
            // More came than the kernel keeps.
            Ok(_) | Err(Errno::INTR | Errno::NOBUFS) => {}
            Err(_) => return,
        }
    }
}

/// `RTMGRP_` numbers.
fn groups(subject: Subject, [v4, v6]: [bool; 2]) -> u32 {
    const LINK: u32 = 0x1;
    let of_families = |for_v4: u32, for_v6: u32| if v4 { for_v4 } else { 0 } | if v6 { for_v6 } else { 0 };
    match subject {
        Subject::Interfaces => LINK,
        Subject::Addresses => of_families(0x10, 0x100),
        // Those of IPv4 go with their interface or address, and nothing is said of them.
        Subject::Routes => LINK | 0x10 | of_families(0x40, 0x400),
    }
}

fn look(subject: Subject, families: [bool; 2]) -> Result<Vec<Thing>, Code> {
    let mut all = interfaces()?;
    let addresses: Vec<Vec<Address>> =
        all.iter_mut().map(|interface| std::mem::take(&mut interface.addresses)).collect();
    // Counters are no change.
    all.iter_mut().for_each(|interface| interface.traffic = [0; 8]);
    let is_wanted = |address: IpAddr| families[usize::from(address.is_ipv6())];
    match subject {
        Subject::Interfaces => Ok(all.into_iter().map(Thing::Interface).collect()),
        Subject::Addresses => {
            let of_one = |(interface, addresses): (&Interface, &Vec<Address>)| {
                let wanted = addresses.iter().filter(|own| is_wanted(own.address));
                wanted.map(|own| Thing::Address(interface.clone(), *own)).collect::<Vec<_>>()
            };
            Ok(all.iter().zip(&addresses).flat_map(of_one).collect())
        }
        Subject::Routes => {
            let mut found = Vec::new();
            for ipv6 in [false, true].into_iter().filter(|ipv6| families[usize::from(*ipv6)]) {
                found.extend(routes(ipv6)?.into_iter().map(|route| {
                    let home = all.iter().find(|interface| interface.index == route.interface);
                    Thing::Route(home.cloned(), route)
                }));
            }
            Ok(found)
        }
    }
}

/// What makes a thing the same one in two looks.
#[derive(PartialEq, Eq, Hash)]
struct Identity {
    interface: u32,
    address: Option<(IpAddr, u8)>,
    gateway: Option<IpAddr>,
}

impl Thing {
    fn identity(&self) -> Identity {
        match self {
            Thing::Interface(interface) => Identity { interface: interface.index, address: None, gateway: None },
            Thing::Address(interface, own) => {
                Identity { interface: interface.index, address: Some((own.address, 0)), gateway: None }
            }
            Thing::Route(_, route) => Identity {
                interface: route.interface,
                address: Some((route.destination, route.prefix)),
                gateway: route.gateway,
            },
        }
    }

    /// Whether it is as it was. The time that an address has left is not, and says nothing but whether it is used still.
    fn is_like(&self, other: &Thing) -> bool {
        let state = |own: &Address| (own.prefix, own.is_temporary, own.preferred_seconds == 0);
        match (self, other) {
            (Thing::Interface(one), Thing::Interface(other)) => one == other,
            (Thing::Address(_, one), Thing::Address(_, other)) => state(one) == state(other),
            (Thing::Route(_, one), Thing::Route(_, other)) => one == other,
            _ => false,
        }
    }
}

/// What has gone, and then what is new or otherwise.
fn differences(before: &[Thing], now: &[Thing]) -> Vec<Change> {
    let by_identity = |things: &[Thing]| -> HashMap<Identity, usize> {
        // Of routes that differ in their metric alone the first counts, which is the one that is used.
        things.iter().enumerate().rev().map(|(place, thing)| (thing.identity(), place)).collect()
    };
    let (old, new) = (by_identity(before), by_identity(now));
    let mut changes = Vec::new();
    for (place, thing) in before.iter().enumerate() {
        let identity = thing.identity();
        if old.get(&identity) == Some(&place) && !new.contains_key(&identity) {
            changes.push((Turn::Deleted, thing.clone()));
        }
    }
    for (place, thing) in now.iter().enumerate() {
        let identity = thing.identity();
        if new.get(&identity) != Some(&place) {
            continue;
        }
        match old.get(&identity) {
            None => changes.push((Turn::Added, thing.clone())),
            Some(&was) if !before[was].is_like(thing) => changes.push((Turn::Altered, thing.clone())),
            Some(_) => {}
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn route(last: u8, metric: u32) -> Thing {
        let destination = IpAddr::from([10, 0, 0, last]);
        Thing::Route(None, Route { destination, prefix: 32, gateway: None, interface: 1, metric, origin: 4 })
    }

    #[test]
    fn the_difference_of_two_looks_is_what_changed() {
        let before = [route(1, 0), route(2, 5), route(3, 0), route(3, 9)];
        let now = [route(2, 6), route(3, 0), route(4, 0)];
        let changes = differences(&before, &now);
        let expected = [(Turn::Deleted, route(1, 0)), (Turn::Altered, route(2, 6)), (Turn::Added, route(4, 0))];
        assert_eq!(changes, expected);
        assert_eq!(differences(&now, &now), []);
    }

    #[test]
    fn time_that_passes_is_no_change() {
        let interface = interfaces().unwrap().swap_remove(0);
        let own = |preferred_seconds| {
            let address = IpAddr::from([10, 0, 0, 1]);
            let own = Address { address, prefix: 8, is_temporary: false, valid_seconds: 100, preferred_seconds };
            [Thing::Address(interface.clone(), own)]
        };
        assert_eq!(differences(&own(60), &own(59)), []);
        assert_eq!(differences(&own(1), &own(0))[0].0, Turn::Altered);
    }

    #[test]
    fn a_watch_tells_first_and_can_be_ended_once_also_by_what_it_calls() {
        let (told, hears) = mpsc::channel();
        let number = watch(Subject::Routes, [true, true], true, move |change| {
            let _ = told.send(change.is_none());
        });
        let number = number.unwrap();
        assert_eq!(hears.recv(), Ok(true));
        unwatch(number).unwrap();
        assert_eq!(unwatch(number), Err(error::INVALID_PARAMETER));
        // Its routine has gone with it.
        assert!(hears.recv().is_err());

        let (ends, hears) = mpsc::channel();
        let (knows, number) = mpsc::channel();
        let watched = watch(Subject::Interfaces, [true, true], true, move |_| {
            let own = number.recv().unwrap();
            ends.send(unwatch(own)).unwrap();
        });
        knows.send(watched.unwrap()).unwrap();
        assert_eq!(hears.recv(), Ok(Ok(())));
        assert!(hears.recv().is_err());
    }
}
