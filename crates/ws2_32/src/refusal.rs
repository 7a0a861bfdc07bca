//! One line per function that is exported so that programs link, and refused.

/// Exports functions of which each does no more than say why not.
macro_rules! refused {
    ($($(#[$attribute:meta])* fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $result:ty { $refusal:expr })*) => {$(
        $(#[$attribute])*
        #[allow(unused_unsafe, reason = "some look at a pointer, most do not")]
        pub unsafe extern "system" fn $name($($argument: $type),*) -> $result {
            $(let _ = &$argument;)*
            // SAFETY: the caller's promises are those of the function's page.
            unsafe { $refusal }
        }
    )*};
}
pub(crate) use refused;
