"""Place networks and their members so that ties can be seen: networks on a ring, members around them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 600.0
HEIGHT: Final = 640.0
_RING: Final = 0.6
_ROOM_FOR_LABEL: Final = 10.0


@dataclass(frozen=True)
class Node:
    """A network or a member on the drawing."""

    x: float
    y: float
    radius: float
    key: str
    label: str
    hub: bool
    label_y: float = 0.0


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
        own = sum(1 for keys in members.values() if [one for one in keys if one == key])
        above = round(places[key][1] - _reach(own) - _ROOM_FOR_LABEL, 1)
        nodes.append(Node(*_rounded(places[key]), 13.0, key, label, hub=True, label_y=above))
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
        distance = _reach(turn)
        spot = _rounded((x + math.cos(angle) * distance, y + math.sin(angle) * distance))
        nodes.append(Node(*spot, 4.5, f"member-{number}", label, hub=False))
        ties += [Tie(*spot, *_rounded(places[key])) for key in known]
    return nodes, ties


def _reach(turn: int) -> float:
    return 28.0 + 11.0 * math.sqrt(turn)


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(place[1], 1)
