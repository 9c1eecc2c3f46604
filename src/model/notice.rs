//! The notice as a whole, its source, its parts and their blocks.

use serde::{Deserialize, Serialize};

use super::{Assignment, Diagnostic, Item, Metadata, Rule, Str};
use crate::span::{Offsets, Span};

/// The version of the JSON that this crate writes, in `schema`.
pub const SCHEMA: &str = "gongwen/1";

/// One official document (`公文`), read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice<'t> {
    /// Always [`SCHEMA`].
    pub schema: Str<'t>,
    /// Where the text came from and how it was decoded.
    pub source: Source<'t>,
    /// What `版头` and `版记` say: title, number, dates, issuers, addressees.
    pub metadata: Metadata<'t>,
    /// The covering notice, then each plan or annex that it forwards. Their spans partition the text.
    pub parts: Vec<Part<'t>>,
    /// What the document states once for many clauses.
    pub rules: Vec<Rule<'t>>,
    /// What is odd, in document order.
    pub diagnostics: Vec<Diagnostic<'t>>,
}

/// Where the text came from and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source<'t> {
    /// The name as given; null for standard input.
    pub name: Option<Str<'t>>,
    /// The WHATWG label, such as `UTF-8` or `gb18030`.
    pub encoding: Str<'t>,
    /// How the encoding was decided.
    pub encoding_from: EncodingFrom,
    /// Length of the input in bytes.
    pub bytes: u64,
    /// SHA-256 of the input in hexadecimal; null where the caller gave text, not bytes.
    pub sha256: Option<Str<'t>>,
    /// Malformed sequences, each shown as U+FFFD.
    pub replaced: u64,
    /// What all spans count.
    pub offsets: Offsets,
    /// The file format that the text was extracted from (`html`, `docx`); absent for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extracted_from: Option<Str<'t>>,
}

/// How the encoding was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum EncodingFrom {
    /// The caller said so.
    Given,
    /// A byte order mark.
    Bom,
    /// The document says so itself (`<meta charset>`, an XML declaration).
    Declared,
    /// The bytes themselves.
    Detected,
}

/// The covering notice, or a plan or annex that it forwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part<'t> {
    /// A document of one part is a notice.
    pub kind: PartKind,
    /// The title with its line breaks joined; null where the part has none.
    pub title: Option<Str<'t>>,
    /// All of the part; the spans of all parts partition the text.
    pub span: Span,
    /// All text of the part that is in no item.
    pub blocks: Vec<Block<'t>>,
    /// The tree of numbered items.
    pub items: Vec<Item<'t>>,
    /// Assignments of paragraphs that belong to no item.
    pub assignments: Vec<Assignment<'t>>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum PartKind {
    /// The document itself, or the notice that forwards others.
    Notice,
    /// A plan, list or annex that the notice forwards (`附件`).
    Attachment,
}

/// A stretch of a part that is in no item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Block<'t> {
    /// What it is.
    pub kind: BlockKind,
    /// Verbatim.
    pub text: Str<'t>,
    /// Where it stands.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum BlockKind {
    /// The title of the part (`标题`).
    Title,
    /// `发文字号`.
    DocumentNumber,
    /// `主送机关`.
    Addressee,
    /// Running text.
    Paragraph,
    /// `发文机关署名`.
    Signature,
    /// `成文日期` or `发布日期`.
    Date,
    /// `公开属性`, such as `（此件公开发布）`.
    Disclosure,
    /// `附件说明`.
    AttachmentList,
    /// `抄送机关` and the rest of `版记`.
    CopiedTo,
    /// The head row of a task table.
    TableHead,
    /// Page marks and web residue: breadcrumbs, navigation, footers.
    Furniture,
}
