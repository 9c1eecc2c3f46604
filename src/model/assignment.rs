//! Who is assigned what, and by when.

use serde::{Deserialize, Serialize};

use super::{Str, Unit};
use crate::span::Span;

/// A clause that assigns work, such as `（牵头单位：省科技厅；责任单位：省发改委）`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assignment<'t> {
    /// Verbatim, brackets included.
    pub text: Str<'t>,
    /// Where it stands.
    pub span: Span,
    /// The text that the clause governs, back to the clause before it.
    pub scope: Span,
    /// How the clause is written.
    pub form: Form,
    /// Who, in which role.
    pub duties: Vec<Duty<'t>>,
    /// By when.
    pub deadline: Option<Deadline<'t>>,
}

/// How a clause is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Form {
    /// `牵头单位：X；责任单位：Y`
    Labelled,
    /// `X牵头，Y按职责分工负责`
    Predicate,
    /// `X，Y、Z`: nothing but units.
    List,
    /// `由X会同Y组织实施`
    Prose,
    /// The cells of a task table.
    Table,
}

/// Units in one role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Duty<'t> {
    /// What the units have to do.
    pub role: Role,
    /// The word that says so, verbatim; null where it is only implied.
    pub label: Option<Str<'t>>,
    /// The units.
    pub units: Vec<Unit<'t>>,
    /// Whether `等` leaves the list open.
    pub open_ended: bool,
    /// The rule of the document that gave the role, if one did.
    pub inferred_by: Option<RuleKind>,
}

/// What a unit has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Role {
    /// `牵头`
    Lead,
    /// `责任`, `负责`
    Responsible,
    /// `配合`, `参与`, `协助`
    Cooperating,
    /// `督导`, `指导`, `监督`
    Supervising,
    /// A role word that the lexicon lacks; the label keeps it.
    Other,
}

/// By when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deadline<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// The last day, as `YYYY-MM-DD`; null where the text does not give one.
    pub date: Option<Str<'t>>,
    /// The first day of a period, as `YYYY-MM-DD`.
    pub from: Option<Str<'t>>,
    /// What sort of deadline it is.
    pub kind: DeadlineKind,
    /// What the text does not say itself.
    pub inferred: Option<Inference>,
    /// Where it stands.
    pub span: Span,
}

/// What sort of deadline it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum DeadlineKind {
    /// `2018年12月底前`
    By,
    /// `2025—2027年`, `即日起至6月底`
    Period,
    /// `每季度末`
    Recurring,
    /// `持续推进`, `长期坚持`
    Ongoing,
}

/// What the day of a deadline was worked out from, where its text does not say it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Inference {
    /// `6月底前`: the year is that of the notice.
    YearFromNotice,
}

/// What the document states once for many clauses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule<'t> {
    /// What it changes.
    pub kind: RuleKind,
    /// Verbatim.
    pub text: Str<'t>,
    /// Where it stands.
    pub span: Span,
    /// The role that its units have; null for rules about roles only.
    pub role: Option<Role>,
    /// The units that hold for every item from there on.
    pub units: Vec<Unit<'t>>,
    /// The id of the item that states it; null where no item does.
    pub from: Option<Str<'t>>,
}

/// What a rule of the document changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum RuleKind {
    /// `列第一位者为牵头单位，下同`
    FirstIsLead,
    /// `逗号前为牵头单位，下同`
    BeforeCommaIsLead,
    /// `以下均需各市政府落实，不再列出`
    DocumentDefault,
}

named! { Role { Lead "lead", Responsible "responsible", Cooperating "cooperating", Supervising "supervising", Other "other" } }
named! { RuleKind {
    FirstIsLead "first-is-lead",
    BeforeCommaIsLead "before-comma-is-lead",
    DocumentDefault "document-default",
} }
named! { Inference { YearFromNotice "year-from-notice" } }
