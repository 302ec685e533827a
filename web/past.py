"""What changed of a thing: its fields in the reader's words, and the form that puts former values back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type

from schema.access import may
from web.history_labels import kept_label
from web.subjects import Subjects
from web.type_labels import type_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import GraphQLSchema

    from schema.vocabulary import UserRole
    from web.documents import Document
    from web.forms import Field
    from web.localisation import Localisation
    from web.page import Page

PUT_BACK: Final = "put_back"
PLAIN: Final = frozenset({"text", "long", "number", "date", "choice", "switch"})


@dataclass(frozen=True)
class Change:
    """A field before and after; contact data and the like are named and not shown."""

    label: str
    before: str
    after: str
    hidden: bool


class Past:
    """Knows the fields of every type and the page that edits it."""

    def __init__(
        self, schema: GraphQLSchema, pages: Sequence[Page], documents: Mapping[str, Document]
    ) -> None:
        self._schema = schema
        self.subjects = Subjects(schema, pages, documents)
        self._edits: dict[str, str] = {}
        self._restores: dict[str, tuple[str, str]] = {}
        for page in pages:
            mutation = documents[page.document].mutation
            if page.form and page.form.initial and mutation and mutation.root_field.startswith("edit"):
                target = self._target(mutation.root_field)
                if "{" in page.path and target:
                    self._edits.setdefault(target, page.path)
            if page.form and mutation and mutation.root_field.startswith("restore"):
                self._restores[self._target(mutation.root_field)] = (page.path, mutation.root_field)

    def _target(self, mutation: str) -> str:
        """Return the type whose changes a mutation makes: the one its payload shows."""
        fields = self._schema.mutation_type.fields if self._schema.mutation_type else {}
        payload = get_named_type(fields[mutation].type) if mutation in fields else None
        if not isinstance(payload, GraphQLObjectType):
            return ""
        shown = (
            get_named_type(field.type).name for name, field in payload.fields.items() if name not in _BESIDE
        )
        return next(shown, "")

    def title(self, entry: Mapping[str, Any]) -> str:
        """Return the untranslated name of what was changed."""
        return type_label(str(entry["entity"]))

    def edit_of(self, entry: Mapping[str, Any]) -> str:
        """Return the form that would put a change back; nothing for what was entered or has no form."""
        path = self._edits.get(str(entry["entity"]), "")
        changes = entry["changes"]
        if not path or not changes or all(change["before"] is None for change in changes):
            return ""
        slug = (entry.get("cluster") or {}).get("slug", "")
        if "{slug}" in path and not slug:
            return ""
        filled = path.replace("{slug}", slug).replace("{id}", str(entry["subject"]))
        return f"{filled}?{PUT_BACK}={entry['id']}"

    @property
    def restorable(self) -> frozenset[str]:
        """The types of which a removed thing has a page that brings it back."""
        return frozenset(self._restores)

    def restore_of(self, entry: Mapping[str, Any], role: UserRole) -> str:
        """Return the form that brings back what a change took away; nothing where it is still or again there."""
        path, mutation = self._restores.get(str(entry["entity"]), ("", ""))
        if not path or not entry.get("removed") or not may(role, mutation):
            return ""
        return path.replace("{id}", str(entry["subject"]))

    def named(self, entry: Mapping[str, Any], reader: Localisation) -> str:
        """Return what a removed thing was called, where its trail shows that."""
        before = {change["field"]: change["before"] for change in entry["changes"]}
        found = next((name for key in _NAMES if (name := reader.name(before, key)) != "–"), "")
        return found or str(entry["subject"])

    def written(self, entry: Mapping[str, Any], reader: Localisation) -> list[Change]:
        """Return the changed fields as the reader reads them."""
        found = []
        entity = str(entry["entity"])
        for change in entry["changes"]:
            name = change["field"]
            words = reader.text(kept_label(name))
            before = self._write(entity, name, change["before"], change["aboutBefore"], reader)
            after = self._write(entity, name, change["after"], change["aboutAfter"], reader)
            found.append(Change(words, before, after, change["before"] is None and change["after"] is None))
        return found

    def _write(
        self, entity: str, field: str, value: str | None, about: Mapping[str, Any], reader: Localisation
    ) -> str:
        if value is None:
            return ""
        if referred := _REFERRED.findall(value):
            return reader.name(about) if about["nameFa"] else _counted(referred, reader)
        kind = self._schema.type_map.get(entity)
        declared = kind.fields.get(field) if isinstance(kind, GraphQLObjectType) else None
        named = get_named_type(declared.type) if declared else None
        if isinstance(named, GraphQLEnumType):
            return reader.term(named.name, value)
        name = named.name if named else ""
        if name == "Boolean":
            return reader.text("yes" if value == "true" else "no")
        write = {"Date": reader.date, "DateTime": reader.moment}.get(name, str)
        return (reader.number if name in _NUMBERS else write)(value)


_NAMES: Final = ("name", "title", "what")
_NUMBERS: Final = frozenset({"Int", "Decimal", "Float"})
_BESIDE: Final = frozenset({"problems", "warnings"})


_REFERRED: Final = re.compile(r"\b([A-Z][A-Za-z]+)_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def _counted(kinds: Sequence[str], reader: Localisation) -> str:
    """Say of which type something is whose name the reader does not see or that has none, and how many."""
    words = reader.text(type_label(kinds[0]))
    return words if len(kinds) == 1 else f"{words} ({reader.number(len(kinds))})"


def former(entry: Mapping[str, Any] | None, subject: str, fields: Sequence[Field]) -> dict[str, str | None]:
    """Return the values a change took away, for the fields of a form about the same thing.

    What the trail does not show (contact data) is left as it is.
    """
    if entry is None or entry["subject"] != subject:
        return {}
    shown = {field.name for field in fields if field.kind in PLAIN and not field.many}
    return {
        change["field"]: change["before"]
        for change in entry["changes"]
        if change["field"] in shown and not (change["before"] is None and change["after"] is None)
    }
