"""Bring the Persian catalogue up to date with templates and code: `python -m web.messages`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parent
PERSIAN: Final = ROOT / "locale" / "fa" / "LC_MESSAGES" / "messages.po"
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
    return found


def read_persian() -> Catalog:
    """Read the committed catalogue, or start one."""
    if not PERSIAN.exists():
        return Catalog(locale="fa", project="Khoosheh", charset="utf-8")
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


def update() -> int:
    """Write the catalogue with the texts of today, keeping the translations that still apply."""
    catalogue = read_persian()
    catalogue.update(sources(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PERSIAN.parent.mkdir(parents=True, exist_ok=True)
    with PERSIAN.open("wb") as target:
        write_po(target, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    return len(untranslated())


if __name__ == "__main__":
    missing_now = update()
    if missing_now:
        raise SystemExit(f"{missing_now} texts have no Persian yet; translate them in {PERSIAN.name}.")
