"""A term of the field: a member of an enumeration, with its wire name, Persian and English labels."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """Every enumeration of the domain is a subclass; a member is its wire name and knows its labels.

    The order of definition carries meaning wherever the field has an order (levels, sizes, phases).
    """

    label_fa: str
    label_en: str

    def __new__(cls, wire_name: str, label_fa: str = "", label_en: str = "") -> Self:
        """Make a member whose value is the wire name and which carries both labels.

        The labels have defaults only so that a type checker accepts the lookup `PhaseCode("AGENT_EXIT")`.
        """
        term = str.__new__(cls, wire_name)
        term._value_ = wire_name
        term.label_fa = label_fa
        term.label_en = label_en
        return term

    @property
    def rank(self) -> int:
        """The place of this term in its enumeration, counted from one."""
        return list(type(self)).index(self) + 1

    def is_at_least(self, other: Self) -> bool:
        """Whether this term stands at or after the other in the order of the enumeration."""
        return self.rank >= other.rank


def longest_wire_name(terms: type[Term]) -> int:
    """How many characters a column needs to hold any term of the enumeration."""
    return max(len(term.value) for term in terms)
