//! What each fixture is read as, in the dump of [`support::dump`], reviewed by a person; and of the
//! source notice the whole JSON.
//!
//! | fixtures | show |
//! |---|---|
//! | `clause-…` | the ways to write an assignment |
//! | `rule-…` | what a document states once |
//! | `damage-…` | what extraction does to a text |
//! | `deadline-…` `units-…` | by when, and who |
//! | `silence-…` | where nothing is assigned |
//! | `head-…` `parts-…` `outline-…` `table-…` | the anatomy of a document |
//! | `finding-<code>` | exactly the finding of that code |

mod support;

use std::collections::BTreeSet;

use gongwen::Code;
use support::{Fixture, dump, fixtures, folder};

/// Findings that no small file raises.
const OUT_OF_REACH: &[Code] = &[Code::TextTooLong];

fn parse(fixture: &Fixture) -> gongwen::Notice<'static> {
    let name = format!("{}.txt", fixture.name);
    gongwen::Parser::new()
        .source_name(&name)
        .parse_bytes(&fixture.bytes)
        .expect("a fixture is text")
}

/// The snapshot of a fixture bears its name.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_fixture_is_read_as_reviewed() {
    for fixture in fixtures() {
        let dump = dump::dump(&fixture.text, &parse(&fixture));
        settings().bind(|| insta::assert_snapshot!(fixture.name.as_str(), dump));
    }
}

#[test]
fn the_source_notice_in_full() {
    let notice = parse(
        &fixtures()
            .into_iter()
            .find(|fixture| fixture.name == "jiangxi-2018")
            .expect("the source notice"),
    );
    settings().bind(|| insta::assert_json_snapshot!("jiangxi-2018.json", notice));
}

/// Each snapshot is of a fixture that is there.
#[test]
fn no_snapshot_is_left_over() {
    let mut known: BTreeSet<String> = fixtures()
        .into_iter()
        .map(|fixture| format!("{}.snap", fixture.name))
        .collect();
    known.insert("jiangxi-2018.json.snap".into());
    let snapshots = folder().with_file_name("tests").join("snapshots");
    for entry in std::fs::read_dir(snapshots).expect("tests/snapshots/ can be listed") {
        let name = entry
            .expect("an entry can be read")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(
            known.contains(&name)
                || std::path::Path::new(&name)
                    .extension()
                    .is_none_or(|kind| kind != "snap"),
            "{name} is of no fixture"
        );
    }
}

/// `finding-<code>.txt` raises that code and no other; each code within reach has its fixture.
#[test]
fn each_finding_has_a_fixture_that_raises_it_alone() {
    let mut shown = BTreeSet::new();
    for fixture in fixtures() {
        let Some(name) = fixture.name.strip_prefix("finding-") else {
            continue;
        };
        let code = Code::ALL
            .iter()
            .find(|code| code.as_str() == name)
            .unwrap_or_else(|| panic!("{name} is no code"));
        let raised: BTreeSet<Code> = parse(&fixture)
            .diagnostics
            .iter()
            .map(|finding| finding.code)
            .collect();
        let capped = *code == Code::FindingsCapped;
        assert!(
            raised.contains(code) && raised.len() == 1 + usize::from(capped),
            "{} raises {raised:?}",
            fixture.name
        );
        shown.insert(*code);
    }
    for code in Code::ALL.iter().filter(|code| !OUT_OF_REACH.contains(code)) {
        assert!(shown.contains(code), "no fixture raises {code}");
    }
}

/// The four layouts of one table hold the same rows.
#[test]
fn a_table_is_the_same_in_every_layout() {
    let rows = |name: &str| {
        let fixture = fixtures()
            .into_iter()
            .find(|fixture| fixture.name == name)
            .expect("a table");
        let dump = dump::dump(&fixture.text, &parse(&fixture));
        dump.lines()
            .filter(|line| line.contains(" row "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let expected = rows("table-tabs");
    assert_eq!(expected.len(), 2);
    for name in ["table-pipes", "table-columns", "table-cells"] {
        assert_eq!(rows(name), expected, "{name}");
    }
}

/// The fifteen kinds of the 2012 rules.
#[test]
fn every_official_kind_is_read_from_the_title() {
    for kind in [
        "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示",
        "批复", "议案", "函", "纪要",
    ] {
        let text = format!("云岭市人民政府关于城市更新的{kind}\n\n现将有关事项明确如下。\n");
        let notice = gongwen::parse(&text);
        let read = notice
            .metadata
            .document_type
            .map(|read| read.text.into_owned());
        assert_eq!(read.as_deref(), Some(kind));
    }
}
