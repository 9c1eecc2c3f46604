//! Any text: the laws of every notice hold.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let notice = gongwen::parse(&text);
    let broken = support::violations(&text, &notice);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert_eq!(
        notice.to_json(),
        serde_json::to_string(&notice).expect("a notice can be serialised")
    );
});
