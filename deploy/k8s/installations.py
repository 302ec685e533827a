"""Reads what every installation declares and refuses, by name, what cannot be installed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NATIONAL: Final = "national"
LANGUAGES: Final = ("fa", "en")
SIZES: Final = ("small", "medium", "large")
ENTRANCES: Final = ("gateway", "ingress")
FEATURES: Final = ("closed-network", "external-secrets", "notifications-on-lag", "returned-mail")
KEYS: Final = ("host", "language", "storage_class", "size", "entrance", "features")
HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class DeclarationsRefused(Exception):
    """What is declared cannot be installed; the message lists every problem with its remedy."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation: the country's, or a province's own."""

    code: str
    folder: str
    name: str
    host: str
    language: str
    storage_class: str
    size: str
    entrance: str
    features: tuple[str, ...]

    @property
    def is_national(self) -> bool:
        """Say whether this is the country's installation, which serves every province."""
        return self.code == NATIONAL


def read_installations(path: Path, provinces: Mapping[str, str]) -> tuple[Installation, ...]:
    """Read the declarations for the given provinces (code to English name), all problems at once."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DeclarationsRefused(f"{path.name} cannot be read: {error}.") from None
    every = declared.pop("every", {})
    problems = _unknown_codes(declared, provinces)
    found: list[Installation] = []
    for code, name in {NATIONAL: "Iran", **provinces}.items():
        if not isinstance(declared.get(code), dict):
            problems.append(f"{name} ({code}) is not declared: add a section [{code}] with its host.")
            continue
        installation = _installation(code, name, {**every, **declared[code]})
        problems.extend(_problems(installation, declared[code]))
        found.append(installation)
    problems.extend(_shared_hosts(found))
    if problems:
        raise DeclarationsRefused("\n".join(f"{path.name}: {problem}" for problem in problems))
    return tuple(found)


def folder_of(name: str) -> str:
    """Return the folder and namespace of a province from its English name."""
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")


def _installation(code: str, name: str, values: Mapping[str, object]) -> Installation:
    features = values.get("features", [])
    return Installation(
        code=code,
        folder=NATIONAL if code == NATIONAL else folder_of(name),
        name=name,
        host=str(values.get("host", "")),
        language=str(values.get("language", "")),
        storage_class=str(values.get("storage_class", "")),
        size=str(values.get("size", "")),
        entrance=str(values.get("entrance", "")),
        features=tuple(sorted(map(str, features))) if isinstance(features, list) else (str(features),),
    )


def _problems(installation: Installation, declared: Mapping[str, object]) -> list[str]:
    """List what is wrong with one installation by itself."""
    who = f"{installation.name} ({installation.code})"
    problems = [
        f"{who} declares {key}, which nothing knows; known are {', '.join(KEYS)}."
        for key in declared
        if key not in KEYS
    ]
    if not installation.host:
        problems.append(f'{who} has no host: add host = "…", the name people will open.')
    elif not HOST.fullmatch(installation.host):
        problems.append(
            f"{who} has the host {installation.host!r}, which is not a full name in lower case, "
            "like lorestan.example.ir."
        )
    choices = (
        ("language", (installation.language,), LANGUAGES),
        ("size", (installation.size,), SIZES),
        ("entrance", (installation.entrance,), ENTRANCES),
        ("feature", installation.features, FEATURES),
    )
    problems.extend(
        f"{who} declares the {key} {value!r}; choose from {', '.join(known)}."
        for key, values, known in choices
        for value in values
        if value not in known
    )
    return problems


def _unknown_codes(declared: Mapping[str, object], provinces: Mapping[str, str]) -> list[str]:
    return [
        f"[{code}] is no province: codes are those of schema/provinces/reference.py, like IR-15."
        for code in declared
        if code != NATIONAL and code not in provinces
    ]


def _shared_hosts(found: list[Installation]) -> list[str]:
    """Name the installations that would answer at the same address, staging included."""
    owners: dict[str, str] = {}
    problems: list[str] = []
    for installation in found:
        if not installation.host:
            continue
        for host in (installation.host, f"staging.{installation.host}"):
            other = owners.setdefault(host, installation.name)
            if other != installation.name:
                problems.append(
                    f"{other} and {installation.name} both have the host {host}; give each its own."
                )
    return problems
