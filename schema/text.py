"""The one definition of how Persian text is cleaned, folded for search and put in order, here and in SQL.

`clean` gives what is stored and shown, `squash` the key for search and uniqueness, `sort_key` the
key for order. PostgreSQL computes the same two keys with the functions of `sql_functions`, which
are generated from the same tables, so that index and query can never disagree.
"""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Final

from schema.letters import (
    CODE,
    FOLD,
    FREQUENT_FIRST,
    HAMZA_OVER_ALEF_MAKSURA,
    HAMZA_OVER_YEH,
    NUMBER,
    ORDER,
    ORDERED,
    SQUASH,
    SQUASHED,
    TO_PERSIAN,
    ZWNJ,
)
from schema.unusable import Unusable

_NUMBER_FORM: Final = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?) ?%?")
_LINE_BREAKS: Final = re.compile(r"\r\n?|[\u0085\u2028\u2029]")


class TextFault(StrEnum):
    """Why a text cannot be used."""

    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    LONE_SURROGATE = "LONE_SURROGATE"
    NONCHARACTER = "NONCHARACTER"
    NOT_A_NUMBER = "NOT_A_NUMBER"


_FAULTS: Final = {"Cc": TextFault.CONTROL_CHARACTER, "Cs": TextFault.LONE_SURROGATE}
_WHAT_IT_IS: Final = {
    TextFault.CONTROL_CHARACTER: ("نویسهٔ کنترلی است؛ آن را پاک کنید.", "is a control character: remove it."),
    TextFault.LONE_SURROGATE: (
        "نیمی از یک نویسه است؛ متن را دوباره بنویسید.",
        "is half a character: type the text again.",
    ),
    TextFault.NONCHARACTER: ("نویسه نیست؛ آن را پاک کنید.", "is not a character: remove it."),
}


class UnusableText(Unusable):
    """A text that cannot be stored or read; `fault` says why and `position` where (counted from zero)."""

    def __init__(self, fault: TextFault, position: int, reason_fa: str, reason_en: str) -> None:
        super().__init__(reason_fa, reason_en)
        self.fault = fault
        self.position = position


def clean(text: str, *, lines: bool = False) -> str:
    """Give what is stored and shown: what was typed, trimmed, its zero-width non-joiners only inside words.

    Control characters are refused; with `lines` the text may have tabs and line breaks (of one kind after).
    """
    if lines:
        text = _LINE_BREAKS.sub("\n", text)
    for position, character in enumerate(text):
        if not (lines and character in "\n\t"):
            _refuse_unusable(character, position)
    return _join_only_inside_words(text).strip()


def _refuse_unusable(character: str, position: int) -> None:
    fault = _fault(character)
    if fault is None:
        return
    what_fa, what_en = _WHAT_IT_IS[fault]
    point = f"U+{ord(character):04X}"
    raise UnusableText(
        fault,
        position,
        f"نویسهٔ شمارهٔ {persian_digits(str(position + 1))} ({point}) {what_fa}",
        f"The character {point} at position {position + 1} {what_en}",
    )


def _fault(character: str) -> TextFault | None:
    if character in "\ufffe\uffff":
        return TextFault.NONCHARACTER
    return _FAULTS.get(unicodedata.category(character))


def _join_only_inside_words(text: str) -> str:
    if ZWNJ not in text:
        return text
    pieces = [piece for piece in text.split(ZWNJ) if piece]
    joined = pieces[:1]
    for piece in pieces[1:]:
        inside = (
            unicodedata.category(joined[-1][-1])[0] in "LMN" and unicodedata.category(piece[0])[0] in "LMN"
        )
        joined += [ZWNJ, piece] if inside else [piece]
    return "".join(joined)


def fold(text: str) -> str:
    """Give the text as search sees it, its words kept: one spelling of every letter, digit and space."""
    folded = unicodedata.normalize("NFC", text).translate(FOLD)
    words = unicodedata.normalize("NFC", folded).split(" ")
    return " ".join(word for word in words if word)


def squash(text: str) -> str:
    """Make the key for search and uniqueness: folded, without spaces, equal to SQL `khoosheh_squash`."""
    squashed = unicodedata.normalize("NFC", text).translate(SQUASH)
    return unicodedata.normalize("NFC", squashed)


def sort_key(text: str) -> str:
    """Make the key whose code-point order is the Persian order, equal to SQL `khoosheh_order`."""
    composed = unicodedata.normalize("NFC", text)
    for pair, letter in (HAMZA_OVER_YEH, HAMZA_OVER_ALEF_MAKSURA):
        composed = composed.replace(pair, letter)
    return composed.translate(ORDER)


def code(text: str) -> str:
    """Read a code as it was meant: ASCII digits, nothing invisible; the caller then matches `[0-9A-Z]`."""
    return clean(text.translate(CODE))


def number(text: str) -> Decimal:
    """Read a number typed with Persian, Arabic or Latin digits and separators."""
    typed = _NUMBER_FORM.fullmatch(code(text).translate(NUMBER))
    if typed is None:
        raise UnusableText(
            TextFault.NOT_A_NUMBER,
            0,
            "این عدد نیست؛ آن را با رقم بنویسید، مانند ۱۲۵۰٫۵ یا ۱٬۲۵۰.",
            "This is not a number: write it in digits, as in 1250.5 or 1,250.",
        )
    return Decimal(typed[1].replace(",", ""))


def persian_digits(text: str) -> str:
    """Show every digit as a Persian one, for people who read Persian."""
    return text.translate(TO_PERSIAN)


def sql_functions() -> tuple[tuple[str, str], ...]:
    """Write the statements that create and drop `khoosheh_squash` and `khoosheh_order`."""
    spaced = {character: becomes or " " for character, becomes in SQUASHED.items()}
    squashed = f"replace({_sql_translate('normalize(value, nfc)', spaced)}, ' ', '')"
    composed = "normalize(value, nfc)"
    for pair, letter in (HAMZA_OVER_YEH, HAMZA_OVER_ALEF_MAKSURA):
        composed = f"replace({composed}, {_sql_text(pair)}, {_sql_text(letter)})"
    traits = "language sql immutable strict parallel safe"
    return tuple(
        (
            f"create or replace function {name}(value text) returns text {traits} return {body}",
            f"drop function if exists {name}(text)",
        )
        for name, body in (
            ("khoosheh_squash", f"normalize({squashed}, nfc)"),
            ("khoosheh_order", _sql_translate(composed, ORDERED)),
        )
    )


def _sql_translate(source: str, table: dict[str, str]) -> str:
    """Call `translate`, which deletes what has no partner in its second list.

    It looks every character up from the start of its first list, so the common letters stand there
    even when they stay what they are: that makes the functions three times as fast.
    """
    common_first = {character: table.get(character, character) for character in FREQUENT_FIRST} | table
    replaced = {character: becomes for character, becomes in common_first.items() if becomes}
    deleted = "".join(character for character, becomes in common_first.items() if not becomes)
    source_letters = _sql_text("".join(replaced) + deleted)
    target_letters = _sql_text("".join(replaced.values()))
    return f"translate({source}, {source_letters}, {target_letters})"


def _sql_text(text: str) -> str:
    """Write an SQL literal in plain ASCII, readable whatever an editor shows of invisible characters."""
    escaped = (c if c.isascii() and c.isalnum() else f"\\u{ord(c):04x}" for c in text)
    return f"E'{''.join(escaped)}'"
