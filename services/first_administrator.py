"""Let the first national administrator of a new installation in.

python -m services.first_administrator EMAIL NAME                        prints a link to choose a password
python -m services.first_administrator EMAIL NAME --password-file FILE   takes the password from a secret
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import Annotated, Literal
from urllib.parse import urlencode

import typer

from schema.vocabulary import InterfaceLanguage
from services.database import DatabaseProblem, close_rows, open_pool, open_rows
from services.graphql import CannotMakeAdministrator, FirstAdministrator, make_first_administrator
from services.settings import Settings, SettingsInvalid, read_settings

# The words of an unexpected error are enough; a table of variables would show secrets.
_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def command() -> None:
    """Run the command and tell a failure in one sentence."""
    try:
        _app()
    except (CannotMakeAdministrator, DatabaseProblem, SettingsInvalid) as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)


@_app.command()
def _run(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Argument(help="The name shown to others.")],
    *,
    language: Annotated[Literal["fa", "en"] | None, typer.Option(help="The language they read.")] = None,
    password_file: Annotated[Path | None, typer.Option(help="A file that holds the password.")] = None,
) -> None:
    """Let the first national administrator in."""
    settings = read_settings()
    wanted = FirstAdministrator(
        email=email,
        name=name,
        language=InterfaceLanguage((language or settings.language).upper()),
        password=_password(password_file),
    )
    secret = asyncio.run(_make(settings, wanted))
    if secret is None:
        typer.echo(f"{email} may sign in with the password of the file.")
        return
    typer.echo(f"{email} chooses a password here, once and within 24 hours:")
    typer.echo(f"{settings.admin_url.rstrip('/')}/password/reset?{urlencode({'secret': secret})}")


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        # Files that people make end in a line end that is no part of what they mean.
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotMakeAdministrator(
            f"The password cannot be read from {file}: {type(error).__name__}."
        ) from None


async def _make(settings: Settings, wanted: FirstAdministrator) -> str | None:
    pool = await open_pool(settings)
    try:
        await open_rows(settings, pool=pool)
        return await make_first_administrator(wanted)
    finally:
        await close_rows()
        await pool.close()


if __name__ == "__main__":
    command()
