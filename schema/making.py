"""Makes Strawberry types that are derived rather than written: no dataclass is generated for what nobody makes.

A derived filter, order, edge, connection or payload only describes; Strawberry's decorators would compile an
`__init__`, an `__eq__` and a `__repr__` for each of the hundreds of them, which is most of a start.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any, Final

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema_directives import OneOf
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from strawberry.types.arguments import StrawberryArgument

Part = tuple[object, str]
"""The type of a field and its description."""

_ONE_OF: Final = (OneOf(),)


class Later(LazyType[Any, Any]):
    """A type of another module, looked up when the schema is built; its module is imported by then."""

    def resolve_type(self) -> type:
        """Return the type itself."""
        found: type = getattr(sys.modules[self.module], self.type_name)
        return found


def read_annotations(written: type) -> None:
    """Evaluate the annotations of a class once; Strawberry would parse and compile each of them several times."""
    written.__annotations__ = inspect.get_annotations(written, locals={}, eval_str=True)


def later(name: str, module: str) -> Any:  # noqa: ANN401 - an annotation may be anything
    """Return the type of this name that the module has or will have."""
    return Later(name, module)


def list_of(kind: object) -> Any:  # noqa: ANN401 - an annotation may be anything
    """Return the list of a type."""
    return StrawberryList(kind)  # type: ignore[arg-type]  # a type that is not there yet is as good


def optional(kind: object) -> Any:  # noqa: ANN401 - an annotation may be anything
    """Return the type that may be null."""
    return StrawberryOptional(kind)  # type: ignore[arg-type]  # a type that is not there yet is as good


def make_object(name: str, module: str, parts: Mapping[str, Part], description: str) -> type:
    """Make an object type of these fields."""
    return made_of(name, module, [field_of(key, *part) for key, part in parts.items()], description)


def make_input(
    name: str, module: str, parts: Mapping[str, Part], description: str, *, one_of: bool = False
) -> type:
    """Make an input type whose every field may be left out; a trailing underscore is not part of its name."""
    fields = [
        field_of(key, optional(kind), described, name=key.rstrip("_"), default=strawberry.UNSET)
        for key, (kind, described) in parts.items()
    ]
    made = made_of(name, module, fields, description)
    definition: StrawberryObjectDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]
    definition.is_input = True
    definition.directives = _ONE_OF if one_of else ()
    return made


def field_of(
    key: str,
    kind: object,
    description: str,
    *,
    name: str | None = None,
    arguments: Sequence[StrawberryArgument] = (),
    default: object = None,
) -> StrawberryField:
    """Make one field; its public name is the key in camel case unless it is given."""
    field = StrawberryField(
        python_name=key,
        graphql_name=name if name != key else None,
        type_annotation=StrawberryAnnotation(kind),
        description=description,
        default=default,
    )
    field.arguments = list(arguments)
    return field


def made_of(name: str, module: str, fields: Sequence[StrawberryField], description: str) -> type:
    """Make an object type of fields that are made already."""
    made = type(name, (), {"__module__": module, "__annotations__": {}})
    for field in fields:
        field.origin = made
    made.__strawberry_definition__ = StrawberryObjectDefinition(  # type: ignore[attr-defined]
        name=name,
        is_input=False,
        is_interface=False,
        origin=made,
        description=description,
        interfaces=[],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=list(fields),
    )
    return made
