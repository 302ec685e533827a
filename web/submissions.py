"""Read a submitted form back into the input of its mutation, and put problems beside their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLInputField,
    GraphQLInputObjectType,
    get_named_type,
    is_required_input_field,
)

from web.forms import HIDDEN, FormImpossible, fields_of, input_type, pair_of
from web.parameters import NotAcceptable, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import QueryParams

    from web.documents import Operation
    from web.forms import Field, Form

_ABSENT: Final = object()
REMOVE: Final = "remove"


@dataclass(frozen=True)
class Trouble:
    """Something to mend: a code of our own or a message of the schema, at a field or at the form."""

    code: str = ""
    message: str = ""


@dataclass
class Submission:
    """What came back from a form: the input for the mutation, the raw texts, and what is wrong.

    `places` leads from a row among the values to the row on the screen, where blank ones count as well;
    `wider` is the list that is to show one more row.
    """

    values: dict[str, object]
    texts: Mapping[str, Sequence[str]]
    troubles: dict[str, list[Trouble]] = field(default_factory=dict)
    stale: bool = False
    places: dict[str, str] = field(default_factory=dict)
    wider: str = ""

    def add(self, name: str, trouble: Trouble) -> None:
        """Put a trouble beside its field; the empty name is the form as a whole."""
        self.troubles.setdefault(name, []).append(trouble)

    def rows(self, name: str) -> list[int]:
        """Return the numbers of the rows of a list that the form had."""
        begins = f"{name}."
        numbers = {key.removeprefix(begins).partition(".")[0] for key in self.texts if key.startswith(begins)}
        return sorted(int(number) for number in numbers if number.isascii() and number.isdigit())


def prefilled(form: Form, mutation: Operation | None, asked: QueryParams) -> dict[str, list[str]]:
    """Return what a link to a form of something new says beforehand; a form that edits shows what is stored."""
    if mutation is None or form.initial:
        return {}
    names = [field.name for field in fields_of(form, mutation)]
    return {name: asked.getlist(name) for name in names if name in asked}


def read_submission(form: Form, mutation: Operation, texts: Mapping[str, Sequence[str]]) -> Submission:
    """Read submitted texts by the types of the input; what cannot be read becomes a trouble at its field."""
    declared = input_type(mutation)
    submission = Submission({}, texts)
    visible = {field.name: field for field in fields_of(form, mutation)}
    for name in (*HIDDEN, *form.hidden, *form.given, *visible):
        if name in declared.fields:
            value = _read(name, name, declared.fields[name], visible.get(name), submission)
            if value is not _ABSENT:
                submission.values[name] = value
    return submission


def _read(
    name: str, at: str, declared: GraphQLInputField, shown: Field | None, submission: Submission
) -> object:
    """Read one input by its name on the screen; `at` is its place among the values."""
    if shown and shown.kind == "ballot":
        return _ballots(name, declared, submission)
    if shown and shown.kind == "rows":
        return _rows(name, at, declared, shown, submission)
    typed = [text for text in submission.texts.get(name, ()) if text.strip()]
    if not typed:
        return _nothing(name, declared, shown, submission)
    try:
        return read_value(declared.type, typed)
    except NotAcceptable as problem:
        submission.add(name if shown else "", Trouble(problem.code))
        return _ABSENT


def _nothing(name: str, declared: GraphQLInputField, shown: Field | None, submission: Submission) -> object:
    if shown and shown.kind == "switch":
        return False
    if is_required_input_field(declared):
        submission.add(name if shown else "", Trouble("REQUIRED"))
    elif shown and name in submission.texts:
        return [] if shown.many else None
    return _ABSENT


def _ballots(name: str, declared: GraphQLInputField, submission: Submission) -> list[dict[str, object]]:
    """Read the answers given about each thing, `votes.<id>`; what was not answered is left out."""
    named = get_named_type(declared.type)
    pair = pair_of(named)
    if pair is None or not isinstance(named, GraphQLInputObjectType):
        raise FormImpossible(name)
    subject, answer, _ = pair
    answers: list[dict[str, object]] = []
    for key, texts in submission.texts.items():
        if not key.startswith(f"{name}."):
            continue
        for text in filter(str.strip, texts):
            try:
                given = read_value(named.fields[answer].type, [text])
            except NotAcceptable as problem:
                submission.add(name, Trouble(problem.code))
                continue
            answers.append({subject: key.removeprefix(f"{name}."), answer: given})
    return answers


def _rows(name: str, at: str, declared: GraphQLInputField, shown: Field, submission: Submission) -> object:
    """Read the rows of a list; blank ones and those marked for removal are left out."""
    named = get_named_type(declared.type)
    if not isinstance(named, GraphQLInputObjectType):
        raise FormImpossible(name)
    numbers = submission.rows(name)
    if not numbers:
        return _ABSENT
    found: list[dict[str, object]] = []
    for number in numbers:
        row = f"{name}.{number}"
        texts = submission.texts
        filled = any(text.strip() for key in texts if key.startswith(f"{row}.") for text in texts[key])
        if not filled or any(texts.get(f"{row}.{REMOVE}", ())):
            continue
        place = f"{at}.{len(found)}"
        submission.places[place] = row
        values = {
            part.name: _read(
                f"{row}.{part.name}", f"{place}.{part.name}", named.fields[part.name], part, submission
            )
            for part in shown.rows
        }
        found.append({part: value for part, value in values.items() if value is not _ABSENT})
    return found


def take_problems(
    submission: Submission, problems: Sequence[Mapping[str, object]], visible: Sequence[Field]
) -> None:
    """Put the problems of a refused mutation beside the fields their paths name."""
    for problem in problems:
        path = problem.get("path")
        steps = [str(step) for step in path] if isinstance(path, list) else []
        submission.stale = submission.stale or problem.get("code") == "STALE"
        trouble = Trouble(str(problem.get("code") or ""), str(problem.get("message") or ""))
        submission.add(_place(steps, visible, submission.places), trouble)


def _place(steps: Sequence[str], visible: Sequence[Field], places: Mapping[str, str]) -> str:
    """Follow a path to the field on the screen that it names, or to the nearest one around it."""
    fields = {field.name: field for field in visible}
    begin = next((number for number, step in enumerate(steps) if step in fields), None)
    if begin is None:
        return ""
    here = fields[steps[begin]]
    at = name = here.name
    for step in steps[begin + 1 :]:
        if step.isdigit():
            at = f"{at}.{step}"
            name = places.get(at, name)
            continue
        inner = {field.name: field for field in here.rows}
        if step not in inner:
            break
        here, at, name = inner[step], f"{at}.{step}", f"{name}.{step}"
    return name
