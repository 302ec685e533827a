"""The figures as the Markdown tables that README and docs/benchmarks.md quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.workload import MEANINGS, NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.measure import Figures
    from bench.systems import System


def tables(systems: Sequence[System], found: Mapping[str, Mapping[str, Figures]]) -> str:
    """Return the two tables and what the workloads are."""
    first = systems[0].name
    meanings = [f"- **{name}**: {MEANINGS[name]} ({found[name][first].size / 1000:.1f} kB)" for name in NAMES]
    return "\n".join(
        [
            *meanings,
            "",
            f"Paired latency, p50 in ms, one connection, × {first} in brackets:",
            "",
            *_table(
                ["system", *NAMES],
                [[one.name, *(_latency(found[name], one.name, first) for name in NAMES)] for one in systems],
            ),
            "",
            "Throughput at 8 connections in requests/s, CPU per request in ms (server + PostgreSQL), memory:",
            "",
            *_table(
                ["system", *NAMES, *(f"CPU {name}" for name in NAMES), "memory"],
                [
                    [
                        one.name,
                        *(f"{found[name][one.name].throughput:,.0f}" for name in NAMES),
                        *(_cpu(found[name][one.name]) for name in NAMES),
                        f"{one.megabytes():.0f} MB",
                    ]
                    for one in systems
                ],
            ),
        ]
    )


def _latency(found: Mapping[str, Figures], name: str, first: str) -> str:
    latency = found[name].latency
    ratio = "" if name == first else f" ({latency / found[first].latency:.2f})"
    return f"{latency:.2f}{ratio}"


def _cpu(figures: Figures) -> str:
    return f"{figures.server_milliseconds:.2f} + {figures.database_milliseconds:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
