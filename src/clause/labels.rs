//! Labels without brackets: on lines of their own, run together in a sentence, or a field that is a clause.

use super::value::Expect;
use super::{Draft, LONGEST, Reader, Segment, Stretch};
use crate::glyph::{apart, same};
use crate::label::{Label, LabelKind};
use crate::model::{Role, UnitKind};
use crate::predicate::strip_predicate;
use crate::unit::closing;
use crate::{date, label, lexicon, rule, unit};

/// Characters that a unit may have in a sentence that nothing marks as a clause.
const LONGEST_NAME: usize = 24;

/// Labels that one assignment may have on lines of their own.
const MOST_LABELS: usize = 24;

impl Reader<'_, '_> {
    /// Labels without brackets, from the colon of the first on, or from the start of one that needs no
    /// colon: the stretch and glyph behind them.
    pub(super) fn read_labels(
        &mut self,
        stretches: &[Stretch],
        index: usize,
        at: usize,
    ) -> Option<(usize, usize)> {
        let page = self.page;
        let mut rule = None;
        let (start, head) = if page.glyphs[at].ch == ':' {
            rule = self.rule_before(&stretches[index], at);
            let end = rule.map_or(at, |(first, _)| first - 1);
            self.label_before(&stretches[index], end, at)?
        } else {
            (at, self.label_alone(at, stretches[index].last)?)
        };
        let label = head.label?;
        let (mut segments, stretch, mut end) = self.read_run(stretches, index, start, head)?;
        // A remark at the end is no part of the clause.
        while let Some(segment) = segments.last()
            && is_remark(segment)
        {
            let boxed = segment.label_first > start
                && matches!(page.glyphs[segment.label_first - 1].ch, '【' | '[' | '〔');
            end = segment.label_first - usize::from(boxed);
            segments.pop();
        }
        // Neither is the mark behind it: `"责任单位：市直有关部门",`.
        if let Some(segment) = segments.last_mut() {
            while end > segment.first && matches!(page.glyphs[end - 1].ch, ';' | ',' | '"') {
                end -= 1;
            }
            segment.last = segment.last.min(end);
        }
        let mut draft = Draft {
            labelled: true,
            rule,
            ..Draft::default()
        };
        let prose = |segment: &Segment| !is_remark(segment) && self.is_prose(segment);
        if segments.iter().any(prose) {
            return None;
        }
        let findings = self.found.findings.len();
        for segment in &segments {
            self.read_segment(segment, &mut draft);
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
        self.make(draft, start, end);
        Some((stretch, end))
    }

    /// The labels that follow the first and their values, in its line and in those below: the stretch and
    /// glyph behind them.
    fn read_run(
        &self,
        stretches: &[Stretch],
        index: usize,
        start: usize,
        head: Segment,
    ) -> Option<(Vec<Segment>, usize, usize)> {
        let mut segments = vec![head];
        let mut stretch = index;
        loop {
            let last = stretches[stretch].last;
            let end = self.read_line(&mut segments, start, last)?;
            let rule = self.rule_at_end(end, last);
            if end < last && rule.is_none() {
                return Some((segments, stretch, end));
            }
            // Labels on lines of their own that follow belong to the same assignment.
            let next = stretches.get(stretch + 1).and_then(|next| {
                let front = self.label_front(next.first, next.last)?;
                let repeats = segments
                    .iter()
                    .any(|segment| self.same_label(segment, &front));
                (!repeats && !is_remark(&front)).then_some(front)
            });
            let Some(next) = next.filter(|_| segments.len() < MOST_LABELS) else {
                return Some((segments, stretch, end));
            };
            stretch += 1;
            segments.extend(rule);
            segments.push(next);
        }
    }

    /// Reads on from the last label to the end of its line, or to where the labels stop before it.
    fn read_line(&self, segments: &mut Vec<Segment>, start: usize, last: usize) -> Option<usize> {
        let glyphs = &self.page.glyphs;
        let mut floor = segments.last()?.first;
        let mut at = floor;
        while at < last {
            if at - start > LONGEST * 4 {
                return None;
            }
            let next = if let Some(alone) = self.label_in_row(floor, at, last) {
                alone
            } else if let Some(close) = closing(glyphs, at, last) {
                // `责任单位：X、Y（列第一位的为牵头单位，下同）`: the rule is a bracket of its own.
                if rule::begins_rule(&glyphs[at + 1..close]) {
                    close_value(segments, at);
                    return Some(at);
                }
                if let Some(deadline) = self.deadline_at_end(at, close, last) {
                    close_value(segments, at);
                    segments.push(deadline);
                    return Some(last);
                }
                at = close + 1;
                continue;
            } else {
                match glyphs[at].ch {
                    '。' => {
                        close_value(segments, at);
                        match self.label_front(at + 1, last) {
                            Some(next) => next,
                            None => return Some(at + 1),
                        }
                    }
                    ':' => {
                        let Some(next) = self.label_inside(floor, at, last) else {
                            at += 1;
                            continue;
                        };
                        // `，责任单位：X；…增长10%，责任单位：Y`: the label of the next sentence.
                        if segments.iter().any(|one| self.same_label(one, &next))
                            && let Some(stop) = self.units_stop(floor, next.label_first)
                        {
                            close_value(segments, stop);
                            return Some(stop);
                        }
                        next
                    }
                    '(' if label::read_front(&glyphs[at + 1..last]).is_some() => {
                        close_value(segments, at);
                        return Some(at);
                    }
                    _ => {
                        at += 1;
                        continue;
                    }
                }
            };
            close_value(segments, at.min(next.label_first));
            at = next.first;
            floor = at;
            segments.push(next);
        }
        Some(last)
    }

    /// The rule in brackets that ends a line behind a value, more labels below it.
    fn rule_at_end(&self, open: usize, last: usize) -> Option<Segment> {
        let glyphs = &self.page.glyphs;
        let close = (open < last)
            .then(|| closing(glyphs, open, last))?
            .filter(|close| close + 1 == last)?;
        rule::begins_rule(&glyphs[open + 1..close]).then_some(Segment {
            label: None,
            label_first: open + 1,
            first: open + 1,
            last: close,
        })
    }

    /// The deadline in brackets that ends a line: `责任单位：X（6月底前完成）`.
    fn deadline_at_end(&self, open: usize, close: usize, last: usize) -> Option<Segment> {
        let page = self.page;
        let ends = close + 1 == last || close + 2 == last && page.glyphs[close + 1].ch == '。';
        let deadline = date::read_deadline(page, open + 1, close, self.context.year);
        (ends && deadline.is_some()).then_some(Segment {
            label: None,
            label_first: open + 1,
            first: open + 1,
            last: close,
        })
    }

    /// The label before the colon at `at`, in a value that began at `floor`: one of the lexicon, a role word
    /// alone (`；协办：X`, `，协办：X`), or one of units that the lexicon lacks (`；对口联系室：X`).
    fn label_inside(&self, floor: usize, at: usize, last: usize) -> Option<Segment> {
        let glyphs = &self.page.glyphs;
        let from = floor.max(at.saturating_sub(label::LONGEST));
        let word = || &glyphs[self.label_start(from, at)..at];
        let unlisted = || {
            let mark = (from..at)
                .rev()
                .find(|&at| matches!(glyphs[at].ch, ';' | ','))?;
            let word = at - mark - 1;
            let shaped = glyphs[mark].ch == ';' && (3..=11).contains(&word);
            (shaped && self.units_follow(at, last)).then_some(Label::unlisted(word))
        };
        let label = label::read_back(&glyphs[floor..at])
            .or_else(|| self.stem_before(from, at, at, last))
            .or_else(|| label::read_beside(word()))
            .or_else(unlisted)?;
        Some(Segment {
            label: Some(label),
            label_first: at - label.length,
            first: at + 1,
            last,
        })
    }

    /// A role word alone, `主办`, that ends at `end` before a colon, where nothing but units follows.
    fn stem_before(&self, floor: usize, end: usize, colon: usize, last: usize) -> Option<Label> {
        let floor = floor.max(end.saturating_sub(label::LONGEST));
        label::read_stem(&self.page.glyphs[self.label_start(floor, end)..end])
            .filter(|_| self.units_follow(colon, last))
    }

    /// Where a value of units ends and another sentence begins: at the `；` behind them, where no unit follows.
    fn units_stop(&self, first: usize, last: usize) -> Option<usize> {
        let glyphs = &self.page.glyphs;
        let stop = (first..last.min(first + LONGEST)).find(|&at| glyphs[at].ch == ';')?;
        let next = self.trim(stop + 1, last);
        (self.all_units(first, stop) && next > stop + 1 && !self.all_units(stop + 1, next))
            .then_some(stop)
    }

    /// The rule in brackets before a colon: `责任单位（列第一位的为牵头单位）：`.
    fn rule_before(&self, stretch: &Stretch, colon: usize) -> Option<(usize, usize)> {
        let glyphs = &self.page.glyphs;
        if colon == stretch.first || glyphs[colon - 1].ch != ')' {
            return None;
        }
        let from = stretch.first.max(colon.saturating_sub(40));
        let open = (from..colon).rev().find(|&at| glyphs[at].ch == '(')?;
        rule::begins_rule(&glyphs[open + 1..colon - 1]).then_some((open + 1, colon - 1))
    }

    /// The label that ends at `end` before a colon, and where it begins: behind a mark, a blank or a line
    /// break.
    fn label_before(
        &self,
        stretch: &Stretch,
        end: usize,
        colon: usize,
    ) -> Option<(usize, Segment)> {
        let page = self.page;
        let first = stretch.first.max(self.scope.min(end));
        let label = label::read_back(&page.glyphs[first..end])
            .or_else(|| self.stem_before(first, end, colon, stretch.last))
            .filter(|label| assigns(*label))?;
        // `省级：…认定的实验室`: outside brackets a level says where something applies.
        if label.kind == LabelKind::Tier && page.glyphs[end - 1].ch == '级' {
            return None;
        }
        let start = end - label.length;
        let free = start == stretch.first
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
                    | ':'
                    | '|'
                    | '"'
                    | '-'
                    | '…'
            )
            || page.spaced(start)
            || page.broken(start);
        free.then_some((
            start,
            Segment {
                label: Some(label),
                label_first: start,
                first: colon + 1,
                last: stretch.last,
            },
        ))
    }

    /// A label with its colon, or one that needs none.
    fn label_front(&self, first: usize, last: usize) -> Option<Segment> {
        match label::read_front(&self.page.glyphs[first..last]) {
            Some((label, length)) => Some(Segment {
                label: Some(label),
                label_first: first,
                first: first + length + 1,
                last,
            }),
            None => self
                .label_boxed(first, last)
                .or_else(|| self.stem_front(first, last))
                .or_else(|| self.beside_front(first, last))
                .or_else(|| self.label_alone(first, last)),
        }
    }

    /// A word that is the label of a deadline here, beside others, with its colon: `时间：9月底前`.
    fn beside_front(&self, first: usize, last: usize) -> Option<Segment> {
        let glyphs = &self.page.glyphs;
        let colon = (first..last.min(first + label::LONGEST)).find(|&at| glyphs[at].ch == ':')?;
        let label = label::read_beside(&glyphs[first..colon])?;
        date::read_deadline(self.page, colon + 1, last, self.context.year)?;
        Some(Segment {
            label: Some(label),
            label_first: first,
            first: colon + 1,
            last,
        })
    }

    /// A role word alone with its colon, behind which units stand: `配合：市财政局`.
    fn stem_front(&self, first: usize, last: usize) -> Option<Segment> {
        let glyphs = &self.page.glyphs;
        let colon = (first..last.min(first + label::LONGEST)).find(|&at| glyphs[at].ch == ':')?;
        let label = self.stem_before(first, colon, colon, last)?;
        (label.length == colon - first).then_some(Segment {
            label: Some(label),
            label_first: first,
            first: colon + 1,
            last,
        })
    }

    /// A label without a colon, behind which units or a deadline stand: `【责任单位】X、Y`, `责任单位 X、Y`.
    pub(super) fn label_alone(&self, first: usize, last: usize) -> Option<Segment> {
        let page = self.page;
        let segment = self
            .label_boxed(first, last)
            .or_else(|| self.label_spaced(first, last))?;
        let end = (segment.first..last.min(segment.first + LONGEST))
            .find(|&at| {
                matches!(page.glyphs[at].ch, '。' | ';' | '【' | '[' | '〔')
                    || page.spaced(at)
                        && (self.label_spaced(at, last).is_some()
                            || label::read_front(&page.glyphs[at..last]).is_some())
            })
            .unwrap_or(last);
        let fits = match segment.label?.kind {
            LabelKind::Role { person: false, .. } => self.all_units(segment.first, end),
            LabelKind::Deadline => {
                date::read_deadline(page, segment.first, end, self.context.year).is_some()
            }
            LabelKind::Role { person: true, .. } => {
                segment.label_first > first && end <= segment.first + 20
            }
            _ => false,
        };
        fits.then_some(segment)
    }

    /// A label that a blank sets off from its value, or a digit where it is that of a deadline: `责任单位 X`,
    /// `完成时限6月底`.
    pub(super) fn label_spaced(&self, first: usize, last: usize) -> Option<Segment> {
        let page = self.page;
        let end = (first + 4..last.min(first + label::LONGEST)).find(|&at| {
            apart(page.glyphs[at - 1], page.glyphs[at]) || page.glyphs[at].ch.is_ascii_digit()
        })?;
        let label = label::read_back(&page.glyphs[first..end])?;
        let parted = page.spaced(end) || label.kind == LabelKind::Deadline;
        (label.length == end - first && parted).then_some(Segment {
            label: Some(label),
            label_first: first,
            first: end,
            last,
        })
    }

    /// A label without a colon in a row of labels: in a box, or behind a blank, `责任单位：X 完成时限 6月底`.
    fn label_in_row(&self, floor: usize, at: usize, last: usize) -> Option<Segment> {
        self.label_boxed(at, last).or_else(|| {
            (at > floor && self.page.spaced(at))
                .then(|| self.label_alone(at, last))
                .flatten()
        })
    }

    /// A label that brackets set off from its value: `【责任单位】X`, `[完成时限]：D`.
    fn label_boxed(&self, at: usize, last: usize) -> Option<Segment> {
        let glyphs = &self.page.glyphs;
        if at >= last || !matches!(glyphs[at].ch, '【' | '[' | '〔') {
            return None;
        }
        let close = closing(glyphs, at, last)?;
        let label = label::read_back(&glyphs[at + 1..close])?;
        let colon = glyphs.get(close + 1).is_some_and(|glyph| glyph.ch == ':');
        let first = close + 1 + usize::from(colon);
        (label.length == close - at - 1 && first < last).then_some(Segment {
            label: Some(label),
            label_first: at + 1,
            first,
            last,
        })
    }

    /// Whether a label of units reads like one before: it belongs to another assignment.
    fn same_label(&self, one: &Segment, other: &Segment) -> bool {
        let word = |segment: &Segment| {
            let label = segment.label?;
            let first = segment.label_first;
            Some((label.kind, &self.page.glyphs[first..first + label.length]))
        };
        let (Some((kind, written)), Some((other, word))) = (word(one), word(other)) else {
            return false;
        };
        kind == other
            && matches!(kind, LabelKind::Role { person: false, .. })
            && same(written, word)
    }

    /// Labels that fill a line each, their values on the lines below: the stretch behind them.
    pub(super) fn read_stacked(&mut self, stretches: &[Stretch], index: usize) -> Option<usize> {
        let page = self.page;
        let label_at = |at: usize| {
            let Stretch { first, last, .. } = *stretches.get(at)?;
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
            let Some(&Stretch { first, last, .. }) = stretches.get(at + 1) else {
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

    /// A paragraph that is labels without colons from end to end, `责任单位X，配合单位Y`, or a predicate clause,
    /// also as the quoted value of a field.
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
        if let Some(segments) = self.unmarked(from, to) {
            let mut draft = Draft {
                labelled: true,
                ..Draft::default()
            };
            for segment in &segments {
                self.read_segment(segment, &mut draft);
            }
            self.make(draft, first, last);
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
        if self.read_value(from, to, Expect::Predicate, &mut draft)
            && draft.predicate
            // `金融机构支持` is a title: somebody must be in charge.
            && draft
                .duties
                .iter()
                .any(|duty| matches!(duty.role, Role::Lead | Role::Responsible))
            && draft.duties.iter().all(|duty| {
                duty.units.iter().all(|unit| {
                    let name = &self.page.glyphs[self.page.range(unit.span)];
                    unit.kind != UnitKind::Other && name.len() <= LONGEST_NAME && !label::is_role(name)
                })
            })
        {
            self.make(draft, from, to);
        }
    }
}

/// Ends the value of the last label.
fn close_value(segments: &mut [Segment], at: usize) {
    if let Some(segment) = segments.last_mut() {
        segment.last = at;
    }
}

fn is_remark(segment: &Segment) -> bool {
    segment
        .label
        .is_some_and(|label| label.kind == LabelKind::Remark)
}

/// Whether a label says who is to do something, or by when.
fn assigns(label: Label) -> bool {
    matches!(
        label.kind,
        LabelKind::Role { .. } | LabelKind::Deadline | LabelKind::Tier
    )
}
