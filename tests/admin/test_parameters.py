"""The URL is the state of a list: its parameters become typed variables, and what makes no sense is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import build_schema

from web.documents import read_document
from web.parameters import Filter, NotAcceptable, Order, read_question, read_value

if TYPE_CHECKING:
    from web.documents import Operation

FILTERS = (
    Filter("search", "Search", ("nameFa.contains", "nameEn.contains")),
    Filter("status", "State", ("status.in",)),
    Filter("since", "Since", ("builtOn.gte",)),
    Filter("knots", "Knots", ("knots.gte",)),
    Filter("dyer", "Dyer", ("dyer.nameFa.eq",)),
)
ORDERS = (Order("name", "Name", "nameFa"), Order("dyer", "Dyer", "dyer.nameFa"))
LIST = """
query LoomsList(
  $filter: LoomFilter, $orderBy: [LoomOrder!], $first: Int, $after: String, $last: Int, $before: String
) {
  looms(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
  }
}
"""


@pytest.fixture
def listing(workshop: object) -> Operation:
    """Return the query of a list of looms."""
    query = read_document("looms/list", LIST, workshop.schema).query  # type: ignore[attr-defined]  # the fixture's
    assert query
    return query


def test_without_parameters_a_list_starts_at_its_first_order(listing: Operation) -> None:
    question = read_question(listing, {}, {}, FILTERS, ORDERS, 25)
    assert question.variables == {"orderBy": [{"nameFa": "ASC"}], "first": 25}


def test_a_search_looks_through_every_place_and_narrows_with_the_other_filters(listing: Operation) -> None:
    asked = {"search": ["جاجیم"], "status": ["DORMANT", "IDENTIFIED"], "dyer": ["رنگرز"]}
    question = read_question(listing, {}, asked, FILTERS, ORDERS)
    assert question.variables["filter"] == {
        "and": [
            {"or": [{"nameFa": {"contains": "جاجیم"}}, {"nameEn": {"contains": "جاجیم"}}]},
            {"status": {"in": ["DORMANT", "IDENTIFIED"]}},
            {"dyer": {"nameFa": {"eq": "رنگرز"}}},
        ]
    }


def test_days_and_numbers_are_read_in_persian(listing: Operation) -> None:
    question = read_question(listing, {}, {"since": ["۱۴۰۵/۹/۲"], "knots": ["۱٬۰۰۰"]}, FILTERS, ORDERS)
    assert question.variables["filter"] == {
        "and": [{"builtOn": {"gte": "2026-11-23"}}, {"knots": {"gte": 1000}}]
    }


def test_a_value_that_makes_no_sense_is_left_out_and_told(listing: Operation) -> None:
    question = read_question(listing, {}, {"status": ["ASLEEP"], "since": ["دیروز"]}, FILTERS, ORDERS)
    assert "filter" not in question.variables
    assert question.refused == {"status": "NOT_A_CHOICE", "since": "NOT_A_DATE"}


def test_a_minus_sorts_the_other_way_and_an_unknown_order_is_the_first(listing: Operation) -> None:
    down = read_question(listing, {}, {"sort": ["-dyer"]}, FILTERS, ORDERS)
    assert down.variables["orderBy"] == [{"dyer": {"nameFa": "DESC"}}]
    unknown = read_question(listing, {}, {"sort": ["password"]}, FILTERS, ORDERS)
    assert unknown.variables["orderBy"] == [{"nameFa": "ASC"}]


def test_paging_back_asks_for_the_last_before_the_cursor(listing: Operation) -> None:
    back = read_question(listing, {}, {"before": ["c"]}, FILTERS, ORDERS, 25)
    assert (back.variables["last"], back.variables["before"]) == (25, "c")
    assert "first" not in back.variables


def test_the_size_of_a_page_and_the_filter_itself_do_not_come_from_the_url(listing: Operation) -> None:
    question = read_question(
        listing, {}, {"first": ["100000"], "filter": ["{}"], "orderBy": ["x"]}, FILTERS, ORDERS, 25
    )
    assert question.variables == {"orderBy": [{"nameFa": "ASC"}], "first": 25}


@pytest.mark.parametrize("text", ["1e400", "99999999999999999999999", "0x10", "۱۲۳a", "1.5"])
def test_a_whole_number_is_nothing_else(text: str) -> None:
    kind = build_schema("type Query { a(n: Int): Int }").type_map["Int"]
    with pytest.raises(NotAcceptable):
        read_value(kind, [text])  # type: ignore[arg-type]  # a scalar of the schema


def test_conditions_besides_a_filter_hold_for_the_same_thing(listing: Operation) -> None:
    narrowing = Filter("dyer", "Dyer", ("dyer.nameFa.eq",), besides=(("dyer.nameEn.eq", "Dyer"),))
    asked = read_question(listing, {}, {"dyer": ["رنگرز"]}, (narrowing,))
    assert asked.variables["filter"] == {"dyer": {"nameFa": {"eq": "رنگرز"}, "nameEn": {"eq": "Dyer"}}}
