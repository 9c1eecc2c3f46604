//! The text of an item in, its assignment clauses out.
//!
//! ```text
//! clause    = "(" content ")" | labels | prose
//! content   = labels | predicate | list | deadline            牵头单位：X；责任单位：Y · X牵头，Y配合 · X、Y · 6月底前
//! labels    = (label ":" value [；，。])+                       in brackets, on lines of their own, or run together
//!           | ("【" label "】" ":"? value)+ | label " " value    where nothing but units or a deadline follows
//!           | ("【" label ":" value "】")+                      boxes side by side are one clause
//! value     = (chunk [，；])* rule?                            also parted by `、` behind a verb: X牵头、Y配合
//! chunk     = units predicate? | deadline                     省科技厅、省财政厅按职责分工负责
//! predicate = adverb* verb                                    按职责分工负责 · 牵头 · 配合
//! rule      = 列第一位者为牵头单位，下同 · 以下均需各市政府落实，不再列出    also in brackets behind the units
//! units     = enumeration of organs, or persons with their posts   省科技厅、省财政厅 · 张某副市长
//! prose     = "由"? units "会同" units … | "由" units "牵头" … | "请" units "于" deadline …
//! ```
//!
//! Brackets of one paragraph are paired once, with a stack; every glyph is then looked at a bounded
//! number of times, so hostile nesting costs no more than plain text.

mod chunk;
mod content;
mod duty;
mod labels;
mod person;
mod prose;
mod value;

use crate::finding::Finding;
use crate::glyph::{Glyph, Page, is_close, is_mark, is_open};
use crate::label::{Label, LabelKind};
use crate::model::{
    Assignment, Code, Deadline, DeadlineKind, Duty, Form, Role, Rule, RuleKind, Str, Unit, UnitKind,
};
use crate::predicate::strip_predicate;
use crate::span::Span;
use crate::{date, label, rule};

/// Glyphs that a clause without brackets, or one whose bracket never closes, may have; twice as many stand in
/// brackets that no label opens.
const LONGEST: usize = 600;

/// A stretch of glyphs that belongs to the item: one paragraph, without its marker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub first: usize,
    pub last: usize,
    /// Whether a table stands before it: no clause goes over that.
    pub apart: bool,
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
    /// `…，其余为配合单位`: what the units behind the lead do under one of these.
    pub others_cooperate: bool,
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
    pub findings: Vec<Finding<'t>>,
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
        tried: 0,
        scope: stretches.first().map_or(0, |stretch| stretch.first),
    };
    for stretches in stretches.chunk_by(|_, next| !next.apart) {
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
    }
    reader.found
}

/// Reads the duty and deadline cells of a table row, whose labels stand in the head; the row begins at
/// glyph `first`, and `rule` is one that the head states.
pub(crate) fn read_row<'t>(
    page: &Page<'t>,
    first: usize,
    cells: &[Segment],
    rule: Option<(usize, usize)>,
    context: &mut Context,
) -> Clauses<'t> {
    let mut reader = Reader {
        page,
        context,
        found: Clauses::default(),
        pairs: Vec::new(),
        tried: 0,
        scope: first,
    };
    let mut draft = Draft {
        table: true,
        rule,
        ..Draft::default()
    };
    for cell in cells {
        let inner = reader.segments(cell.first, cell.last);
        let labelled = inner.iter().any(|segment| {
            segment
                .label
                .is_some_and(|label| label.kind != LabelKind::Remark)
        });
        for segment in if labelled {
            &inner
        } else {
            std::slice::from_ref(cell)
        } {
            reader.read_segment(segment, &mut draft);
        }
    }
    // A head cell whose letters don't stand together has no words of its own.
    for duty in &mut draft.duties {
        duty.label = duty.label.take().filter(|label| !label.is_empty());
    }
    let hull = cells.iter().fold((usize::MAX, 0), |hull, cell| {
        (hull.0.min(cell.first), hull.1.max(cell.last))
    });
    reader.make(draft, hull.0.min(hull.1), hull.1);
    reader.found
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    context: &'p mut Context,
    found: Clauses<'t>,
    /// The brackets of the stretch: the glyph that opens each, and the one that closes it.
    pairs: Vec<(usize, Option<usize>)>,
    /// First glyph behind the clause before.
    /// The end of the last bracket that was read though it is long.
    tried: usize,
    scope: usize,
}

/// A clause that was read but not yet made.
#[derive(Debug, Default)]
struct Draft<'t> {
    duties: Vec<Duty<'t>>,
    deadline: Option<Deadline<'t>>,
    labelled: bool,
    predicate: bool,
    table: bool,
    /// Labels that no unit followed.
    empty: Vec<Span>,
    /// The rule that stands behind the units.
    rule: Option<(usize, usize)>,
}

impl Draft<'_> {
    /// How many units are named.
    fn units(&self) -> usize {
        self.duties.iter().map(|duty| duty.units.len()).sum()
    }
}

/// A label, where it begins, and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub label: Option<Label>,
    pub label_first: usize,
    pub first: usize,
    pub last: usize,
}

/// Which kind of bracket a character opens or closes.
fn kind(ch: char) -> usize {
    match ch {
        '(' | ')' => 0,
        '〔' | '〕' => 1,
        '[' | ']' => 2,
        '【' | '】' => 3,
        '{' | '}' => 4,
        _ => 5,
    }
}

/// Rank and comma rules change the roles of clauses that name no lead themselves; they speak of units, not of
/// persons.
fn apply_rules(duties: &mut Vec<Duty<'_>>, context: Context, text: &str) {
    if duties.iter().any(|duty| duty.role == Role::Lead) {
        return;
    }
    let ranked = |duty: &Duty<'_>| {
        let person = |unit: &Unit<'_>| unit.kind == UnitKind::Person;
        duty.role == Role::Responsible && !duty.units.iter().any(person)
    };
    let Some(at) = duties.iter().position(ranked) else {
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
    if context.others_cooperate {
        duties[at].role = Role::Cooperating;
    }
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

impl<'t> Reader<'_, 't> {
    /// Reads one stretch from `start`; where a clause went on in later stretches, the stretch and glyph behind it.
    pub(super) fn read_stretch(
        &mut self,
        stretches: &[Stretch],
        index: usize,
        start: usize,
    ) -> Option<(usize, usize)> {
        let Stretch { first, last, .. } = stretches[index];
        let mut at = start;
        let before = self.found.clauses.len();
        let mut paired = false;
        if start == first
            && let Some(next) = self.read_stacked(stretches, index)
        {
            let end = stretches.get(next).map_or(last, |next| next.first);
            return Some((next, end));
        }
        if start == first
            && self.label_alone(first, last).is_some()
            && let Some((next, behind)) = self.read_labels(stretches, index, first)
        {
            if next > index {
                return Some((next, behind));
            }
            at = behind.max(at + 1);
        }
        // What may begin a clause: a bracket, a colon, a verb.
        let begins = |glyph: &Glyph| is_mark(glyph.ch) || matches!(glyph.ch, '会' | '牵' | '请');
        while let Some(skip) = self.page.glyphs[at.min(last)..last].iter().position(begins) {
            at += skip;
            match self.page.glyphs[at].ch {
                '【' | '[' | '〔' if self.label_alone(at, last).is_some() => {
                    match self.read_labels(stretches, index, at) {
                        Some((next, behind)) if next > index => return Some((next, behind)),
                        Some((_, behind)) => at = behind.max(at + 1),
                        None => at += 1,
                    }
                }
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

    /// Pairs the brackets of a stretch. Where they nest, of whatever kind, that is what pairs them;
    /// where one is missing, a bracket of another kind closes only what its own never closes.
    pub(super) fn pair(&mut self, first: usize, last: usize) {
        let glyphs = &self.page.glyphs;
        let marks = (first..last).zip(&glyphs[first..last]);
        let brackets: Vec<usize> = marks
            .filter(|(_, glyph)| is_mark(glyph.ch) && (is_open(glyph.ch) || is_close(glyph.ch)))
            .map(|(at, _)| at)
            .collect();
        let nested = is_nested(brackets.iter().map(|&at| glyphs[at].ch));
        self.pairs.clear();
        // Of those open, where their pair stands.
        let mut open: Vec<usize> = Vec::with_capacity(4);
        let mut count = [0u32; 6];
        for at in brackets {
            let ch = glyphs[at].ch;
            if is_open(ch) {
                count[kind(ch)] += 1;
                open.push(self.pairs.len());
                self.pairs.push((at, None));
                continue;
            }
            let own = count[kind(ch)] > 0;
            while let Some(from) = open.pop() {
                let pair = &mut self.pairs[from];
                let opened = kind(glyphs[pair.0].ch);
                count[opened] -= 1;
                if nested || opened == kind(ch) || !own {
                    pair.1 = Some(at);
                    break;
                }
            }
        }
    }

    /// A bracket: the glyph behind it, where it is a clause.
    pub(super) fn read_bracket(&mut self, first: usize, last: usize, open: usize) -> Option<usize> {
        let close = self
            .pairs
            .binary_search_by_key(&open, |&(open, _)| open)
            .ok()
            .and_then(|pair| self.pairs[pair].1);
        let (end, behind) = close.map_or((last, last), |close| (close, close + 1));
        let inside = (open + 1, end);
        // A long one is read where a label opens it: each glyph in one of them, for none in it is read so too.
        if end - open > LONGEST * 2 {
            let nested = open < self.tried;
            if close.is_none()
                || nested
                || label::read_front(&self.page.glyphs[inside.0..end]).is_none()
            {
                return None;
            }
            self.tried = end;
        }
        if close.is_none() {
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
        let ends_text = close.is_some()
            && (behind == last
                || behind + 1 == last && matches!(self.page.glyphs[behind].ch, '。' | ';'));
        let after_clause = self.scope == open
            && self
                .found
                .clauses
                .last()
                .is_some_and(|clause| clause.last == open);
        let after_sentence = open == first
            || after_clause
            // Behind a comma a bracket says nothing of a name: `…30场以上，（区商务局）新增…`
            || matches!(
                self.page.glyphs[open - 1].ch,
                '。' | ';' | '!' | '?' | '”' | ','
            );
        let mut draft = self.read_content(inside.0, inside.1, ends_text, after_sentence)?;
        if after_clause {
            draft = match self.join(open, draft, behind) {
                Some(draft) => draft,
                None => return Some(behind),
            };
        }
        let span = self.page.span(open, behind);
        if close.is_none() {
            let text = self.page.cut(self.page.span(open, behind.min(open + 12)));
            self.found.findings.push(Finding::new(
                Code::UnclosedClause,
                span,
                format!("“{text}…”的括号没有闭合"),
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

    /// `【牵头单位：X】【配合单位：Y】`: joins a box whose labels go on with those of the box before it to the
    /// clause of that; else the draft again.
    fn join(&mut self, open: usize, mut draft: Draft<'t>, behind: usize) -> Option<Draft<'t>> {
        let glyphs = &self.page.glyphs;
        let Some(before) = self.found.clauses.last_mut() else {
            return Some(draft);
        };
        let boxed =
            matches!(glyphs[open].ch, '【' | '[') && glyphs[before.first].ch == glyphs[open].ch;
        let joint = &mut before.assignment;
        let again = draft.deadline.is_some() && joint.deadline.is_some()
            || draft
                .duties
                .iter()
                .any(|duty| joint.duties.iter().any(|other| other.role == duty.role));
        let plain = draft.labelled && draft.rule.is_none() && draft.empty.is_empty();
        if !boxed || again || !plain || joint.form != Form::Labelled {
            return Some(draft);
        }
        joint.duties.append(&mut draft.duties);
        joint.span = self.page.span(before.first, behind);
        joint.text = Str::Borrowed(self.page.cut(joint.span));
        before.last = behind;
        self.scope = behind;
        if let Some(deadline) = draft.deadline.take() {
            self.note_deadline(&deadline);
            if let Some(before) = self.found.clauses.last_mut() {
                before.assignment.deadline = Some(deadline);
            }
        }
        None
    }

    /// Notes a deadline whose day could not be read, or that the calendar lacks.
    fn note_deadline(&mut self, deadline: &Deadline<'_>) {
        if deadline.date.is_some() || deadline.kind != DeadlineKind::By {
            return;
        }
        let glyphs = self.page.range(deadline.span);
        let text = self.page.reading(glyphs.start, glyphs.end);
        let day = glyphs
            .clone()
            .find_map(|at| date::read_day(&self.page.glyphs[at..glyphs.end]));
        let (code, message) = match day {
            Some((_, day)) if !day.exists() => (Code::InvalidDate, "不是日历上的日期"),
            _ => (Code::UnreadDeadline, "没有确切日期"),
        };
        let message = format!("“{text}”{message}");
        self.found
            .findings
            .push(Finding::new(code, deadline.span, message));
    }

    /// Turns a draft into a clause.
    pub(super) fn make(&mut self, mut draft: Draft<'t>, first: usize, last: usize) {
        let span = self.page.span(first, last);
        self.make_rule(&draft);
        apply_rules(&mut draft.duties, *self.context, self.page.text);
        for &empty in &draft.empty {
            let text: String = self.page.cut(empty).split_whitespace().collect();
            self.found.findings.push(Finding::new(
                Code::EmptyDuty,
                empty,
                format!("“{text}”之后没有单位"),
            ));
        }
        if draft.duties.is_empty() && draft.deadline.is_none() {
            self.scope = last;
            return;
        }
        if let Some(deadline) = &draft.deadline {
            self.note_deadline(deadline);
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
                self.found.findings.push(Finding::new(
                    Code::DoubleRole,
                    span,
                    format!("“{}”既是牵头单位又是配合单位", lead.name),
                ));
            }
        }
        let form = if draft.table {
            Form::Table
        } else if draft.labelled {
            Form::Labelled
        } else if draft.predicate || draft.duties.is_empty() {
            Form::Predicate
        } else {
            Form::List
        };
        self.push(draft, form, first, last);
    }

    pub(super) fn push(&mut self, draft: Draft<'t>, form: Form, first: usize, last: usize) {
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
        // Most items have one clause, and all items of a part wait to be built.
        if self.found.clauses.is_empty() {
            self.found.clauses.reserve_exact(1);
        }
        self.found.clauses.push(Clause {
            assignment,
            first,
            last,
        });
    }

    /// Keeps the rule that a clause states, and lets it hold from here on.
    pub(super) fn make_rule(&mut self, draft: &Draft<'t>) {
        let Some((first, last)) = draft.rule else {
            return;
        };
        // `列第一位的为牵头单位，下同。以下均需各区政府落实`: one rule a sentence.
        let mut from = first;
        for at in first..=last {
            if at < last && self.page.glyphs[at].ch != '。' {
                continue;
            }
            if from < at
                && let Some(read) = rule::read_rule(self.page, from, at)
            {
                match read.kind {
                    RuleKind::FirstIsLead => self.context.first_is_lead = true,
                    RuleKind::BeforeCommaIsLead => self.context.before_comma_is_lead = true,
                    RuleKind::DocumentDefault => {}
                }
                self.context.others_cooperate |=
                    rule::others_cooperate(&self.page.glyphs[from..at]);
                self.found.rules.push(read);
            }
            from = at + 1;
        }
    }
}

/// Whether as many brackets close as open, and none before it opens.
fn is_nested(mut brackets: impl Iterator<Item = char>) -> bool {
    let mut depth = 0;
    brackets.all(|ch| {
        depth += if is_open(ch) { 1 } else { -1 };
        depth >= 0
    }) && depth == 0
}
