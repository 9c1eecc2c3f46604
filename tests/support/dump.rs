//! A notice as a person reviews it: one line for each fact of the head, each part, block and item.
//!
//! ```text
//! title      江西省人民政府办公厅…的通知
//! part 2 attachment 关于…的分工安排
//!   [paragraph] 为贯彻落实《江西省人民政府…
//!   2.1 一、 # 建设忠诚型政府
//!     2.1.1 (一) 牢固树立“四个意识”、坚定… = labelled: lead 省政府办公厅 / responsible 省政府各部门{collective}
//! warning numbering-gap 31:1 2.2.18 “(十八)”之前缺第17项
//! ```
//!
//! A unit is its `name`, then `<text>` where that was written otherwise, `{kind}` where it is no
//! agency (of a collective the levels, of a person the post). An item with several clauses has a
//! line for each, with the text that it governs.

use std::borrow::Cow;
use std::fmt::Write as _;

use gongwen::{Assignment, Deadline, Item, Notice, Role, Unit, UnitKind};
use serde::Serialize;

/// Characters of a body that are shown.
const SHOWN: usize = 24;

/// Findings of one code that are shown.
const FINDINGS: usize = 5;

/// The dump of a notice.
#[must_use]
pub fn dump(text: &str, notice: &Notice<'_>) -> String {
    let mut lines = Vec::new();
    let source = &notice.source;
    if source.encoding != "UTF-8" || source.replaced > 0 {
        lines.push(format!(
            "encoding   {} ({}), {} replaced",
            source.encoding,
            word(&source.encoding_from),
            source.replaced
        ));
    }
    head(notice, &mut lines);
    for rule in &notice.rules {
        let role = rule
            .role
            .map_or(String::new(), |role| format!(" {}", word(&role)));
        lines.push(format!(
            "rule       {}{role} {} from {} “{}”",
            word(&rule.kind),
            units(&rule.units),
            rule.from.as_deref().unwrap_or("-"),
            flat(&rule.text)
        ));
    }
    for (number, part) in notice.parts.iter().enumerate() {
        lines.push(format!(
            "part {} {} {}",
            number + 1,
            word(&part.kind),
            part.title.as_deref().unwrap_or("-")
        ));
        let mut entries: Vec<(u32, Vec<String>)> = part
            .blocks
            .iter()
            .map(|block| {
                (
                    block.span.start,
                    vec![format!("  [{}] {}", word(&block.kind), short(&block.text))],
                )
            })
            .collect();
        for assignment in &part.assignments {
            entries.push((
                assignment.span.start,
                vec![format!("  {}", clause(text, assignment, true))],
            ));
        }
        for item in &part.items {
            let mut lines = Vec::new();
            write_item(text, item, 1, &mut lines);
            entries.push((item.span.start, lines));
        }
        entries.sort_by_key(|(start, _)| *start);
        lines.extend(entries.into_iter().flat_map(|(_, lines)| lines));
    }
    findings(notice, &mut lines);
    lines.join("\n") + "\n"
}

fn findings(notice: &Notice<'_>, lines: &mut Vec<String>) {
    for finding in &notice.diagnostics {
        let before = notice
            .diagnostics
            .iter()
            .take_while(|other| *other != finding)
            .filter(|other| other.code == finding.code)
            .count();
        let item = finding.item.as_deref().unwrap_or("-");
        match before {
            FINDINGS => lines.push(format!("{} {} …", finding.severity, finding.code)),
            ..FINDINGS => lines.push(format!(
                "{} {} {}:{} {item} {}",
                finding.severity, finding.code, finding.line, finding.column, finding.message
            )),
            _ => {}
        }
    }
}

fn head(notice: &Notice<'_>, lines: &mut Vec<String>) {
    let metadata = &notice.metadata;
    let mut line = |key: &str, value: Option<String>| {
        lines.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| format!("{key:<10} {value}")),
        );
    };
    line(
        "title",
        metadata.title.as_ref().map(|title| title.value.to_string()),
    );
    line(
        "type",
        metadata
            .document_type
            .as_ref()
            .map(|kind| kind.text.to_string()),
    );
    line(
        "number",
        metadata.document_number.as_ref().map(|number| {
            let (year, serial) = (number.year.unwrap_or(0), number.serial.unwrap_or(0));
            format!("{} = {} {year} {serial}", number.value, number.agency)
        }),
    );
    line("issuers", Some(units(&metadata.issuers)));
    line(
        "signer",
        metadata.signer.as_ref().map(|signer| flat(&signer.text)),
    );
    line(
        "secrecy",
        metadata.secrecy.as_ref().map(|secrecy| flat(&secrecy.text)),
    );
    line(
        "urgency",
        metadata.urgency.as_ref().map(|urgency| flat(&urgency.text)),
    );
    for (key, dated) in [
        ("issued", &metadata.issued_on),
        ("published", &metadata.published_on),
        ("printed on", &metadata.printed_on),
    ] {
        line(
            key,
            dated.as_ref().map(|dated| {
                format!(
                    "{} “{}”",
                    dated.date.as_deref().unwrap_or("-"),
                    flat(&dated.text)
                )
            }),
        );
    }
    line(
        "printed by",
        metadata
            .printed_by
            .as_ref()
            .map(|printer| flat(&printer.text)),
    );
    line("addressees", Some(units(&metadata.addressees)));
    line("copied to", Some(units(&metadata.copied_to)));
    line(
        "disclosure",
        metadata
            .disclosure
            .as_ref()
            .map(|disclosure| format!("{} “{}”", word(&disclosure.kind), disclosure.text)),
    );
    for attachment in &metadata.attachments {
        line("attachment", Some(flat(&attachment.text)));
    }
    for reference in &metadata.references {
        let title = reference.title.as_deref().unwrap_or("-");
        let number = reference.document_number.as_deref().unwrap_or("-");
        line(
            "reference",
            Some(format!(
                "{} 《{title}》 {number}",
                word(&reference.relation)
            )),
        );
    }
}

fn write_item(text: &str, item: &Item<'_>, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mut line = format!("{indent}{}", item.id);
    if item.kind == gongwen::ItemKind::Row {
        line.push_str(" row");
    }
    if let Some(marker) = &item.marker {
        write!(line, " {}", flat(&marker.text)).expect("a string can be written to");
    }
    if let Some(heading) = &item.heading {
        write!(line, " # {heading}").expect("a string can be written to");
    }
    if !item.text.is_empty() {
        write!(line, " | {}", short(&item.text)).expect("a string can be written to");
    }
    if let Some(from) = &item.inherits {
        write!(line, " ^{from}").expect("a string can be written to");
    }
    if let [assignment] = item.assignments.as_slice() {
        write!(line, " = {}", clause(text, assignment, false)).expect("a string can be written to");
    }
    lines.push(line);
    if item.assignments.len() > 1 {
        lines.extend(
            item.assignments
                .iter()
                .map(|assignment| format!("{indent}  = {}", clause(text, assignment, true))),
        );
    }
    for child in &item.items {
        write_item(text, child, depth + 1, lines);
    }
}

fn clause(text: &str, assignment: &Assignment<'_>, scoped: bool) -> String {
    let mut parts: Vec<String> = assignment
        .duties
        .iter()
        .map(|duty| {
            let role = match (duty.role, &duty.label) {
                (Role::Other, Some(label)) => format!("other “{}”", flat(label)),
                (role, _) => word(&role),
            };
            let rule = duty
                .inferred_by
                .map_or(String::new(), |rule| format!(" ({})", word(&rule)));
            let more = if duty.open_ended { "、…" } else { "" };
            format!("{role}{rule} {}{more}", units(&duty.units))
        })
        .collect();
    parts.extend(assignment.deadline.as_ref().map(deadline));
    let scope = if scoped {
        format!(" “{}”", short(&text[assignment.scope.range()]))
    } else {
        String::new()
    };
    format!("{}{scope}: {}", word(&assignment.form), parts.join(" / "))
}

fn deadline(deadline: &Deadline<'_>) -> String {
    let from = deadline
        .from
        .as_ref()
        .map_or(String::new(), |from| format!("{from}.."));
    let guessed = if deadline.inferred.is_some() { "~" } else { "" };
    format!(
        "{} {from}{}{guessed} “{}”",
        word(&deadline.kind),
        deadline.date.as_deref().unwrap_or("-"),
        flat(&deadline.text)
    )
}

fn units(units: &[Unit<'_>]) -> String {
    units.iter().map(unit).collect::<Vec<_>>().join("、")
}

fn unit(unit: &Unit<'_>) -> String {
    let text = flat(&unit.text);
    let mut shown = unit.name.to_string();
    if text != flat(&unit.name) {
        write!(shown, "<{text}>").expect("a string can be written to");
    }
    let mut notes: Vec<Cow<'_, str>> = Vec::new();
    if unit.kind != UnitKind::Agency {
        notes.push(word(&unit.kind).into());
    }
    if let Some(members) = &unit.members {
        notes.extend(members.levels.iter().map(|level| Cow::from(word(level))));
        notes.extend(
            members
                .body
                .as_deref()
                .map(|body| format!("of {body}").into()),
        );
        notes.extend(members.filter.as_deref().map(Cow::from));
    }
    notes.extend(unit.aliases.iter().map(|alias| format!("={alias}").into()));
    if !notes.is_empty() {
        write!(shown, "{{{}}}", notes.join(" ")).expect("a string can be written to");
    }
    shown
}

/// The word that the JSON has for a value of a closed set.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn short(text: &str) -> String {
    let flat = flat(text);
    match flat.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &flat[..at]),
        None => flat,
    }
}

/// On one line: what stands around a line break joined with `⏎`.
fn flat(text: &str) -> String {
    text.trim_matches(super::is_blank)
        .lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("⏎")
}
