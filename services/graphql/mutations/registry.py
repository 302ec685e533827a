"""Every mutation by its name: found by importing the modules of this folder."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from strawberry.utils.str_converters import to_camel_case

from schema.access import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from schema.decision import Decision

_FOLDER: Final = Path(__file__).resolve().parent
_MACHINERY: Final = {
    "__init__",
    "apply",
    "command",
    "given",
    "news",
    "execution",
    "registry",
    "repetition",
    "usable",
    "violations",
    "write",
}


class MutationInvalid(Exception):
    """A mutation is declared in a way that cannot work; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A mutation: the command it takes, the type its payload shows, the function that decides.

    `beforehand` works out what is slow and needs no transaction; what it returns is `write.prepared`.
    """

    python_name: str
    target: str
    input: type
    description: str
    decide: Callable[..., Awaitable[Decision]]
    beforehand: Callable[..., Awaitable[object]] | None = None

    @property
    def name(self) -> str:
        """The name in the API."""
        return to_camel_case(self.python_name)


MUTATIONS: Final[dict[str, Mutation]] = {}


def mutation(
    target: str, *, beforehand: Callable[..., Awaitable[object]] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a mutation whose payload shows an entity of the public type `target`."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        annotation = function.__annotations__["input"]
        given = function.__globals__[annotation] if isinstance(annotation, str) else annotation
        description = inspect.cleandoc(function.__doc__ or "")
        made = Mutation(function.__name__, target, given, description, function, beforehand)
        if made.name not in ACTIONS:
            raise MutationInvalid(f"{made.name}: name its roles in ACTIONS of schema/access.py.")
        MUTATIONS[made.name] = made
        return function

    return declare


def discover() -> None:
    """Import every noun's mutations."""
    for path in sorted(_FOLDER.glob("*.py")):
        if path.stem not in _MACHINERY:
            importlib.import_module(f"services.graphql.mutations.{path.stem}")
