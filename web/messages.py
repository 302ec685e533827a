"""Bring the Persian catalogue up to date with templates and code: `python -m web.messages`."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from graphql import build_schema

from web.documents import load_documents
from web.forms import fields_of
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).parent
PERSIAN: Final = ROOT / "locale" / "fa" / "LC_MESSAGES" / "messages.po"
CONTRACT: Final = ROOT.parent / "schema" / "schema.graphql"
METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS: Final = {"_": None, "mark": None, "gettext": None, "ngettext": (1, 2)}


def sources() -> Catalog:
    """Collect every text to translate, in the order of files and lines."""
    found = Catalog(project="Khoosheh", charset="utf-8")
    options = {"**.html": {"silent": "false", "trimmed": "true"}}
    for path, line, message, _comments, _context in extract_from_dir(
        str(ROOT), METHODS, options, keywords=KEYWORDS
    ):
        if message:
            found.add(message, locations=[(Path(path).as_posix(), line)])
    for form, text in said_by_forms():
        found.add(text, locations=[(form, 1)])
    return found


def said_by_forms() -> Iterator[tuple[str, str]]:
    """Yield the name and the help of every field of every form, which stand in the schema."""
    documents = load_documents(ROOT / "pages", build_schema(CONTRACT.read_text(encoding="utf-8")))
    for page in PAGES:
        mutation = documents[page.document].mutation
        if page.form and mutation:
            for field in fields_of(page.form, mutation):
                for part in (field, *field.rows, *(deep for row in field.rows for deep in row.rows)):
                    yield from ((page.document, text) for text in (part.label, part.help) if text)


def read_persian() -> Catalog:
    """Read the committed catalogue, or start one."""
    if not PERSIAN.exists() or not PERSIAN.stat().st_size:
        return Catalog(
            locale="fa",
            project="Khoosheh",
            charset="utf-8",
            header_comment="# The Persian of the admin; see web/README.md.",
        )
    with PERSIAN.open("rb") as source:
        return read_po(source, locale="fa")


def untranslated() -> list[str]:
    """Return the texts that have no Persian yet."""
    catalogue = read_persian()
    missing = []
    for message in sources():
        known = catalogue.get(message.id) if message.id else None
        if message.id and not (
            known and all(known.string if isinstance(known.string, tuple) else [known.string])
        ):
            missing.append(str(message.id))
    return missing


def update() -> None:
    """Write the catalogue with the texts of today, keeping the translations that still apply."""
    catalogue = read_persian()
    # A date of today would differ, and conflict, in every checkout.
    begun = catalogue.creation_date
    catalogue.update(sources(), no_fuzzy_matching=True)
    catalogue.creation_date = begun
    catalogue.obsolete.clear()
    catalogue.header_comment = "# The Persian of the admin; see web/README.md."
    PERSIAN.parent.mkdir(parents=True, exist_ok=True)
    with PERSIAN.open("wb") as target:
        write_po(target, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)


def fill(pairs: Iterable[str]) -> None:
    """Put translations into the catalogue, one `English<tab>Persian` a line; plurals go by their singular."""
    given = dict(pair.rstrip("\n").split("\t", 1) for pair in pairs if "\t" in pair)
    catalogue = read_persian()
    for message in catalogue:
        source = message.id[0] if isinstance(message.id, tuple | list) else message.id
        if source and source in given:
            plural = isinstance(message.id, tuple | list)
            message.string = (given[source],) if plural else given[source]
    with PERSIAN.open("wb") as target:
        write_po(target, catalogue, width=110, no_location=True, sort_output=True)


def main() -> int:
    """Update, take translations from the standard input if it is not a terminal, and list what is missing."""
    PERSIAN.parent.mkdir(parents=True, exist_ok=True)
    # Several people may translate in one checkout: one after the other.
    with PERSIAN.open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        update()
        if not sys.stdin.isatty():
            fill(sys.stdin)
    missing = untranslated()
    sys.stdout.writelines(f"{text}\n" for text in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
