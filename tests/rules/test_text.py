"""Persian text: what is stored, what is searched, what is sorted, and what codes and numbers mean."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.letters import ALPHABET, ARABIC_DIGITS, BIDI_CONTROLS, FREQUENT_FIRST, PERSIAN_DIGITS, ZWNJ
from schema.text import (
    TextFault,
    UnusableText,
    clean,
    code,
    fold,
    number,
    persian_digits,
    sort_key,
    sql_functions,
    squash,
)

# The order in which `Intl.Collator("fa")` of Node 20 (ICU 78.2) puts the 31 provinces.
PROVINCES_IN_ORDER = """
آذربایجان شرقی | آذربایجان غربی | اردبیل | اصفهان | البرز | ایلام | بوشهر | تهران | چهارمحال و بختیاری |
خراسان جنوبی | خراسان رضوی | خراسان شمالی | خوزستان | زنجان | سمنان | سیستان و بلوچستان | فارس | قزوین |
قم | کردستان | کرمان | کرمانشاه | کهگیلویه و بویراحمد | گلستان | گیلان | لرستان | مازندران | مرکزی |
هرمزگان | همدان | یزد
"""
# The same for words of the glossary, with hamza, non-joiners, spaces and punctuation.
GLOSSARY_IN_ORDER = """
آغاز نشده | آموزش فنی و حرفه‌ای | آموزش مشترک | اتاق بازرگانی | اتحادیه/صنف | ارائه‌دهنده خدمات |
ارائه‌شده به شورا | استانداری | اعتمادسازی | اعلام‌شده | افقی | امکان‌سنجی | انجمن | اولویت‌بندی‌شده |
باز | بازدید مشترک | بازگشت برای اصلاح | بازه‌ای | بافنده | بانک | بزرگ | بهبود کیفیت | بی‌مورد |
بین‌المللی | پارک علم و فناوری | پایان با تأخیر | پایان به‌موقع | پایان‌یافته | پرداخت و رفوگری |
پیاده‌سازی | پیش‌نویس | پیشنهادی | پیمانکار فرعی | پیوسته | تأمین مواد اولیه |
تأمین‌کننده ابزار و ماشین‌آلات | تأمین‌کننده مواد اولیه | تأیید | تدوین سند برنامه عمل | تشکل |
تعاون، کار و رفاه اجتماعی | تعاونی | تور صنعتی | توسعه بازار | توسعه منابع انسانی | توسعه‌یافته |
ثبت‌شده | ثبت‌نشده | جایگزین‌شده | جهاد کشاورزی | حمایت از شرکت در نمایشگاه | خاتمه‌یافته | خارج‌شده |
خروج عامل توسعه | خریدار | دارای تأخیر | دانشگاه | در حال اجرا | در حال توسعه | در معرض تأخیر |
دوره‌ای | دولتی | رد | ردشده | رنگرز | ریسنده | سازمان مردم‌نهاد | سایر | شبکه‌سازی | شرکت سهامی |
شرکت شهرک‌های صنعتی | شناسایی‌شده | صادرکننده | صندوق | صنعت، معدن و تجارت | طراح | عمودی |
عودت برای اصلاح | غیردولتی | غیرفعال | فراگیر | کارگاه تولیدی | کنسرسیوم | کنسرسیوم صادراتی |
لغو اعلام | لغوشده | متوقف | مصوب | مصوب شورای راهبری | مطابق برنامه | مطالعه شناختی | منحل |
میراث فرهنگی، گردشگری و صنایع دستی | نشست هم‌اندیشی | نهاد پشتیبان | واجد شرایط خروج | واسطه
"""

texts = st.text(
    st.one_of(
        st.sampled_from(
            "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيىكةأإٱؤئۀء ـًٌَُِّْٰٔ" + ZWNJ + PERSIAN_DIGITS + ARABIC_DIGITS
        ),
        st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cn"], exclude_characters="\0"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("كليم و جاجيم", "کلیم و جاجیم"),
        (f"می{ZWNJ}شود", "می شود"),
        (f"می{ZWNJ}شود", "میشود"),
        ("توسعهی خوشه", f"توسعه{ZWNJ}ی خوشه"),
        ("فاز ۳", "فاز ٣"),
        ("فاز ۳", "فاز 3"),
        ("خانۀ پنج‌زاری", "خانهٔ پنج‌زاری"),
        ("خانۀ پنج‌زاری", "خانه پنج زاری"),
        ("تأمین", "تامین"),
        ("إيران", "ایران"),
        ("ٱلشتر", "الشتر"),
        ("صدرة", "صدره"),
        ("موسى", "موسی"),
        ("گلیـــم", "گلیم"),
        ("مُصَوَّب", "مصوب"),
        ("\u200fگلیم\u200e", "گلیم"),
        ("گلیم\u00a0لرستان", "گلیم لرستان"),
        ("Lorestan", "LORESTAN"),
    ],
)
def test_two_spellings_of_one_word_have_one_search_key(typed: str, other: str) -> None:
    assert squash(typed) == squash(other)


def test_neither_nfc_nor_nfkc_nor_casefold_would_have_united_the_two_keyboards() -> None:
    arabic, persian = "كليم", "کلیم"
    assert unicodedata.normalize("NFC", arabic) != persian
    assert unicodedata.normalize("NFKC", arabic) != persian
    assert arabic.casefold() != persian
    assert squash(arabic) == persian


def test_hamza_is_composed_before_letters_are_folded() -> None:
    assert squash("\u064a\u0654") == squash("\u06cc\u0654") == squash("\u0626") == "\u06cc"


@pytest.mark.parametrize(("one", "other"), [("آذر", "اذر"), ("گلیم", "کلیم"), ("کسب و کار", "کسب کار")])
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert squash(one) != squash(other)


def test_folding_keeps_the_words_apart() -> None:
    assert fold("  خوشهٔ  گليم\u00a0و\tجاجيم ") == "خوشه گلیم و جاجیم"
    assert fold(f"کسب{ZWNJ}وکار") == "کسبوکار"


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert squash(squash(text)) == squash(text)
    assert fold(fold(text)) == fold(text)
    assert squash(fold(text)) == squash(text)


@given(texts)
def test_the_normal_form_of_what_is_typed_makes_no_difference(text: str) -> None:
    assert squash(unicodedata.normalize("NFD", text)) == squash(unicodedata.normalize("NFC", text))
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("in_order", [PROVINCES_IN_ORDER, GLOSSARY_IN_ORDER], ids=["provinces", "glossary"])
def test_words_are_sorted_as_persian_readers_and_browsers_sort_them(in_order: str) -> None:
    expected = [word.strip() for word in in_order.split("|")]
    mixed = sorted(expected, key=lambda word: word[::-1])
    assert mixed != expected
    assert sorted(mixed, key=sort_key) == expected
    assert sorted(mixed) != expected


def test_letters_stand_between_digits_and_latin_words_and_spaces_before_all() -> None:
    expected = ["آب سرد", "آبادان", "کارگاه ۰۰۲", "کارگاه 010", "کارگاه‌ها", "کارگر", "ISIPO", "unido"]
    assert sorted(sorted(expected, reverse=True), key=sort_key) == expected
    assert sorted(["ا", "z", "۵", "4", " ", "(", "؟"], key=sort_key) == [" ", "(", "؟", "4", "۵", "ا", "z"]


def test_both_keyboards_sort_alike() -> None:
    assert sort_key("كيان") == sort_key("کیان")
    assert sort_key(f"می{ZWNJ}شود") == sort_key("مي‌شود") == sort_key("میشود")


def test_every_letter_of_the_order_has_its_own_printable_place() -> None:
    keys = sort_key(ALPHABET)
    assert keys == "".join(sorted(set(keys)))
    assert len(keys) == len(ALPHABET)
    assert keys.isascii()
    assert keys.isprintable()


def test_what_is_stored_is_what_was_typed_without_edges() -> None:
    assert clean(f"  {ZWNJ}می{ZWNJ}{ZWNJ}شود{ZWNJ} كليم{ZWNJ}، ۳ ") == f"می{ZWNJ}شود كليم، ۳"
    assert clean(f"خانهٔ{ZWNJ}ما") == f"خانهٔ{ZWNJ}ما"
    assert clean(f"{ZWNJ} \u00a0{ZWNJ}") == ""


@given(texts)
def test_cleaning_twice_is_cleaning_once_and_changes_no_search_key(text: str) -> None:
    printable = "".join(character for character in text if unicodedata.category(character) != "Cc")
    assert clean(clean(printable)) == clean(printable)
    assert squash(clean(printable)) == squash(printable)


@pytest.mark.parametrize(
    ("typed", "fault", "position"),
    [
        ("گلیم\0", TextFault.CONTROL_CHARACTER, 4),
        ("\x1b[31m", TextFault.CONTROL_CHARACTER, 0),
        ("خط\nدیگر", TextFault.CONTROL_CHARACTER, 2),
        ("گل\ud83d", TextFault.LONE_SURROGATE, 2),
        ("گل\uffff", TextFault.NONCHARACTER, 2),
    ],
)
def test_what_no_file_or_database_can_hold_is_refused_with_its_place(
    typed: str, fault: TextFault, position: int
) -> None:
    with pytest.raises(UnusableText, match=f"U\\+[0-9A-F]{{4}} at position {position + 1} ") as refusal:
        clean(typed)
    assert (refusal.value.fault, refusal.value.position) == (fault, position)
    assert refusal.value.reason_fa.startswith(f"نویسهٔ شمارهٔ {persian_digits(str(position + 1))} (U+")


def test_long_texts_keep_their_lines_but_no_other_control_characters() -> None:
    assert clean("چشم‌انداز:\r\n\tالف\rب\u2028پ\n", lines=True) == "چشم‌انداز:\n\tالف\nب\nپ"
    with pytest.raises(UnusableText):
        clean("چشم‌انداز\0", lines=True)


def test_a_code_is_read_through_digits_and_direction_marks() -> None:
    assert code(f" \u2067IR-۱٥\u2069{ZWNJ}\u00a0") == "IR-15"
    assert code("".join(BIDI_CONTROLS) + "۰۹۱۲") == "0912"
    with pytest.raises(UnusableText):
        code("12\0")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("۱٬۲۵۰٫۵", "1250.5"),
        ("1,250,000", "1250000"),
        ("٤٢", "42"),
        ("-۳", "-3"),
        ("\u2212۳٫۰", "-3.0"),
        ("۸۰٪", "80"),
        ("80 %", "80"),
        ("00012", "12"),
    ],
)
def test_a_number_is_read_in_every_kind_of_digit(typed: str, value: str) -> None:
    assert number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "سی", "1,5", "12,50", "1.2.3", "NaN", "1e9", "0x10", "--1", "²", "1٫", "१२"]
)
def test_what_is_no_number_is_refused_rather_than_guessed(typed: str) -> None:
    with pytest.raises(UnusableText) as refusal:
        number(typed)
    assert refusal.value.fault is TextFault.NOT_A_NUMBER
    assert refusal.value.reason_fa.startswith("این عدد نیست")


def test_people_read_persian_digits() -> None:
    assert persian_digits("کارگاه 007 و ٤٥") == "کارگاه ۰۰۷ و ۴۵"


def test_the_sql_functions_are_plain_ascii_and_can_be_made_and_dropped_by_name() -> None:
    names = ["khoosheh_squash", "khoosheh_order"]
    for name, (create, drop) in zip(names, sql_functions(), strict=True):
        assert create.startswith(f"create or replace function {name}(value text) returns text")
        assert "immutable strict parallel safe" in create
        assert create.isascii()
        assert drop == f"drop function if exists {name}(text)"


def test_the_frequent_letters_are_listed_once() -> None:
    assert len(set(FREQUENT_FIRST)) == len(FREQUENT_FIRST)
