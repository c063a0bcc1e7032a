//! See `cleancopy_fuzz_checks::clean`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| cleancopy_fuzz_checks::clean(input));
