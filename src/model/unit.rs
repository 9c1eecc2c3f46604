//! Organs, collectives and persons, as written and as read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Str;
use crate::span::Span;

/// A unit that a document names: an organ, a collective of organs, a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit<'t> {
    /// Verbatim.
    pub text: Str<'t>,
    /// Where it stands.
    pub span: Span,
    /// Read in full: shared head and tail of an enumeration restored, wraps joined, width as written.
    pub name: Str<'t>,
    /// Other names from brackets: `省编办〔省审改办〕` has the alias `省审改办`; of a person, the post.
    pub aliases: Vec<Str<'t>>,
    /// What it is.
    pub kind: UnitKind,
    /// The full legal name; null where it is not sure. All mentions of an organ in a notice share one.
    pub canonical: Option<Arc<Canonical>>,
    /// Who belongs to a collective; null for any other kind.
    pub members: Option<Box<Members<'t>>>,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum UnitKind {
    /// `南昌市政府`, `赣江新区管委会`
    Government,
    /// `省科技厅`
    Agency,
    /// An office inside an organ: `厅法规处`
    Division,
    /// `省委组织部`
    Party,
    /// `国网临沂供电公司`
    Enterprise,
    /// `市行政服务中心`, a school, a hospital
    Institution,
    /// `各市、县（区）政府`, `市直有关部门`
    Collective,
    /// `张三`
    Person,
    /// Any other.
    Other,
}

/// The full legal name of an organ on the day of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Canonical {
    /// A stable identifier.
    pub id: Str<'static>,
    /// The full name, such as `江西省发展和改革委员会`.
    pub name: Str<'static>,
    /// The level of the organ.
    pub level: Level,
    /// The GB/T 2260 code of its region; null for central organs.
    pub region: Option<Str<'static>>,
    /// First and last day of the name, as far as known.
    pub valid: (Option<Str<'static>>, Option<Str<'static>>),
    /// The organ that took over, where the name has lapsed.
    pub successor: Option<Str<'static>>,
}

/// Administrative level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Level {
    /// The State Council and its organs.
    Nation,
    /// `省`, `自治区`, `直辖市`
    Province,
    /// `市`, `州`, `盟`, `地区`
    City,
    /// `县`, `区`, `县级市`, `旗`
    County,
    /// `乡`, `镇`, `街道`
    Township,
    /// `村`, `社区`
    Village,
}

/// Who belongs to a collective such as `各市、县（区）政府`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Members<'t> {
    /// What the members are.
    pub of: UnitKind,
    /// Their levels.
    pub levels: Vec<Level>,
    /// The GB/T 2260 code of the region that they belong to.
    pub region: Option<Str<'t>>,
    /// The body whose members they are: `领导小组`, `联席会议`.
    pub body: Option<Str<'t>>,
    /// The word that narrows them: `有关`, `相关`, `涉农`.
    pub filter: Option<Str<'t>>,
}
