//! Labels without brackets: on lines of their own, run together in a sentence, or a field that is a clause.

use super::predicate::strip_predicate;
use super::value::Strictness;
use super::{Draft, LONGEST, Reader, Segment, Stretch};
use crate::glyph::same;
use crate::label::{Label, LabelKind};
use crate::model::{Role, UnitKind};
use crate::unit::closing;
use crate::{label, lexicon, rule, unit};

/// Characters that a unit may have in a sentence that nothing marks as a clause.
const LONGEST_NAME: usize = 24;

impl Reader<'_, '_> {
    /// Labels without brackets, from the colon of the first on: the stretch and glyph behind them.
    pub(super) fn read_labels(
        &mut self,
        stretches: &[Stretch],
        index: usize,
        colon: usize,
    ) -> Option<(usize, usize)> {
        let page = self.page;
        let first = stretches[index].first.max(self.scope.min(colon));
        // `主办：X；协办：Y`: a role word alone, where nothing but units follows.
        let alone = || {
            let word = &page.glyphs[stretches[index].first.max(first)..colon];
            label::read_stem(word).filter(|_| self.units_follow(colon, stretches[index].last))
        };
        let label = label::read_back(&page.glyphs[first..colon]).or_else(alone)?;
        if !matches!(
            label.kind,
            LabelKind::Role { .. } | LabelKind::Deadline | LabelKind::Tier
        ) {
            return None;
        }
        let start = colon - label.length;
        let free = start == stretches[index].first
            || matches!(
                page.glyphs[start - 1].ch,
                '。' | ';'
                    | '!'
                    | '?'
                    | '”'
                    | ')'
                    | '〕'
                    | ']'
                    | '】'
                    | ','
                    | '|'
                    | '"'
                    | '-'
                    | '…'
            )
            || page.spaced(start)
            || page.broken(start);
        if !free || page.glyphs[start].ch == '各' {
            return None;
        }
        let mut segments = vec![Segment {
            label: Some(label),
            label_first: start,
            first: colon + 1,
            last: stretches[index].last,
        }];
        let mut stretch = index;
        let mut at = colon + 1;
        let mut end = 'run: loop {
            let last = stretches[stretch].last;
            let floor = segments.last().map_or(colon + 1, |segment| segment.first);
            while at < last {
                if at - start > LONGEST * 2 {
                    return None;
                }
                if let Some(close) = closing(&page.glyphs, at, last) {
                    // `责任单位：X、Y（列第一位的为牵头单位，下同）`: the rule is a bracket of its own.
                    if rule::begins_rule(&page.glyphs[at + 1..close]) {
                        let segment = segments.len() - 1;
                        segments[segment].last = at;
                        break 'run at;
                    }
                    at = close + 1;
                    continue;
                }
                match page.glyphs[at].ch {
                    '。' => {
                        let segment = segments.len() - 1;
                        segments[segment].last = at;
                        match label::read_front(&page.glyphs[at + 1..last]) {
                            Some((label, length)) => {
                                segments.push(Segment {
                                    label: Some(label),
                                    label_first: at + 1,
                                    first: at + 2 + length,
                                    last,
                                });
                                at += 2 + length;
                                continue 'run;
                            }
                            None if at + 1 == last => break,
                            None => break 'run at + 1,
                        }
                    }
                    ':' => {
                        // `；协办：X`, `；对口联系室：X`: a role word alone, or a label that the lexicon lacks.
                        let unlisted = || {
                            let word =
                                (floor..at).rev().position(|at| page.glyphs[at].ch == ';')?;
                            if !self.units_follow(at, last) {
                                return None;
                            }
                            label::read_stem(&page.glyphs[at - word..at])
                                .or((3..=11).contains(&word).then_some(Label::unlisted(word)))
                        };
                        let label = label::read_back(&page.glyphs[floor..at]).or_else(unlisted);
                        at += 1;
                        if let Some(label) = label {
                            let label_first = at - 1 - label.length;
                            let segment = segments.len() - 1;
                            segments[segment].last = label_first;
                            segments.push(Segment {
                                label: Some(label),
                                label_first,
                                first: at,
                                last,
                            });
                            continue 'run;
                        }
                    }
                    '(' if label::read_front(&page.glyphs[at + 1..last]).is_some() => {
                        let segment = segments.len() - 1;
                        segments[segment].last = at;
                        break 'run at;
                    }
                    _ => at += 1,
                }
            }
            let segment = segments.len() - 1;
            segments[segment].last = segments[segment].last.min(last);
            // Labels on lines of their own that follow belong to the same assignment.
            let next = stretches.get(stretch + 1).and_then(|next| {
                let (label, length) = label::read_front(&page.glyphs[next.first..next.last])?;
                let word = &page.glyphs[next.first..next.first + label.length];
                let repeats = segments.iter().any(|segment| {
                    segment.label.is_some_and(|known| {
                        let first = segment.label_first;
                        let written = &page.glyphs[first..first + known.length];
                        known.kind == label.kind && same(written, word)
                    })
                }) && matches!(label.kind, LabelKind::Role { person: false, .. });
                (!repeats && label.kind != LabelKind::Remark).then_some((label, length, *next))
            });
            let Some((label, length, next)) = next else {
                break last;
            };
            stretch += 1;
            segments.push(Segment {
                label: Some(label),
                label_first: next.first,
                first: next.first + length + 1,
                last: next.last,
            });
            at = next.first + length + 1;
        };
        let mut draft = Draft {
            labelled: true,
            ..Draft::default()
        };
        for segment in &segments {
            let remark = segment
                .label
                .is_some_and(|label| label.kind == LabelKind::Remark);
            if !remark && self.is_prose(segment) {
                return None;
            }
        }
        let findings = self.found.findings.len();
        for segment in &segments {
            self.read_segment(segment, &mut draft);
        }
        // A remark at the end is no part of the clause.
        while let Some(segment) = segments.last()
            && segment
                .label
                .is_some_and(|label| label.kind == LabelKind::Remark)
        {
            end = segment.label_first;
            segments.pop();
        }
        if draft.duties.is_empty()
            && (draft.deadline.is_none()
                || segments.len() > 1
                || !matches!(label.kind, LabelKind::Deadline))
        {
            self.found.findings.truncate(findings);
            return None;
        }
        draft.empty.clear();
        let end = if end > start && matches!(page.glyphs[end - 1].ch, ';' | ',' | '"') {
            end - 1
        } else {
            end
        };
        self.make(draft, start, end);
        Some((stretch, end))
    }

    /// Labels that fill a line each, their values on the lines below: the stretch behind them.
    pub(super) fn read_stacked(&mut self, stretches: &[Stretch], index: usize) -> Option<usize> {
        let page = self.page;
        let label_at = |at: usize| {
            let Stretch { first, last } = *stretches.get(at)?;
            if last - first > label::LONGEST {
                return None;
            }
            let label = label::read_back(&page.glyphs[first..last])?;
            (label.length == last - first && label.length >= 4 && label.kind != LabelKind::Remark)
                .then_some(label)
        };
        let mut segments: Vec<Segment> = Vec::new();
        let mut at = index;
        while let Some(label) = label_at(at) {
            let repeats = segments
                .iter()
                .any(|segment| segment.label.is_some_and(|known| known.kind == label.kind));
            let Some(&Stretch { first, last }) = stretches.get(at + 1) else {
                break;
            };
            let units = matches!(label.kind, LabelKind::Role { person: false, .. });
            let segment = Segment {
                label: Some(label),
                label_first: stretches[at].first,
                first,
                last,
            };
            if repeats
                || label_at(at + 1).is_some()
                || units && !self.all_units(first, last)
                || self.is_prose(&segment)
            {
                break;
            }
            segments.push(segment);
            at += 2;
        }
        let roles = segments.iter().any(|segment| {
            matches!(
                segment.label.map(|label| label.kind),
                Some(LabelKind::Role { .. })
            )
        });
        if !roles {
            return None;
        }
        let mut draft = Draft {
            labelled: true,
            ..Draft::default()
        };
        for segment in &segments {
            self.read_segment(segment, &mut draft);
        }
        self.make(draft, stretches[index].first, stretches[at - 1].last);
        Some(at)
    }

    /// Whether the value of a label outside brackets is running text.
    pub(super) fn is_prose(&self, segment: &Segment) -> bool {
        let last = self.trim(segment.first, segment.last);
        let value = &self.page.glyphs[segment.first.min(last)..last];
        match segment.label.map(|label| label.kind) {
            Some(LabelKind::Role { person: true, .. }) => value.len() > 60,
            Some(LabelKind::Role { .. } | LabelKind::Tier) => {
                let chunk = value
                    .iter()
                    .position(|glyph| matches!(glyph.ch, '、' | ',' | ';' | '。'))
                    .unwrap_or(value.len());
                let head = &value[..chunk];
                value.len() > LONGEST
                    || head.len() > 40
                    || lexicon::prose().longest(head).is_some() && !unit::is_unit(head)
            }
            // `整改时限：` over `验收意见：`: a form to be filled in.
            Some(LabelKind::Deadline) => {
                let written = &self.page.glyphs[segment.first..segment.last];
                value.len() > 40 || written.last().is_some_and(|glyph| glyph.ch == ':')
            }
            _ => value.len() > LONGEST,
        }
    }

    /// A paragraph, or the quoted value of a field, that is a predicate clause from end to end.
    pub(super) fn read_field(&mut self, first: usize, last: usize) {
        let glyphs = &self.page.glyphs;
        if last - first > LONGEST / 2 || last - first < 4 {
            return;
        }
        let mut from = first;
        let mut to = self.trim(first, last);
        if let Some(colon) = glyphs[first..to]
            .iter()
            .take(20)
            .position(|glyph| glyph.ch == ':')
            .map(|at| first + at)
            && glyphs
                .get(colon + 1)
                .is_some_and(|glyph| matches!(glyph.ch, '"' | '\''))
            && glyphs[first..colon]
                .iter()
                .all(|glyph| glyph.ch.is_ascii_alphanumeric() || glyph.ch == '_')
        {
            from = colon + 2;
            if matches!(glyphs[to - 1].ch, '"' | '\'') {
                to -= 1;
            }
        }
        if from >= to
            || glyphs[from..to]
                .iter()
                .any(|glyph| matches!(glyph.ch, '。' | '!' | '?'))
        {
            return;
        }
        if strip_predicate(&glyphs[from..to])
            .is_none_or(|(length, role)| role.is_none() || length >= to - from)
        {
            return;
        }
        // `采石场的关闭由所在区人民政府负责` is running text.
        let by = (from + 1..to)
            .any(|at| glyphs[at].ch == '由' && !matches!(glyphs[at - 1].ch, ',' | ';'));
        if by {
            return;
        }
        let mut draft = Draft::default();
        if self.read_value(from, to, None, false, Strictness::Predicate, &mut draft)
            && draft.predicate
            // `金融机构支持` is a title: somebody must be in charge.
            && draft
                .duties
                .iter()
                .any(|duty| matches!(duty.role, Role::Lead | Role::Responsible))
            && draft.duties.iter().all(|duty| {
                duty.units.iter().all(|unit| {
                    unit.kind != UnitKind::Other && unit.text.chars().count() <= LONGEST_NAME
                })
            })
        {
            self.make(draft, from, to);
        }
    }
}
