"""Map days or amounts to places along a drawing that runs in the direction of reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """A straight axis from `low` at the start of reading to `high` at its end."""

    low: float
    high: float
    length: float
    offset: float = 0.0
    total: float = 0.0
    mirrored: bool = False

    def at(self, value: float) -> float:
        """Return the place of a value, kept within the drawing."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        place = self.offset + min(1.0, max(0.0, share)) * self.length
        return round((self.total - place) if self.mirrored else place, 1)

    def span(self, first: float, last: float) -> tuple[float, float]:
        """Return the left edge and the width between two values, whichever way the axis runs."""
        one, other = self.at(first), self.at(last)
        return min(one, other), round(abs(one - other), 1)
