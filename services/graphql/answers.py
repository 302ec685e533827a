"""Where a rule has to speak in an answer: the facts PostgreSQL put there become `permittedActions`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import TypeAdapter

from schema.access import may
from schema.decision import Permission, Problem
from schema.problems import ProblemCode, message

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from schema.viewers import Viewer
    from services.graphql.compiler.plan import Question


def answer(found: bytes, questions: Sequence[Question], viewer: Viewer, today: datetime.date) -> bytes:
    """Return the bytes of an answer; untouched when no rule is asked."""
    if not questions:
        return found
    document = orjson.loads(found)
    for question in questions:
        for place, key in _places(document, question.path):
            if isinstance(place, dict) and place.get(key) is not None:
                facts = facts_of(question.facts.shape, place[key])
                permissions = question.rule(facts, today=today)
                place[key] = [_shown(permission, question, viewer) for permission in permissions]
    return orjson.dumps(document)


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def facts_of(shape: type, found: object) -> Any:
    """Turn facts as JSON into the frozen dataclass a rule takes."""
    return _adapter(shape).validate_python(found)


def _places(document: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    """Yield every object that holds the last key of the path; `*` stands for every item of a list."""
    head, *rest = path
    if document is None:
        return
    if head == "*":
        for index, item in enumerate(document):
            if rest:
                yield from _places(item, tuple(rest))
            else:
                yield document, index
    elif not rest:
        yield document, head
    else:
        inner = document[int(head)] if isinstance(document, list) else document.get(head)
        yield from _places(inner, tuple(rest))


def _shown(permission: Permission, question: Question, viewer: Viewer) -> dict[str, object]:
    if not all(may(viewer.role, action) for action in (permission.action, permission.like) if action):
        refused = Problem(ProblemCode.NOT_ALLOWED, (), {"role": viewer.role})
        permission = Permission(permission.action, allowed=False, reasons=(refused,))
    shown: dict[str, object] = {}
    for key, name, reasons in question.selection:
        match name:
            case "action":
                shown[key] = permission.action
            case "allowed":
                shown[key] = permission.allowed
            case "reasons":
                shown[key] = [_reason(reason, reasons, viewer) for reason in permission.reasons]
            case _:
                shown[key] = "PermittedAction"
    return shown


def _reason(problem: Problem, selection: tuple[tuple[str, str], ...], viewer: Viewer) -> dict[str, object]:
    return shown_problem(problem, selection, viewer.language)


def shown_problem(
    problem: Problem, selection: tuple[tuple[str, str], ...], language: str
) -> dict[str, object]:
    """Return a problem as the document asked for it, in the viewer's language."""
    values: dict[str, object] = {
        "code": problem.code.value,
        "path": list(problem.path),
        "message": message(problem, language),
        "__typename": "Problem",
    }
    return {key: values[name] for key, name in selection}
