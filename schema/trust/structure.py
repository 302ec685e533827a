"""The structure of ties as figures of 0 to 100: how densely, mutually and evenly people connect (4.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that flows from one to another; `institutional` when it flows to an institution."""

    source: UUID
    target: UUID
    institutional: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """The six figures, each 0 to 100."""

    density: float
    reciprocity: float
    decentralisation: float
    transitivity: float
    connectedness: float
    institution_ties: float

    @property
    def composite(self) -> float:
        """The mean of the six."""
        figures = (
            self.density,
            self.reciprocity,
            self.decentralisation,
            self.transitivity,
            self.connectedness,
            self.institution_ties,
        )
        return round(sum(figures) / len(figures), 1)


def structure_of(ties: Iterable[Tie], members: int) -> Structure:
    """Compute the figures for a number of members, who may have no tie at all."""
    all_ties = set(ties)
    arcs = {
        (tie.source, tie.target) for tie in all_ties if not tie.institutional and tie.source != tie.target
    }
    edges = {frozenset(arc) for arc in arcs}
    institutional = {(tie.source, tie.target) for tie in all_ties if tie.institutional}
    if members < 2:  # noqa: PLR2004 - a tie needs two
        return Structure(0, 0, 0, 0, 0, 0)
    neighbours = _neighbours(edges)
    return Structure(
        density=_percent(len(arcs), members * (members - 1)),
        reciprocity=_percent(sum((b, a) in arcs for a, b in arcs), len(arcs)),
        decentralisation=_decentralisation(neighbours, members) if edges else 0,
        transitivity=_transitivity(neighbours),
        connectedness=_percent(len(neighbours), members),
        institution_ties=min(100.0, _percent(len(institutional), members)),
    )


def _neighbours(edges: set[frozenset[UUID]]) -> dict[UUID, set[UUID]]:
    neighbours: dict[UUID, set[UUID]] = {}
    for edge in edges:
        first, second = sorted(edge)
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    return neighbours


def _decentralisation(neighbours: dict[UUID, set[UUID]], members: int) -> float:
    """Freeman's degree centralisation, turned round: 100 when all are alike, 0 when one holds all ties."""
    most_possible = (members - 1) * (members - 2)
    if most_possible == 0:
        return 100.0
    degrees = [len(others) for others in neighbours.values()]
    highest = max(degrees)
    spread = sum(highest - degree for degree in degrees) + highest * (members - len(degrees))
    return round(100 * (1 - spread / most_possible), 1)


def _transitivity(neighbours: dict[UUID, set[UUID]]) -> float:
    """Of all pairs with a common neighbour, the share that are tied themselves."""
    closed = connected = 0
    for others in neighbours.values():
        for first, second in combinations(sorted(others), 2):
            connected += 1
            closed += second in neighbours[first]
    return _percent(closed, connected)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
