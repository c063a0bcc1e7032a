//! See `cleancopy_fuzz_checks::parse_html`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| cleancopy_fuzz_checks::parse_html(input));
