"""From a declared type to its filter, order, edge and connection: nobody writes these by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.types.base import StrawberryList, StrawberryOptional

from schema.declaration import Column, Many, One
from schema.filters import OrderDirection, filter_of
from schema.graph import declarations, publish
from schema.making import Part, later, list_of, make_input, make_object

if TYPE_CHECKING:
    from strawberry.types.field import StrawberryField


@strawberry.type(description="Where a page stands in the whole list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="Whether there is more after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there is more before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge.")


def derive(graph: type) -> None:
    """Make and publish `XFilter`, `XOrder`, `XEdge` and `XConnection` for the type `X`."""
    _filter(graph)
    _order(graph)
    _connection(graph)


def scalar_of(field: StrawberryField) -> Any:
    """Return the Python type of a column without its optionality."""
    annotation = field.type_annotation
    kind = annotation.resolve() if annotation else None
    return kind.of_type if isinstance(kind, StrawberryOptional) else kind


def _filter(graph: type) -> None:
    name, module = graph.__name__, graph.__module__
    parts: dict[str, Part] = {}
    for key, (field, declaration) in declarations(graph).items():
        described = field.description or ""
        if isinstance(declaration, Column) and declaration.filterable:
            kind = scalar_of(field)
            if not isinstance(kind, StrawberryList):
                parts[key] = (filter_of(_python(kind)), described)
        elif isinstance(declaration, One) or (isinstance(declaration, Many) and declaration.paged):
            parts[key] = (_related(declaration, "Filter"), described)
    own = later(f"{name}Filter", module)
    parts["and_"] = (list_of(own), "All of these conditions.")
    parts["or_"] = (list_of(own), "At least one of these conditions.")
    parts["not_"] = (own, "Not this condition.")
    publish(
        module, make_input(f"{name}Filter", module, parts, f"A condition on {name}; parts are joined by and.")
    )


def _order(graph: type) -> None:
    name, module = graph.__name__, graph.__module__
    parts: dict[str, Part] = {}
    for key, (field, declaration) in declarations(graph).items():
        if isinstance(declaration, Column) and declaration.orderable and declaration.restricted is None:
            if not isinstance(scalar_of(field), StrawberryList):
                parts[key] = (OrderDirection, field.description or "")
        elif isinstance(declaration, One):
            parts[key] = (_related(declaration, "Order"), field.description or "")
    publish(
        module,
        make_input(
            f"{name}Order", module, parts, f"One step of the order of {name}: name one field.", one_of=True
        ),
    )


def _connection(graph: type) -> None:
    name, module = graph.__name__, graph.__module__
    node = later(name, module)
    edge = later(f"{name}Edge", module)
    publish(
        module,
        make_object(
            f"{name}Edge",
            module,
            {"cursor": (str, "The place of this node in the list."), "node": (node, "The node itself.")},
            f"One {name} in a page.",
        ),
    )
    publish(
        module,
        make_object(
            f"{name}Connection",
            module,
            {
                "nodes": (list_of(node), "The nodes of this page."),
                "edges": (list_of(edge), "The nodes of this page with their cursors."),
                "page_info": (PageInfo, "Where this page stands."),
                "total_count": (int, "How many there are on all pages; counted only when asked."),
            },
            f"A page of {name}.",
        ),
    )


def _related(declaration: One | Many, suffix: str) -> object:
    """Return the filter or order type of the other side of a relation."""
    return later(f"{declaration.target}{suffix}", f"schema.{declaration.noun}.graph")


def _python(kind: Any) -> Any:
    return getattr(kind, "wrapped_cls", kind)
