//! What the ledger and the review page call the model's kinds, in Chinese and by their serialised names.

use crate::model::{Role, RuleKind, Severity};

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

/// `lead`
pub(super) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Responsible => "responsible",
        Role::Cooperating => "cooperating",
        Role::Supervising => "supervising",
        Role::Other => "other",
    }
}

/// `first-is-lead`
pub(super) const fn rule_key(rule: RuleKind) -> &'static str {
    match rule {
        RuleKind::FirstIsLead => "first-is-lead",
        RuleKind::BeforeCommaIsLead => "before-comma-is-lead",
        RuleKind::DocumentDefault => "document-default",
    }
}

/// Why a value of the ledger stands in no clause: the serialised name of a rule, in words.
pub(super) fn rule(key: &str) -> &str {
    match key {
        "first-is-lead" => "列第一位的为牵头单位",
        "before-comma-is-lead" => "逗号前为牵头单位",
        "document-default" => "全文统一规定",
        "year-from-notice" => "年份据全文推定",
        other => other,
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

/// `error`
pub(super) const fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
