"""What the pages call the actions and the things of a trail, and where the page of such a thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import get_named_type

from web.type_labels import type_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import GraphQLSchema

    from web.documents import Document
    from web.localisation import Localisation
    from web.page import Page


class Subjects:
    """Knows the page of every type and the title of the form behind every mutation."""

    def __init__(
        self, schema: GraphQLSchema, pages: Sequence[Page], documents: Mapping[str, Document]
    ) -> None:
        roots = schema.query_type.fields if schema.query_type else {}
        self._titles: dict[str, str] = {}
        self._pages: dict[str, str] = {"Cluster": "/clusters/{slug}", "Phase": "/clusters/{slug}"}
        for page in pages:
            document = documents[page.document]
            if page.form and document.mutation:
                self._titles.setdefault(document.mutation.root_field, page.title)
            elif page.path.endswith("/{id}") and document.query and document.query.root_field in roots:
                named = get_named_type(roots[document.query.root_field].type).name
                self._pages.setdefault(named, page.path)

    def action(self, entry: Mapping[str, Any], reader: Localisation) -> str:
        """Return what was done, as the form that does it is called; else what kind of thing it was done to."""
        title = self._titles.get(str(entry["action"]))
        return reader.text(title or type_label(str(entry["entity"])))

    def kind(self, row: Mapping[str, Any]) -> str:
        """Return the untranslated name of the type of what a row is about."""
        return type_label(str(row["subject"]).partition("_")[0])

    def page_of(self, row: Mapping[str, Any]) -> str:
        """Return the page of what a row is about, else of what that is part of, else of its cluster."""
        slug = str((row.get("cluster") or {}).get("slug", ""))
        for subject in (str(row["subject"]), str(row["about"]["partOf"] or "")):
            path = self._pages.get(subject.partition("_")[0], "")
            if path and ("{slug}" not in path or slug):
                return path.replace("{slug}", slug).replace("{id}", subject)
        return f"/clusters/{slug}" if slug else ""
