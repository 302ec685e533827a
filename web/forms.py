"""Derive forms from the input types of mutations: which fields, of which kind, with which help."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    Undefined,
    get_named_type,
    is_required_input_field,
)

from web.labels import label
from web.localisation import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.documents import Operation

_PAIR: Final = 2
HIDDEN: Final = ("id", "expectedRevision", "idempotencyKey")
_KINDS: Final = {"Date": "date", "DateTime": "date", "Boolean": "switch"}
_WHOLE_NUMBERS: Final = {"Int", "BigInt", "Long"}
_FRACTIONS: Final = {"Float", "Decimal", "Money"}
_RULE_NUMBERS: Final = re.compile(r"\s*\((?:[RAEI]?\d+(?:\.\d+)?(?:[,–]\s*|\s+to\s+)?)+\)")


class FormImpossible(Exception):
    """The declaration of a form does not fit its mutation; raised when the admin starts."""


@dataclass(frozen=True)
class Form:
    """What a page declares about its form; everything else follows from the input type.

    `done` and `back` are addresses with blanks from the payload or the page's data, `initial` is the
    dotted place in the page's data that holds the present values, `rows` such places for the rows a list is
    opened with, `hidden` fills inputs from such places,
    `references` names the noun whose options document serves an ID and `within` the place of the cluster
    its things must be of, `nodes` the dotted place in the page's own data that lists what an ID may be;
    `ballots` such a place for a list of pairs of an ID and a choice, `parts` which inputs the rows of a list
    show. `file` names the input that takes the id of a file sent along. `undo` is the address of the form that
    takes this one back, with blanks from what was sent.
    `terms` names the words of a text that has some; `given` are inputs that the address of the form brings;
    `reveal` is the place in the payload of what is shown once, `revealed` where to go on from there;
    `later` names the fields that stand folded below the others, for whoever knows more than is needed;
    `reading` the place of a person whose way of reading this browser takes over; `begins_work` says that
    a job has work now, `returns` that it leads back to the list its address names.
    """

    toast: str
    done: str
    back: str
    submit: str
    fields: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)
    ballots: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    initial: str = ""
    consequence: str = ""
    grave: bool = False
    undo: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    reveal: str = ""
    revealed: str = ""
    reading: str = ""
    begins_work: bool = False
    returns: bool = False
    file: str = ""


@dataclass(frozen=True)
class Field:
    """One input of a form, as the schema describes it; `rows` are the inputs of each row of a list."""

    name: str
    kind: str
    required: bool
    label: str
    help: str = ""
    enumeration: str = ""
    choices: tuple[str, ...] = ()
    reference: str = ""
    within: str = ""
    many: bool = False
    default: str = ""
    rows: tuple[Field, ...] = ()


def fields_of(form: Form, mutation: Operation) -> list[Field]:
    """Derive the visible fields of a form from the input type of its mutation."""
    declared = input_type(mutation)
    hidden = {*HIDDEN, *form.hidden, *form.given}
    names = form.fields or tuple(name for name in declared.fields if name not in hidden)
    unknown = [
        name for name in (*names, *form.hidden, *form.references, *form.later) if name not in declared.fields
    ]
    if unknown:
        raise FormImpossible(f"{mutation.name}: {declared.name} has no field {', '.join(unknown)}")
    forgotten = [
        name
        for name, kind in declared.fields.items()
        if is_required_input_field(kind) and name not in {*names, *hidden}
    ]
    if forgotten:
        raise FormImpossible(f"{mutation.name}: the form leaves out the required {', '.join(forgotten)}")
    return [_field(name, declared.fields[name], form) for name in names]


def input_type(mutation: Operation) -> GraphQLInputObjectType:
    """Return the input object of a mutation."""
    declared = get_named_type(mutation.variables["input"])
    if not isinstance(declared, GraphQLInputObjectType):
        raise FormImpossible(f"{mutation.name}: the variable $input is not an input object")
    return declared


def accepted_names(mutation: Operation) -> tuple[str, ...]:
    """Return the names of everything the input of a mutation takes."""
    return tuple(input_type(mutation).fields)


def plain_help(description: str | None) -> str:
    """Return what a description says to a person: its first line, without the numbers of our rules."""
    return _RULE_NUMBERS.sub("", (description or "").split("\n")[0])


def _field(name: str, declared: GraphQLInputField, form: Form) -> Field:
    inner = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
    named = get_named_type(declared.type)
    pair = pair_of(named) if name in form.ballots else None
    reference = form.references.get(name, "")
    if name in form.terms:
        return _worded(name, declared, form.terms[name], many=isinstance(inner, GraphQLList))
    if named.name == "ID" and not reference and name not in (*form.nodes, form.file):
        raise FormImpossible(f"{name}: say which noun's options serve this ID")
    rows: tuple[Field, ...] = ()
    if isinstance(named, GraphQLInputObjectType) and pair is None:
        if not isinstance(inner, GraphQLList):
            raise FormImpossible(f"{name}: a nested {named.name} needs a form of its own")
        shown_parts = form.parts.get(name, tuple(named.fields))
        rows = tuple(_field(part, named.fields[part], form) for part in shown_parts)
    shown = pair[2] if pair else named
    enumeration = shown.name if isinstance(shown, GraphQLEnumType) else ""
    return Field(
        name=name,
        kind="ballot" if pair else "rows" if rows else _kind(name, shown, form),
        required=is_required_input_field(declared),
        label=label(name, enumeration),
        help=plain_help(declared.description),
        enumeration=enumeration,
        choices=tuple(shown.values) if isinstance(shown, GraphQLEnumType) else (),
        reference=reference,
        within=form.within.get(name, ""),
        many=isinstance(inner, GraphQLList),
        default=_default(declared),
        rows=rows,
    )


def _worded(name: str, declared: GraphQLInputField, enumeration: str, *, many: bool) -> Field:
    """Describe a text that is one of known terms, as a choice of them."""
    words = terms_of(enumeration)
    if words is None:
        raise FormImpossible(f"{name}: there are no terms {enumeration}")
    return Field(
        name=name,
        kind="choice",
        required=is_required_input_field(declared),
        label=label(name),
        help=plain_help(declared.description),
        enumeration=enumeration,
        choices=tuple(member.value for member in words),
        many=many,
    )


def _default(declared: GraphQLInputField) -> str:
    value = declared.default_value
    return "" if value in (None, Undefined) or isinstance(value, list | bool) else str(value)


def pair_of(declared: GraphQLNamedType) -> tuple[str, str, GraphQLEnumType | GraphQLScalarType] | None:
    """Return the names of the ID and of the answer of a pair, with the type of the answer between them."""
    fields = declared.fields if isinstance(declared, GraphQLInputObjectType) else {}
    kinds = {name: get_named_type(field.type) for name, field in fields.items()}
    subject = next((name for name, kind in kinds.items() if kind.name == "ID"), "")
    answer = next((name for name in kinds if name != subject), "")
    kind = kinds.get(answer)
    fits = subject and len(kinds) == _PAIR and isinstance(kind, GraphQLEnumType | GraphQLScalarType)
    return (subject, answer, kind) if fits and kind else None


def _kind(name: str, declared: GraphQLNamedType, form: Form) -> str:
    if isinstance(declared, GraphQLEnumType):
        return "choice"
    if declared.name == "ID":
        return "file" if name == form.file else "reference" if name in form.references else "pick"
    if declared.name in _KINDS:
        return _KINDS[declared.name]
    if declared.name in _WHOLE_NUMBERS | _FRACTIONS:
        return "number"
    return "long" if name in form.long else "text"
