//! See `cleancopy_fuzz_checks::csv`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| cleancopy_fuzz_checks::csv(input));
