"""Writes what mail servers write when a letter does not arrive (RFC 3464), and what others write to such addresses."""

from __future__ import annotations


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 <reader@khoosheh.example>: no such user",
    kind: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """Return a report on one letter; an empty part is left out."""
    fields = {
        "Final-Recipient": "rfc822; reader@khoosheh.example",
        "Action": action,
        "Status": status,
        "Diagnostic-Code": said,
    }
    told = "\r\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    lines = (
        "From: Mail Delivery System <MAILER-DAEMON@mail.example>",
        "To: bounce@khoosheh.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: {kind}; boundary="=_part"',
        "",
        "--=_part",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "This is the mail system. Your message could not be delivered.",
        "--=_part",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.example",
        "",
        told,
        "",
        "--=_part",
        "Content-Type: text/rfc822-headers",
        "",
        "Subject: a letter",
        "",
        "--=_part--",
        "",
    )
    return "\r\n".join(lines).encode()


def out_of_office() -> bytes:
    """Return what a reader's program answers, which says nothing about a letter's fate."""
    return (
        b"From: reader@khoosheh.example\r\nSubject: I am away\r\nAuto-Submitted: auto-replied\r\n\r\n"
        b"550 5.1.1 is what a mail server would say; I am on holiday.\r\n"
    )
