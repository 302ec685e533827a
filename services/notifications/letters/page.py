"""How plain letters look: paragraphs as text and as a page, which reads from right to left in Persian."""

from __future__ import annotations

from email.utils import formatdate
from html import escape
from typing import TYPE_CHECKING

from schema.calendar import TEHRAN
from schema.jalali import Jalali
from schema.text import persian_digits

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage


def written(
    letter: EmailMessage,
    language: str,
    parts: tuple[str, ...],
    way: tuple[str, str] | None,
    ends: tuple[str, ...],
) -> EmailMessage:
    """Write paragraphs into a letter, as text and as a page; `way` is a link and the words of its button."""
    letter["Date"] = formatdate(localtime=False)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content("\n\n".join((*parts, *([way[0]] if way else []), *ends)) + "\n")
    letter.add_alternative(_page(language, str(letter["Subject"]), parts, way, ends), subtype="html")
    # Setting the content takes such headers away.
    letter["Content-Language"] = language.lower()
    return letter


def _page(
    language: str,
    subject: str,
    parts: tuple[str, ...],
    way: tuple[str, str] | None,
    ends: tuple[str, ...],
) -> str:
    direction = "rtl" if language == "FA" else "ltr"
    texts = "".join(f"<p>{escape(part)}</p>" for part in parts)
    after = "".join(f"<p>{escape(part)}</p>" for part in ends)
    if way:
        link, button = way
        shown = f'<p dir="ltr"><small>{escape(link)}</small></p>'
        after = f'<p><a href="{escape(link)}">{escape(button)}</a></p>{shown}{after}'
    return (
        f'<!doctype html><html lang="{language.lower()}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head>"
        f'<body dir="{direction}">{texts}{after}</body></html>'
    )


def moment_text(moment: datetime, language: str) -> str:
    """Write a moment as the reader's calendar and the clocks of Tehran do."""
    local = moment.astimezone(TEHRAN)
    if language == "EN":
        return f"{local:%Y-%m-%d %H:%M} (Tehran)"
    return f"{Jalali.of(local.date()).text_fa} ساعت {persian_digits(f'{local:%H:%M}')}"
