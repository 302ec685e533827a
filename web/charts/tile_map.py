"""Place the 31 provinces as tiles of equal size, roughly where they lie; east is always on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TILE_WIDTH: Final = 112.0
TILE_HEIGHT: Final = 84.0
_ONE_LINE: Final = 13

# A row of the map from west to east; None leaves a gap.
_ROWS: Final[tuple[tuple[str | None, ...], ...]] = (
    ("IR-04", "IR-03", "IR-24", "IR-01", "IR-02", "IR-27", "IR-28"),
    ("IR-12", "IR-19", "IR-26", "IR-30", "IR-23", "IR-20", "IR-09"),
    ("IR-05", "IR-13", "IR-00", "IR-25", "IR-10", "IR-21", "IR-29"),
    ("IR-16", "IR-15", "IR-14", "IR-17", "IR-07", "IR-08", "IR-11"),
    (None, "IR-06", None, "IR-18", None, "IR-22", None),
)
PLACES: Final[Mapping[str, tuple[int, int]]] = {
    code: (column, row)
    for row, codes in enumerate(_ROWS)
    for column, code in enumerate(codes)
    if code is not None
}
WIDTH: Final = TILE_WIDTH * max(map(len, _ROWS))
HEIGHT: Final = TILE_HEIGHT * len(_ROWS)


@dataclass(frozen=True)
class Tile:
    """A province on the map."""

    x: float
    y: float
    code: str
    lines: Sequence[str]
    province: Mapping[str, object]


def tile_map(provinces: Iterable[Mapping[str, object]], name: str = "nameFa") -> list[Tile]:
    """Place every province that has a place, in reading order from north-west to south-east."""
    tiles = [
        Tile(
            x=PLACES[code][0] * TILE_WIDTH,
            y=PLACES[code][1] * TILE_HEIGHT,
            code=code,
            lines=two_lines(str(province.get(name) or code)),
            province=province,
        )
        for province in provinces
        if (code := str(province.get("isoCode"))) in PLACES
    ]
    return sorted(tiles, key=lambda tile: (tile.y, tile.x))


def two_lines(name: str, at_most: int = _ONE_LINE) -> list[str]:
    """Break a name longer than so many characters at the space nearest its middle."""
    spaces = [place for place, character in enumerate(name) if character == " "]
    if len(name) <= at_most or not spaces:
        return [name]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]
