//! The lines of a row in, the cells of its columns out.
//!
//! Lines are given to the columns in order, a cell taking several lines where it was wrapped and none where
//! it was empty. What doesn't look right is counted:
//!
//! | oddity | count |
//! |---|---|
//! | a line goes on in the next without a mark that shows it · with the name of another unit | 1 · 3 |
//! | a line that shows that it goes on, and does not | 6 |
//! | no unit where units belong · no deadline where one belongs | 3 · 4 |
//! | units where text or persons belong · a deadline there | 1 · 3 a line |
//! | an empty remark · other cell · task | 1 · 2 · 4 |
//!
//! The reading with the fewest oddities is taken. Where several have as few, the cells are read that they
//! share, and the others are left unread. A row has at most `LINES` lines, so that the work is bounded.

use super::super::head::Kind;
use super::super::{Cell, fits, goes_on, is_void};
use super::{Lines, Reader};
use crate::clause;
use crate::date;
use crate::glyph::begins;
use crate::label::LabelKind;
use crate::model::DeadlineKind;

/// Oddities with which a row is no longer sure.
const ODD: u32 = 6;

/// Readings of a row that are compared.
const WAYS: usize = 16;

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
        let readings = self.fewest(&order, &row.cells, key, !row.next, filled)?;
        let mut cells = vec![None; self.columns.len()];
        cells[key] = self.cell(&[row.key]);
        for (column, &line) in (key - lead.len()..key).zip(lead) {
            cells[column] = self.cell(&[line]);
        }
        for (at, &column) in order.iter().enumerate() {
            let ranges = readings
                .iter()
                .map(|ends| at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]);
            let (from, to) = ranges.clone().fold((usize::MAX, 0), |(from, to), range| {
                if range.is_empty() {
                    (from, to)
                } else {
                    (from.min(range.start), to.max(range.end))
                }
            });
            if from < to {
                cells[column] = self.cell(&row.cells[from..to]).map(|cell| Cell {
                    whole: cell.whole && ranges.clone().all(|range| range == (from..to)),
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
        lines: &[usize],
        leading: usize,
        open: bool,
        filled: &[bool],
    ) -> Option<Vec<Vec<usize>>> {
        let count = lines.len();
        // For each column and line behind it: the fewest oddities up to there, and where the column may begin.
        let mut table: Vec<Vec<(u32, Vec<usize>)>> =
            vec![vec![(u32::MAX, Vec::new()); count + 1]; order.len() + 1];
        table[0][0].0 = 0;
        for (step, &column) in order.iter().enumerate() {
            for begin in 0..=count {
                let odd = table[step][begin].0;
                if odd > ODD {
                    continue;
                }
                let mut seams = 0;
                for end in begin..=count {
                    if end > begin + 1 {
                        seams += self.seam(column, lines[end - 2], lines[end - 1]);
                    }
                    if seams > ODD {
                        break;
                    }
                    let mut total = odd + seams + self.oddities(column, &lines[begin..end]);
                    if end > begin && end < count && self.goes_on(lines[end - 1], lines[end]) {
                        total += 6;
                    }
                    // Text behind the last row is no remark.
                    let text = open
                        && step + 1 == order.len()
                        && !matches!(self.columns[column].kind, Kind::Duty(_))
                        && !filled[column];
                    if text && end > begin {
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
        let from = if open {
            1
        } else {
            count.saturating_sub(leading.max(1))
        };
        let left = |end: usize| match (open, leading, count - end) {
            (true, ..) | (_, _, 0) => 0,
            (false, 0, _) if self.is_units(lines[count - 1]) => 4,
            (false, 0, _) => 2,
            (false, ..) => 0,
        };
        let mut found: Vec<(u32, usize)> = (from..=count)
            .filter(|&end| table[order.len()][end].0 <= ODD)
            .map(|end| (table[order.len()][end].0 + left(end), end))
            .collect();
        found.sort_unstable();
        let &(odd, end) = found.first()?;
        if odd > ODD || found.get(1).is_some_and(|other| other.0 == odd) {
            return None;
        }
        let mut readings = vec![vec![end]];
        for step in (1..order.len()).rev() {
            readings = readings
                .into_iter()
                .flat_map(|ends| {
                    table[step + 1][ends[ends.len() - 1]]
                        .1
                        .iter()
                        .map(move |&begin| [ends.as_slice(), &[begin]].concat())
                })
                .take(WAYS + 1)
                .collect();
        }
        for ends in &mut readings {
            ends.reverse();
        }
        let assigned = |ends: &Vec<usize>| {
            (0..order.len()).any(|at| {
                ends[at] > at.checked_sub(1).map_or(0, |before| ends[before])
                    && matches!(self.columns[order[at]].kind, Kind::Duty(_))
            })
        };
        (readings.len() <= WAYS && readings.iter().all(assigned)).then_some(readings)
    }

    /// What is odd about two lines of one cell.
    fn seam(&self, column: usize, line: usize, next: usize) -> u32 {
        if self.goes_on(line, next) {
            return 0;
        }
        let units = matches!(
            self.columns[column].kind,
            Kind::Duty(LabelKind::Role { .. })
        );
        let other =
            units && !self.is_units(line) && self.is_units(next) && self.glyphs(next).len() > 3;
        if other { 3 } else { 1 }
    }

    /// Whether a line shows that it goes on in the next.
    fn goes_on(&self, line: usize, next: usize) -> bool {
        let next = self.glyphs(next);
        // `各县（区）` `人民政府`
        let bare = ["人民政府", "政府", "管委会", "委员会"]
            .iter()
            .find_map(|word| begins(next, word));
        goes_on(self.glyphs(line), next)
            || bare.is_some_and(|length| {
                next.get(length)
                    .is_none_or(|glyph| matches!(glyph.ch, '、' | ',' | ';'))
            })
    }

    fn is_units(&self, at: usize) -> bool {
        let line = self.page.lines[self.lines[at]];
        let stop = self
            .glyphs(at)
            .last()
            .is_some_and(|glyph| matches!(glyph.ch, '、' | ',' | ';'));
        clause::all_units(
            self.page,
            line.first as usize,
            line.last as usize - usize::from(stop),
        )
    }

    /// What is odd about lines as the cell of a column, seams apart.
    pub(super) fn oddities(&self, column: usize, lines: &[usize]) -> u32 {
        let kind = self.columns[column].kind;
        let Some(cell) = self.cell(lines) else {
            return match kind {
                Kind::Remark => 1,
                Kind::Task => 4,
                _ => 2,
            };
        };
        let fit = is_void(cell.glyphs(self.page)) || fits(self.page, kind, cell.first, cell.last);
        match kind {
            Kind::Duty(LabelKind::Deadline) if !fit && !self.holds_deadline(cell) => 4,
            Kind::Duty(LabelKind::Role { person: false, .. }) if !fit => 3,
            Kind::Duty(LabelKind::Role { person: false, .. }) => 0,
            Kind::Duty(LabelKind::Role { person: true, .. }) => {
                u32::from(!fit) + self.foreign(lines)
            }
            Kind::Duty(_) => u32::from(!fit),
            _ => self.foreign(lines),
        }
    }

    /// `2024年6月底前，并长期坚持`
    fn holds_deadline(&self, cell: Cell) -> bool {
        let kept = date::keep_deadline(self.page, cell.first, cell.last, Some(2000));
        cell.glyphs(self.page).len() <= 30
            && kept.is_some_and(|deadline| {
                deadline.date.is_some() || deadline.kind != DeadlineKind::By
            })
    }

    /// Lines that are units or a deadline, where neither belongs.
    fn foreign(&self, lines: &[usize]) -> u32 {
        let count = |at: &usize| {
            let line = self.page.lines[self.lines[*at]];
            let deadline =
                date::read_deadline(self.page, line.first as usize, line.last as usize, None)
                    .is_some();
            if deadline {
                3
            } else {
                u32::from(self.is_units(*at))
            }
        };
        lines.iter().map(count).sum()
    }
}
