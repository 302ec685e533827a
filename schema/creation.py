"""Creates all tables of a migration in one operation; Tortoise copies its whole state for every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.migrations.operations import CreateModel, TortoiseOperation
from tortoise.migrations.schema_generator.state import ModelState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tortoise.migrations.schema_editor.base import BaseSchemaEditor
    from tortoise.migrations.schema_generator.state import State


class CreateTables(TortoiseOperation):
    """Tables without references between them; the references follow as guards."""

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def describe(self) -> str:
        """Say what it does."""
        return f"Create {len(self.tables)} tables"

    def state_forward(self, app_label: str, state: State) -> None:
        """Make the tables known, and let Tortoise look at them once."""
        for table in self.tables:
            state.models[(app_label, table.name)] = ModelState.make_from_model(app_label, table.model)
        state.reload_models([(app_label, table.name) for table in self.tables])

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Create them."""
        for table in self.tables:
            await table.database_forward(app_label, old_state, new_state, state_editor)

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Drop them."""
        for table in reversed(self.tables):
            await table.database_backward(app_label, old_state, new_state, state_editor)
