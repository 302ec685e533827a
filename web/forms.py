"""Derive forms from the input types of mutations and read submitted forms back into input values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)

from web.labels import label
from web.localisation import terms_of
from web.parameters import NotAcceptable, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.documents import Operation

_PAIR: Final = 2
HIDDEN: Final = ("id", "expectedRevision", "idempotencyKey")
_WHOLE_NUMBERS: Final = {"Int", "BigInt", "Long"}
_FRACTIONS: Final = {"Float", "Decimal", "Money"}


class FormImpossible(Exception):
    """The declaration of a form does not fit its mutation; raised when the admin starts."""


@dataclass(frozen=True)
class Form:
    """What a page declares about its form; everything else follows from the input type.

    `done` and `back` are addresses with blanks from the payload or the page's data, `initial` is the
    dotted place in the page's data that holds the present values, `hidden` fills inputs from such places,
    `references` names the noun whose options document serves an ID, `nodes` the dotted place in the page's
    own data that lists what an ID may be; `ballots` such a place for a list of pairs of an ID and a choice.
    `terms` names the words of a text that has some; `given` are inputs that the address of the form brings;
    `reveal` is the place in the payload of what is shown once, `revealed` where to go on from there;
    `reading` the place of a person whose way of reading this browser takes over; `begins_work` says that
    a job has work now, `returns` that it leads back to the list its address names.
    """

    toast: str
    done: str
    back: str
    submit: str
    fields: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)
    ballots: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    initial: str = ""
    consequence: str = ""
    grave: bool = False
    terms: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    reveal: str = ""
    revealed: str = ""
    reading: str = ""
    begins_work: bool = False
    returns: bool = False


@dataclass(frozen=True)
class Field:
    """One input of a form, as the schema describes it."""

    name: str
    kind: str
    required: bool
    label: str
    help: str = ""
    enumeration: str = ""
    choices: tuple[str, ...] = ()
    reference: str = ""
    many: bool = False


@dataclass(frozen=True)
class Trouble:
    """Something to mend: a code of our own or a message of the schema, at a field or at the form."""

    code: str = ""
    message: str = ""


@dataclass
class Submission:
    """What came back from a form: the input for the mutation, the raw texts, and what is wrong."""

    values: dict[str, object]
    texts: Mapping[str, Sequence[str]]
    troubles: dict[str, list[Trouble]] = field(default_factory=dict)
    stale: bool = False

    def add(self, name: str, trouble: Trouble) -> None:
        """Put a trouble beside its field; the empty name is the form as a whole."""
        self.troubles.setdefault(name, []).append(trouble)


def fields_of(form: Form, mutation: Operation) -> list[Field]:
    """Derive the visible fields of a form from the input type of its mutation."""
    declared = get_named_type(mutation.variables["input"])
    if not isinstance(declared, GraphQLInputObjectType):
        raise FormImpossible(f"{mutation.name}: the variable $input is not an input object")
    hidden = {*HIDDEN, *form.hidden, *form.given}
    names = form.fields or tuple(name for name in declared.fields if name not in hidden)
    unknown = [name for name in (*names, *form.hidden, *form.references) if name not in declared.fields]
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


def accepted_names(mutation: Operation) -> tuple[str, ...]:
    """Return the names of everything the input of a mutation takes."""
    declared = get_named_type(mutation.variables["input"])
    return tuple(declared.fields) if isinstance(declared, GraphQLInputObjectType) else ()


def _field(name: str, declared: GraphQLInputField, form: Form) -> Field:
    inner = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
    named = get_named_type(declared.type)
    ballot = _ballot(named) if name in form.ballots else None
    if isinstance(named, GraphQLInputObjectType) and ballot is None:
        raise FormImpossible(f"{name}: a nested {named.name} needs a form of its own")
    reference = form.references.get(name, "")
    if named.name == "ID" and not reference and name not in form.nodes:
        raise FormImpossible(f"{name}: say which noun's options serve this ID")
    if ballot is not None:
        named = ballot[1]
    if name in form.terms:
        words = terms_of(form.terms[name])
        if words is None:
            raise FormImpossible(f"{name}: there are no terms {form.terms[name]}")
        return Field(
            name=name,
            kind="choice",
            required=is_required_input_field(declared),
            label=label(name),
            help=(declared.description or "").split("\n")[0],
            enumeration=form.terms[name],
            choices=tuple(member.value for member in words),
            many=isinstance(inner, GraphQLList),
        )
    return Field(
        name=name,
        kind="ballot"
        if ballot
        else _kind(name, named.name, form, is_enum=isinstance(named, GraphQLEnumType)),
        required=is_required_input_field(declared),
        label=label(name),
        help=(declared.description or "").split("\n")[0],
        enumeration=named.name if isinstance(named, GraphQLEnumType) else "",
        choices=tuple(named.values) if isinstance(named, GraphQLEnumType) else (),
        reference=reference,
        many=isinstance(inner, GraphQLList),
    )


def _ballot(declared: GraphQLNamedType) -> tuple[str, GraphQLEnumType, str] | None:
    """Return the names of the ID and of the choice of a pair, with the enumeration between them."""
    fields = declared.fields if isinstance(declared, GraphQLInputObjectType) else {}
    kinds = {name: get_named_type(field.type) for name, field in fields.items()}
    subject = next((name for name, kind in kinds.items() if kind.name == "ID"), "")
    choices = [(name, kind) for name, kind in kinds.items() if isinstance(kind, GraphQLEnumType)]
    return (
        (subject, choices[0][1], choices[0][0])
        if subject and len(kinds) == 1 + len(choices) == _PAIR
        else None
    )


def _kind(name: str, type_name: str, form: Form, *, is_enum: bool) -> str:
    if is_enum:
        return "choice"
    if type_name == "ID":
        return "reference" if name in form.references else "pick"
    if type_name in {"Date", "DateTime"}:
        return "date"
    if type_name == "Boolean":
        return "switch"
    if type_name in _WHOLE_NUMBERS | _FRACTIONS:
        return "number"
    return "long" if name in form.long else "text"


def read_submission(form: Form, mutation: Operation, texts: Mapping[str, Sequence[str]]) -> Submission:
    """Read submitted texts by the types of the input; what cannot be read becomes a trouble at its field."""
    declared = get_named_type(mutation.variables["input"])
    submission = Submission({}, texts)
    if not isinstance(declared, GraphQLInputObjectType):
        raise FormImpossible(mutation.name)
    visible = {field.name: field for field in fields_of(form, mutation)}
    for name in (*HIDDEN, *form.hidden, *form.given, *visible):
        if name not in declared.fields:
            continue
        _read_field(name, declared.fields[name], visible.get(name), submission)
    return submission


def _read_field(name: str, declared: GraphQLInputField, shown: Field | None, submission: Submission) -> None:
    if shown and shown.kind == "ballot":
        submission.values[name] = _votes(name, get_named_type(declared.type), submission)
        return
    typed = [text for text in submission.texts.get(name, ()) if text.strip()]
    if not typed:
        if shown and shown.kind == "switch":
            submission.values[name] = False
        elif is_required_input_field(declared):
            submission.add(name if shown else "", Trouble("REQUIRED"))
        elif shown and name in submission.texts:
            submission.values[name] = [] if shown.many else None
        return
    try:
        submission.values[name] = read_value(declared.type, typed)
    except NotAcceptable as problem:
        submission.add(name if shown else "", Trouble(problem.code))


def _votes(name: str, declared: GraphQLNamedType, submission: Submission) -> list[dict[str, str]]:
    """Read the choices made on a ballot, `votes.<id>`; who chose nothing is left out."""
    pair = _ballot(declared)
    if pair is None:
        raise FormImpossible(name)
    subject, _, choice = pair
    prefix = f"{name}."
    return [
        {subject: key.removeprefix(prefix), choice: texts[-1]}
        for key, texts in submission.texts.items()
        if key.startswith(prefix) and texts[-1] in pair[1].values
    ]


def take_problems(
    submission: Submission, problems: Sequence[Mapping[str, object]], visible: Sequence[Field]
) -> None:
    """Put the problems of a refused mutation beside the fields their paths name."""
    names = {field.name for field in visible}
    for problem in problems:
        path = problem.get("path")
        steps = [str(step) for step in path] if isinstance(path, list) else []
        place = next((step for step in reversed(steps) if step in names), "")
        submission.stale = submission.stale or problem.get("code") == "STALE"
        submission.add(place, Trouble(str(problem.get("code") or ""), str(problem.get("message") or "")))
