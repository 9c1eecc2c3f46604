//! Numbered items and the rows of task tables.

use serde::{Deserialize, Serialize};

use super::{Assignment, Str};
use crate::span::Span;

/// A numbered item of the outline, or a row of a task table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item<'t> {
    /// Item or row.
    pub kind: ItemKind,
    /// Part, then ordinals down the tree: `2.2.13`; unique, with `~2` on a repeat.
    pub id: Str<'t>,
    /// The number in front; null for a row without `序号`.
    pub marker: Option<Marker<'t>>,
    /// The run-in or whole-line title, without marker and final punctuation.
    pub heading: Option<Str<'t>>,
    /// A reading: the item's own body, without marker, heading and clauses, hard wraps joined.
    pub text: Str<'t>,
    /// All of it: marker, clauses and children included.
    pub span: Span,
    /// What is assigned here.
    pub assignments: Vec<Assignment<'t>>,
    /// The id of the item above whose assignments hold here, where this one has none of its own.
    pub inherits: Option<Str<'t>>,
    /// Items below.
    pub items: Vec<Item<'t>>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ItemKind {
    /// A numbered item of the outline.
    Item,
    /// A row of a task table.
    Row,
}

/// The number in front of an item, such as `（十三）`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Marker<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// How it is written.
    pub style: MarkerStyle,
    /// Its number; null for a bullet.
    pub ordinal: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// How a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum MarkerStyle {
    /// `一、`
    Han,
    /// `（一）`
    HanParen,
    /// `1.` `1、` `1．`
    Arabic,
    /// `（1）` `1）`
    ArabicParen,
    /// `①`
    Circled,
    /// `1.1`
    Decimal,
    /// `第一编`
    Part,
    /// `第一章`
    Chapter,
    /// `第一节`
    Section,
    /// `第一条`
    Article,
    /// `一是` `一要` `首先` `第一，` `问题一：`
    Ordinal,
    /// `I.` `Ⅱ、`
    Roman,
    /// `A.` `b)`
    Latin,
    /// `•` `-` `●`
    Bullet,
}
