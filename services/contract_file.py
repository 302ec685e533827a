"""The public contract as a committed file: written from the code, compared with it, kept for partners."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import typer
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from services.database import SCHEMA
from services.graphql.contract import build_contract, import_nouns
from services.graphql.mutations.registry import MUTATIONS, discover

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Final = SCHEMA.parent
PATH: Final = SCHEMA / "schema.graphql"
CHANGELOG: Final = ROOT / "CHANGELOG.md"
DIFFERENCES_SHOWN: Final = 40
_DATED: Final = re.compile(r"Until \d{4}-\d{2}-\d{2}: \S")


def printed() -> str:
    """Print the contract the code offers."""
    import_nouns()
    discover()
    return f"{build_contract(MUTATIONS, alphabetical=True).as_str().rstrip()}\n"


def differences(path: Path = PATH) -> list[str]:
    """Return how the committed file differs from the code, as lines of a diff."""
    committed = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        committed.splitlines(), printed().splitlines(), "schema/schema.graphql", "the code", lineterm="", n=1
    )
    return list(lines)


def breaking(old: str, new: str) -> list[str]:
    """Return what a partner of the old contract could trip over in the new one."""
    return [change.description for change in find_breaking_changes(build_schema(old), build_schema(new))]


def undated(contract: str) -> list[str]:
    """Return what is deprecated without saying until when and what takes its place."""
    schema, found = build_schema(contract), []
    for name, kind in schema.type_map.items():
        members = {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}
        for member, declared in members.items():
            reasons = {f"{name}.{member}": declared.deprecation_reason}
            for argument, asked in getattr(declared, "args", {}).items():
                reasons[f"{name}.{member}({argument})"] = asked.deprecation_reason
            found += [
                place for place, reason in reasons.items() if reason is not None and not _DATED.match(reason)
            ]
    return found


def announced(changelog: str) -> bool:
    """Return whether the coming release announces a breaking change."""
    coming = re.search(r"^## Unreleased$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return coming is not None and re.search(r"^### Breaking$\s+-", coming[1], re.MULTILINE) is not None


def released() -> str | None:
    """Return the contract of the last release, or nothing before the first."""
    tag = _git("describe", "--tags", "--abbrev=0", "--match", "v*")
    return _git("show", f"{tag.strip()}:schema/schema.graphql") if tag else None


def _git(*words: str) -> str | None:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own words
    return done.stdout if done.returncode == 0 else None


def check() -> int:
    """Compare the committed contract with the code and with the last release."""
    if found := differences():
        typer.echo("\n".join(found[:DIFFERENCES_SHOWN]), err=True)
        typer.echo(
            "The contract has changed: run `make schema`, and tell partners in CHANGELOG.md.", err=True
        )
        return 1
    if found := undated(printed()):
        typer.echo(f"{', '.join(found)}: write the reason as 'Until 2027-06-30: use …'.", err=True)
        return 1
    old = released()
    broken = breaking(old, printed()) if old else []
    if broken and not announced(CHANGELOG.read_text(encoding="utf-8")):
        typer.echo("\n".join(broken), err=True)
        typer.echo("This breaks partners: announce it in CHANGELOG.md under Unreleased, Breaking.", err=True)
        return 1
    typer.echo("The contract is what the code offers.")
    return 0


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(check())
    PATH.write_text(printed(), encoding="utf-8")
    typer.echo("schema/schema.graphql is written.")
