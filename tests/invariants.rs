//! The laws of [`support`], over every fixture and every prefix of a fixture.

mod support;

use support::{check, fixtures, source_notice, violations};

/// A text as long as this has all its prefixes checked.
const SHORT: usize = 4096;

#[test]
fn laws_hold_for_every_fixture() {
    for fixture in fixtures() {
        check(&fixture.name, &fixture.text);
    }
}

#[test]
fn the_same_bytes_give_the_same_json() {
    for fixture in fixtures() {
        let json = || {
            serde_json::to_string(&gongwen::parse_bytes(&fixture.bytes).expect("a fixture is text"))
                .expect("JSON")
        };
        assert_eq!(json(), json(), "{}", fixture.name);
    }
}

/// Every cut between two characters of the source notice.
#[test]
fn laws_hold_for_every_prefix_of_the_source_notice() {
    check_prefixes("jiangxi-2018", &source_notice());
}

/// Every cut between two characters of every other fixture that is short.
#[test]
fn laws_hold_for_every_prefix_of_the_short_fixtures() {
    for fixture in fixtures()
        .iter()
        .filter(|fixture| fixture.text.len() <= SHORT)
    {
        check_prefixes(&fixture.name, &fixture.text);
    }
}

fn check_prefixes(name: &str, text: &str) {
    for (at, _) in text.char_indices() {
        let prefix = &text[..at];
        let broken = violations(prefix, &gongwen::parse(prefix));
        assert!(
            broken.is_empty(),
            "the first {at} bytes of {name}:\n{}",
            broken.join("\n")
        );
    }
}
