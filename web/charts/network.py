"""Place networks and their members so that ties can be seen: networks on a ring, members around them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 720.0
HEIGHT: Final = 520.0
_RING: Final = 0.52


@dataclass(frozen=True)
class Node:
    """A network or a member on the drawing."""

    x: float
    y: float
    radius: float
    key: str
    label: str
    hub: bool


@dataclass(frozen=True)
class Tie:
    """A line between a member and its network."""

    x1: float
    y1: float
    x2: float
    y2: float


def network_graph(
    hubs: Sequence[tuple[str, str]], members: Mapping[str, Sequence[str]]
) -> tuple[list[Node], list[Tie]]:
    """Place hubs (key, label) on a ring and each member between the hubs it belongs to.

    `members` maps a member's label to the keys of its hubs. The placing is the same every time.
    """
    middle_x, middle_y = WIDTH / 2, HEIGHT / 2
    places: dict[str, tuple[float, float]] = {}
    nodes: list[Node] = []
    for number, (key, label) in enumerate(hubs):
        angle = 2 * math.pi * number / max(1, len(hubs)) - math.pi / 2
        reach = _RING if len(hubs) > 1 else 0.0
        places[key] = (
            middle_x + math.cos(angle) * middle_x * reach,
            middle_y + math.sin(angle) * middle_y * reach,
        )
        nodes.append(Node(*_rounded(places[key]), 15.0, key, label, hub=True))
    ties: list[Tie] = []
    alone: dict[str, int] = {}
    for number, (label, keys) in enumerate(members.items()):
        known = [key for key in keys if key in places]
        if not known:
            continue
        x = sum(places[key][0] for key in known) / len(known)
        y = sum(places[key][1] for key in known) / len(known)
        turn = alone.setdefault("+".join(sorted(known)), 0)
        alone["+".join(sorted(known))] += 1
        angle = turn * 2.39996
        distance = 26.0 + 8.5 * math.sqrt(turn)
        spot = _rounded((x + math.cos(angle) * distance, y + math.sin(angle) * distance))
        nodes.append(Node(*spot, 4.5, f"member-{number}", label, hub=False))
        ties += [Tie(*spot, *_rounded(places[key])) for key in known]
    return nodes, ties


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(place[1], 1)
