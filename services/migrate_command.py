"""The words of `python -m services.migrate` on the command line."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Annotated

import typer

from services.database import DatabaseProblem, open_pool
from services.migrate import POST, generate, matches_rows, migrate, standing
from services.migration_order import known_migrations
from services.settings import Settings, SettingsInvalid, read_settings


def command() -> None:
    """Run the command and tell a failure in one sentence."""
    try:
        typer.run(_run)
    except (DatabaseProblem, SettingsInvalid) as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)


def _run(
    *,
    to: Annotated[str | None, typer.Option(help="Go to this migration; `zero` undoes all.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only compare rows and migrations.")] = False,
    generate_: Annotated[bool, typer.Option("--generate", help="Write the migration from the rows.")] = False,
    post: Annotated[bool, typer.Option("--post", help="Take away what the last release used.")] = False,
    wait: Annotated[float | None, typer.Option(help="Wait these seconds for another migrator.")] = None,
) -> None:
    """Bring the database at DATABASE_URL to this release."""
    if generate_:
        typer.echo("The migration is written." if asyncio.run(generate()) else "No changes detected")
    elif check:
        if not asyncio.run(matches_rows()):
            typer.echo("The rows and the migration differ: run `make migrations`.", err=True)
            raise typer.Exit(1)
        typer.echo("No changes detected")
    elif wait is not None:
        asyncio.run(_wait(read_settings(), wait))
    else:
        _go(POST if post else to)


def _go(to: str | None) -> None:
    if to not in {None, POST, "zero", *known_migrations()}:
        names = ", ".join(known_migrations())
        typer.echo(f"There is no migration {to}; there are {names}, and zero.", err=True)
        raise typer.Exit(1)
    after = asyncio.run(migrate(read_settings(), target=to))
    typer.echo(f"The database is at {after.applied[-1] if after.applied else 'zero'}.")
    if after.later:
        typer.echo(f"{', '.join(after.later)} may follow when no pod of the last release runs: --post.")


async def _wait(settings: Settings, seconds: float) -> None:
    """Wait until the database is at this release, as services do while a Job migrates."""
    limit = time.monotonic() + seconds
    last: DatabaseProblem | None = None
    lacking: tuple[str, ...] = ()
    while time.monotonic() < limit:
        try:
            pool = await open_pool(settings)
            async with pool:
                found = await standing(pool)
            # A later release may have migrated already: its migrations only add, so that this one goes on
            # working while it is replaced, and a pod of it that restarts meanwhile must come up.
            if not found.pending:
                typer.echo("The database is ready for this release.")
                return
            last, lacking = None, found.pending
        except DatabaseProblem as problem:
            last = problem
        await asyncio.sleep(min(1.0, seconds))
    lacks = f"it lacks {', '.join(lacking)}; the Job `migrate` of this release brings that, and its log says why not"
    typer.echo(str(last or f"The database was not migrated within {seconds:g} seconds: {lacks}."), err=True)
    raise typer.Exit(1)
