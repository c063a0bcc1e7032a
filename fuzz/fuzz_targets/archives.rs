//! See `cleancopy_fuzz_checks::archives`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| cleancopy_fuzz_checks::archives(input));
