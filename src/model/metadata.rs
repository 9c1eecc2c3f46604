//! What `版头` and `版记` (GB/T 9704-2012, clauses 7.2 and 7.4) say of the document.

use serde::{Deserialize, Serialize};

use super::{Str, Unit};
use crate::span::Span;

/// What the document says of itself; null or empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Metadata<'t> {
    /// `标题`.
    pub title: Option<Title<'t>>,
    /// `文种`, one of the fifteen kinds of the 2012 rules, such as `通知`.
    pub document_type: Option<Text<'t>>,
    /// `发文字号`: the document's own number, not one that it cites.
    pub document_number: Option<DocumentNumber<'t>>,
    /// `发文机关`: the signature; without one, the organ that opens the title.
    pub issuers: Vec<Unit<'t>>,
    /// `签发人`.
    pub signer: Option<Text<'t>>,
    /// `密级`.
    pub secrecy: Option<Text<'t>>,
    /// `紧急程度`.
    pub urgency: Option<Text<'t>>,
    /// `成文日期`.
    pub issued_on: Option<Dated<'t>>,
    /// `发布日期`, of a web page.
    pub published_on: Option<Dated<'t>>,
    /// `主送机关`.
    pub addressees: Vec<Unit<'t>>,
    /// `抄送机关`.
    pub copied_to: Vec<Unit<'t>>,
    /// `印发机关`.
    pub printed_by: Option<Text<'t>>,
    /// `印发日期`.
    pub printed_on: Option<Dated<'t>>,
    /// `公开属性`.
    pub disclosure: Option<Disclosure<'t>>,
    /// `附件说明`.
    pub attachments: Vec<Text<'t>>,
    /// Documents that this one names.
    pub references: Vec<Reference<'t>>,
}

/// A stretch of text that needs no reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// Where it stands.
    pub span: Span,
}

/// `标题`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Title<'t> {
    /// Verbatim, with its line breaks.
    pub text: Str<'t>,
    /// Line breaks joined, page residue left out.
    pub value: Str<'t>,
    /// Where it stands.
    pub span: Span,
}

/// `发文字号`, such as `赣府字〔2018〕64号`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentNumber<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// Without blanks.
    pub value: Str<'t>,
    /// `机关代字`, such as `赣府字`.
    pub agency: Str<'t>,
    /// `年份`.
    pub year: Option<u16>,
    /// `发文顺序号`.
    pub serial: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// A day, such as `2018年9月25日` or `二〇一八年九月二十五日`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dated<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// As `YYYY-MM-DD`; null where the text does not name a day that exists.
    pub date: Option<Str<'t>>,
    /// Where it stands.
    pub span: Span,
}

/// `公开属性`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disclosure<'t> {
    /// Verbatim, without brackets.
    pub text: Str<'t>,
    /// What it amounts to.
    pub kind: DisclosureKind,
    /// Where it stands.
    pub span: Span,
}

/// What `公开属性` amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum DisclosureKind {
    /// `主动公开`, `公开发布`.
    Active,
    /// `依申请公开`.
    OnRequest,
    /// `不予公开`.
    None,
    /// `删减后公开`, `部分公开`, `有删减`.
    Partial,
}

/// A document that this one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference<'t> {
    /// Verbatim, from `《` to the end of the number.
    pub text: Str<'t>,
    /// What stands in `《》`, line breaks joined.
    pub title: Option<Str<'t>>,
    /// The number behind it, without blanks.
    pub document_number: Option<Str<'t>>,
    /// Why it is named.
    pub relation: Relation,
    /// Where it stands.
    pub span: Span,
}

/// Why a document is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Relation {
    /// `根据`, `依据`, `按照`.
    Basis,
    /// `贯彻落实`, `落实`.
    Implements,
    /// `印发`, `转发`.
    Forwards,
    /// `废止`.
    Repeals,
    /// Any other.
    Mentions,
}
