//! [`Entry`], one row of the catalogue, and the closed sets its fields come from.
//!
//! The sets are written by hand: a misspelt word in an entry is a compile error in the generated table.

#[cfg(feature = "text")]
use crate::Call;
use crate::Code;

/// What the catalogue says of one code. The long texts are in [`Entry::detail`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code itself.
    pub code: Code,
    /// Microsoft's spelling of the name, misspellings included (`WSA_QOS_EUNKOWNPSOBJ`).
    pub name: &'static str,
    /// Other names with the same number: `ERROR_*`, `EAI_*`, `h_errno` names, corrected spellings.
    pub aliases: &'static [&'static str],
    /// One sentence: what the code means.
    pub summary: &'static str,
    /// What part of the network stack it is about.
    pub category: Category,
    /// Whether today's Windows returns it, and from where.
    pub status: Status,
    /// How alarmed to be.
    pub severity: Severity,
    /// Who is likely at fault, likeliest first; empty when nothing is wrong.
    pub fault: &'static [Fault],
    /// Whether and how to try again.
    pub retry: Retry,
    /// One sentence: what exactly to repeat, after what.
    pub retry_how: &'static str,
    /// What other systems call the same failure.
    pub twins: Twins,
}

impl Entry {
    /// The code.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The number: `self.code().value()`.
    #[must_use]
    pub const fn value(&self) -> i32 {
        self.code.value()
    }

    /// The name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        core::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

macro_rules! closed_set {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that entries, the command line and JSON use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The member with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

closed_set! {
    /// What part of the network stack a code is about.
    Category {
        /// Overlapped I/O: pending, incomplete, cancelled, bad event handle.
        Overlapped = "overlapped",
        /// A call that has not finished: would block, in progress, interrupted.
        Progress = "progress",
        /// A wrong argument: pointer, handle, option, size, missing address.
        Argument = "argument",
        /// Not allowed.
        Permission = "permission",
        /// Family, type and protocol that do not exist or do not go together.
        Protocol = "protocol",
        /// Local or remote addresses and ports.
        Address = "address",
        /// The network between the two hosts.
        Network = "network",
        /// The state of one connection.
        Connection = "connection",
        /// Memory, buffers, handles, ports.
        Resource = "resource",
        /// Starting Winsock.
        Startup = "startup",
        /// Transport and layered service providers.
        Provider = "provider",
        /// Name-space providers and service lookup (`WSALookupService*`).
        Namespace = "namespace",
        /// Host name resolution.
        Resolver = "resolver",
        /// Quality of service (`GQoS`, RSVP).
        Qos = "qos",
        /// Carried over from BSD; no socket call has a use for it.
        Legacy = "legacy",
    }
}

closed_set! {
    /// Whether today's Windows returns a code, and from where.
    Status {
        /// Ordinary socket calls return it.
        Current = "current",
        /// A leftover of Winsock 1.1 or BSD that today's stack does not return.
        Legacy = "legacy",
        /// Only name-space, transport or QoS providers return it.
        Provider = "provider",
        /// Defined, but no known path returns it.
        Reserved = "reserved",
    }
}

closed_set! {
    /// How alarmed to be.
    Severity {
        /// Part of a correct program's flow.
        Normal = "normal",
        /// Expected now and then; alert on the rate, not on one.
        Warning = "warning",
        /// This operation failed.
        Error = "error",
        /// The whole process or machine is affected.
        Critical = "critical",
    }
}

closed_set! {
    /// Who is likely at fault.
    Fault {
        /// The program that made the call.
        Program = "program",
        /// The machine it runs on: settings, resources, drivers, security software.
        System = "system",
        /// The network between the hosts, including firewalls and NAT.
        Network = "network",
        /// The program or machine at the other end.
        Peer = "peer",
        /// The name service.
        Resolver = "resolver",
    }
}

closed_set! {
    /// Whether and how to try again.
    Retry {
        /// The same call fails the same way until something is changed.
        Never = "never",
        /// Not a failure: wait for readiness or completion.
        Wait = "wait",
        /// Repeat the call at once.
        Again = "again",
        /// Repeat later, ever more slowly.
        Backoff = "backoff",
        /// This socket is finished: make a new one and try there.
        Reconnect = "reconnect",
    }
}

/// What other systems call the same failure. Empty where they have no word for it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Twins {
    /// Linux errno names, most faithful first; empty where none is faithful.
    pub errno: &'static [&'static str],
    /// The errno of the same spelling, where it means something else.
    pub errno_by_name: Option<&'static str>,
    /// The `getaddrinfo` result that is the true twin.
    pub eai: Option<&'static str>,
    /// The `std::io::ErrorKind` that Rust's standard library gives for it on Windows (`Uncategorized` if none).
    pub rust: &'static str,
    /// `System.Net.Sockets.SocketError` member.
    pub dotnet: Option<&'static str>,
    /// libuv's constant, `UV_UNKNOWN` where libuv does not translate it.
    pub libuv: &'static str,
    /// Node.js `error.code`: libuv's without the prefix.
    pub node: &'static str,
    /// Attribute of Python's `errno` module that has the value on Windows.
    pub python_errno: Option<&'static str>,
    /// Python exception class raised on Windows.
    pub python_exception: &'static str,
    /// Constant in Go's standard `syscall` package; `golang.org/x/sys/windows` has every name as it is.
    pub go_std: Option<&'static str>,
    /// Java exception class.
    pub java: &'static str,
    /// `APR_STATUS_IS_*` tests that are true for it.
    pub apr_is: &'static [&'static str],
    /// curl's wording.
    pub curl: Option<&'static str>,
    /// The kernel statuses that `ws2_32` turns into this code.
    pub ntstatus: &'static [NtStatus],
    /// What other projects translate it to: (project, their word).
    pub elsewhere: &'static [(&'static str, &'static str)],
}

/// A kernel status, and the Win32 error that `GetLastError` or `GetQueuedCompletionStatus` shows for it.
///
/// Source: Wine's `test_WSAGetOverlappedResult`, a table that was checked on Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NtStatus {
    /// Name in `ntstatus.h`.
    pub name: &'static str,
    /// The status.
    pub value: u32,
    /// Name of the Win32 error in `winerror.h`.
    pub win32: &'static str,
    /// The Win32 error.
    pub win32_value: u32,
}

/// The long texts of an [`Entry`] (feature `text`).
#[cfg(feature = "text")]
#[derive(Debug)]
#[non_exhaustive]
pub struct Detail {
    /// The system's English message, for recognising pasted text.
    pub message: &'static str,
    /// Hashes of the words of `message`, for comparing texts fast.
    pub(crate) message_words: &'static [u32],
    /// The distinctive part of the message, in lower case; empty where the text is too common to recognise.
    pub phrase: &'static str,
    /// Whether `phrase` also occurs outside networking and needs a socket word beside it.
    pub phrase_weak: bool,
    /// The system's message in other languages: (language tag, text), for recognition.
    pub localized: &'static [(&'static str, &'static str)],
    /// Ranked causes, commonest first.
    pub causes: &'static [Cause],
    /// The functions documented to return the code, and what it means in each.
    pub calls: &'static [CallNote],
    /// Codes it is confused with.
    pub confused_with: &'static [Confusion],
    /// Where projects disagree about it.
    pub disputes: &'static [Dispute],
    /// The story, in Markdown, beginning with its title.
    pub story: &'static str,
}

/// One cause of a code.
#[cfg(feature = "text")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// What went wrong, in one line.
    pub what: &'static str,
    /// How to tell this cause from the others.
    pub evidence: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Public threads where it was seen: `owner/repository#number`.
    pub seen: &'static [&'static str],
}

/// What a code means when one call returns it.
#[cfg(feature = "text")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallNote {
    /// The call.
    pub call: Call,
    /// What the code means there.
    pub meaning: &'static str,
}

/// A code that is easily taken for another.
#[cfg(feature = "text")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confusion {
    /// The other code.
    pub code: Code,
    /// How to know which of the two it is.
    pub tell: &'static str,
}

/// A disagreement between projects about a code.
#[cfg(feature = "text")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dispute {
    /// The project.
    pub system: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What is right.
    pub right: &'static str,
    /// Why.
    pub why: &'static str,
}

#[cfg(feature = "messages")]
impl Entry {
    /// The system's English message; empty for the few codes that have none.
    ///
    /// ```
    /// use winsock_codes::Code;
    ///
    /// assert_eq!(Code::WSAHOST_NOT_FOUND.entry().unwrap().message(), "No such host is known.");
    /// ```
    #[must_use]
    pub fn message(&self) -> &'static str {
        let index = crate::find::index_of(self.value()).expect("an Entry exists only for an assigned value");
        crate::generated::messages::MESSAGES[index]
    }
}

#[cfg(feature = "text")]
impl Entry {
    /// The long texts: causes, calls, disputes, story.
    ///
    /// ```
    /// use winsock_codes::{Call, Code};
    ///
    /// let detail = Code::WSAECONNRESET.entry().unwrap().detail();
    /// assert!(detail.call(Call::send).is_some());
    /// assert!(detail.call(Call::bind).is_none()); // bind is not documented to return it
    /// ```
    #[must_use]
    pub fn detail(&self) -> &'static Detail {
        let index = crate::find::index_of(self.value()).expect("an Entry exists only for an assigned value");
        &crate::generated::text::DETAILS[index]
    }
}

#[cfg(feature = "text")]
impl Detail {
    /// What the code means in this call, if the call is documented to return it.
    #[must_use]
    pub fn call(&self, call: Call) -> Option<&'static CallNote> {
        self.calls.iter().find(|note| note.call == call)
    }
}

/// The Markdown of an entry's file, cut off behind its head at compile time so that the prose has one copy.
///
/// The generator says where the head ends, since looking for it here would take the compiler's interpreter too long; a
/// place that is not the end of a fence does not compile.
#[cfg(feature = "text")]
pub(crate) const fn story(file: &'static str, head_bytes: usize) -> &'static str {
    const FENCE: &[u8] = b"\n```\n";
    let (head, story) = file.split_at(head_bytes);
    let (_, end) = head.as_bytes().split_at(head_bytes - FENCE.len());
    let mut same = 0;
    while same < FENCE.len() {
        assert!(end[same] == FENCE[same], "the entry changed: run `cargo xtask generate`");
        same += 1;
    }
    story.trim_ascii()
}
