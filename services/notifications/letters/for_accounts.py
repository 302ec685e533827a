"""What letters about accounts say, in Persian and English."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from schema.vocabulary import LetterKind
from services.notifications.letters.page import moment_text, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class _Words:
    """One letter in one language."""

    subject: str
    greeting: str
    reason: str
    button: str
    until: str
    otherwise: str


_WORDS: Final[dict[tuple[LetterKind, str], _Words]] = {
    (LetterKind.INVITATION, "FA"): _Words(
        "دعوت به سامانه خوشه",
        "سلام {name}،",
        "برای شما در سامانهٔ توسعهٔ خوشه‌های کسب‌وکار حسابی باز شده است. برای ورود، نخست گذرواژه‌ای برگزینید:",
        "برگزیدن گذرواژه",
        "این پیوند یک بار و تا {until} کار می‌کند. پس از آن، از مدیر خود بخواهید دعوت را دوباره بفرستد.",
        "اگر این دعوت برای شما نیست، نامه را نادیده بگیرید؛ هیچ کاری انجام نمی‌شود.",
    ),
    (LetterKind.INVITATION, "EN"): _Words(
        "You are invited to Khoosheh",
        "Hello {name},",
        "An account was opened for you in Khoosheh, the system for developing business clusters. "
        "To sign in, choose a password first:",
        "Choose a password",
        "This link works once and until {until}. After that, ask your administrator to send the invitation again.",
        "If this is not for you, leave the letter as it is; nothing will happen.",
    ),
    (LetterKind.PROVIDER_INVITATION, "FA"): _Words(
        "دعوت به سامانه خوشه",
        "سلام {name}،",
        "برای شما در سامانهٔ توسعهٔ خوشه‌های کسب‌وکار حسابی باز شده است. با {provider} وارد شوید:",
        "ورود با {provider}",
        "در {provider} با همان حسابی وارد شوید که این نشانی ({address}) در آن تأیید شده است؛ گذرواژهٔ دیگری لازم نیست.",
        "اگر این دعوت برای شما نیست، نامه را نادیده بگیرید؛ هیچ کاری انجام نمی‌شود.",
    ),
    (LetterKind.PROVIDER_INVITATION, "EN"): _Words(
        "You are invited to Khoosheh",
        "Hello {name},",
        "An account was opened for you in Khoosheh, the system for developing business clusters. "
        "Sign in with {provider}:",
        "Sign in with {provider}",
        "At {provider}, use the account for which this address ({address}) is confirmed; no other password is needed.",
        "If this is not for you, leave the letter as it is; nothing will happen.",
    ),
    (LetterKind.PASSWORD_RESET, "FA"): _Words(
        "گذرواژهٔ تازه برای سامانه خوشه",
        "سلام {name}،",
        "برای حساب شما گذرواژهٔ تازه‌ای خواسته شده است. با این پیوند آن را برگزینید:",
        "برگزیدن گذرواژهٔ تازه",
        "این پیوند یک بار و تا {until} کار می‌کند. با گذرواژهٔ تازه، همهٔ نشست‌ها و توکن‌های شما پایان می‌یابند.",
        "اگر شما آن را نخواسته‌اید، نامه را نادیده بگیرید؛ گذرواژهٔ شما همان می‌ماند.",
    ),
    (LetterKind.PASSWORD_RESET, "EN"): _Words(
        "A new password for Khoosheh",
        "Hello {name},",
        "A new password was asked for your account. Choose it by this link:",
        "Choose a new password",
        "This link works once and until {until}. A new password ends all your sessions and tokens.",
        "If you did not ask for this, leave the letter as it is; your password stays.",
    ),
}


def compose(
    kind: str,
    content: Mapping[str, str],
    *,
    letter_id: str,
    sender: str,
    admin_url: str,
    expires_at: datetime,
) -> EmailMessage:
    """Write a letter; the same letter sent again carries the same Message-ID."""
    language = "FA" if content["language"].upper() == "FA" else "EN"
    words = _WORDS[LetterKind(kind), language]
    link = f"{admin_url.rstrip('/')}{_way(content)}"
    told = {**content, "until": moment_text(expires_at, language)}
    button = words.button.format_map(told)
    letter = EmailMessage()
    letter["Subject"] = words.subject
    letter["From"] = sender
    letter["To"] = content["address"]
    letter["Message-ID"] = f"<{letter_id}@{_domain(sender)}>"
    parts = (words.greeting.format_map(told), words.reason.format_map(told))
    return written(letter, language, parts, (link, button), (words.until.format_map(told), words.otherwise))


def _way(content: Mapping[str, str]) -> str:
    """Return the path a letter leads to: a password by its secret, or signing in where there is none."""
    secret = content.get("secret")
    return f"/password/reset?secret={quote(secret, safe='')}" if secret else "/sign-in"


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
