//! printf and scanf_s with Microsoft's formats: `stdio.c`, under exported names.
//!
//! Functions with a variable number of arguments are C; a shared library made by Rust exports Rust's functions only. So
//! each is a jump to the C function, which finds its arguments where the caller put them.
//!
//! A program calls these by C's own names: the header labels them.

use std::arch::naked_asm;

macro_rules! forward {
    ($($name:ident = $target:ident;)*) => {$(
        const _: () = {
            unsafe extern "C" {
                fn $target();
            }
            // SAFETY: the jump leaves registers and stack as the caller made them.
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name() {
                #[cfg(any(target_arch = "x86_64", target_arch = "x86"))]
                naked_asm!("jmp {}", sym $target);
                #[cfg(any(target_arch = "aarch64", target_arch = "arm"))]
                naked_asm!("b {}", sym $target);
                #[cfg(any(target_arch = "riscv64", target_arch = "riscv32"))]
                naked_asm!("tail {}", sym $target);
            }
        };
    )*};
}

forward! {
    ws2_printf = ws2c_printf;
    ws2_fprintf = ws2c_fprintf;
    ws2_sprintf = ws2c_sprintf;
    ws2_snprintf = ws2c_snprintf;
    ws2_vprintf = ws2c_vprintf;
    ws2_vfprintf = ws2c_vfprintf;
    ws2_vsprintf = ws2c_vsprintf;
    ws2_vsnprintf = ws2c_vsnprintf;
    ws2_wprintf = ws2c_wprintf;
    ws2_fwprintf = ws2c_fwprintf;
    ws2_swprintf = ws2c_swprintf;
    ws2_vwprintf = ws2c_vwprintf;
    ws2_vfwprintf = ws2c_vfwprintf;
    ws2_vswprintf = ws2c_vswprintf;
    ws2_fputws = ws2c_fputws;
    ws2_fputwc = ws2c_fputwc;
    ws2_putwchar = ws2c_putwchar;
    ws2_vfscanf_s = ws2c_vfscanf_s;
    ws2_vsscanf_s = ws2c_vsscanf_s;
}
