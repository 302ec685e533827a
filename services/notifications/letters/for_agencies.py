"""What agencies are written to: that an endpoint of theirs was paused, in Persian or English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING, Any, Final

from schema.identity import global_id
from schema.text import persian_digits
from services.notifications.letters.page import moment_text, written

if TYPE_CHECKING:
    from uuid import UUID

    from services.notifications.channels.delivery import Delivery, Reader

LETTER: Final = "letter"
"""Under this word the content of a delivery names the letter that an agency gets."""

_PAUSED: Final = "endpoint_paused"


@dataclass(frozen=True, slots=True)
class _Words:
    """The letter in one language."""

    subject: str
    greeting: str
    reason: str
    remedy: str
    why: str


_WORDS: Final = {
    "FA": _Words(
        "نشانی وب‌هوک شما در سامانه خوشه متوقف شد",
        "{name}، سلام،",
        "فرستادن رویدادها به نشانی وب‌هوک «{endpoint}» پس از {failures} تلاش ناموفق از {since} متوقف شد. "
        "آخرین مشکل: {problem}",
        "هیچ رویدادی از دست نرفته است. نشانی را درست کنید، با testWebhookEndpoint بیازمایید و با "
        "resumeWebhookEndpoint دوباره به کار اندازید (id: {id})؛ آنچه مانده است به ترتیب فرستاده می‌شود.",
        "این نامه به نشانی تماس دستگاه شما فرستاده شده است.",
    ),
    "EN": _Words(
        "Your webhook endpoint at Khoosheh is paused",
        "Hello {name},",
        "Events are no longer posted to your webhook endpoint “{endpoint}” after {failures} failed attempts since "
        "{since}. The last problem: {problem}",
        "Nothing is lost. Mend the endpoint, try it with testWebhookEndpoint and set it going with "
        "resumeWebhookEndpoint (id: {id}); what waits is then posted in its order.",
        "This letter went to the contact address of your agency.",
    ),
}


def paused_letter(
    *, endpoint: UUID, name: str, failures: int, since: datetime, problem: str | None
) -> dict[str, Any]:
    """Return what a delivery keeps of a letter that tells that an endpoint was paused."""
    return {
        LETTER: _PAUSED,
        "id": global_id("WebhookEndpoint", endpoint),
        "endpoint": name,
        "failures": failures,
        "since": since.isoformat(),
        "problem": problem or "–",
    }


def compose(delivery: Delivery, reader: Reader, *, sender: str) -> EmailMessage:
    """Write the letter of a delivery to the contact of an agency; sent again it has the same Message-ID."""
    content, language = delivery.content, reader.language
    words, failures = _WORDS[language], str(content["failures"])
    told = {
        **content,
        "name": reader.name,
        "since": moment_text(datetime.fromisoformat(content["since"]), language),
        "failures": persian_digits(failures) if language == "FA" else failures,
    }
    letter = EmailMessage()
    letter["Subject"] = words.subject
    letter["From"] = sender
    letter["To"] = formataddr((reader.name, reader.email or ""))
    letter["Message-ID"] = f"<{delivery.id}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"
    parts = (words.greeting.format_map(told), words.reason.format_map(told))
    return written(letter, language, parts, None, (words.remedy.format_map(told), words.why))
