//! Walks over every field of the model: to part from the text, and to recount spans.
//!
//! One line per type lists its fields; the two walks follow from that list.

use std::slice;

use super::{
    Assignment, Block, Code, Dated, Deadline, Diagnostic, Disclosure, DocumentNumber, Duty, Item,
    Marker, Members, Metadata, Notice, Part, Reference, Rule, Source, Str, Text, Title, Unit,
};
use crate::span::{Offsets, Span};

/// A value that can part from the text that it borrows from, and show its spans.
trait Walk {
    type Owned;
    fn owned(self) -> Self::Owned;
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span));
}

impl Walk for Str<'_> {
    type Owned = Str<'static>;
    fn owned(self) -> Str<'static> {
        Str::Owned(self.into_owned())
    }
    fn spans(&mut self, _: &mut dyn FnMut(&mut Span)) {}
}

impl Walk for Span {
    type Owned = Self;
    fn owned(self) -> Self {
        self
    }
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        visit(self);
    }
}

impl<T: Walk> Walk for Option<T> {
    type Owned = Option<T::Owned>;
    fn owned(self) -> Self::Owned {
        self.map(Walk::owned)
    }
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        if let Some(value) = self {
            value.spans(visit);
        }
    }
}

impl<T: Walk> Walk for Vec<T> {
    type Owned = Vec<T::Owned>;
    fn owned(self) -> Self::Owned {
        self.into_iter().map(Walk::owned).collect()
    }
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        for value in self {
            value.spans(visit);
        }
    }
}

impl<T: Walk> Walk for Box<T> {
    type Owned = Box<T::Owned>;
    fn owned(self) -> Self::Owned {
        Box::new((*self).owned())
    }
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        (**self).spans(visit);
    }
}

impl<A: Walk, B: Walk> Walk for (A, B) {
    type Owned = (A::Owned, B::Owned);
    fn owned(self) -> Self::Owned {
        (self.0.owned(), self.1.owned())
    }
    fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.0.spans(visit);
        self.1.spans(visit);
    }
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Walk for $type {
            type Owned = Self;
            fn owned(self) -> Self {
                self
            }
            fn spans(&mut self, _: &mut dyn FnMut(&mut Span)) {}
        }
    )+};
}

macro_rules! record {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Walk for $type<'_> {
            type Owned = $type<'static>;
            fn owned(self) -> $type<'static> {
                $type { $($field: self.$field.owned()),+ }
            }
            fn spans(&mut self, visit: &mut dyn FnMut(&mut Span)) {
                $(self.$field.spans(visit);)+
            }
        }
    )+};
}

plain!(
    u16,
    u32,
    u64,
    bool,
    Offsets,
    Code,
    super::Severity,
    super::EncodingFrom,
    super::PartKind,
    super::BlockKind,
    super::ItemKind,
    super::MarkerStyle,
    super::Form,
    super::Role,
    super::DeadlineKind,
    super::Inference,
    super::RuleKind,
    super::UnitKind,
    super::Level,
    std::sync::Arc<super::Canonical>,
    super::DisclosureKind,
    super::Relation
);

record! {
    Notice { schema, source, metadata, parts, rules, diagnostics }
    Source { name, encoding, encoding_from, bytes, sha256, replaced, offsets, extracted_from }
    Metadata {
        title, document_type, document_number, issuers, signer, secrecy, urgency, issued_on,
        published_on, addressees, copied_to, printed_by, printed_on, disclosure, attachments,
        references,
    }
    Text { text, span }
    Title { text, value, span }
    DocumentNumber { text, value, agency, year, serial, span }
    Dated { text, date, span }
    Disclosure { text, kind, span }
    Reference { text, title, document_number, relation, span }
    Part { kind, title, span, blocks, items, assignments }
    Block { kind, text, span }
    Item { kind, id, marker, heading, text, span, assignments, inherits, items }
    Marker { text, style, ordinal, span }
    Assignment { text, span, scope, form, duties, deadline }
    Duty { role, label, units, open_ended, inferred_by }
    Deadline { text, date, from, kind, inferred, span }
    Rule { kind, text, span, role, units, from }
    Unit { text, span, name, aliases, kind, canonical, members }
    Members { of, levels, region, body, filter }
    Diagnostic { code, severity, message, span, line, column, item }
}

impl Notice<'_> {
    /// The same notice, no longer borrowing from the text.
    #[must_use]
    pub fn into_owned(self) -> Notice<'static> {
        self.owned()
    }

    /// Recounts every span in another unit. `text` is the text that the notice was parsed from.
    ///
    /// ```
    /// use gongwen::Offsets;
    /// let text = "关于春耕的通知\n一、抓好春耕（省农业农村厅负责）";
    /// let mut notice = gongwen::parse(text);
    /// notice.count_in(text, Offsets::Chars);
    /// assert_eq!(notice.parts[0].items[0].span, gongwen::Span::new(8, 24));
    /// ```
    pub fn count_in(&mut self, text: &str, offsets: Offsets) {
        if offsets == self.source.offsets {
            return;
        }
        let from = Counted::new(text, self.source.offsets);
        let to = Counted::new(text, offsets);
        let recount = |at| to.at(from.byte(at));
        self.spans(&mut |span| *span = Span::new(recount(span.start), recount(span.end)));
        self.source.offsets = offsets;
    }
}

/// For every 64 bytes of the text, how many units stand before them.
pub(crate) struct Counted<'t> {
    text: &'t str,
    offsets: Offsets,
    before: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> Counted<'t> {
    pub(crate) fn new(text: &'t str, offsets: Offsets) -> Self {
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        for block in text.as_bytes().chunks(STRIDE) {
            before.push(count);
            count += units(block, offsets);
        }
        before.push(count);
        Self {
            text,
            offsets,
            before,
        }
    }

    /// The byte before which so many units stand.
    fn byte(&self, count: u32) -> u32 {
        if self.offsets == Offsets::Bytes {
            return count;
        }
        let block = self.before.partition_point(|&before| before <= count) - 1;
        let start = (block * STRIDE).min(self.text.len());
        let bytes = &self.text.as_bytes()[start..];
        let mut left = count - self.before[block];
        let within = bytes.iter().position(|byte| {
            let unit = units(slice::from_ref(byte), self.offsets);
            let reached = left < unit;
            left = left.saturating_sub(unit);
            reached
        });
        (start + within.unwrap_or(bytes.len())) as u32
    }

    /// How many units stand before a byte.
    pub(crate) fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / STRIDE;
        self.before[block] + units(&self.text.as_bytes()[block * STRIDE..byte], self.offsets)
    }
}

/// Units that begin in these bytes: a character counts where its first byte stands.
fn units(bytes: &[u8], offsets: Offsets) -> u32 {
    let count = |counts: fn(&u8) -> bool| bytes.iter().filter(|byte| counts(byte)).count() as u32;
    let leads = || count(|byte| byte & 0xC0 != 0x80);
    match offsets {
        Offsets::Bytes => bytes.len() as u32,
        Offsets::Chars => leads(),
        Offsets::Utf16 => leads() + count(|&byte| byte >= 0xF0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lead_back_to_bytes() {
        for text in ["", "通知", &"一a\u{20000}，".repeat(40), &"x".repeat(128)] {
            for offsets in [Offsets::Bytes, Offsets::Chars, Offsets::Utf16] {
                let counted = Counted::new(text, offsets);
                let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                for byte in starts.map(|at| at as u32) {
                    assert_eq!(
                        counted.byte(counted.at(byte)),
                        byte,
                        "{offsets:?} in {text}"
                    );
                }
            }
            assert_eq!(
                Counted::new(text, Offsets::Chars).byte(999) as usize,
                text.len()
            );
        }
    }

    #[test]
    fn a_notice_is_recounted_from_any_unit() {
        let text = "关于\u{20000}塘的通知\n一、抓好春耕（省农业农村厅负责）";
        let bytes = crate::parse(text);
        let mut notice = bytes.clone();
        for offsets in [Offsets::Utf16, Offsets::Chars, Offsets::Bytes] {
            notice.count_in(text, offsets);
            assert_eq!(notice.source.offsets, offsets);
            assert_eq!(notice == bytes, offsets == Offsets::Bytes);
        }
    }
}
