"""What is said about the wordings of what people are told."""

from typing import Final

BLANK_UNKNOWN: Final = (
    "جاهای خالی این متن تنها این‌ها هستند: {blanks}؛ جز آن هیچ آکولادی ننویسید.",
    "The blanks of this text can only be: {blanks}; write no other brace.",
)
BLANK_MISSING: Final = (
    "متن این جاهای خالی را ندارد: {blanks}؛ آن‌ها را نیز بنویسید.",
    "The text lacks these blanks: {blanks}; write them as well.",
)
