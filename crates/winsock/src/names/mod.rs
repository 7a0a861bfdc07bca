//! Names and addresses: hosts, services, protocols, and addresses as text.
//!
//! Everything here is a function of Winsock's with safe arguments; the crate `ws2_32` puts C's structures around the
//! results, and wide strings of both widths that `wchar_t` can have.
//!
//! * [`text_address`]: addresses as text;
//! * [`Resolver`]: how names are resolved, and why not by libc;
//! * [`flags`]: `AI_`, `NI_` and `NS_` with Windows' values.

pub mod connect;
mod files;
pub mod flags;
mod getaddrinfo;
mod host_name;
mod hostent;
mod nameinfo;
mod protocols;
mod resolver;
#[cfg(test)]
mod responder;
pub mod service_lookup;
mod services;
pub mod text_address;

pub use files::Files;
pub use getaddrinfo::{AddressInfo, Hints, check, getaddrinfo};
pub use host_name::gethostname;
pub(crate) use host_name::{is_on, own_socket_addresses as own_addresses, scope_of};
pub use hostent::{HostEntry, gethostbyaddr, gethostbyname};
pub use nameinfo::{NameInfo, getnameinfo};
pub use protocols::{Protocol, getprotobyname, getprotobynumber};
#[cfg(fuzzing)]
pub use resolver::fuzz;
pub(crate) use resolver::sort::socket_addresses as sort_addresses;
pub use resolver::{Ask, Resolver};
pub use services::{Service, getservbyname, getservbyport};
