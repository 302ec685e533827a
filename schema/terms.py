"""The enumerations of the vocabulary in the public schema: every value documented with both labels."""

from __future__ import annotations

import inspect

import strawberry

from schema import problems, vocabulary
from schema.vocabulary import Term


def publish_terms() -> None:
    """Make every term a documented GraphQL enumeration value, Persian label included."""
    for module in (vocabulary, problems):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Term) and kind is not Term:
                _publish(kind)


def _publish(kind: type[Term]) -> None:
    strawberry.enum(kind, description=inspect.cleandoc(kind.__doc__ or ""))
    values = {value.name: value for value in kind.__strawberry_definition__.values}  # type: ignore[attr-defined]
    for member in kind:
        values[member.name].description = f"{member.label_fa} — {member.label_en}"
