"""Why a file is not taken in or given out at all, said in the language of whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.unusable import Unusable
from services.graphql.exchange import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFUSALS: Final[dict[str, tuple[str, Unusable, Mapping[str, str]]]] = {
    "not open": (
        "FORBIDDEN",
        Unusable(
            "فرستادن فایل برای نقش شما باز نیست؛ از کسی بخواهید که می‌تواند سند پیوست کند.",
            "Sending files is not open to your role: ask somebody who may attach documents.",
        ),
        {},
    ),
    "too many waiting": (
        "RATE_LIMITED",
        Unusable(
            "فایل‌های زیادی از شما در انتظار پیوست شدن است؛ آن‌ها را پیوست کنید یا دیرتر بازگردید.",
            "Too many of your files wait to be attached: attach them or come back later.",
        ),
        {"retry-after": "3600"},
    ),
    "unavailable": (
        "UNAVAILABLE",
        Unusable(
            "انبار سندها اکنون در دسترس نیست؛ کمی دیگر دوباره بکوشید.",
            "The storage of documents is not available: try again in a moment.",
        ),
        {},
    ),
    "late": (
        "REQUEST_TIMEOUT",
        Unusable(
            "فایل به‌موقع نرسید؛ آن را دوباره بفرستید.", "The file did not arrive in time: send it again."
        ),
        {},
    ),
    "broken off": (
        "BAD_REQUEST",
        Unusable(
            "فایل کامل نرسید؛ آن را دوباره بفرستید.", "The file did not arrive as a whole: send it again."
        ),
        {},
    ),
    "absent": (
        "NOT_FOUND",
        Unusable("چنین سندی نیست؛ شناسه را بررسی کنید.", "There is no such document: check the id."),
        {},
    ),
}


def refused(why: str, language: str) -> Refusal:
    """Return the refusal for a reason of this module, with its remedy."""
    code, words, headers = _REFUSALS[why]
    return Refusal(code, words.reason_fa if language == "fa" else words.reason_en, headers=headers)
