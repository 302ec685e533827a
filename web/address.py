"""The address of the page being shown, and addresses next to it: another filter, order or page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Address:
    """A path with its parameters; every change gives a new address and starts again at the first page.

    `refused` names the parameters that were not understood and have no effect, each with the reason's code.
    """

    def __init__(self, path: str, parameters: Mapping[str, Sequence[str]]) -> None:
        self.path = path
        self.parameters = {name: tuple(values) for name, values in parameters.items() if any(values)}
        self.refused: Mapping[str, str] = {}

    def __str__(self) -> str:
        """Write path and query."""
        query = urlencode(self.parameters, doseq=True)
        return f"{self.path}?{query}" if query else self.path

    def get(self, name: str) -> str:
        """Return the last value of a parameter, or nothing."""
        values = self.parameters.get(name, ())
        return values[-1] if values else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return self.parameters.get(name, ())

    def with_(self, **changes: str | None) -> Address:
        """Change parameters; None removes one."""
        kept: dict[str, Sequence[str]] = {
            name: values
            for name, values in self.parameters.items()
            if name not in {"after", "before"} and name not in changes
        }
        kept |= {name: (value,) for name, value in changes.items() if value}
        return Address(self.path, kept)

    def without(self, name: str, value: str) -> Address:
        """Take one value away from a parameter."""
        left = [kept for kept in self.all(name) if kept != value]
        rest: dict[str, Sequence[str]] = {
            other: values
            for other, values in self.parameters.items()
            if other not in {name, "after", "before"}
        }
        return Address(self.path, rest | ({name: left} if left else {}))

    def sorted_by(self, order: str, now: str = "") -> Address:
        """Sort by an order, or the other way round when it is the present one, by itself or as told."""
        return self.with_(sort=f"-{order}" if (self.get("sort") or now) == order else order)


def local_path(target: str, otherwise: str = "/") -> str:
    """Keep a target only when it is a path of this site, so that nobody is led elsewhere."""
    parts = urlsplit(target)
    is_local = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if is_local and "\\" not in target and target.isprintable() else otherwise
