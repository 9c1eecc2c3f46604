//! Same meaning, same answer: the source notice, rewritten, has the same items and the same units.
//!
//! | kind | rewritten | compared |
//! |---|---|---|
//! | encodings | the bytes | the whole notice, `source` apart |
//! | [`WIDTHS`] | full-width and half-width forms | the whole notice, folded, spans apart |
//! | [`SURFACES`] | line ends, blanks, wraps, page marks, Markdown | items, bodies, units, metadata |
//! | [`CLAUSES`] | how the sixty clauses are written | items, bodies, units, metadata |
//!
//! Every way to write the clauses is also put through every surface.

mod support;

use std::fmt::Write as _;

use gongwen::{Assignment, Item, Notice, Role, Unit};
use serde_json::Value;
use support::source_notice;

type Rewriting = (&'static str, fn(&str) -> String);

/// What the notice says, line by line, free of how it is written.
fn meaning(notice: &Notice<'_>) -> Vec<String> {
    let names = |units: &[Unit<'_>]| {
        units
            .iter()
            .map(|unit| flat(&unit.name))
            .collect::<Vec<_>>()
            .join("、")
    };
    let metadata = &notice.metadata;
    let mut lines = vec![
        format!(
            "title {:?}",
            metadata.title.as_ref().map(|title| flat(&title.value))
        ),
        format!(
            "type {:?}",
            metadata.document_type.as_ref().map(|kind| flat(&kind.text))
        ),
        format!(
            "number {:?}",
            metadata
                .document_number
                .as_ref()
                .map(|number| flat(&number.value))
        ),
        format!("issuers {}", names(&metadata.issuers)),
        format!(
            "issued {:?}",
            metadata.issued_on.as_ref().map(|day| &day.date)
        ),
        format!(
            "published {:?}",
            metadata.published_on.as_ref().map(|day| &day.date)
        ),
        format!("addressees {}", names(&metadata.addressees)),
        format!(
            "disclosure {:?}",
            metadata
                .disclosure
                .as_ref()
                .map(|disclosure| disclosure.kind)
        ),
    ];
    for reference in &metadata.references {
        lines.push(format!(
            "reference {:?} {:?} {:?}",
            reference.relation,
            reference.title.as_deref().map(flat),
            reference.document_number.as_deref().map(flat)
        ));
    }
    for part in &notice.parts {
        lines.push(format!(
            "part {:?} {:?}",
            part.kind,
            part.title.as_deref().map(flat)
        ));
        for role in ROLES {
            let units = duties(&part.assignments, role);
            if !units.is_empty() {
                lines.push(format!("outside the items {role:?}: {units}"));
            }
        }
        let mut open: Vec<&Item<'_>> = part.items.iter().rev().collect();
        while let Some(item) = open.pop() {
            let marker = item
                .marker
                .as_ref()
                .map(|marker| (marker.style, marker.ordinal));
            lines.push(format!(
                "{} {marker:?} {:?} {}",
                item.id,
                item.heading.as_deref().map(flat),
                flat(&item.text)
            ));
            for role in ROLES {
                let units = duties(&item.assignments, role);
                if !units.is_empty() {
                    lines.push(format!("{} {role:?}: {units}", item.id));
                }
            }
            open.extend(item.items.iter().rev());
        }
    }
    lines
}

const ROLES: [Role; 5] = [
    Role::Lead,
    Role::Responsible,
    Role::Cooperating,
    Role::Supervising,
    Role::Other,
];

/// The units of a role, whether in one clause or in several.
fn duties(assignments: &[Assignment<'_>], role: Role) -> String {
    let duties = assignments
        .iter()
        .flat_map(|assignment| &assignment.duties)
        .filter(|duty| duty.role == role);
    duties
        .flat_map(|duty| &duty.units)
        .map(|unit| flat(&unit.name))
        .collect::<Vec<_>>()
        .join("、")
}

/// Without blanks and Markdown marks; one form for widths and brackets.
fn flat(text: &str) -> String {
    let fold = |ch| match ch {
        '〔' | '【' | '［' => '(',
        '〕' | '】' | '］' => ')',
        '！'..='～' => char::from_u32(ch as u32 - 0xFEE0).unwrap_or(ch),
        _ => ch,
    };
    text.replace("**", "")
        .chars()
        .filter(|&ch| !support::is_blank(ch))
        .map(fold)
        .collect()
}

/// The lines that differ, one report for each rewriting that changes the meaning.
fn compare(name: &str, expected: &[String], text: &str, reports: &mut Vec<String>) {
    let notice = gongwen::parse(text);
    let read = meaning(&notice);
    let mut report = String::new();
    for line in expected.iter().filter(|line| !read.contains(line)).take(8) {
        writeln!(report, "- {line}").expect("a string can be written to");
    }
    for line in read.iter().filter(|line| !expected.contains(line)).take(8) {
        writeln!(report, "+ {line}").expect("a string can be written to");
    }
    if report.is_empty() && read != *expected {
        report.push_str("the order differs");
    }
    report.push_str(&support::violations(text, &notice).join("\n"));
    if !report.is_empty() {
        reports.push(format!("{name}:\n{report}"));
    }
}

#[track_caller]
fn conclude(reports: &[String]) {
    assert!(
        reports.is_empty(),
        "{} rewritings change the meaning\n{}",
        reports.len(),
        reports.join("\n")
    );
}

/// The sixty clauses, each written anew from its lead and its responsible units.
fn rewrite_clauses(text: &str, write: impl Fn(&str, &str) -> String) -> String {
    const OPEN: &str = "(牵头单位:";
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    let mut count = 0;
    while let Some(at) = rest.find(OPEN) {
        let (before, clause) = rest.split_at(at);
        let (clause, behind) = clause.split_once(')').expect("a clause closes");
        let (lead, responsible) = clause[OPEN.len()..]
            .split_once(";责任单位:")
            .expect("both labels");
        rewritten.push_str(before);
        rewritten.push_str(&write(lead, responsible));
        rest = behind;
        count += 1;
    }
    assert_eq!(count, 60);
    rewritten + rest
}

const CLAUSES: &[Rewriting] = &[
    ("round brackets, full width", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("（牵头单位：{lead}；责任单位：{units}）")
        })
    }),
    ("black brackets", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("【牵头单位:{lead};责任单位:{units}】")
        })
    }),
    ("tortoise-shell brackets", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("〔牵头单位：{lead}；责任单位：{units}〕")
        })
    }),
    ("square brackets", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("[牵头单位:{lead};责任单位:{units}]")
        })
    }),
    ("square brackets, full width", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("［牵头单位:{lead};责任单位:{units}］")
        })
    }),
    ("mixed pairs", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("(牵头单位:{lead};责任单位:{units}）")
        })
    }),
    ("responsible first", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("(责任单位:{units};牵头单位:{lead})")
        })
    }),
    ("two brackets", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("(牵头单位:{lead})(责任单位:{units})")
        })
    }),
    ("on the next line", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n(牵头单位:{lead};责任单位:{units})")
        })
    }),
    ("behind a blank line", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n\n(牵头单位:{lead};责任单位:{units})")
        })
    }),
    ("no brackets", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("牵头单位:{lead};责任单位:{units}")
        })
    }),
    ("no brackets, full stop", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("牵头单位：{lead}。责任单位：{units}。")
        })
    }),
    ("no brackets, on the next line", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n牵头单位:{lead};责任单位:{units}")
        })
    }),
    ("a line each", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n牵头单位:{lead}\n责任单位:{units}")
        })
    }),
    ("a line each, full stop", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n牵头单位：{lead}。\n责任单位：{units}。")
        })
    }),
    ("departments", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("(牵头部门:{lead};责任部门:{units})")
        })
    }),
    ("comma between the roles", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("（牵头单位：{lead}，责任单位：{units}）")
        })
    }),
    ("verbs", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("（{lead}牵头，{units}按职责分工负责）")
        })
    }),
    ("bold labels", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("(**牵头单位**:{lead};**责任单位**:{units})")
        })
    }),
    ("bold labels with their colons", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("\n**牵头单位：**{lead}\n**责任单位：**{units}")
        })
    }),
    ("no-break and zero-width characters in labels", |text| {
        rewrite_clauses(text, |lead, units| {
            format!(
                "(\u{a0}牵头\u{200b}单\u{a0}位:\u{feff}{lead};责\u{2060}任单位\u{a0}:{units}\u{200b})"
            )
        })
    }),
    ("blanks in labels", |text| {
        rewrite_clauses(text, |lead, units| {
            format!("（牵 头 单 位：{lead}；责 任 单 位：{units}）")
        })
    }),
];

const WIDTHS: &[Rewriting] = &[
    ("full width", |text| {
        text.chars().map(|ch| widen(ch, true)).collect()
    }),
    ("mixed width", |text| {
        text.chars()
            .enumerate()
            .map(|(at, ch)| widen(ch, at % 2 == 0))
            .collect()
    }),
];

fn widen(ch: char, wanted: bool) -> char {
    match ch {
        ',' | ':' | ';' | '(' | ')' if wanted => {
            char::from_u32(ch as u32 + 0xFEE0).expect("a full-width form")
        }
        _ => ch,
    }
}

const SURFACES: &[Rewriting] = &[
    ("as it is", str::to_owned),
    ("CR LF", |text| text.replace('\n', "\r\n")),
    ("CR", |text| text.replace('\n', "\r")),
    ("no blank lines", |text| {
        lines(text, |line| {
            if line.trim().is_empty() {
                String::new()
            } else {
                format!("{line}\n")
            }
        })
    }),
    ("two blank lines", |text| text.replace('\n', "\n\n\n")),
    ("ideographic indents", |text| {
        lines(text, |line| format!("\u{3000}\u{3000}{line}\n"))
    }),
    ("no-break indents", |text| {
        lines(text, |line| format!("\u{a0}\u{a0}\u{a0}\u{a0}{line}\n"))
    }),
    ("trailing blanks", |text| {
        lines(text, |line| format!("{line} \u{3000}\t\n"))
    }),
    ("wrapped at 40 columns", |text| {
        lines(text, |line| wrap(line, 40) + "\n")
    }),
    ("wrapped at 40 columns, no blank lines", |text| {
        lines(text, |line| {
            if line.trim().is_empty() {
                String::new()
            } else {
                wrap(&format!("\u{3000}\u{3000}{}", line.trim()), 40) + "\n"
            }
        })
    }),
    (
        "wrapped at 68 columns, a blank line behind every line",
        |text| {
            let wrapped: String = lines(text, |line| {
                if line.trim().is_empty() {
                    String::new()
                } else {
                    wrap(&format!("\u{3000}\u{3000}{}", line.trim()), 68) + "\n"
                }
            });
            wrapped.replace('\n', "\n\n")
        },
    ),
    ("page marks between wrapped lines", |text| {
        let mut number = 0;
        let mark = |line: &str| {
            number += 1;
            let mark = if number % 12 == 0 {
                format!("— {} —\n", number / 12)
            } else {
                String::new()
            };
            format!("{line}\n{mark}")
        };
        let wrapped: String = lines(text, |line| {
            if line.trim().is_empty() {
                String::new()
            } else {
                wrap(&format!("\u{3000}\u{3000}{}", line.trim()), 40) + "\n"
            }
        });
        wrapped.lines().map(mark).collect()
    }),
    ("page marks inside clauses", |text| {
        text.replace("责任单位", "责任\n# Page 12:\n单位")
    }),
    ("page numbers inside clauses", |text| {
        text.replace(":省政府各部门", ":省政府各\n\n—12—\n\n部门")
    }),
    ("no-break and zero-width characters in markers", |text| {
        text.replace("\n(", "\n\u{feff}(\u{a0}")
            .replace('十', "\u{200b}十\u{a0}")
            .replace('、', "\u{2060}、")
    }),
    ("square brackets round markers", |text| {
        text.replace("\n(二十", "\n[二十")
            .replace("\n(三十", "\n〔三十")
            .replace("\n(四十", "\n【四十")
    }),
    ("Markdown list", |text| {
        lines(text, |line| {
            if line.starts_with('(') && !line.starts_with("(此件") {
                format!("- {line}\n")
            } else {
                format!("{line}\n")
            }
        })
    }),
    ("Markdown headings", |text| {
        lines(text, |line| {
            if "一二三四五六".contains(line.chars().next().unwrap_or(' ')) && line.contains('、')
            {
                format!("## {line}\n")
            } else {
                format!("{line}\n")
            }
        })
    }),
    ("bold markers", |text| {
        lines(text, |line| match line.split_once(')') {
            Some((marker, rest)) if line.starts_with('(') && marker.len() < 16 => {
                format!("**{marker})** {rest}\n")
            }
            _ => format!("{line}\n"),
        })
    }),
    ("quoted", |text| lines(text, |line| format!("> {line}\n"))),
];

fn lines(text: &str, write: impl Fn(&str) -> String) -> String {
    text.lines().map(write).collect()
}

/// Breaks a line where it is full, as PDF extraction leaves it; Markdown's `**` stays whole.
fn wrap(line: &str, columns: usize) -> String {
    let mut wrapped = String::with_capacity(line.len() + line.len() / 20);
    let mut filled = 0;
    for ch in line.chars() {
        let wide = if ch.is_ascii() { 1 } else { 2 };
        if filled + wide > columns && ch != '*' {
            wrapped.push('\n');
            filled = 0;
        }
        wrapped.push(ch);
        filled += wide;
    }
    wrapped
}

#[test]
fn surfaces_keep_the_meaning() {
    let text = source_notice();
    let expected = meaning(&gongwen::parse(&text));
    let mut reports = Vec::new();
    for (name, rewrite) in SURFACES.iter().chain(WIDTHS) {
        compare(name, &expected, &rewrite(&text), &mut reports);
    }
    conclude(&reports);
}

/// Surfaces that say the same whatever the notice; the others rewrite what only the source notice has.
const ANYWHERE: &[&str] = &[
    "CR LF",
    "CR",
    "trailing blanks",
    "ideographic indents",
    "wrapped at 40 columns, no blank lines",
    "page marks between wrapped lines",
    "full width",
    "mixed width",
];

/// Notices that blanks and wraps rewrite: tables in columns, entities of HTML, lines that say by their indent
/// what goes on, headings without a mark, wraps and page marks of their own.
const LAID_OUT: &[&str] = &[
    "anhui-district-report-sixty-tabs",
    "audit-problem-list-account-tabs",
    "boxed-labels-wrapped",
    "chongqing-district-business-index",
    "city-assessment-targets-pipes",
    "city-civilization-month-schedule-tabs",
    "city-drainage-three-year-web-wrapped",
    "city-elderly-care-division-merged-tabs",
    "city-livelihood-ten-projects-pipe",
    "congress-year-supervision-plan-tabs",
    "county-discipline-microcorruption-campaign",
    "county-executive-meeting-minutes-wrapped",
    "county-health-town-review-pdf",
    "county-key-projects-leader-unit-person",
    "county-livelihood-cells-web",
    "county-livelihood-project-cards",
    "county-petition-leader-cases-columns",
    "county-rectification-labels",
    "county-report-breakdown-cells",
    "county-rural-baobao-pipes",
    "customs-trade-facilitation-wrapped",
    "department-inspection-measures-runon",
    "district-proposals-handling-tabs",
    "education-department-ledger-tabs",
    "energy-group-efficiency-pipes",
    "free-trade-zone-innovation-pipe-blanks",
    "gansu-county-livelihood-md-table",
    "health-city-indicators-tabs",
    "henan-civilized-city-table",
    "hitech-zone-pdf-page-marks",
    "hospital-review-tab-table",
    "jiangsu-report-leader-lines",
    "joint-parallel-numbers",
    "kaifaqu-half-width",
    "leading-group-office-two-annexes",
    "liaoning-manufacturing-upgrade-tabs",
    "ministries-joint-ev-charging-county",
    "ministry-bureaus-pdf-dashes",
    "minutes-water-supply-prose",
    "nbsp-zero-width-residue",
    "ningxia-cold-chain-three-year-pdf",
    "no-line-breaks",
    "pdf-wrap-prefecture",
    "pdf-wraps-mid-unit",
    "pipes-web-residue",
    "port-office-square-brackets-ocr",
    "prefecture-wraps-lenticular",
    "province-consumption-measures-pdf-square",
    "province-private-economy-measures-pdf",
    "qinghai-prefecture-rivers-wrapped",
    "region-approval-reform-pdf",
    "run-together-labels-broken",
    "seven-departments-health-ordinals",
    "shenzhen-district-ai-plan-merged-tabs",
    "space-columns-two-parts",
    "state-council-office-elderly-division-pdf",
    "table-pipes-frontmatter",
    "table-space-columns",
    "table-tabs",
    "table-tabs-tasks-leaders",
    "table-wide-blanks",
    "tianjin-soe-reform-cells",
    "town-station-table",
    "township-flood-duty-blank-columns",
    "university-discipline-cells-leader-column",
    "university-work-points-tabs",
    "village-safety-persons-roster",
];

/// The notices of `fixtures/answers`, by name.
fn other_notices() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(support::folder().join("answers")).expect("the notices");
    let mut notices: Vec<(String, String)> = folder
        .map(|entry| entry.expect("a notice").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a notice");
            (
                path.file_stem().expect("a name").display().to_string(),
                text,
            )
        })
        .collect();
    notices.sort();
    notices
}

#[test]
fn surfaces_keep_the_meaning_of_other_notices() {
    let mut reports = Vec::new();
    for (notice, text) in other_notices() {
        let expected = meaning(&gongwen::parse(&text));
        for (name, rewrite) in SURFACES.iter().chain(WIDTHS) {
            let laid_out = LAID_OUT.contains(&&*notice) && !name.starts_with("CR");
            if ANYWHERE.contains(name) && !laid_out {
                compare(
                    &format!("{notice}, {name}"),
                    &expected,
                    &rewrite(&text),
                    &mut reports,
                );
            }
        }
    }
    conclude(&reports);
}

#[test]
fn ways_to_write_a_clause_keep_the_meaning_on_every_surface() {
    let text = source_notice();
    let expected = meaning(&gongwen::parse(&text));
    let mut reports = Vec::new();
    for (clauses, write) in CLAUSES {
        let written = write(&text);
        for (surface, rewrite) in SURFACES.iter().chain(WIDTHS) {
            compare(
                &format!("{clauses}, {surface}"),
                &expected,
                &rewrite(&written),
                &mut reports,
            );
        }
    }
    conclude(&reports);
}

/// The whole notice: every field but spans, with strings folded.
#[test]
fn widths_keep_every_field() {
    fn folded(value: &mut Value) {
        match value {
            Value::String(text) => *text = flat(text),
            Value::Array(values) => values.iter_mut().for_each(folded),
            Value::Object(fields) => {
                fields.retain(|key, _| !matches!(key.as_str(), "span" | "scope" | "source"));
                fields.values_mut().for_each(folded);
            }
            _ => {}
        }
    }
    let text = source_notice();
    let whole = |text: &str| {
        let mut value = serde_json::to_value(gongwen::parse(text)).expect("JSON");
        folded(&mut value);
        value
    };
    let expected = whole(&text);
    for (name, rewrite) in WIDTHS {
        assert!(whole(&rewrite(&text)) == expected, "{name}");
    }
}

#[test]
fn encodings_keep_the_whole_notice() {
    check_encodings(&source_notice());
    for (_, text) in other_notices() {
        check_encodings(&text);
    }
}

fn check_encodings(text: &str) {
    let utf16 =
        |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
    let (gb18030, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy);
    let mut expected = gongwen::parse(text).into_owned();
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", with(b"\xEF\xBB\xBF", text.as_bytes())),
        ("UTF-16LE", little.clone()),
        ("UTF-16LE", with(b"\xFF\xFE", &little)),
        ("UTF-16BE", big.clone()),
        ("UTF-16BE", with(b"\xFE\xFF", &big)),
        ("gb18030", gb18030.to_vec()),
        ("gb18030", with(b"\x84\x31\x95\x33", &gb18030)),
    ] {
        let read = gongwen::parse_bytes(&bytes).expect("a text");
        assert_eq!(read.source.encoding, name);
        expected.source = read.source.clone();
        assert!(read == expected, "{name}");
    }
}

/// Two notices in one file, the second as an annex: the items of each stay together.
#[test]
fn two_notices_in_one_file_do_not_mix() {
    let first = source_notice();
    let second = "附件\n\n春耕备耕工作方案\n\n一、抓好种子供应。(牵头单位:省农业农村厅)\n\n二、抓好农资监管。(责任单位:省市场监管局)\n";
    let alone = meaning(&gongwen::parse(&first));
    let text = format!("{first}\n{second}");
    let notice = gongwen::parse(&text);
    let both = meaning(&notice);
    assert_eq!(both[..alone.len()], alone);
    assert_eq!(
        both[alone.len()..],
        [
            "part Attachment Some(\"春耕备耕工作方案\")",
            "3.1 Some((Han, Some(1))) None 抓好种子供应。",
            "3.1 Lead: 省农业农村厅",
            "3.2 Some((Han, Some(2))) None 抓好农资监管。",
            "3.2 Responsible: 省市场监管局",
        ]
    );
    assert!(support::violations(&text, &notice).is_empty());
}

/// Notices with a title over number or addressees: signed and cut off, with rules and tables, of every layout.
const WITH_HEADS: &[&str] = &[
    "annual-work-ordinals",
    "brackets-mixed-unclosed",
    "court-departments",
    "half-width",
    "hospital-one-line-labels",
    "prefecture-label-sentences",
    "procuratorate-circled-inherit",
    "rule-first-responsible-leads",
    "soe-branches",
    "state-council-rank-rule",
    "table-tabs",
    "town-plain-list",
    "traditional-characters",
    "two-tiers",
];

/// Items and assignments of the parts that begin here or behind, without ids.
fn work(notice: &Notice<'_>, from: u32, to: u32) -> Vec<String> {
    let mut lines = Vec::new();
    let tell = |assignments: &[Assignment<'_>], lines: &mut Vec<String>| {
        for duty in assignments.iter().flat_map(|assignment| &assignment.duties) {
            let names: Vec<&str> = duty.units.iter().map(|unit| &*unit.name).collect();
            lines.push(format!("{:?}: {}", duty.role, names.join("、")));
        }
    };
    for part in &notice.parts {
        if !(from..to).contains(&part.span.start) {
            continue;
        }
        assert!(part.span.end <= to, "a part goes beyond {to}");
        tell(&part.assignments, &mut lines);
        let mut open: Vec<&Item<'_>> = part.items.iter().rev().collect();
        while let Some(item) = open.pop() {
            let marker = item.marker.as_ref().map(|marker| &*marker.text);
            lines.push(format!("{marker:?} {:?} {}", item.heading, item.text));
            tell(&item.assignments, &mut lines);
            open.extend(item.items.iter().rev());
        }
    }
    lines
}

/// Behind a blank line a notice with a head of its own is a part of its own, however the text before
/// ends: each says what it says alone, and no rule of the first holds in the second.
#[test]
fn two_notices_in_a_row_do_not_mix() {
    let mut notices: Vec<(String, String)> = other_notices()
        .into_iter()
        .filter(|(name, _)| WITH_HEADS.contains(&&**name))
        .collect();
    assert_eq!(notices.len(), WITH_HEADS.len());
    notices.push(("jiangxi-2018".to_owned(), source_notice()));
    for (_, text) in &mut notices {
        *text = text.trim().to_owned() + "\n";
    }
    let whole = |text: &str| work(&gongwen::parse(text), 0, u32::MAX);
    for (first_name, first) in &notices {
        for (second_name, second) in &notices[..WITH_HEADS.len()] {
            if first_name == second_name {
                continue;
            }
            let text = format!("{first}\n{second}");
            let seam = u32::try_from(first.len() + 1).expect("short");
            let notice = gongwen::parse(&text);
            let name = format!("{first_name}, {second_name}");
            assert!(
                notice.parts.iter().any(|part| part.span.start == seam),
                "{name}: no part begins with the second notice"
            );
            assert_eq!(work(&notice, 0, seam), whole(first), "{name}");
            assert_eq!(work(&notice, seam, u32::MAX), whole(second), "{name}");
            assert!(support::violations(&text, &notice).is_empty(), "{name}");
        }
    }
}
