//! What the ledger and the review page call the model's kinds, in Chinese.

use crate::model::{Inference, Role, RuleKind, Severity};

/// Every role, in the order of the ledger's columns.
pub(super) const ROLES: [Role; 5] = [
    Role::Lead,
    Role::Responsible,
    Role::Cooperating,
    Role::Supervising,
    Role::Other,
];

/// `牵头`
pub(super) const fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Responsible => "责任",
        Role::Cooperating => "配合",
        Role::Supervising => "督导",
        Role::Other => "其他",
    }
}

/// Why the document gives a role that no clause says.
pub(super) const fn rule(rule: RuleKind) -> &'static str {
    match rule {
        RuleKind::FirstIsLead => "列第一位的为牵头单位",
        RuleKind::BeforeCommaIsLead => "逗号前为牵头单位",
        RuleKind::DocumentDefault => "全文统一规定",
    }
}

/// How a day was worked out.
pub(super) const fn inference(inference: Inference) -> &'static str {
    match inference {
        Inference::YearFromNotice => "年份据全文推定",
    }
}

/// `错误`
pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}
