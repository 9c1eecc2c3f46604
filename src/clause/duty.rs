//! Stretches of units or persons with their role in, [`Duty`] values of a draft out.

use super::person::read_persons;
use super::{Draft, Reader};
use crate::glyph::is_open;
use crate::label::LabelKind;
use crate::model::{Duty, Role, Str, Unit};
use crate::unit::closing;
use crate::{label, unit};

impl<'t> Reader<'_, 't> {
    /// Adds the units of these stretches, those whose role a word in brackets marks with that role.
    pub(super) fn push_duty(
        &self,
        draft: &mut Draft<'t>,
        role: Role,
        label: Option<(usize, usize)>,
        stretches: &[(usize, usize)],
    ) {
        let mut units = Vec::new();
        let mut open_ended = false;
        for &(first, last) in stretches {
            let marked = self.split_marked(first, last);
            let whole = [(first, last, None)];
            for &(first, last, mark) in marked.as_deref().unwrap_or(&whole) {
                if let Some((role, word)) = mark {
                    self.push_duty(draft, role, Some(word), &[(first, last)]);
                    continue;
                }
                let read = unit::read_units(self.page, first, self.trim(first, last));
                open_ended |= read.open_ended;
                if units.is_empty() {
                    units = read.units;
                } else {
                    units.extend(read.units);
                }
            }
        }
        self.add(draft, role, label, units, open_ended);
    }

    /// Adds the persons of these stretches.
    pub(super) fn push_persons(
        &self,
        draft: &mut Draft<'t>,
        role: Role,
        label: Option<(usize, usize)>,
        stretches: &[(usize, usize)],
    ) {
        let mut persons = Vec::new();
        for &(first, last) in stretches {
            let mut last = self.trim(first, last);
            // `责任领导：张某/完成时限：…`
            while last > first && self.page.glyphs[last - 1].ch == '/' {
                last -= 1;
            }
            read_persons(self.page, first, last, &mut persons);
        }
        self.add(draft, role, label, persons, false);
    }

    /// Adds units to the duty of their role and label.
    fn add(
        &self,
        draft: &mut Draft<'t>,
        role: Role,
        label: Option<(usize, usize)>,
        mut units: Vec<Unit<'t>>,
        open_ended: bool,
    ) {
        units.retain(|unit| !unit.name.chars().all(is_dummy));
        if units.is_empty() {
            return;
        }
        let label =
            label.map(|(first, last)| Str::Borrowed(self.page.cut(self.page.span(first, last))));
        match draft
            .duties
            .iter_mut()
            .find(|duty| duty.role == role && duty.role != Role::Other && duty.label == label)
        {
            Some(duty) => {
                duty.units.extend(units);
                duty.open_ended |= open_ended;
            }
            None => draft.duties.push(Duty {
                role,
                label,
                units,
                open_ended,
                inferred_by: None,
            }),
        }
    }

    /// Parts an enumeration at units whose role a word in brackets marks, `X（牵头）、Y（配合）`: the
    /// stretches, and the word and role where one is marked.
    fn split_marked(&self, first: usize, last: usize) -> Option<Vec<Marked>> {
        let glyphs = &self.page.glyphs;
        glyphs[first..last].iter().find(|glyph| is_open(glyph.ch))?;
        let mut stretches = Vec::new();
        let (mut from, mut start) = (first, first);
        let mut found = false;
        let mut at = first;
        while at < last {
            let Some(close) = closing(glyphs, at, last) else {
                if matches!(glyphs[at].ch, '、' | ',' | ';') {
                    start = at + 1;
                }
                at += 1;
                continue;
            };
            let word = &glyphs[at + 1..close];
            let role = label::read_stem(word)
                .or_else(|| label::read_back(word))
                .filter(|label| label.length == word.len())
                .and_then(|label| match label.kind {
                    LabelKind::Role {
                        role: role @ (Role::Lead | Role::Cooperating),
                        person: false,
                    } => Some(role),
                    _ => None,
                });
            if at > start
                && let Some(role) = role
            {
                if start > from {
                    stretches.push((from, start - 1, None));
                }
                stretches.push((start, at, Some((role, (at + 1, close)))));
                found = true;
                from = (close + 1 + usize::from(close + 1 < last)).min(last);
                start = from;
            }
            at = close + 1;
        }
        if found && from < last {
            stretches.push((from, last, None));
        }
        found.then_some(stretches)
    }
}

/// What stands where a name is still to be filled in: `×××`, `____`.
pub(super) fn is_dummy(ch: char) -> bool {
    matches!(
        ch,
        '_' | '＿' | '—' | '-' | '/' | '…' | '.' | '×' | 'X' | ' '
    )
}

/// A stretch of units, and the role that a word in brackets gives them.
type Marked = (usize, usize, Option<(Role, (usize, usize))>);
