"""The public type of the wordings of the office."""

from __future__ import annotations

from schema.graph import Node, column, entity, permitted
from schema.scopes import PUBLIC
from schema.vocabulary import InterfaceLanguage
from schema.wordings import rows, rules
from schema.wordings.statements import fitting


@entity(rows.NotificationText, scope=PUBLIC, plural="notificationTexts", order=("event_type", "language"))
class NotificationText(Node):
    """What the national office has people told of a type of event, instead of the shipped sentence."""

    event_type: str = column("The type of event, as `phase.completed`.")
    language: InterfaceLanguage = column("Who reads it: the language of the message.")
    title: str = column("The subject of letters and the title in the inbox.", orderable=False)
    text: str = column(
        "The sentence; `{cluster}`, `{phase}`, `{due}` and `{days}` are filled, as the shipped one has them.",
        orderable=False,
    )
    fits: bool = column(
        "Whether this release fills all its blanks; if not, the shipped sentence is told.",
        sql=fitting("<t>").replace("{", "{{").replace("}", "}}").replace("<t>", "{t}"),
        filterable=False,
        orderable=False,
    )
    permitted_actions = permitted(rows.WORDING, rules.permitted)
