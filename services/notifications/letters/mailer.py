"""Hands letters to a mail server, or to a folder; whatever the server says becomes an outcome."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from schema.vocabulary import AttemptStatus
from services.notifications.channels.delivery import Outcome
from services.notifications.returns.refusals import PERMANENT, meaning, quoted, status_in
from services.settings import SettingsInvalid

if TYPE_CHECKING:
    from email.message import EmailMessage
    from types import TracebackType

    from services.settings import Settings

MOST_CONNECTIONS: Final = 4
_SCHEMES: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_UNUSABLE: Final = "SMTP_URL: write it as smtp+starttls://user:password@mail.example:587 or smtps://…:465."
_NO_WAY: Final = "there is no mail server: the operator sets SMTP_URL (or MAIL_OUTBOX for a folder)"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and how the connection is protected."""

    host: str
    port: int
    user: str | None
    password: str | None
    encryption: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Read an address; a password travels encrypted, or it does not leave this machine.

        Raises:
            SettingsInvalid: it cannot be used; the message names the setting and the remedy.
        """
        parts = urlsplit(url.strip())
        try:
            port = parts.port
        except ValueError:
            raise SettingsInvalid(_UNUSABLE) from None
        if parts.scheme not in _SCHEMES or not parts.hostname:
            raise SettingsInvalid(_UNUSABLE)
        if parts.username and parts.scheme == "smtp" and parts.hostname not in _THIS_MACHINE:
            raise SettingsInvalid("SMTP_URL: a password needs smtp+starttls:// or smtps://.")
        return cls(
            parts.hostname,
            port or _SCHEMES[parts.scheme],
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            parts.scheme,
        )

    @property
    def start_tls(self) -> bool | None:
        """Whether the connection is encrypted once it stands; nothing means if the server offers it."""
        if self.encryption == "smtp+starttls":
            return True
        return False if self.encryption == "smtps" or self.host in _THIS_MACHINE else None


class Mailer:
    """Keeps a few connections to the mail server; one letter at a time travels on each."""

    def __init__(self, settings: Settings) -> None:
        url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
        self.sender = settings.mail_from
        self._server = MailServer.of(url) if url.strip() else None
        self._outbox = Path(settings.mail_outbox) if settings.mail_outbox else None
        self._timeout = settings.mail_timeout
        self._idle: list[aiosmtplib.SMTP] = []
        self._room = asyncio.Semaphore(MOST_CONNECTIONS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            self._idle.pop().close()

    async def send(self, letter: EmailMessage, return_to: str | None = None) -> Outcome:
        """Hand in one letter with one recipient; whatever goes wrong is told in the outcome.

        An outcome is final when the server refused this recipient or this letter for good. `return_to` is where
        it comes back to if it does not arrive; without it, to the sender.
        """
        at, began = datetime.now(UTC), time.monotonic()
        status, code, final, wrong = AttemptStatus.FAILED, None, False, False
        problem: str | None = None
        try:
            async with self._room, asyncio.timeout(self._timeout):
                code = await self._hand_in(letter, return_to)
            status = AttemptStatus.SUCCEEDED
        except _Refused as refused:
            status = AttemptStatus.REFUSED if refused.final else AttemptStatus.FAILED
            code, problem, final = refused.code, str(refused), refused.final
            wrong = refused.wrong_address
        except TimeoutError:
            problem = f"the mail server gave no answer within {self._timeout:g} seconds"
        except (aiosmtplib.SMTPException, OSError) as error:
            problem = f"the mail server cannot be reached ({str(error) or type(error).__name__})"
        duration = round((time.monotonic() - began) * 1000)
        return Outcome(
            status, at, duration, code, problem and problem[:300], final=final, wrong_address=wrong
        )

    async def _hand_in(self, letter: EmailMessage, return_to: str | None) -> int | None:
        if self._server is not None:
            return await self._send(letter, return_to)
        if self._outbox is not None:
            await asyncio.to_thread(_file, self._outbox, letter)
            return None
        raise _Refused(_NO_WAY)

    async def _send(self, letter: EmailMessage, return_to: str | None) -> int:
        client = await self._connection()
        try:
            await client.send_message(letter, sender=return_to)
        except aiosmtplib.SMTPException as error:
            client.close()
            raise _reading(error) from None
        except BaseException:
            client.close()
            raise
        self._idle.append(client)
        return 250

    async def _connection(self) -> aiosmtplib.SMTP:
        """Return a connection that answers: one that is idle, or a new one."""
        while self._idle:
            client = self._idle.pop()
            try:
                await client.noop()
            except (aiosmtplib.SMTPException, OSError):
                client.close()
            else:
                return client
        if self._server is None:
            raise _Refused(_NO_WAY)
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host, port=server.port, username=server.user, password=server.password,
            use_tls=server.encryption == "smtps", start_tls=server.start_tls, timeout=self._timeout,
        )  # fmt: skip
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            client.close()
            raise _Refused(
                f"the mail server does not accept our sign-in ({error.code}): correct SMTP_URL"
            ) from None
        except BaseException:
            client.close()
            raise
        return client


class _Refused(Exception):
    """The server answered, and not with yes."""

    def __init__(
        self, words: str, code: int | None = None, *, final: bool = False, wrong_address: bool = False
    ) -> None:
        super().__init__(words)
        self.code = code
        self.final = final
        self.wrong_address = wrong_address


def _reading(error: Exception) -> Exception:
    """Say what a refusal means for whoever can mend it; other errors stay what they are."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        return error
    said = f"{error.code} {quoted(error.message)}"
    permanent = error.code in PERMANENT
    if isinstance(error, aiosmtplib.SMTPRecipientRefused):
        refusal = meaning(status_in(error.message), error.code)
        return _Refused(
            f"the mailbox refuses ({said}): {refusal.remedy if permanent else 'it is tried again'}",
            error.code,
            final=permanent,
            wrong_address=permanent and refusal.wrong_address,
        )
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        remedy = "correct MAIL_FROM or BOUNCE_DOMAIN"
        return _Refused(f"the mail server refuses our sender ({said}): {remedy}", error.code)
    if isinstance(error, aiosmtplib.SMTPDataError):
        return _Refused(f"the mail server refuses the letter ({said})", error.code, final=permanent)
    return _Refused(f"the mail server answered {said}", error.code)


def _file(folder: Path, letter: EmailMessage) -> None:
    """Write a letter as a file that appears whole; the same letter again is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(letter["Message-ID"]).encode()).hexdigest()[:24]
    part = folder / f".{name}.{os.getpid()}"
    part.write_bytes(bytes(letter))
    part.rename(folder / f"{name}.eml")
