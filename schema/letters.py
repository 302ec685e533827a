"""The letters, digits, spaces and marks of Persian text as tables: which are the same, and their order."""

from typing import Final


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


ZWNJ: Final = "\u200c"
LETTER_VARIANTS: Final = {
    "ی": "\u064a\u0649\u0626\u06d2",  # Arabic yeh, alef maksura, yeh with hamza, yeh barree
    "ک": "\u0643\u06aa",  # Arabic kaf, swash kaf
    "ه": "\u0629\u06c0\u06d5\u06c1\u06be",  # teh marbuta, heh with yeh above, and the hehs of other keyboards
    "ا": "\u0623\u0625\u0671",  # alef with hamza above or below, alef wasla
    "و": "\u0624",  # waw with hamza
}
LATIN_DIGITS: Final = "0123456789"
PERSIAN_DIGITS: Final = _span(0x06F0, 0x06F9)
ARABIC_DIGITS: Final = _span(0x0660, 0x0669)
LATIN_CAPITALS: Final = _span(ord("A"), ord("Z"))
LATIN_LETTERS: Final = _span(ord("a"), ord("z"))
SPACES: Final = " \u00a0\t\n\r\v\f\u0085\u1680" + _span(0x2000, 0x200A) + "\u2028\u2029\u202f\u205f\u3000"
BIDI_CONTROLS: Final = "\u061c\u200e\u200f" + _span(0x202A, 0x202E) + _span(0x2066, 0x2069)
JOINERS: Final = ZWNJ + "\u200b\u200d\u2060\ufeff\u00ad"
TATWEEL_AND_MARKS: Final = "\u0640\u0670" + _span(0x064B, 0x065F)
INVISIBLE: Final = JOINERS + BIDI_CONTROLS + TATWEEL_AND_MARKS

# The order of the letters is that of CLDR for Persian: hamza and its carriers stand together after
# alef, Kurdish letters after the letter they were made from, Latin letters after all of these.
ALPHABET: Final = "آاءبپتثجچحخدذرڕزژسشصضطظعغفڤقکگلڵمنوۆهیێ" + LATIN_LETTERS
HAMZA_CARRIERS: Final = "\u0623\u0624\u0625\u0626"
# The characters of our texts, the most frequent ones first; it decides about speed only.
FREQUENT_FIRST: Final = " ایرنهمودتسبل" + ZWNJ + "شکزگخفعقپجحصچطغضآژذثظئأ0123456789eaonirtslhdcmupkgbyvfwzjxq"
# Punctuation sorts before digits; what ASCII or Unicode puts behind them shares the last such place.
LATE_PUNCTUATION: Final = ":;<=>?@[\\]^_`{|}~،؛؟٪٫٬«»–—…“”‘’"
# NFC leaves this pair apart, although it is the same letter as yeh with hamza.
HAMZA_OVER_YEH: Final = ("\u06cc\u0654", "\u0626")
HAMZA_OVER_ALEF_MAKSURA: Final = ("\u0649\u0654", "\u0626")

_TO_LATIN: Final = dict(zip(PERSIAN_DIGITS + ARABIC_DIGITS, LATIN_DIGITS * 2, strict=True))
_SAME_LETTER: Final = {
    variant: letter for letter, variants in LETTER_VARIANTS.items() for variant in variants
} | dict(zip(LATIN_CAPITALS, LATIN_LETTERS, strict=True))
SQUASHED: Final = _SAME_LETTER | _TO_LATIN | dict.fromkeys(INVISIBLE + SPACES, "")
# Places are counted in ASCII from the character after the digits, so that a key has one byte a letter.
_PLACES: Final = {letter: chr(ord("9") + 1 + place) for place, letter in enumerate(ALPHABET)}
ORDERED: Final = (
    _PLACES
    | {variant: _PLACES[letter] for variant, letter in _SAME_LETTER.items()}
    | dict.fromkeys(HAMZA_CARRIERS, _PLACES["ء"])
    | _TO_LATIN
    | dict.fromkeys(SPACES, " ")
    | dict.fromkeys(LATE_PUNCTUATION, "/")
    | dict.fromkeys(INVISIBLE, "")
)
SQUASH: Final = str.maketrans(SQUASHED)
FOLD: Final = str.maketrans(SQUASHED | dict.fromkeys(SPACES, " "))
ORDER: Final = str.maketrans(ORDERED)
CODE: Final = str.maketrans(
    _TO_LATIN | dict.fromkeys(BIDI_CONTROLS + JOINERS, "") | dict.fromkeys(SPACES, " ")
)
NUMBER: Final = str.maketrans({"٫": ".", "٬": ",", "٪": "%", "\u2212": "-"})
TO_PERSIAN: Final = str.maketrans(LATIN_DIGITS + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
