//! What stands between brackets: cut at its labels, each value read in turn.

use super::value::Expect;
use super::{Draft, LONGEST, Reader, Segment};
use crate::finding::Finding;
use crate::glyph::{Glyph, begins, find, is_mark};
use crate::label::{Label, LabelKind};
use crate::lexicon::Opening;
use crate::model::{Code, Role, UnitKind};
use crate::predicate::strip_predicate;
use crate::unit::Marks;
use crate::{date, label, lexicon, rule, unit};

impl<'t> Reader<'_, 't> {
    /// What stands between the brackets, if it assigns anything.
    pub(super) fn read_content(
        &mut self,
        first: usize,
        last: usize,
        ends_text: bool,
        after_sentence: bool,
    ) -> Option<Draft<'t>> {
        let mut segments = self.segments(first, last);
        if segments.len() == 1 && segments[0].label.is_none() {
            segments = self.unmarked(first, last).unwrap_or(segments);
        }
        let mut draft = Draft::default();
        if segments.iter().any(|segment| {
            matches!(
                segment.label.map(|label| label.kind),
                Some(LabelKind::Role { .. } | LabelKind::Tier | LabelKind::Deadline)
            )
        }) {
            for segment in &segments {
                self.read_segment(segment, &mut draft);
            }
            draft.labelled = true;
            let written = !draft.duties.is_empty()
                || draft.deadline.is_some()
                || draft.rule.is_some()
                || !draft.empty.is_empty();
            return written.then_some(draft);
        }
        if segments.len() > 1 {
            return None;
        }
        if let Some((_, Opening::Remark)) =
            lexicon::openings().longest(&self.page.glyphs[first..last])
        {
            return None;
        }
        // `X牵头，Y按职责分工负责`
        if self.read_value(first, last, Expect::Predicate, &mut draft)
            && (draft.predicate && !names_alone(&draft) || draft.rule.is_some())
        {
            return Some(draft);
        }
        let mut draft = Draft::default();
        let organ_before = first >= 2 && !after_sentence && {
            let from = first.saturating_sub(16);
            let name = &self.page.glyphs[from..first - 1];
            (0..name.len()).any(|at| unit::is_organ(&name[at..]))
        };
        // `【市教育局】` in front of text is a heading, behind a sentence a list.
        let behind = first >= 2 && matches!(self.page.glyphs[first - 2].ch, '。' | ';' | '!' | '?');
        let heading = matches!(self.page.glyphs[first - 1].ch, '【' | '<') && !behind;
        // `（人工智能协同的“一人”公司）` describes; names have neither `的` nor quotes.
        let inside = &self.page.glyphs[first..last];
        let describes = inside.iter().any(|glyph| matches!(glyph.ch, '的' | '“'));
        // `列席：张某（市财政局）、李某（市民政局）`: each in a row of names with its organ.
        let named = (first.saturating_sub(6)..first - 1)
            .rev()
            .map(|at| self.page.glyphs[at].ch)
            .find(|&ch| is_mark(ch))
            .is_some_and(|ch| matches!(ch, '、' | ':'));
        // `…编制规划（县水利局，10月底前）。二是…`
        let stops =
            matches!(self.page.glyphs.get(last + 1), Some(next) if matches!(next.ch, '。' | ';'));
        let placed =
            (after_sentence || (ends_text || stops) && !organ_before) && !heading && !describes;
        // Inside a sentence, one name says where somebody belongs: `张某（市财政局）。`
        let in_sentence = matches!(self.page.glyphs.get(last + 1), Some(next) if next.ch == '。');
        if placed
            && self.read_value(first, last, Expect::List, &mut draft)
            && (after_sentence
                || ends_text && !in_sentence && !named
                || draft.units() > 1
                || draft.deadline.is_some())
            && self.names_organ(&draft)
        {
            return Some(draft);
        }
        // `（2023年11月）`
        if after_sentence && ends_text && last - first >= 3 {
            let deadline = date::read_deadline(self.page, first, last, self.context.year)?;
            let text = &self.page.glyphs[first..last];
            let certain = find(text, "前").is_some()
                || find(text, "完成").is_some()
                || find(text, "月").is_some() && find(text, "日").is_none()
                || deadline.date.is_none();
            return certain.then_some(Draft {
                deadline: Some(deadline),
                ..Draft::default()
            });
        }
        None
    }

    /// Cuts the content of a bracket at its labels.
    pub(super) fn segments(&self, first: usize, last: usize) -> Vec<Segment> {
        let glyphs = &self.page.glyphs;
        let mut segments: Vec<Segment> = Vec::with_capacity(3);
        let mut floor = first;
        let mut known = false;
        for at in Marks::new(glyphs, first, last) {
            // `牵头单位：X；配合单位；Y`: a label whose colon was mistyped.
            let mistyped = known && glyphs[at].ch == ';';
            if glyphs[at].ch == ':' || mistyped {
                let label = label::read_back(&glyphs[floor..at]);
                let label = if mistyped {
                    let start = self.label_start(floor, at);
                    let whole = start > floor && at - start >= 4 && at + 1 < last;
                    label.filter(|label| whole && label.length == at - start)
                } else {
                    label.or_else(|| self.read_unlisted(floor, at, last, known))
                };
                if let Some(label) = label {
                    known |= label.kind != LabelKind::Remark;
                    let start = at - label.length;
                    if let Some(segment) = segments.last_mut() {
                        segment.last = start;
                    } else if start > first {
                        segments.push(Segment {
                            label: None,
                            label_first: first,
                            first,
                            last: start,
                        });
                    }
                    segments.push(Segment {
                        label: Some(label),
                        label_first: start,
                        first: at + 1,
                        last,
                    });
                    floor = at + 1;
                }
            }
        }
        if segments.is_empty() {
            segments.push(Segment {
                label: None,
                label_first: first,
                first,
                last,
            });
        }
        segments
    }

    /// Labels without colons, from the first glyph on: `牵头单位为X，配合单位为Y`, `责任单位X、Y`,
    /// `责任单位 X 完成时限 6月底`.
    pub(super) fn unmarked(&self, first: usize, last: usize) -> Option<Vec<Segment>> {
        let glyphs = &self.page.glyphs;
        let labels = |from: usize, to: usize| {
            (from + 4..to.min(from + label::LONGEST)).filter_map(move |at| {
                let label = label::read_back(&glyphs[from..at])?;
                (label.length == at - from).then_some((label, at))
            })
        };
        labels(first, last).next()?;
        let mut stops: Vec<(usize, usize)> = Marks::new(glyphs, first, last)
            .filter(|&at| matches!(glyphs[at].ch, ',' | ';' | '。'))
            .map(|at| (at, at + 1))
            .collect();
        let blank = |&at: &usize| self.page.spaced(at) && self.label_spaced(at, last).is_some();
        stops.extend((first + 1..last).filter(blank).map(|at| (at, at)));
        stops.push((last, last));
        stops.sort_unstable();
        let goes_on = |from: usize, to: usize| {
            self.all_units(from, to)
                || strip_predicate(&glyphs[from..to]).is_some_and(|(_, role)| role.is_some())
                || date::read_deadline(self.page, from, to, self.context.year).is_some()
        };
        let mut segments: Vec<Segment> = Vec::new();
        let mut start = first;
        for (to, next) in stops {
            let from = std::mem::replace(&mut start, next);
            // `第一责任单位为牵头单位`
            if rule::begins_rule(&glyphs[from..to]) {
                return None;
            }
            let front = labels(from, to).find_map(|(label, at)| {
                let value = at + begins(&glyphs[at..to], "为").unwrap_or(0);
                // `牵头单位是责任主体` says what it is.
                let told = matches!(glyphs[value.min(to - 1)].ch, '是' | '要' | '应' | '须');
                let fits = match label.kind {
                    LabelKind::Role { person: false, .. } => self.all_units(value, to),
                    LabelKind::Deadline => {
                        date::read_deadline(self.page, value, to, self.context.year).is_some()
                    }
                    _ => false,
                };
                (fits && !told).then_some((label, value))
            });
            match (front, segments.last_mut()) {
                (Some((label, value)), before) => {
                    if let Some(before) = before {
                        before.last = from;
                    }
                    segments.push(Segment {
                        label: Some(label),
                        label_first: from,
                        first: value,
                        last,
                    });
                }
                (None, Some(_)) if goes_on(from, to) => {}
                (None, _) => return None,
            }
        }
        Some(segments)
    }

    /// A label before the colon at `at` that is a role word alone, or that has the shape of one and is not
    /// in the lexicon.
    fn read_unlisted(&self, floor: usize, at: usize, last: usize, known: bool) -> Option<Label> {
        let glyphs = &self.page.glyphs;
        let word = &glyphs[self.label_start(floor, at)..at];
        let beside = || label::read_beside(word).filter(|_| known);
        label::read_stem(word).or_else(beside).or_else(|| {
            let shaped = known && (2..=8).contains(&word.len())
                || label::names_units(word) && self.units_follow(at, last);
            shaped.then_some(Label::unlisted(word.len()))
        })
    }

    /// Whether nothing but units stands between the colon at `at` and the next mark.
    pub(super) fn units_follow(&self, at: usize, last: usize) -> bool {
        let end = last.min(at + LONGEST);
        let (value, next) = self.value_end(at + 1, end);
        // `主办：市水务局 承办：信息中心 …ICP备…号`, the foot of a page: both have units alone.
        self.all_units(at + 1, value)
            && next.is_none_or(|colon| {
                let (value, _) = self.value_end(colon + 1, end);
                self.all_units(colon + 1, value)
                    || date::read_deadline(self.page, colon + 1, value, self.context.year).is_some()
            })
    }

    /// Where a value ends: at a mark, or at a blank behind which a label of one word begins, whose colon is given
    /// too: `主办：市教育局 会办：市财政局`.
    fn value_end(&self, first: usize, last: usize) -> (usize, Option<usize>) {
        let glyphs = &self.page.glyphs;
        for at in first..last {
            if matches!(glyphs[at].ch, ';' | ',' | '。') {
                return (at, None);
            }
            let near = &glyphs[at..last.min(at + label::LONGEST)];
            if self.page.spaced(at)
                && let Some(length) = near.iter().position(|glyph| glyph.ch == ':')
                && (label::read_stem(&near[..length]).is_some()
                    || label::read_beside(&near[..length]).is_some())
            {
                return (at, Some(at + length));
            }
        }
        (last, None)
    }

    /// Where the word before `at` begins: behind a mark, or behind a blank where a role word follows.
    pub(super) fn label_start(&self, floor: usize, at: usize) -> usize {
        let glyphs = &self.page.glyphs;
        let start = (floor..at)
            .rev()
            .find(|&at| matches!(glyphs[at].ch, ';' | ',' | '。'))
            .map_or(floor, |at| at + 1);
        (start + 1..at)
            .rev()
            .find(|&at| self.page.spaced(at))
            .filter(|&gap| {
                let word = &glyphs[gap..at];
                label::read_stem(word).is_some() || label::read_beside(word).is_some()
            })
            .unwrap_or(start)
    }

    /// Reads what stands behind one label.
    pub(super) fn read_segment(&mut self, segment: &Segment, draft: &mut Draft<'t>) {
        let last = self.trim(segment.first, segment.last);
        let first = segment.first;
        let Some(label) = segment.label else {
            self.read_unlabelled(first, last, draft);
            return;
        };
        let word = (segment.label_first, segment.label_first + label.length);
        match label.kind {
            LabelKind::Role { role, person } => {
                let before = draft.units();
                let rule = draft.rule;
                self.read_value(first, last, Expect::Labelled { role, word, person }, draft);
                let span = self.page.span(word.0, word.1);
                if draft.units() == before && draft.rule == rule {
                    draft.empty.push(span);
                } else if role == Role::Other {
                    let text = self.page.reading(word.0, word.1);
                    self.found.findings.push(Finding::new(
                        Code::UnknownRole,
                        span,
                        format!("词表中没有标签“{text}”，原样保留"),
                    ));
                }
            }
            LabelKind::Tier => {
                self.read_value(first, last, Expect::Tier { word }, draft);
            }
            LabelKind::Deadline if is_reached(&self.page.glyphs[first..last]) => {}
            LabelKind::Deadline => {
                let end = self.read_duties_behind(first, last, draft).unwrap_or(last);
                draft.deadline = draft
                    .deadline
                    .take()
                    .or_else(|| date::keep_deadline(self.page, first, end, self.context.year));
            }
            LabelKind::Remark => {}
        }
    }

    /// Duties behind a labelled deadline, `完成时限：6月底前；市水利局牵头`: where the deadline ends.
    fn read_duties_behind(
        &self,
        first: usize,
        last: usize,
        draft: &mut Draft<'t>,
    ) -> Option<usize> {
        let glyphs = &self.page.glyphs;
        let stop = (first..last).find(|&at| matches!(glyphs[at].ch, ';' | ','))?;
        let mut duties = Draft::default();
        self.read_unlabelled(stop + 1, last, &mut duties);
        if duties.duties.is_empty() || glyphs[stop].ch == ',' && !duties.predicate {
            return None;
        }
        draft.duties.append(&mut duties.duties);
        draft.predicate |= duties.predicate;
        Some(stop)
    }

    /// Reads what stands before the first label: `市教育局牵头，完成时限：…`, `市教育局、市财政局，完成时限：…`.
    fn read_unlabelled(&self, first: usize, last: usize, draft: &mut Draft<'t>) {
        self.read_value(first, last, Expect::Predicate, draft);
        if draft.units() > 0 || draft.rule.is_some() {
            return;
        }
        let mut list = Draft::default();
        if self.read_value(first, last, Expect::List, &mut list) && self.names_organ(&list) {
            draft.duties = list.duties;
            draft.deadline = draft.deadline.take().or(list.deadline);
        } else if draft.deadline.is_none() {
            draft.deadline = self.read_time_alone(first, last);
        }
    }

    /// Whether at least one unit is an organ, not what organs are called by their role, or all are areas of a
    /// kind: `各管区、各村`.
    fn names_organ(&self, draft: &Draft<'_>) -> bool {
        let mut names = draft
            .duties
            .iter()
            .flat_map(|duty| &duty.units)
            .map(|unit| &self.page.glyphs[self.page.range(unit.span)]);
        names
            .clone()
            .any(|name| name.len() >= 3 && unit::is_organ(name) && !label::is_role(name))
            || draft.units() > 0 && names.all(|name| name[0].ch == '各' && unit::is_unit(name))
    }

    /// Without separators at the end.
    pub(super) fn trim(&self, first: usize, mut last: usize) -> usize {
        while last > first
            && matches!(
                self.page.glyphs[last - 1].ch,
                ';' | ',' | '。' | '、' | ':' | '.'
            )
        {
            last -= 1;
        }
        last
    }
}

/// Whether nothing but names of persons stands there: `（张某负责）` may tell who spoke.
fn names_alone(draft: &Draft<'_>) -> bool {
    draft
        .duties
        .iter()
        .flat_map(|duty| &duty.units)
        .all(|unit| {
            unit.kind == UnitKind::Person && unit.aliases.is_empty() && unit.name.len() <= 9
        })
}

/// Whether what stands behind the label of a deadline tells that it was reached: `已整改`.
fn is_reached(glyphs: &[Glyph]) -> bool {
    (2..=6).contains(&glyphs.len())
        && begins(glyphs, "已").is_some()
        && glyphs.iter().all(|glyph| !is_mark(glyph.ch))
}
