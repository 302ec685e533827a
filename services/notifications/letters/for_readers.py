"""Writes the e-mail of one message or of a digest: text and a page that reads from right to left, or English."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from html import escape
from typing import TYPE_CHECKING, Final

from schema.calendar import TEHRAN
from schema.jalali import Jalali
from schema.text import persian_digits
from services.notifications.messages import write_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from services.notifications.channels.delivery import Delivery

UNSUBSCRIBE: Final = "unsubscribe"
"""What the sealed secret of an address for unsubscribing begins with, so that no other secret serves."""


@dataclass(frozen=True, slots=True)
class _Words:
    greeting: str
    digest: str
    look: str
    reason: str
    change: str
    stop: str
    heading: str


_WORDS: Final = {
    "FA": _Words(
        "سلام {name}،",
        "{count} پیام از خوشه‌های شما",
        "دیدن خوشه",
        "این نامه را می‌گیرید چون در سامانهٔ خوشه به این رویدادها دسترسی دارید.",
        "تغییر شیوهٔ دریافت پیام‌ها",
        "دیگر نامه نفرستید",
        "سامانه خوشه",
    ),
    "EN": _Words(
        "Hello {name},",
        "{count} messages about your clusters",
        "See the cluster",
        "You get this because these events are within your reach in Khoosheh.",
        "Change how you are written to",
        "Send me no more e-mail",
        "Khoosheh",
    ),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and where its links lead; `unsubscribe` is the secret address, if there is one."""

    address: str
    admin_url: str
    unsubscribe: str | None = None

    @property
    def domain(self) -> str:
        """The domain that names letters and threads."""
        return parseaddr(self.address)[1].rpartition("@")[2] or "khoosheh.invalid"

    def name(self, thing: UUID | str) -> str:
        """Name a letter or a thread; the same thing has the same name on every attempt."""
        return f"<{thing}@{self.domain}>"


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    lines: tuple[str, ...]
    place: str
    day: str
    link: str | None


def compose(run: Sequence[Delivery], letterhead: Letterhead, *, now: datetime) -> EmailMessage:
    """Write one letter of all deliveries of a run; its Message-ID is that of the first and never changes."""
    first = run[0]
    reader = first.reader
    if reader is None or reader.email is None:
        raise ValueError("A letter needs somebody to read it.")
    language = reader.language
    words = _WORDS[language]
    parts = [_part(delivery, language, letterhead.admin_url) for delivery in run]
    letter = EmailMessage()
    letter["From"] = letterhead.address
    letter["To"] = formataddr((reader.name, reader.email))
    letter["Subject"] = _subject(parts, words, language)
    letter["Date"] = format_datetime(now.astimezone(TEHRAN))
    letter["Message-ID"] = letterhead.name(first.id)
    if len({part.place for part in parts}) == 1 and first.event and first.event["cluster_id"]:
        thread = letterhead.name(f"cluster-{first.event['cluster_id']}")
        letter["In-Reply-To"], letter["References"] = thread, thread
    letter["Auto-Submitted"] = "auto-generated"
    if letterhead.unsubscribe:
        letter["List-Unsubscribe"] = f"<{letterhead.unsubscribe}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    greeting = words.greeting.format(name=reader.name)
    letter.set_content(_text(parts, greeting, words, letterhead), cte="quoted-printable")
    letter.add_alternative(
        _page(parts, greeting, words, letterhead, language), subtype="html", cte="quoted-printable"
    )
    # Only now: setting the content would take it for a header of the first part.
    letter["Content-Language"] = language.lower()
    return letter


def _part(delivery: Delivery, language: str, admin_url: str) -> _Part:
    event = delivery.event
    if event is None:
        raise ValueError("A message to people tells of an event.")
    message = write_together(event, delivery.content.get("also", ()), language)
    day = event["at"].astimezone(TEHRAN).date()
    tail = language.lower()
    slug = event["slug"]
    return _Part(
        message.title,
        tuple(message.body.splitlines()),
        event[f"cluster_{tail}"] or event[f"province_{tail}"] or "",
        Jalali.of(day).text_fa if language == "FA" else f"{day.isoformat()} ({Jalali.of(day).text_en})",
        f"{admin_url.rstrip('/')}/clusters/{slug}" if slug else None,
    )


def _subject(parts: Sequence[_Part], words: _Words, language: str) -> str:
    if len(parts) == 1:
        return f"{parts[0].title}: {parts[0].place}" if parts[0].place else parts[0].title
    count = str(len(parts))
    return words.digest.format(count=persian_digits(count) if language == "FA" else count)


def _text(parts: Sequence[_Part], greeting: str, words: _Words, letterhead: Letterhead) -> str:
    told = "\n\n".join(
        "\n".join((f"{part.title} ({part.day})", *part.lines, *([part.link] if part.link else [])))
        for part in parts
    )
    stop = f"\n{words.stop}: {letterhead.unsubscribe}" if letterhead.unsubscribe else ""
    change = f"{words.change}: {_preferences(letterhead)}"
    return f"{greeting}\n\n{told}\n\n-- \n{words.reason}\n{change}{stop}\n"


def _page(parts: Sequence[_Part], greeting: str, words: _Words, letterhead: Letterhead, language: str) -> str:
    """Write the letter as a page; the direction stands on the tables too, since some readers drop the outer tags."""
    way = "rtl" if language == "FA" else "ltr"
    align = "right" if language == "FA" else "left"
    cell = f'dir="{way}" align="{align}" style="font-family:Vazirmatn,Tahoma,sans-serif;line-height:1.8;color:#2b2118"'
    told = "".join(
        f'<tr><td {cell}><h2 style="font-size:16px;margin:16px 0 4px">{escape(part.title)}</h2>'
        f'<p style="margin:0;color:#6b5a4a">{escape(part.place)} · {escape(part.day)}</p>'
        + "".join(f'<p style="margin:4px 0">{escape(line)}</p>' for line in part.lines)
        + (
            f'<p style="margin:4px 0"><a href="{escape(part.link)}">{escape(words.look)}</a></p>'
            if part.link
            else ""
        )
        + "</td></tr>"
        for part in parts
    )
    stop = (
        f' · <a href="{escape(letterhead.unsubscribe)}">{escape(words.stop)}</a>'
        if letterhead.unsubscribe
        else ""
    )
    return (
        f'<!doctype html><html lang="{language.lower()}" dir="{way}"><head><meta charset="utf-8">'
        f"<title>{escape(words.heading)}</title></head><body>"
        f'<table role="presentation" dir="{way}" width="100%" cellpadding="0" cellspacing="0">'
        f"<tr><td {cell}><p>{escape(greeting)}</p></td></tr>{told}"
        f'<tr><td {cell}><hr><p style="font-size:12px">{escape(words.reason)}<br>'
        f'<a href="{escape(_preferences(letterhead))}">{escape(words.change)}</a>{stop}</p></td></tr>'
        "</table></body></html>"
    )


def _preferences(letterhead: Letterhead) -> str:
    return f"{letterhead.admin_url.rstrip('/')}/profile/notifications"
