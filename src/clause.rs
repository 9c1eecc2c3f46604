//! The text of an item in, its assignment clauses out.
//!
//! ```text
//! clause    = "(" content ")" | labels | prose
//! content   = labels | predicate | list | deadline            牵头单位：X；责任单位：Y · X牵头，Y配合 · X、Y · 6月底前
//! labels    = (label ":" value [；，。])+                       in brackets, on lines of their own, or run together
//! value     = (chunk [，；])* rule?
//! chunk     = units predicate? | deadline                     省科技厅、省财政厅按职责分工负责
//! predicate = adverb* verb                                    按职责分工负责 · 牵头 · 配合
//! rule      = 列第一位者为牵头单位，下同 · 以下均需各市政府落实，不再列出
//! prose     = "由"? units "会同" units … | "由" units "牵头" … | "请" units "于" deadline …
//! ```
//!
//! Brackets of one paragraph are paired once, with a stack; every glyph is then looked at a bounded
//! number of times, so hostile nesting costs no more than plain text.

use crate::date;
use crate::glyph::{Glyph, Page, begins, find, is_close, is_open};
use crate::label::{self, Label, LabelKind};
use crate::lexicon::{self, Predicate};
use crate::model::{
    Assignment, Code, Deadline, Duty, Form, Role, Rule, RuleKind, Str, Unit, UnitKind,
};
use crate::rule;
use crate::span::Span;
use crate::unit::{self, closing};

/// Glyphs that a clause without brackets, or one whose bracket never closes, may have.
const LONGEST: usize = 600;

/// A stretch of glyphs that belongs to the item: one paragraph, without its marker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub first: usize,
    pub last: usize,
}

/// What the clauses before say about the clauses to come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// Year of the notice, for deadlines without one.
    pub year: Option<u32>,
    /// `列第一位者为牵头单位`
    pub first_is_lead: bool,
    /// `逗号前为牵头单位`
    pub before_comma_is_lead: bool,
}

/// A clause and the glyphs that it fills.
#[derive(Debug)]
pub(crate) struct Clause<'t> {
    pub assignment: Assignment<'t>,
    pub first: usize,
    pub last: usize,
}

/// What the text of an item holds.
#[derive(Debug, Default)]
pub(crate) struct Clauses<'t> {
    pub clauses: Vec<Clause<'t>>,
    pub rules: Vec<Rule<'t>>,
    pub findings: Vec<(Code, Span, Str<'t>)>,
}

/// Reads the clauses of an item's own paragraphs, in order.
pub(crate) fn read_clauses<'t>(
    page: &Page<'t>,
    stretches: &[Stretch],
    context: &mut Context,
) -> Clauses<'t> {
    let mut reader = Reader {
        page,
        context,
        found: Clauses::default(),
        pairs: Vec::new(),
        base: 0,
        scope: stretches.first().map_or(0, |stretch| stretch.first),
    };
    let mut index = 0;
    let mut resume = 0;
    while index < stretches.len() {
        let stretch = stretches[index];
        let start = stretch.first.max(resume);
        match reader.read_stretch(stretches, index, start) {
            Some((next, at)) => {
                index = next;
                resume = at;
            }
            None => index += 1,
        }
    }
    reader.found
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    context: &'p mut Context,
    found: Clauses<'t>,
    /// For each glyph of the stretch behind `base` that opens a bracket: the glyph that closes it, or 0.
    pairs: Vec<u32>,
    base: usize,
    /// First glyph behind the clause before.
    scope: usize,
}

/// A clause that was read but not yet made.
#[derive(Debug, Default)]
struct Draft<'t> {
    duties: Vec<Duty<'t>>,
    deadline: Option<Deadline<'t>>,
    labelled: bool,
    predicate: bool,
    /// Labels that no unit followed.
    empty: Vec<Span>,
    /// The rule that stands behind the units.
    rule: Option<(usize, usize)>,
}

impl<'t> Reader<'_, 't> {
    fn glyphs(&self) -> &[Glyph] {
        &self.page.glyphs
    }

    /// Reads one stretch from `start`; where a clause went on in later stretches, the stretch and glyph behind it.
    fn read_stretch(
        &mut self,
        stretches: &[Stretch],
        index: usize,
        start: usize,
    ) -> Option<(usize, usize)> {
        let Stretch { first, last } = stretches[index];
        let mut at = start;
        let before = self.found.clauses.len();
        let mut paired = false;
        while at < last {
            match self.page.glyphs[at].ch {
                ch if is_open(ch) => {
                    if !paired {
                        self.pair(first, last);
                        paired = true;
                    }
                    at = self.read_bracket(first, last, at).unwrap_or(at + 1);
                }
                ':' => match self.read_labels(stretches, index, at) {
                    Some((next, behind)) if next > index => return Some((next, behind)),
                    Some((_, behind)) => at = behind.max(at + 1),
                    None => at += 1,
                },
                '会' | '牵' | '请' => at = self.read_prose(first, last, at).unwrap_or(at + 1),
                _ => at += 1,
            }
        }
        if self.found.clauses.len() == before && start == first {
            self.read_field(first, last);
        }
        None
    }

    /// Pairs the brackets of a stretch; a bracket of another kind closes where its own never comes.
    fn pair(&mut self, first: usize, last: usize) {
        self.base = first;
        self.pairs.clear();
        self.pairs.resize(last - first, 0);
        let mut open: Vec<usize> = Vec::new();
        let mut count = [0u32; 6];
        for at in first..last {
            let ch = self.page.glyphs[at].ch;
            if let Some(kind) = "(〔[【{<".chars().position(|open| open == ch) {
                count[kind] += 1;
                open.push(at);
            } else if let Some(kind) = ")〕]】}>".chars().position(|close| close == ch) {
                let own = count[kind] > 0;
                while let Some(from) = open.pop() {
                    let from_kind = "(〔[【{<"
                        .chars()
                        .position(|open| open == self.page.glyphs[from].ch)
                        .unwrap_or(0);
                    count[from_kind] -= 1;
                    if from_kind == kind || !own {
                        self.pairs[from - first] = at as u32;
                        break;
                    }
                }
            }
        }
    }

    /// A bracket: the glyph behind it, where it is a clause.
    fn read_bracket(&mut self, first: usize, last: usize, open: usize) -> Option<usize> {
        let close = self.pairs[open - self.base] as usize;
        let (end, behind) = if close > 0 {
            (close, close + 1)
        } else {
            (last, last)
        };
        if end - open > LONGEST * 2 {
            return None;
        }
        let inside = (open + 1, end);
        if close == 0 {
            let labelled = label::read_front(&self.page.glyphs[inside.0..end])
                .is_some_and(|(label, _)| label.kind != LabelKind::Remark);
            if !labelled
                && (end - open > 200
                    || strip_predicate(&self.page.glyphs[inside.0..end])
                        .is_none_or(|(_, role)| role.is_none()))
            {
                return None;
            }
        }
        let ends_text = close > 0 && behind == last;
        let after_sentence = open == first
            || matches!(
                self.page.glyphs[open - 1].ch,
                '。' | ';' | '!' | '”' | ')' | '〕' | '?' | ':' | ']' | '】'
            );
        let draft = self.read_content(inside.0, inside.1, ends_text, after_sentence)?;
        let span = self.page.span(open, behind);
        if close == 0 {
            let text = self.page.cut(self.page.span(open, behind.min(open + 12)));
            self.found.findings.push((
                Code::UnclosedClause,
                span,
                format!("“{text}…”的括号没有闭合").into(),
            ));
        }
        if draft.rule.is_some() && draft.duties.is_empty() && draft.deadline.is_none() {
            self.make_rule(&draft);
            // A rule in a bracket of its own holds for the clause before it too.
            let context = *self.context;
            if let Some(clause) = self
                .found
                .clauses
                .last_mut()
                .filter(|clause| clause.last == open)
            {
                apply_rules(&mut clause.assignment.duties, context, self.page.text);
                clause.last = behind;
            }
            return Some(behind);
        }
        self.make(draft, open, behind);
        Some(behind)
    }

    /// What stands between the brackets, if it assigns anything.
    fn read_content(
        &mut self,
        first: usize,
        last: usize,
        ends_text: bool,
        after_sentence: bool,
    ) -> Option<Draft<'t>> {
        let segments = self.segments(first, last);
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
        // `X牵头，Y按职责分工负责`
        if self.read_value(first, last, None, false, Strictness::Predicate, &mut draft)
            && (draft.predicate || draft.rule.is_some())
        {
            return Some(draft);
        }
        let mut draft = Draft::default();
        let organ_before = first >= 2 && !after_sentence && {
            let from = first.saturating_sub(16);
            let name = &self.page.glyphs[from..first - 1];
            (0..name.len()).any(|at| unit::is_organ(&name[at..]))
        };
        let placed = after_sentence || ends_text && !organ_before;
        if placed
            && self.read_value(
                first,
                last,
                Some((Role::Responsible, None)),
                false,
                Strictness::List,
                &mut draft,
            )
            && draft
                .duties
                .iter()
                .flat_map(|duty| &duty.units)
                .any(|unit| {
                    let (first, last) = (
                        self.page.glyph_at(unit.span.start),
                        self.page.glyph_at(unit.span.end),
                    );
                    last - first >= 3 && unit::is_organ(&self.page.glyphs[first..last])
                })
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
    fn segments(&self, first: usize, last: usize) -> Vec<Segment> {
        let glyphs = &self.page.glyphs;
        let mut segments: Vec<Segment> = Vec::with_capacity(3);
        let mut floor = first;
        let mut known = false;
        let mut at = first;
        while at < last {
            if let Some(close) = closing(glyphs, at, last) {
                at = close + 1;
                continue;
            }
            if glyphs[at].ch == ':' {
                let label = label::read_back(&glyphs[floor..at]).or_else(|| {
                    // A label of this shape that the lexicon lacks.
                    let start = (floor..at)
                        .rev()
                        .find(|&at| matches!(glyphs[at].ch, ';' | ',' | '。'))
                        .map_or(floor, |at| at + 1);
                    (known && (2..=8).contains(&(at - start))).then_some(Label {
                        length: at - start,
                        kind: LabelKind::Role {
                            role: Role::Other,
                            person: false,
                        },
                    })
                });
                if let Some(label) = label {
                    known = true;
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
            at += 1;
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

    /// Reads what stands behind one label.
    fn read_segment(&mut self, segment: &Segment, draft: &mut Draft<'t>) {
        let last = self.trim(segment.first, segment.last);
        let first = segment.first;
        let Some(label) = segment.label else {
            self.read_value(first, last, None, false, Strictness::Predicate, draft);
            return;
        };
        let word = (segment.label_first, segment.label_first + label.length);
        match label.kind {
            LabelKind::Role { role, person } => {
                let before = draft.duties.len();
                let rule = draft.rule;
                self.read_value(
                    first,
                    last,
                    Some((role, Some(word))),
                    person,
                    Strictness::Labelled,
                    draft,
                );
                let span = self.page.span(word.0, word.1);
                if draft.duties.len() == before && draft.rule == rule {
                    draft.empty.push(span);
                } else if role == Role::Other {
                    let text = self.page.reading(word.0, word.1);
                    self.found.findings.push((
                        Code::UnknownRole,
                        span,
                        format!("词表中没有标签“{text}”，原样保留").into(),
                    ));
                }
            }
            LabelKind::Tier => {
                self.read_value(
                    first,
                    last,
                    Some((Role::Responsible, Some(word))),
                    false,
                    Strictness::Tier,
                    draft,
                );
            }
            LabelKind::Deadline => {
                draft.deadline = draft
                    .deadline
                    .take()
                    .or_else(|| date::keep_deadline(self.page, first, last, self.context.year))
            }
            LabelKind::Remark => {}
        }
    }

    /// Without separators at the end.
    fn trim(&self, first: usize, mut last: usize) -> usize {
        while last > first && matches!(self.page.glyphs[last - 1].ch, ';' | ',' | '。' | '、' | ':')
        {
            last -= 1;
        }
        last
    }

    /// Reads chunks of units, verbs and deadlines; whether all of it could be read.
    fn read_value(
        &mut self,
        first: usize,
        last: usize,
        default: Option<(Role, Option<(usize, usize)>)>,
        person: bool,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let mut pending: Vec<(usize, usize)> = Vec::new();
        let mut whole = true;
        let (mut at, mut start) = (first, first);
        while at <= last {
            if at < last {
                if let Some(close) = closing(&page.glyphs, at, last) {
                    at = close + 1;
                    continue;
                }
                if !matches!(page.glyphs[at].ch, ',' | ';' | '。') {
                    at += 1;
                    continue;
                }
            }
            let (from, to) = (start, at.min(last));
            start = at + 1;
            at += 1;
            if from >= to {
                continue;
            }
            let chunk = &page.glyphs[from..to];
            if rule::begins_rule(chunk) {
                draft.rule = Some((from, self.trim(from, last)));
                break;
            }
            if person {
                pending.push((from, to));
                continue;
            }
            if draft.deadline.is_none()
                && let Some(deadline) = date::read_deadline(page, from, to, self.context.year)
            {
                draft.deadline = Some(deadline);
                continue;
            }
            if !self.read_chunk(from, to, &mut pending, default, strict, draft) {
                whole = false;
                if strict == Strictness::Predicate || strict == Strictness::List {
                    return false;
                }
            }
        }
        if !pending.is_empty() {
            match default {
                Some((role, label)) => self.push_duty(draft, role, label, &pending, person),
                None if draft.predicate || draft.rule.is_some() => {
                    self.push_duty(draft, Role::Responsible, None, &pending, false)
                }
                None => return false,
            }
        }
        whole
    }

    /// One chunk: `省科技厅、省财政厅按职责分工负责`.
    fn read_chunk(
        &mut self,
        from: usize,
        to: usize,
        pending: &mut Vec<(usize, usize)>,
        default: Option<(Role, Option<(usize, usize)>)>,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let chunk = &page.glyphs[from..to];
        let mut from = from;
        // `由X牵头`, `请X负责`
        if let Some(length) = ["由", "请"].iter().find_map(|word| begins(chunk, word)) {
            from += length;
        }
        let (length, verb) = strip_predicate(&page.glyphs[from..to]).unwrap_or((0, None));
        let units_end = to - length;
        let verb_words = (units_end, to);
        if from >= units_end {
            // The verb stands behind a comma: `X，Y，按职责分工负责`.
            if let Some(role) = verb
                && !pending.is_empty()
            {
                let claimed = std::mem::take(pending);
                self.push_duty(draft, role, Some(verb_words), &claimed, false);
                draft.predicate = true;
            }
            return true;
        }
        // `X会同Y负责`, `会同Y`
        if let Some(link) = find(&page.glyphs[from..units_end], "会同").map(|at| from + at) {
            let left_end = self.strip_lead(from, link);
            if left_end.is_some() || from == link || self.all_units(from, link) {
                let (end, lead) = left_end.map_or((link, false), |end| (end, true));
                let right = (link + 2, units_end);
                if !self.all_units(right.0, right.1) && strict != Strictness::Labelled {
                    return self.read_opening(from, to, default, strict, draft);
                }
                let mut claimed = std::mem::take(pending);
                if end > from {
                    claimed.push((from, end));
                }
                let primary = if lead {
                    Role::Lead
                } else {
                    verb.filter(|&role| role != Role::Cooperating)
                        .unwrap_or(default.map_or(Role::Responsible, |(role, _)| role))
                };
                if verb.is_some() || lead || end == from {
                    if !claimed.is_empty() {
                        self.push_duty(
                            draft,
                            primary,
                            (verb.is_some() && !lead).then_some(verb_words),
                            &claimed,
                            false,
                        );
                    }
                } else {
                    *pending = claimed;
                }
                self.push_duty(
                    draft,
                    Role::Cooperating,
                    Some((link, link + 2)),
                    &[right],
                    false,
                );
                draft.predicate = true;
                return true;
            }
        }
        let units_known = self.all_units(from, units_end);
        if let Some(role) = verb {
            // `X牵头Y配合` without a comma.
            if let Some((split, lead_verb)) = self.inner_lead(from, units_end) {
                let mut claimed = std::mem::take(pending);
                claimed.push((from, split));
                self.push_duty(draft, Role::Lead, Some((split, lead_verb)), &claimed, false);
                self.push_duty(
                    draft,
                    role,
                    Some(verb_words),
                    &[(lead_verb, units_end)],
                    false,
                );
                draft.predicate = true;
                return true;
            }
            if !units_known
                && (strict == Strictness::Predicate || strict == Strictness::List)
                && !(draft.predicate
                    && units_end - from <= 24
                    && lexicon::prose()
                        .longest(&page.glyphs[from..units_end])
                        .is_none())
            {
                return false;
            }
            if !units_known && strict == Strictness::Tier {
                return self.read_opening(from, to, default, strict, draft);
            }
            let mut claimed = std::mem::take(pending);
            claimed.push((from, units_end));
            self.push_duty(draft, role, Some(verb_words), &claimed, false);
            draft.predicate = true;
            return true;
        }
        if units_known {
            pending.push((from, units_end));
            return true;
        }
        match strict {
            Strictness::Labelled => {
                if self.read_opening(from, to, default, Strictness::Predicate, draft) {
                    return true;
                }
                let readable = units_end - from <= 60
                    && !self.page.glyphs[from..units_end].iter().all(|glyph| {
                        matches!(
                            glyph.ch,
                            '_' | '—' | '-' | '/' | '.' | '…' | '×' | 'X' | '无'
                        )
                    });
                if readable {
                    pending.push((from, units_end));
                }
                readable
            }
            _ => self.read_opening(from, to, default, strict, draft),
        }
    }

    /// Units and a verb at the start of a chunk that goes on: `X牵头做好…工作`, in a tier `X做好…`.
    fn read_opening(
        &mut self,
        from: usize,
        to: usize,
        default: Option<(Role, Option<(usize, usize)>)>,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let length = unit_prefix(page, from, to, strict == Strictness::Tier);
        if length == 0 {
            return strict == Strictness::Tier && draft.predicate;
        }
        let end = from + length;
        let rest = &page.glyphs[end..to];
        let verbs = [
            ("牵头", Role::Lead),
            ("负责", Role::Responsible),
            ("配合", Role::Cooperating),
            ("协助", Role::Cooperating),
            ("参与", Role::Cooperating),
            ("指导", Role::Supervising),
            ("督导", Role::Supervising),
            ("督促", Role::Supervising),
        ];
        let verb = verbs
            .into_iter()
            .find_map(|(word, role)| Some((begins(rest, word)?, role)));
        match (verb, strict) {
            (Some((length, role)), _)
                if strict == Strictness::Tier
                    || draft.predicate
                    || strict == Strictness::Predicate && default.is_some() =>
            {
                self.push_duty(
                    draft,
                    role,
                    Some((end, end + length)),
                    &[(from, end)],
                    false,
                );
                draft.predicate = true;
                true
            }
            (_, Strictness::Tier) if !rest.is_empty() => {
                self.push_duty(draft, Role::Responsible, None, &[(from, end)], false);
                draft.predicate = true;
                true
            }
            _ => false,
        }
    }

    /// Where `牵头` stands at the end of these glyphs: the units before it.
    fn strip_lead(&self, from: usize, to: usize) -> Option<usize> {
        let (length, role) = strip_predicate(&self.page.glyphs[from..to])?;
        (role == Some(Role::Lead) && length < to - from).then_some(to - length)
    }

    /// `X牵头Y`: the end of X and the start of Y.
    fn inner_lead(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let at = from + find(&self.page.glyphs[from..to], "牵头")?;
        (at > from && at + 2 < to && self.all_units(from, at) && self.all_units(at + 2, to))
            .then_some((at, at + 2))
    }

    /// Whether these glyphs are an enumeration of units and nothing else.
    fn all_units(&self, first: usize, last: usize) -> bool {
        first < last && {
            let end = last - usize::from(last - first > 2 && self.page.glyphs[last - 1].ch == '等');
            let filler = ["等部门", "等单位", "等部门和单位", "等有关方面"]
                .iter()
                .find_map(|word| crate::glyph::ends(&self.page.glyphs[first..last], word))
                .unwrap_or(0);
            unit_prefix(self.page, first, end.min(last - filler), false)
                == end.min(last - filler) - first
        }
    }

    fn push_duty(
        &mut self,
        draft: &mut Draft<'t>,
        role: Role,
        label: Option<(usize, usize)>,
        stretches: &[(usize, usize)],
        person: bool,
    ) {
        let mut units = Vec::new();
        let mut open_ended = false;
        for &(first, last) in stretches {
            let last = self.trim(first, last);
            if person {
                read_persons(self.page, first, last, &mut units);
            } else {
                let read = unit::read_units(self.page, first, last);
                open_ended |= read.open_ended;
                if units.is_empty() {
                    units = read.units;
                } else {
                    units.extend(read.units);
                }
            }
        }
        units.retain(|unit| {
            !unit.name.chars().all(|ch| {
                matches!(
                    ch,
                    '_' | '—' | '-' | '/' | '…' | '.' | '×' | '＿' | 'X' | ' '
                )
            })
        });
        if units.is_empty() {
            return;
        }
        let label =
            label.map(|(first, last)| Str::Borrowed(self.page.cut(self.page.span(first, last))));
        match draft
            .duties
            .iter_mut()
            .find(|duty| duty.role == role && duty.role != Role::Other)
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

    /// Turns a draft into a clause.
    fn make(&mut self, mut draft: Draft<'t>, first: usize, last: usize) {
        let span = self.page.span(first, last);
        self.make_rule(&draft);
        apply_rules(&mut draft.duties, *self.context, self.page.text);
        for &empty in &draft.empty {
            let text: String = self.page.cut(empty).split_whitespace().collect();
            self.found.findings.push((
                Code::EmptyDuty,
                empty,
                format!("“{text}”之后没有单位").into(),
            ));
        }
        if draft.duties.is_empty() && draft.deadline.is_none() {
            self.scope = last;
            return;
        }
        if draft.deadline.as_ref().is_some_and(|deadline| {
            deadline.date.is_none() && deadline.kind == crate::model::DeadlineKind::By
        }) {
            let deadline = draft.deadline.as_ref().map(|deadline| {
                (
                    deadline.span,
                    self.page.reading(
                        self.page.glyph_at(deadline.span.start),
                        self.page.glyph_at(deadline.span.end),
                    ),
                )
            });
            if let Some((span, text)) = deadline {
                self.found.findings.push((
                    Code::UnreadDeadline,
                    span,
                    format!("“{text}”没有确切日期").into(),
                ));
            }
        }
        let units = |role: Role| {
            draft
                .duties
                .iter()
                .filter(move |duty| duty.role == role)
                .flat_map(|duty| &duty.units)
        };
        for lead in units(Role::Lead) {
            if units(Role::Cooperating).any(|unit| unit.name == lead.name) {
                self.found.findings.push((
                    Code::DoubleRole,
                    span,
                    format!("“{}”既是牵头单位又是配合单位", lead.name).into(),
                ));
            }
        }
        let form = if draft.labelled {
            Form::Labelled
        } else if draft.predicate || draft.duties.is_empty() {
            Form::Predicate
        } else {
            Form::List
        };
        self.push(draft, form, first, last);
    }

    fn push(&mut self, draft: Draft<'t>, form: Form, first: usize, last: usize) {
        let span = self.page.span(first, last);
        let scope = self.page.span(self.scope.min(first), first);
        self.scope = last;
        let assignment = Assignment {
            text: Str::Borrowed(self.page.cut(span)),
            span,
            scope,
            form,
            duties: draft.duties,
            deadline: draft.deadline,
        };
        self.found.clauses.push(Clause {
            assignment,
            first,
            last,
        });
    }

    /// Keeps the rule that a clause states, and lets it hold from here on.
    fn make_rule(&mut self, draft: &Draft<'t>) {
        let Some(read) = draft
            .rule
            .and_then(|(first, last)| rule::read_rule(self.page, first, last))
        else {
            return;
        };
        match read.kind {
            RuleKind::FirstIsLead => self.context.first_is_lead = true,
            RuleKind::BeforeCommaIsLead => self.context.before_comma_is_lead = true,
            RuleKind::DocumentDefault => {}
        }
        self.found.rules.push(read);
    }

    /// Labels without brackets, from the colon of the first on: the stretch and glyph behind them.
    fn read_labels(
        &mut self,
        stretches: &[Stretch],
        index: usize,
        colon: usize,
    ) -> Option<(usize, usize)> {
        let page = self.page;
        let first = stretches[index].first.max(self.scope.min(colon));
        let label = label::read_back(&page.glyphs[first..colon])?;
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
                        if let Some(label) = label::read_back(&page.glyphs[floor..at]) {
                            let label_first = at - label.length;
                            let segment = segments.len() - 1;
                            segments[segment].last = label_first;
                            segments.push(Segment {
                                label: Some(label),
                                label_first,
                                first: at + 1,
                                last,
                            });
                            at += 1;
                            continue 'run;
                        }
                        at += 1;
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
                let repeats = segments.iter().any(|segment| {
                    segment.label.is_some_and(|known| known.kind == label.kind)
                        && label.kind != LabelKind::Remark
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

    /// Whether the value of a label outside brackets is running text.
    fn is_prose(&self, segment: &Segment) -> bool {
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
            Some(LabelKind::Deadline) => value.len() > 40,
            _ => value.len() > LONGEST,
        }
    }

    /// A paragraph, or the quoted value of a field, that is a predicate clause from end to end.
    fn read_field(&mut self, first: usize, last: usize) {
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
        let mut draft = Draft::default();
        if self.read_value(from, to, None, false, Strictness::Predicate, &mut draft)
            && draft.predicate
            && !draft.duties.is_empty()
        {
            self.make(draft, from, to);
        }
    }

    /// `X会同Y组织实施`, `由X牵头制定`, `请X于6月底前完成`: the glyph behind it.
    fn read_prose(&mut self, first: usize, last: usize, at: usize) -> Option<usize> {
        let page = self.page;
        let glyphs = &page.glyphs;
        let floor = first.max(self.scope).max(at.saturating_sub(240));
        let word = ["会同", "牵头", "请"]
            .into_iter()
            .find(|word| begins(&glyphs[at..last], word).is_some())?;
        let end = (at..last.min(at + 400))
            .find(|&at| matches!(glyphs[at].ch, '。' | ';' | '!'))
            .unwrap_or(last);
        let start = (floor..at)
            .rev()
            .find(|&at| matches!(glyphs[at].ch, '。' | ';' | '!' | ':' | ',' | '?'))
            .map_or(floor, |at| at + 1);
        if word == "牵头"
            && let Some((from, to)) = rule::sentence_rule(page, floor, at, end)
        {
            let draft = Draft {
                rule: Some((from, to)),
                ..Draft::default()
            };
            self.make_rule(&draft);
            return Some(to);
        }
        match word {
            "请" => {
                if at != start {
                    return None;
                }
                let length = unit_prefix(page, at + 1, end, true);
                let behind = at + 1 + length;
                if length == 0 || begins(&glyphs[behind..end], "于").is_none() {
                    return None;
                }
                let close = (behind..end).find(|&at| glyphs[at].ch == '前')?;
                let chunk_end = (close..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
                let rest = &glyphs[close + 1..chunk_end];
                if ["报", "反馈", "上报", "提交", "将", "送", "函"]
                    .iter()
                    .any(|word| find(rest, word).is_some())
                    || find(rest, "完成").is_none() && find(rest, "落实").is_none()
                {
                    return None;
                }
                let deadline = date::read_deadline(page, behind + 1, close + 1, self.context.year)?;
                let mut draft = Draft {
                    deadline: Some(deadline),
                    ..Draft::default()
                };
                self.push_duty(
                    &mut draft,
                    Role::Responsible,
                    None,
                    &[(at + 1, behind)],
                    false,
                );
                self.push(draft, Form::Prose, at, chunk_end);
                Some(chunk_end)
            }
            "会同" => {
                let mut from = self.skip_opening(start, at);
                // `具体安排由X会同Y`
                if let Some(by) = (from..at).rev().find(|&at| glyphs[at].ch == '由') {
                    from = by + 1;
                }
                let lead = self.strip_lead(from, at);
                let left_end = lead.unwrap_or(at);
                if !self.all_units(from, left_end) {
                    return None;
                }
                let length = unit_prefix(page, at + 2, end, true);
                if length == 0 {
                    return None;
                }
                let right = (at + 2, at + 2 + length);
                let mut chunk_end = (right.1..end)
                    .find(|&at| glyphs[at].ch == ',')
                    .unwrap_or(end);
                let mut draft = Draft::default();
                // `X会同Y，于6月底前完成`
                if chunk_end == right.1 && chunk_end + 1 < end && glyphs[chunk_end + 1].ch == '于'
                {
                    let from = chunk_end + 2;
                    chunk_end = (from..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
                    let before = (from..chunk_end).find(|&at| glyphs[at].ch == '前');
                    draft.deadline = before
                        .and_then(|at| date::read_deadline(page, from, at + 1, self.context.year));
                }
                let role = if lead.is_some() {
                    Role::Lead
                } else {
                    Role::Responsible
                };
                self.push_duty(&mut draft, role, None, &[(from, left_end)], false);
                self.push_duty(
                    &mut draft,
                    Role::Cooperating,
                    Some((at, at + 2)),
                    &[right],
                    false,
                );
                let from = if from > first && glyphs[from - 1].ch == '由' {
                    from - 1
                } else {
                    from
                };
                self.push(draft, Form::Prose, from, chunk_end);
                Some(chunk_end)
            }
            _ => {
                if begins(&glyphs[at + 2..last], "单位").is_some()
                    || begins(&glyphs[at + 2..last], "部门").is_some()
                    || begins(&glyphs[at + 2..last], "会同").is_some()
                {
                    return None;
                }
                let by = (start..at).find(|&at| glyphs[at].ch == '由')?;
                if !self.all_units(by + 1, at) {
                    return None;
                }
                let mut draft = Draft::default();
                self.push_duty(
                    &mut draft,
                    Role::Lead,
                    Some((at, at + 2)),
                    &[(by + 1, at)],
                    false,
                );
                let mut chunk_end = (at..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
                // `，Y配合`
                while chunk_end < end {
                    let next = (chunk_end + 1..end)
                        .find(|&at| glyphs[at].ch == ',')
                        .unwrap_or(end);
                    let mut more = Draft::default();
                    // `由X牵头，会同Y健全机制`
                    if begins(&glyphs[chunk_end + 1..next], "会同").is_some() {
                        let from = chunk_end + 3;
                        let length = unit_prefix(page, from, next, true);
                        if length > 0 {
                            self.push_duty(
                                &mut draft,
                                Role::Cooperating,
                                Some((chunk_end + 1, from)),
                                &[(from, from + length)],
                                false,
                            );
                            chunk_end = next;
                            continue;
                        }
                    }
                    if strip_predicate(&glyphs[chunk_end + 1..next])
                        .is_some_and(|(_, role)| role.is_some())
                        && self.read_value(
                            chunk_end + 1,
                            next,
                            None,
                            false,
                            Strictness::Predicate,
                            &mut more,
                        )
                        && !more.duties.is_empty()
                    {
                        draft.duties.extend(more.duties);
                        chunk_end = next;
                    } else {
                        break;
                    }
                }
                self.push(draft, Form::Prose, by, chunk_end);
                Some(chunk_end)
            }
        }
    }

    /// Skips `由`, `请`, `并` in front of units.
    fn skip_opening(&self, mut from: usize, to: usize) -> usize {
        while let Some(length) = ["由", "请", "并", "同时", "经", "应"]
            .iter()
            .find_map(|word| begins(&self.glyphs()[from..to], word))
        {
            from += length;
        }
        from
    }
}

/// Rank and comma rules change the roles of clauses that name no lead themselves.
fn apply_rules(duties: &mut Vec<Duty<'_>>, context: Context, text: &str) {
    if duties.iter().any(|duty| duty.role == Role::Lead) {
        return;
    }
    let Some(at) = duties
        .iter()
        .position(|duty| duty.role == Role::Responsible)
    else {
        return;
    };
    let (leads, rule) = if context.before_comma_is_lead {
        // The units before the first comma.
        let parted = duties[at].units.windows(2).position(|pair| {
            text[pair[0].span.end as usize..pair[1].span.start as usize].contains([',', '，'])
        });
        let Some(index) = parted else { return };
        (index + 1, RuleKind::BeforeCommaIsLead)
    } else if context.first_is_lead {
        (1, RuleKind::FirstIsLead)
    } else {
        return;
    };
    let rest = duties[at].units.split_off(leads);
    let units = std::mem::replace(&mut duties[at].units, rest);
    duties[at].inferred_by = Some(rule);
    let lead = Duty {
        role: Role::Lead,
        label: None,
        units,
        open_ended: false,
        inferred_by: Some(rule),
    };
    if duties[at].units.is_empty() {
        duties[at] = lead;
    } else {
        duties.insert(at, lead);
    }
}

/// A label, where it begins, and its value.
#[derive(Clone, Copy, Debug)]
struct Segment {
    label: Option<Label>,
    label_first: usize,
    first: usize,
    last: usize,
}

/// How sure a value must be before its words are taken for units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strictness {
    /// A label said that units follow.
    Labelled,
    /// A second tier: units, then what they do.
    Tier,
    /// Only complete names before a verb.
    Predicate,
    /// Only complete names.
    List,
}

/// The predicate at the end: its length, and the role that its verb gives, if it has one.
pub(crate) fn strip_predicate(glyphs: &[Glyph]) -> Option<(usize, Option<Role>)> {
    let mut length = 0;
    let mut role: Option<Role> = None;
    while let Some((word, predicate)) =
        lexicon::predicates().longest(&glyphs[..glyphs.len() - length])
    {
        // `市监督局`: words inside names do not stand at their end; `各牵头` is no predicate of its own.
        length += word;
        if let Predicate::Verb(verb) = predicate {
            role = Some(match role {
                Some(known) if priority(known) >= priority(verb) => known,
                _ => verb,
            });
        }
    }
    (length > 0).then_some((length, role))
}

fn priority(role: Role) -> u8 {
    match role {
        Role::Lead => 3,
        Role::Cooperating => 2,
        Role::Supervising => 1,
        Role::Responsible | Role::Other => 0,
    }
}

/// How many glyphs from the start are an enumeration of units; in prose a name ends where a verb goes on.
fn unit_prefix(page: &Page<'_>, first: usize, last: usize, prose: bool) -> usize {
    let glyphs = &page.glyphs;
    let mut end = first;
    let mut start = first;
    let mut at = first;
    let limit = last.min(first + 400);
    while at <= limit {
        if at < limit {
            if let Some(close) = closing(glyphs, at, limit) {
                at = close + 1;
                continue;
            }
            if prose && glyphs[at].ch == ',' {
                return unit_prefix(page, first, at, true);
            }
            if glyphs[at].ch != '、' && glyphs[at].ch != ',' && glyphs[at].ch != ';' {
                at += 1;
                continue;
            }
        }
        let piece = &glyphs[start..at];
        let stop = if prose {
            name_end(piece)
        } else {
            unit::is_unit(piece).then_some(piece.len())
        };
        let bare = (at - start <= 4 || start == first)
            && at < limit
            && glyphs[at].ch == '、'
            && is_bare_part(piece);
        if stop == Some(piece.len()) || stop.is_none() && bare {
            end = at;
            start = at + 1;
        } else {
            // The last unit, with a verb behind it.
            if let Some(stop) = stop.or_else(|| name_end(piece)) {
                end = start + stop;
                if let Some(filler) = ["等部门", "等单位", "等有关部门", "等"]
                    .iter()
                    .find_map(|word| begins(&glyphs[end..last], word))
                {
                    end += filler;
                }
            }
            return end - first;
        }
        at += 1;
    }
    end - first
}

/// Where the name of a unit ends in running text: before a verb, `等`, or at the end.
fn name_end(glyphs: &[Glyph]) -> Option<usize> {
    let mut best = None;
    for stop in 2..=glyphs.len().min(60) {
        if best.is_some_and(|best| stop > best + 8) {
            break;
        }
        if !unit::is_unit(&glyphs[..stop]) {
            continue;
        }
        let rest = &glyphs[stop..];
        match lexicon::verbs().longest(rest) {
            Some((_, true)) => return Some(stop),
            Some((_, false)) => best = Some(stop),
            None if rest.is_empty() || matches!(rest[0].ch, '等' | '和' | '及' | '与' | '于') => {
                return Some(stop);
            }
            None if best.is_none() => best = Some(stop),
            None => {}
        }
    }
    best
}

/// A part of a name that `、` parts from the rest: `南沙`, `广州`, `各市`.
fn is_bare_part(glyphs: &[Glyph]) -> bool {
    (1..=5).contains(&glyphs.len())
        && lexicon::prose().longest(glyphs).is_none()
        && glyphs.iter().all(|glyph| !glyph.ch.is_ascii())
        && lexicon::predicates().longest(glyphs).is_none()
}

/// Persons with their posts: `张某`, `副市长张某`, `张某（副市长）`, `张某 副市长`.
fn read_persons<'t>(page: &Page<'t>, first: usize, last: usize, units: &mut Vec<Unit<'t>>) {
    let glyphs = &page.glyphs;
    let mut start = first;
    let mut at = first;
    while at <= last {
        if at < last {
            if let Some(close) = closing(glyphs, at, last) {
                at = close + 1;
                continue;
            }
            if !matches!(glyphs[at].ch, '、' | ',' | ';') {
                at += 1;
                continue;
            }
        }
        if start < at {
            let is_post = POSTS
                .iter()
                .any(|word| crate::glyph::ends(&glyphs[start..at], word).is_some());
            let spaced = (start + 1..at).any(|at| page.spaced(at));
            match units.last_mut() {
                // `张某 党工委委员、管委会副主任`: another post of the same person.
                Some(person)
                    if is_post
                        && !spaced
                        && !person.aliases.is_empty()
                        && "副县市区省州党局厅常总委秘主书镇乡街管人政纪组"
                            .contains(glyphs[start].ch) =>
                {
                    person.aliases.push(page.reading(start, at))
                }
                _ => units.push(read_person(page, start, at)),
            }
        }
        start = at + 1;
        at += 1;
    }
}

const POSTS: &[&str] = &[
    "长",
    "书记",
    "主任",
    "主席",
    "委员",
    "常委",
    "经理",
    "总监",
    "秘书",
    "干部",
    "组长",
    "副职",
    "员",
    "校长",
    "院长",
    "处长",
    "调研员",
    "工程师",
    "会计师",
    "董事",
    "监事",
    "组员",
    "部长",
    "负责人",
    "人",
];

/// One person: the unit's text is the name, the post an alias.
fn read_person<'t>(page: &Page<'t>, first: usize, last: usize) -> Unit<'t> {
    let glyphs = &page.glyphs;
    let mut name = (first, last);
    let mut post = None;
    let is_post = |first: usize, last: usize| {
        POSTS
            .iter()
            .any(|word| crate::glyph::ends(&glyphs[first..last], word).is_some())
    };
    if let Some(open) = (first..last).find(|&at| is_open(glyphs[at].ch)) {
        let close = (open..last)
            .rev()
            .find(|&at| is_close(glyphs[at].ch))
            .unwrap_or(last);
        name = (first, open);
        post = Some((open + 1, close));
    } else if let Some(gap) = (first + 1..last).find(|&at| page.spaced(at)) {
        let (left, right) = ((first, gap), (gap, last));
        if is_post(right.0, right.1) {
            (name, post) = (left, Some(right));
        } else if is_post(left.0, left.1) {
            (name, post) = (right, Some(left));
        }
    } else if last - first > 4 || last - first >= 4 && !is_post(first, last) {
        // `副市长张某`: the name follows the last post word.
        let cut = (first + 2..last - 1)
            .rev()
            .find(|&at| last - at <= 4 && is_post(first, at));
        if let Some(at) = cut {
            (name, post) = ((at, last), Some((first, at)));
        }
    }
    let kind = if name.1 - name.0 >= 4 && unit::is_unit(&glyphs[name.0..name.1]) {
        UnitKind::Agency
    } else {
        UnitKind::Person
    };
    let span = page.span(name.0, name.1);
    Unit {
        text: Str::Borrowed(page.cut(span)),
        span,
        name: page.reading(name.0, name.1),
        aliases: post
            .map(|(first, last)| page.reading(first, last))
            .into_iter()
            .collect(),
        kind,
        canonical: None,
        members: None,
    }
}
