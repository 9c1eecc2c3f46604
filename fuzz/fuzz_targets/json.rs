//! Any JSON: what reads as a notice is written and read again as the same, and both writers agree.
#![no_main]

use gongwen::Notice;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Half of the inputs are texts, whose notices lead the way to JSON that reads as one.
    let text = String::from_utf8_lossy(bytes);
    check(&gongwen::parse(&text).to_json());
    check(&text);
});

fn check(json: &str) {
    if let Ok(notice) = serde_json::from_str::<Notice<'_>>(json) {
        let written = notice.to_json();
        assert_eq!(
            written,
            serde_json::to_string(&notice).expect("a notice can be serialised")
        );
        let read =
            serde_json::from_str::<Notice<'_>>(&written).expect("what was written reads back");
        assert!(read == notice);
        for task in notice.tasks() {
            let _ = task.deadline();
        }
        assert!(notice.clone().into_owned() == notice);
    }
}
