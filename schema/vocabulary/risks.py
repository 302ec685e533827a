"""The words for what may go wrong, or has gone wrong, with a sub-project."""

from schema.vocabulary.term import Term


class RiskKind(Term):
    """Whether something may go wrong, or already has."""

    RISK = "RISK", "ریسک", "Risk"
    ISSUE = "ISSUE", "مسئله", "Issue"


class RiskStatus(Term):
    """Where the answer to a risk or an issue stands."""

    OPEN = "OPEN", "باز", "Open"
    MITIGATED = "MITIGATED", "مهارشده", "Mitigated"
    CLOSED = "CLOSED", "بسته‌شده", "Closed"
