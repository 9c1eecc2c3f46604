//! The lines of a row in, the cells of its columns out.
//!
//! Lines are given to the columns in order, a cell taking several lines where it was wrapped and none where
//! it was empty. What doesn't look right is counted:
//!
//! | oddity | count |
//! |---|---|
//! | a line that shows that it goes on, and does not | 6 |
//! | a line that goes on though it is short, or in an item `1.` | 1 |
//! | no unit where units belong · the name of a unit behind words that are none | 3 · 3 |
//! | no deadline where one belongs | 4 |
//! | units where text or persons belong · a deadline there | 1 · 3 a line |
//! | an empty remark · other cell · lead · task | 2 · 3 · 4 · 5 |
//!
//! The reading with the fewest oddities is taken. Where several have as few, the cells are read that they
//! share, and the others are left unread. A row has at most `LINES` lines, so that the work is bounded.

use super::super::head::Kind;
use super::super::{Cell, fits, goes_on, is_void};
use super::{Lines, Reader};
use crate::date;
use crate::glyph::{Glyph, begins};
use crate::label::LabelKind;
use crate::lexicon;
use crate::marker;
use crate::model::{DeadlineKind, Role};
use crate::predicate;

/// Oddities with which a row is no longer sure.
const ODD: u32 = 8;

/// Readings of a row that are compared.
const WAYS: usize = 16;

/// Lines that the cell of a duty may have.
const DUTY: usize = 20;

/// What is known of a line before it is given to a column.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "none follows from another")]
struct Fact {
    length: usize,
    /// Units or a deadline: how odd it is as text.
    foreign: u32,
    units: bool,
    /// Begins like the name of a unit: `市…`.
    headed: bool,
    /// Ends a sentence.
    ended: bool,
    /// Shows that it goes on in the next.
    on: bool,
    /// Begins an enumeration: `1.`
    opens: bool,
}

impl Reader<'_, '_> {
    /// Gives the lines of a row to the columns: the cells, and how many lines; none where even that is not sure.
    pub(super) fn assign(
        &self,
        row: &Lines,
        key: usize,
        lead: &[usize],
        filled: &mut [bool],
    ) -> Option<(Vec<Option<Cell>>, usize)> {
        let order: Vec<usize> = (key + 1..self.columns.len()).collect();
        let readings = self.fewest(&order, row, key, filled)?;
        let mut cells = vec![None; self.columns.len()];
        cells[key] = self.cell(&[row.key]);
        for (column, &line) in (key - lead.len()..key).zip(lead) {
            cells[column] = self.cell(&[line]);
        }
        for (at, &column) in order.iter().enumerate() {
            let ranges = readings.iter().map(|ends| begin(ends, at)..ends[at]);
            let some = || ranges.clone().filter(|range| !range.is_empty());
            let (from, to) = (
                some().map(|range| range.start).min().unwrap_or(0),
                some().map(|range| range.end).max().unwrap_or(0),
            );
            if let Some(cell) = self.cell(&row.cells[from..to]) {
                let sure = ranges.clone().all(|range| range == (from..to));
                cells[column] = Some(Cell {
                    whole: cell.whole && sure,
                    ..cell
                });
                filled[column] = true;
            }
        }
        Some((cells, *readings[0].last()?))
    }

    /// The readings with the fewest oddities: where each column ends. All end at the same line; the lines behind
    /// may be as many cells as lead the next row, or the heading of a group; behind the last row, any text.
    fn fewest(
        &self,
        order: &[usize],
        row: &Lines,
        leading: usize,
        filled: &[bool],
    ) -> Option<Vec<Vec<usize>>> {
        let (lines, open) = (row.cells.as_slice(), !row.next);
        let facts = self.facts(lines);
        let count = lines.len();
        // For each column and line behind it: the fewest oddities up to there, and where the column may begin.
        let mut table: Vec<Vec<(u32, Vec<usize>)>> =
            vec![vec![(u32::MAX, Vec::new()); count + 1]; order.len() + 1];
        table[0][0].0 = 0;
        for (step, &column) in order.iter().enumerate() {
            // Text behind the last row is no remark.
            let text = open
                && step + 1 == order.len()
                && !matches!(self.columns[column].kind, Kind::Duty(_));
            let duty = matches!(self.columns[column].kind, Kind::Duty(_));
            for begin in 0..=count {
                let odd = table[step][begin].0;
                if odd > ODD {
                    continue;
                }
                let longest = if duty { count.min(begin + DUTY) } else { count };
                for end in begin..=longest {
                    let mut total =
                        odd + self.oddities(column, &lines[begin..end], &facts[begin..end]);
                    if end > begin && facts[end - 1].on {
                        total += 6;
                    }
                    if text && end > begin && (!filled[column] || facts[end - 1].ended) {
                        total += 2;
                    }
                    let cell = &mut table[step + 1][end];
                    if total < cell.0 {
                        *cell = (total, vec![begin]);
                    } else if total == cell.0 {
                        cell.1.push(begin);
                    }
                }
            }
        }
        let least = if open {
            1
        } else {
            count.saturating_sub(leading.max(1))
        };
        let behind = |end: usize| match (open, leading, count - end) {
            // A line more must be worth it.
            (true, ..) => end as u32,
            (_, _, 0) => 0,
            (_, 0, _) if facts[count - 1].units => 4,
            (_, 0, _) => 2,
            _ => 0,
        };
        let last = &table[order.len()];
        let mut found: Vec<(u32, usize)> = (least..=count)
            .filter(|&end| last[end].0 <= ODD)
            .map(|end| (last[end].0 + behind(end), end))
            .collect();
        found.sort_unstable();
        let &(odd, end) = found.first()?;
        if found.get(1).is_some_and(|other| other.0 == odd) {
            return None;
        }
        let mut readings = vec![vec![end]];
        for step in (1..order.len()).rev() {
            let longer = |ends: Vec<usize>| {
                table[step + 1][ends[ends.len() - 1]]
                    .1
                    .iter()
                    .map(move |&begin| [ends.as_slice(), &[begin]].concat())
            };
            readings = readings
                .into_iter()
                .flat_map(longer)
                .take(WAYS + 1)
                .collect();
        }
        for ends in &mut readings {
            ends.reverse();
        }
        let assigned = |ends: &Vec<usize>| {
            (0..order.len()).any(|at| {
                ends[at] > begin(ends, at) && matches!(self.columns[order[at]].kind, Kind::Duty(_))
            })
        };
        (readings.len() <= WAYS && readings.iter().all(assigned)).then_some(readings)
    }

    fn facts(&self, lines: &[usize]) -> Vec<Fact> {
        let fact = |index: usize| {
            let glyphs = self.glyphs(lines[index]);
            let first = self.page.lines[self.lines[lines[index]]].first as usize;
            let deadline =
                date::read_deadline(self.page, first, first + glyphs.len(), None).is_some();
            let units = self.is_units(first, glyphs);
            Fact {
                length: glyphs.len(),
                foreign: if deadline { 3 } else { u32::from(units) },
                units,
                headed: glyphs[0].ch == '各' || lexicon::heads().longest(glyphs).is_some(),
                ended: matches!(glyphs[glyphs.len() - 1].ch, '。' | ';' | '!' | '?'),
                on: lines
                    .get(index + 1)
                    .is_some_and(|&next| continues(glyphs, self.glyphs(next))),
                opens: marker::read(glyphs).is_some_and(|mark| mark.ordinal == Some(1)),
            }
        };
        (0..lines.len()).map(fact).collect()
    }

    /// Whether a line is units, of which the last may go on.
    fn is_units(&self, first: usize, glyphs: &[Glyph]) -> bool {
        let cut = glyphs
            .iter()
            .rposition(|glyph| matches!(glyph.ch, '、' | ',' | ';'));
        predicate::all_units(self.page, first, first + glyphs.len())
            || cut.is_some_and(|cut| predicate::all_units(self.page, first, first + cut))
    }

    /// What is odd about lines as the cell of a column.
    fn oddities(&self, column: usize, lines: &[usize], facts: &[Fact]) -> u32 {
        let kind = self.columns[column].kind;
        let Some(cell) = self.cell(lines) else {
            return match kind {
                Kind::Remark => 2,
                Kind::Task => 5,
                // Who has one unit only names who leads.
                Kind::Duty(LabelKind::Role {
                    role: Role::Lead, ..
                }) => 4,
                _ => 3,
            };
        };
        let fit =
            || is_void(cell.glyphs(self.page)) || fits(self.page, kind, cell.first, cell.last);
        let foreign = || facts.iter().map(|fact| fact.foreign).sum::<u32>();
        let widest = facts.iter().map(|fact| fact.length).max().unwrap_or(0);
        let short = |pair: &&[Fact]| !pair[0].ended && !pair[0].on && pair[0].length + 3 < widest;
        let mut odd = facts.windows(2).filter(short).count() as u32;
        odd += facts[1..].iter().filter(|fact| fact.opens).count() as u32;
        odd + match kind {
            Kind::Duty(LabelKind::Deadline) if !fit() && !self.holds_deadline(cell) => 4,
            Kind::Duty(LabelKind::Role { person: false, .. }) => {
                let behind = facts
                    .windows(2)
                    .filter(|pair| {
                        !pair[0].units && !pair[0].headed && pair[1].units && !pair[0].on
                    })
                    .count() as u32;
                if fit() { behind * 3 } else { 3 }
            }
            Kind::Duty(LabelKind::Role { person: true, .. }) => u32::from(!fit()) + foreign(),
            Kind::Duty(_) => u32::from(!fit()),
            _ => foreign(),
        }
    }

    /// Whether lines, one a column, are a row without oddities.
    pub(super) fn is_plain(&self, lines: &[usize]) -> bool {
        let facts = self.facts(lines);
        (0..lines.len())
            .all(|at| self.oddities(at, &lines[at..=at], &facts[at..=at]) == 0 && !facts[at].on)
    }

    /// `2024年6月底前，并长期坚持`
    fn holds_deadline(&self, cell: Cell) -> bool {
        let kept = date::keep_deadline(self.page, cell.first, cell.last, Some(2000));
        cell.glyphs(self.page).len() <= 30
            && kept.is_some_and(|deadline| {
                deadline.date.is_some() || deadline.kind != DeadlineKind::By
            })
    }
}

/// Where a column begins: where the one before it ends.
fn begin(ends: &[usize], at: usize) -> usize {
    at.checked_sub(1).map_or(0, |before| ends[before])
}

/// Whether a line shows that it goes on in the next: also `各县（区）` before `人民政府`.
fn continues(line: &[Glyph], next: &[Glyph]) -> bool {
    let bare = ["人民政府", "政府", "管委会", "委员会"]
        .iter()
        .find_map(|word| begins(next, word));
    goes_on(line, next)
        || bare.is_some_and(|length| {
            next.get(length)
                .is_none_or(|glyph| matches!(glyph.ch, '、' | ',' | ';'))
        })
}
