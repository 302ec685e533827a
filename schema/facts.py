"""What a rule needs to know of a row, declared once as SQL and read by mutations and `permittedActions` alike."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Facts(Generic[Shape]):
    """How to fill the frozen dataclass `shape` from a row of `entity`.

    A field is the column of the same name unless `sql` gives an expression over the row `{t}` and
    `{today}`; an expression may return JSON (`json_agg`, `json_build_object`) for nested dataclasses.
    """

    shape: type[Shape]
    entity: str
    sql: Mapping[str, str] = field(default_factory=dict)

    def expressions(self) -> tuple[tuple[str, str], ...]:
        """Return name and SQL of every field, in the order of the dataclass."""
        return tuple(
            (part.name, self.sql.get(part.name, f"{{t}}.{part.name}"))
            for part in fields(self.shape)  # type: ignore[arg-type]  # a shape is always a dataclass
        )

    def nested(self, alias: str) -> str:
        """Return these facts as one JSON object over a row under another alias, for facts that contain them."""
        pairs = ", ".join(f"'{name}', {sql.replace('{t}', alias)}" for name, sql in self.expressions())
        return f"json_build_object({pairs})"
