"""The catalogue that every installation starts with, written by the migration: ids follow from the codes."""

import hashlib
import json
from typing import Final
from uuid import UUID

from schema.guards import Statement
from schema.indicators.computed import COMPUTED
from schema.indicators.definition import Definition
from schema.indicators.entered import ENTERED
from schema.vocabulary import IndicatorOrigin

DEFINITIONS: Final = (*COMPUTED, *ENTERED)
# 2026-09-23, the first day of autumn 1405, as a version 7 id carries it.
_FIRST_DAY: Final = 1_790_121_600_000


def id_of(code: str) -> UUID:
    """Return the id of an indicator that comes with the code: the same in every installation."""
    tail = int.from_bytes(hashlib.sha256(code.encode()).digest()[:10], "big")
    return UUID(int=_FIRST_DAY << 80 | 0x7 << 76 | (tail >> 68) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1))


def _quoted(text: str | None) -> str:
    return "null" if text is None else "'" + text.replace("'", "''") + "'"


def _row(definition: Definition) -> str:
    origin = IndicatorOrigin.COMPUTED if definition.computed else IndicatorOrigin.ENTERED
    texts = (
        str(id_of(definition.code)),
        definition.code,
        origin.value,
        definition.dimension.value,
        definition.subject.value,
        definition.unit.value,
        definition.level.value if definition.level else None,
        definition.name_fa,
        definition.name_en,
        definition.definition_fa,
        definition.definition_en,
        definition.field,
        json.dumps(definition.thresholds),
        definition.basis,
    )
    return f"({', '.join(map(_quoted, texts))}, {definition.version}, 1, '2026-09-23', false)"


_ROWS: Final = ",\n".join(map(_row, DEFINITIONS))
SEED: Final = Statement(
    "indicator.catalogue",
    "insert into indicator (id, code, origin, dimension, subject, unit, level, name_fa, name_en, definition_fa,"  # noqa: S608 - ours
    " definition_en, shown_by, thresholds, basis, formula_version, revision, created_at, is_sample)"
    f" values {_ROWS}",
    "delete from indicator",
    order=5,
)
