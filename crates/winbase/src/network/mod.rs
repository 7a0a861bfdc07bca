//! What Linux knows of its networks: interfaces, routes, neighbours, connections, counters. Echo requests.

mod change;
mod connections;
mod counters;
mod echo;
mod interfaces;
mod netlink;
mod watch;
mod watch_once;

pub use change::{Deed, RouteEntry, change_address, change_neighbour, change_route, hardware_of, home_of};
pub use connections::{Connection, Protocol, TcpState, connections, owner_of_sockets};
pub use counters::Counters;
pub use echo::{Echo, EchoReply, EchoRequest};
pub use interfaces::{
    Address, BestRoute, Interface, Kind, Neighbour, Route, best_interface, best_route, interfaces, name_servers,
    neighbours, routes,
};
pub use watch::{Change, Subject, Thing, Turn, unwatch, watch};
pub use watch_once::{begin_wait, cancel_wait, wait};
