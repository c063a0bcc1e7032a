//! See `cleancopy_fuzz_checks::ledger`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| cleancopy_fuzz_checks::ledger(input));
