//! The right side of the page: filters, findings, the ledger, the units.

use maud::{Markup, html};

use super::{Entry, Review};
use crate::model::Role;
use crate::render::words::{self, ROLES};

pub(super) fn side(review: &Review<'_>) -> Markup {
    html! {
        section #side.pane aria-label="台账" {
            (filters(review))
            (findings(review))
            (ledger(review))
            (units(review))
            (foot(review))
        }
    }
}

fn filters(review: &Review<'_>) -> Markup {
    let of_role = |role: Role| {
        let has = |entry: &&Entry<'_>| entry.units.iter().any(|(known, _)| *known == role);
        review.entries.iter().filter(has).count()
    };
    let unassigned = review
        .entries
        .iter()
        .filter(|entry| entry.is_unassigned())
        .count();
    html! {
        form.filters role="search" {
            div.fields {
                input #search type="search" placeholder="搜索任务、单位、时限" aria-label="搜索" autocomplete="off";
                select #unit aria-label="单位" {
                    option value="" { "全部单位" }
                    @for (number, share) in by_weight(review) {
                        option value=(number) { (share.unit.name) "（" (share.tasks.iter().sum::<u32>()) "）" }
                    }
                }
            }
            div.chips role="group" aria-label="分工" {
                button type="button" data-role="" aria-pressed="true" { "全部" }
                @for role in ROLES {
                    @let count = of_role(role);
                    @if count > 0 {
                        button.(role.as_str()) type="button" data-role=(letter(role)) aria-pressed="false" {
                            (words::role(role)) " " small { (count) }
                        }
                    }
                }
                @if unassigned > 0 {
                    button type="button" data-role="n" aria-pressed="false" { "未分工 " small { (unassigned) } }
                }
                output #shown aria-live="polite" {}
                button.toggle type="button" data-view="units" { "单位一览" }
                button.toggle type="button" data-view="ledger" { "台账" }
                button.help type="button" aria-label="键盘操作" title="键盘操作" { "?" }
            }
        }
    }
}

fn findings(review: &Review<'_>) -> Markup {
    let findings = &review.ledger.notice.diagnostics;
    let mut sorted: Vec<_> = findings.iter().enumerate().collect();
    sorted.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    html! {
        section #findings aria-label="核对" {
            @if findings.is_empty() {
                p.none { "未发现需要核对之处" }
            } @else {
                h2 { "核对 " small { (findings.len()) } }
                ol {
                    @for (number, finding) in sorted {
                        li {
                            a.(finding.severity.as_str()) href={ "#l" (finding.line) } data-f=(number) title=(finding.code) {
                                b { (words::severity(finding.severity)) }
                                span { (finding.message) }
                                small { "第" (finding.line) "行" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn ledger(review: &Review<'_>) -> Markup {
    let mut parts: Vec<_> = review
        .entries
        .iter()
        .filter(|entry| !entry.is_unassigned())
        .collect();
    parts.dedup_by_key(|entry| entry.task.part.span);
    let titled = |first: &Entry<'_>| {
        let before = first
            .number
            .checked_sub(1)
            .map(|before| &review.entries[before]);
        parts.len() > 1 && before.is_none_or(|before| before.task.part.span != first.task.part.span)
    };
    let section = |entry: &Entry<'_>| {
        let above = entry
            .task
            .above
            .iter()
            .filter_map(|item| item.heading.as_deref());
        above.collect::<Vec<_>>().join(" / ")
    };
    let sections = review
        .entries
        .chunk_by(|a, b| a.task.part.span == b.task.part.span && section(a) == section(b));
    html! {
        section #ledger aria-label="任务" {
            @for entries in sections {
                section.group {
                    @if let Some(title) = entries[0].task.part.title.as_deref().filter(|_| titled(&entries[0])) {
                        p.part { (title) }
                    }
                    @let name = section(&entries[0]);
                    @if !name.is_empty() { h2 { (name) } }
                    ol { @for entry in entries { (row(review, entry)) } }
                }
            }
            p.none hidden[!parts.is_empty()] {
                (if parts.is_empty() { "本文没有列明分工的任务" } else { "没有符合条件的任务" })
            }
        }
    }
}

fn row(review: &Review<'_>, entry: &Entry<'_>) -> Markup {
    let row = &entry.row;
    let words: Vec<String> = entry
        .units
        .iter()
        .map(|(role, unit)| format!("{}{unit}", letter(*role)))
        .collect();
    let own = entry
        .task
        .item
        .filter(|item| !item.text.is_empty())
        .and_then(|item| item.heading.as_deref());
    let deadline = entry.task.deadline();
    html! {
        li.row.unassigned[entry.is_unassigned()] #{ "r" (entry.number) } data-r=(entry.place) data-c=[entry.clause]
            data-u=(words.join(" ")) tabindex="-1" {
            a.no href={ "#l" (row.line) } title={ (row.id) "，第" (row.line) "行" } {
                (row.number.map_or(&*row.id, str::trim))
            }
            div.body {
                @if let Some(heading) = own { h3 { (heading) } }
                p.text { (row.text) }
                dl {
                    @for role in ROLES {
                        @if entry.units.iter().any(|(known, _)| *known == role) {
                            (units_of(review, entry, role))
                        }
                    }
                    @if let Some(deadline) = deadline {
                        div.deadline {
                            dt { "时限" }
                            dd {
                                span { (deadline.text) }
                                @if let Some(date) = &deadline.date { small { (date) } }
                            }
                        }
                    }
                }
                @if entry.is_unassigned() { p.note { "未分工" } }
                @if let Some(id) = row.inherited_from { p.note { "分工承自上级事项 " (id) } }
                @for inferred in &row.inferred {
                    p.note { "推断：" (inferred.rule.word()) "（" (inferred.values.join("、")) "）" }
                }
                @for finding in &row.findings {
                    p.note.(finding.severity.as_str()) { (finding.message) }
                }
            }
        }
    }
}

/// `牵头 省科技厅 省工信委 等`
fn units_of(review: &Review<'_>, entry: &Entry<'_>, role: Role) -> Markup {
    let duties = entry
        .task
        .assignment
        .map_or(&[][..], |assignment| &assignment.duties);
    let mut of_role = duties.iter().filter(|duty| duty.role == role);
    let label = of_role
        .clone()
        .find_map(|duty| duty.label.as_deref())
        .filter(|_| role == Role::Other);
    html! {
        div.(role.as_str()) {
            dt { (label.unwrap_or(words::role(role))) }
            dd {
                @for (_, unit) in entry.units.iter().filter(|(known, _)| *known == role) {
                    span { (review.units[*unit].unit.name) }
                }
                @if of_role.any(|duty| duty.open_ended) { small { "等" } }
            }
        }
    }
}

fn units(review: &Review<'_>) -> Markup {
    let shares = by_weight(review);
    let most = shares
        .first()
        .map_or(1, |(_, share)| share.tasks.iter().sum());
    html! {
        section #units aria-label="单位" {
            h2 { "单位 " small { (shares.len()) } }
            ol {
                @for (number, share) in shares {
                    li {
                        button type="button" data-unit=(number) title=[share.unit.canonical.as_ref().map(|c| &*c.name)] {
                            span.name { (share.unit.name) }
                            span.numbers {
                                @for role in ROLES {
                                    @let tasks = share.tasks[role as usize];
                                    @if tasks > 0 { span.(role.as_str()) { (words::role(role)) " " (tasks) } }
                                }
                            }
                            (bar(share.tasks, most))
                        }
                    }
                }
            }
        }
    }
}

/// A bar as long as the unit has tasks, in the colours of its roles.
fn bar(tasks: [u32; ROLES.len()], most: u32) -> Markup {
    let before = |role: Role| tasks[..role as usize].iter().sum::<u32>();
    html! {
        svg viewBox={ "0 0 " (most) " 1" } preserveAspectRatio="none" aria-hidden="true" {
            @for role in ROLES.into_iter().filter(|role| tasks[*role as usize] > 0) {
                rect.(role.as_str()) x=(before(role)) width=(tasks[role as usize]) height="1" {}
            }
        }
    }
}

fn foot(review: &Review<'_>) -> Markup {
    let source = &review.ledger.notice.source;
    html! {
        footer {
            @if let Some(name) = &source.name { (name) " · " }
            (source.encoding) " · " (source.bytes) " 字节"
            @if let Some(hash) = &source.sha256 { " · SHA-256 " code { (hash) } }
        }
    }
}

/// Units with their numbers, those with most tasks first.
fn by_weight<'r, 'n>(review: &'r Review<'n>) -> Vec<(usize, &'r super::Share<'n>)> {
    let mut shares: Vec<_> = review.units.iter().enumerate().collect();
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(share.tasks.iter().sum::<u32>()));
    shares
}

/// The letter of a role in `data-u`.
fn letter(role: Role) -> &'static str {
    &role.as_str()[..1]
}
