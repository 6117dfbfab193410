"""What mail is about, and which of it a person may switch off."""

from enum import StrEnum


class MailTopic(StrEnum):
    ACCOUNT = "account"
    ITEMS = "items"
    DEADLINES = "deadlines"
    EXPORTS = "exports"
    PLANS = "plans"
    EVIDENCE = "evidence"


TOPIC_NAMES: dict[MailTopic, str] = {
    MailTopic.ACCOUNT: "Your account and roles",
    MailTopic.ITEMS: "Annex A items assigned to you, returned or approved",
    MailTopic.DEADLINES: "Inspection deadlines",
    MailTopic.EXPORTS: "Packs and exports that you ordered",
    MailTopic.PLANS: "On Mondays: actions that are due, overdue or led by nobody",
    MailTopic.EVIDENCE: "Evidence of yours that was approved or returned",
}

# What keeps an account safe is always told.
SWITCHABLE_TOPICS = (MailTopic.ITEMS, MailTopic.DEADLINES, MailTopic.EXPORTS, MailTopic.PLANS, MailTopic.EVIDENCE)
