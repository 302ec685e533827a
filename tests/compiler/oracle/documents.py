"""Documents made at random over the declarations: aliases, fragments, directives, pages, filters, orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from strawberry.types.base import StrawberryOptional
from strawberry.utils.str_converters import to_camel_case

from schema.declaration import Column, Many, One
from schema.derivation import scalar_of
from schema.graph import ENTITIES, declarations
from schema.vocabulary import Term
from tests.compiler.oracle.computed import COMPUTED
from tests.compiler.oracle.counted import COUNTED, COUNTED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn

TYPES = (
    *("Province", "Cluster", "Product", "ClusterProject", "Phase", "ActionPlan", "SubProject"),
    *("Milestone", "Stakeholder", "Membership", "Network", "SupportInstitution", "SupportCommitment"),
)
DEEPEST = 3
# The Python type of a column, as declared.
Kind = Any
WORDS = ("کارگاه", "لرستان", "گلیم", "شبکه", "ماشته", "كارگاه ۰۰۱", "workshop 0", "kilim", "۱۴۰۵", "zzz")
FIGURES = (0, 0.5, 1, 6.3, 33.3, 50, 66.7, 100)
DAYS = ("2015-06-06", "2024-01-01", "2025-06-01", "2026-09-23")


def kinds(type_name: str) -> dict[str, tuple[str, Any, Any]]:
    """Return the fields the oracle knows: name → what it is, its declaration, its Python type."""
    found: dict[str, tuple[str, Any, Any]] = {}
    for key, (field, declaration) in declarations(ENTITIES[type_name].graph).items():
        name = field.graphql_name or to_camel_case(key)
        if isinstance(declaration, Column) and (declaration.sql is None or (type_name, name) in COMPUTED):
            kind = scalar_of(field)
            found[name] = ("column", declaration, getattr(kind, "wrapped_cls", kind))
        elif isinstance(declaration, One) and declaration.target in TYPES:
            annotation: Any = field.type_annotation
            optional = isinstance(annotation.resolve(), StrawberryOptional)
            found[name] = ("one", declaration, optional)
        elif isinstance(declaration, Many) and declaration.target in TYPES:
            found[name] = ("many" if declaration.paged else "few", declaration, None)
        elif (type_name, name) in COUNTED:
            found[name] = ("counted", declaration, None)
    return found


@st.composite
def documents(draw: DrawFn) -> tuple[str, dict[str, bool]]:
    """Make a document and its variables."""
    fragments: list[str] = []
    roots = draw(
        st.lists(st.sampled_from([one for one in TYPES if ENTITIES[one].root]), min_size=1, max_size=2)
    )
    picked = [
        f"r{index}: {ENTITIES[name].plural}{draw(pages(name, 5))} {draw(connections(name, 1, fragments))}"
        for index, name in enumerate(roots)
    ]
    document = f"query ($yes: Boolean!, $no: Boolean!) {{ {' '.join(picked)} used: {KEEP} }}"
    return "\n".join([document, *fragments]), {"yes": True, "no": False}


# Both variables must be used somewhere, or the document is not valid.
KEEP = "provinces(first: 1) { totalCount @include(if: $yes) nodes @skip(if: $no) { id } }"


@st.composite
def pages(draw: DrawFn, type_name: str, most: int) -> str:
    """Make the arguments of a connection."""
    given = [f"{draw(st.sampled_from(['first', 'last']))}: {draw(st.integers(1, most))}"]
    if draw(st.booleans()):
        given.append(f"filter: {draw(filters(type_name, 1))}")
    if draw(st.booleans()):
        given.append(f"orderBy: [{', '.join(draw(st.lists(orders(type_name, 1), min_size=1, max_size=3)))}]")
    return f"({', '.join(given)})"


@st.composite
def connections(draw: DrawFn, type_name: str, depth: int, fragments: list[str]) -> str:
    """Make what is asked of a connection."""
    parts = [f"nodes {draw(selections(type_name, depth, fragments))}"]
    if draw(st.booleans()):
        parts.append("totalCount")
    if draw(st.booleans()):
        parts.append("info: pageInfo { hasNextPage hasPreviousPage }")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"edges {{ node {draw(selections(type_name, DEEPEST, fragments))} }}")
    return f"{{ {' '.join(parts)} }}"


@st.composite
def selections(draw: DrawFn, type_name: str, depth: int, fragments: list[str]) -> str:
    """Make what is asked of an object; a field is named, renamed, behind a directive or in a fragment."""
    known = kinds(type_name)
    names = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=4, unique=True))
    parts = ["id"]
    for index, name in enumerate(names):
        what, declaration, _ = known[name]
        if what == "column":
            asked = name
        elif what == "counted":
            asked = f"{name} {{ {' '.join(COUNTED_FIELDS[name])} }}"
        elif depth >= DEEPEST:
            continue
        elif what in {"one", "few"}:
            asked = f"{name} {draw(selections(declaration.target, depth + 1, fragments))}"
        else:
            inner = draw(connections(declaration.target, depth + 1, fragments))
            asked = f"{name}{draw(pages(declaration.target, 3))} {inner}"
        parts.append(_dressed(draw, asked, f"a{index}", type_name, fragments))
    return f"{{ {' '.join(parts)} }}"


def _dressed(draw: DrawFn, asked: str, alias: str, type_name: str, fragments: list[str]) -> str:
    renamed = f"{alias}: {asked}"
    dress: Callable[[], str] = draw(
        st.sampled_from(
            [
                lambda: renamed,
                lambda: f"... on {type_name} {{ {renamed} }}",
                lambda: f"... on Node {{ id }} {renamed}",
                lambda: f"... @include(if: $yes) {{ {renamed} }}",
                lambda: f"... @skip(if: $yes) {{ {renamed} }} __typename",
                lambda: f"... @include(if: $no) {{ {renamed} }} __typename",
                lambda: _fragment(renamed, type_name, fragments),
            ]
        )
    )
    return dress()


def _fragment(asked: str, type_name: str, fragments: list[str]) -> str:
    name = f"F{len(fragments) + 1}"
    fragments.append(f"fragment {name} on {type_name} {{ {asked} }}")
    return f"...{name}"


@st.composite
def filters(draw: DrawFn, type_name: str, depth: int) -> str:
    """Make a filter."""
    shape = draw(st.sampled_from(["field", "field", "and", "or", "not"])) if depth < DEEPEST else "field"
    if shape in {"and", "or"}:
        inner = draw(st.lists(filters(type_name, depth + 1), min_size=1, max_size=2))
        return f"{{{shape}: [{', '.join(inner)}]}}"
    if shape == "not":
        return f"{{not: {draw(filters(type_name, depth + 1))}}}"
    known = {
        name: found
        for name, found in kinds(type_name).items()
        if (found[0] == "column" and _askable(found[1], name))
        or (found[0] in {"one", "many"} and depth < DEEPEST)
    }
    name = draw(st.sampled_from(sorted(known)))
    what, declaration, kind = known[name]
    if what != "column":
        return f"{{{name}: {draw(filters(declaration.target, depth + 1))}}}"
    return f"{{{name}: {{{draw(conditions(kind))}}}}}"


def _askable(column: Column, name: str) -> bool:
    """Whether anybody may filter by a column; contact data is refused to most and tested elsewhere."""
    return column.filterable and column.restricted is None and name not in {"id", "createdAt"}


@st.composite
def conditions(draw: DrawFn, kind: Kind) -> str:
    """Make one condition on a scalar."""
    if kind is not bool and draw(st.integers(0, 4)) == 0:
        return f"isNull: {draw(st.sampled_from(['true', 'false']))}"
    if isinstance(kind, type) and issubclass(kind, Term):
        return draw(memberships([member.value for member in kind]))
    operator = draw(st.sampled_from(["eq", "ne", "gt", "gte", "lt", "lte"]))
    match getattr(kind, "__name__", ""):
        case "bool":
            found = f"eq: {draw(st.sampled_from(['true', 'false']))}"
        case "str":
            textual = draw(st.sampled_from(["contains", "startsWith", "eq", "ne"]))
            found = f'{textual}: "{draw(st.sampled_from(WORDS))}"'
        case "int":
            found = f"{operator}: {draw(st.integers(-1, 12) | st.sampled_from([-200, 90, 400]))}"
        case "float":
            found = f"{operator}: {draw(st.sampled_from(FIGURES))}"
        case "Decimal":
            found = f'{operator}: "{draw(st.sampled_from(FIGURES))}"'
        case "date":
            found = f'{operator}: "{draw(st.sampled_from(DAYS))}"'
        case _:
            found = "isNull: false"
    return found


@st.composite
def memberships(draw: DrawFn, members: list[str]) -> str:
    """Make a condition on a term."""
    if draw(st.booleans()):
        return f"{draw(st.sampled_from(['eq', 'ne']))}: {draw(st.sampled_from(members))}"
    several = draw(st.lists(st.sampled_from(members), min_size=1, max_size=3))
    return f"{draw(st.sampled_from(['in', 'notIn']))}: [{', '.join(several)}]"


@st.composite
def orders(draw: DrawFn, type_name: str, depth: int) -> str:
    """Make one step of an order."""
    known = {
        name: found
        for name, found in kinds(type_name).items()
        if (found[0] == "column" and found[1].orderable and found[1].restricted is None)
        or (found[0] == "one" and depth < DEEPEST)
    }
    name = draw(st.sampled_from(sorted(known)))
    what, declaration, _ = known[name]
    if what == "one":
        return f"{{{name}: {draw(orders(declaration.target, depth + 1))}}}"
    return f"{{{name}: {draw(st.sampled_from(['ASC', 'DESC']))}}}"
