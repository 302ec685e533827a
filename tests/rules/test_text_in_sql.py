"""PostgreSQL folds and orders Persian text exactly as Python does, in every migrated database."""

import unicodedata

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.letters import ARABIC_DIGITS, LETTER_VARIANTS, PERSIAN_DIGITS, ZWNJ
from schema.text import sort_key, squash

ASSIGNED = [chr(point) for point in range(1, 0x10000) if unicodedata.category(chr(point)) not in {"Cs", "Cn"}]
PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیء ـًٌَُِّْٰٕٔٓ،؛؟" + ZWNJ + PERSIAN_DIGITS + ARABIC_DIGITS
texts = st.text(
    st.sampled_from(PERSIAN + "".join(LETTER_VARIANTS.values())) | st.sampled_from(ASSIGNED), max_size=30
)


async def keys_in_sql(url: str, words: list[str]) -> list[tuple[str, str]]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "select khoosheh_squash(word), khoosheh_order(word) "
            "from unnest($1::text[]) with ordinality as words (word, place) order by place",
            words,
        )
    finally:
        await connection.close()
    return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(
    "pattern",
    ["{}", "ی{}\u0654", "a\u064e{}\u0301", "می{}شود"],
    ids=["alone", "before hamza", "among marks", "inside a word"],
)
async def test_every_assigned_character_has_the_same_keys_in_python_and_in_sql(
    module_database_url: str, pattern: str
) -> None:
    words = [pattern.format(character) for character in ASSIGNED]
    in_sql = await keys_in_sql(module_database_url, words)
    differing = {
        ascii(word): keys
        for word, keys in zip(words, in_sql, strict=True)
        if keys != (squash(word), sort_key(word))
    }
    assert differing == {}


@settings(max_examples=25, deadline=None)
@given(words=st.lists(texts, min_size=20, max_size=60))
async def test_any_text_has_the_same_keys_in_python_and_in_sql(
    module_database_url: str, words: list[str]
) -> None:
    in_sql = await keys_in_sql(module_database_url, words)
    assert in_sql == [(squash(word), sort_key(word)) for word in words]


async def test_the_order_key_sorts_by_its_bytes_as_python_sorts_it(module_database_url: str) -> None:
    words = [
        "همدان",
        "پلدختر",
        "گیلان",
        "كردستان",
        "کرمان",
        "آب سرد",
        "آبادان",
        "اردبیل",
        "ISIPO",
        "۱۲",
        "تأمین",
    ]
    connection = await asyncpg.connect(module_database_url)
    try:
        in_order = await connection.fetchval(
            'select array_agg(word order by khoosheh_order(word) collate "C") from unnest($1::text[]) word',
            words,
        )
    finally:
        await connection.close()
    expected = [
        "۱۲",
        "آب سرد",
        "آبادان",
        "اردبیل",
        "پلدختر",
        "تأمین",
        "كردستان",
        "کرمان",
        "گیلان",
        "همدان",
        "ISIPO",
    ]
    assert in_order == expected == sorted(words, key=sort_key)


async def test_the_functions_may_stand_in_indexes_and_parallel_plans(module_database_url: str) -> None:
    connection = await asyncpg.connect(module_database_url)
    try:
        traits = await connection.fetch(
            "select provolatile, proisstrict, proparallel from pg_proc "
            "where proname in ('khoosheh_squash', 'khoosheh_order')"
        )
    finally:
        await connection.close()
    assert [tuple(row) for row in traits] == [(b"i", True, b"s")] * 2
