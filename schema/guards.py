"""What PostgreSQL itself guards: references, checks, uniqueness, exclusions, generated columns.

Tortoise 1.1 does not emit the constraints of a new table and gives foreign keys no index, so
every guard is declared here as data, rendered into the migration and proved against the catalog
tables in tests.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Generated:
    """A stored generated column, computed by an immutable expression."""

    table: str
    column: str
    type: str
    expression: str
    order = 0

    @property
    def name(self) -> str:
        """The column's full name."""
        return f"{self.table}.{self.column}"

    def forward(self) -> str:
        """Add the column."""
        return (
            f"alter table {self.table} add column {self.column} {self.type} "
            f"generated always as ({self.expression}) stored"
        )

    def backward(self) -> str:
        """Drop the column."""
        return f"alter table {self.table} drop column {self.column}"


@dataclass(frozen=True, slots=True)
class Index:
    """A plain or partial index over columns or expressions, in the order given."""

    table: str
    columns: str
    where: str | None = None
    unique: bool = False
    label: str | None = None
    order = 1

    @property
    def name(self) -> str:
        """A name that says table and columns."""
        label = self.label or "_".join(
            word for word in self.columns.replace("(", " ").replace(")", " ").replace(",", " ").split()
        )
        return f"{self.table}_{label}_{'key' if self.unique else 'index'}"[:63]

    def forward(self) -> str:
        """Create the index."""
        unique = "unique " if self.unique else ""
        where = f" where {self.where}" if self.where else ""
        return f"create {unique}index {self.name} on {self.table} ({self.columns}){where}"

    def backward(self) -> str:
        """Drop the index."""
        return f"drop index {self.name}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key with the index it needs.

    A second column (usually `cluster_id`) proves that both rows belong to the same cluster.
    """

    table: str
    column: str
    target: str
    together_with: str | None = None
    target_together: str | None = None
    on_delete: str = "no action"
    indexed: bool = True
    order = 2

    @property
    def name(self) -> str:
        """A name that says table and column."""
        return f"{self.table}_{self.column}_reference"[:63]

    def forward(self) -> str:
        """Add the constraint and its index."""
        near, far = self.column, "id"
        if self.together_with:
            near = f"{near}, {self.together_with}"
            far = f"{far}, {self.target_together or self.together_with}"
        constraint = (
            f"alter table {self.table} add constraint {self.name} foreign key ({near}) "
            f"references {self.target} ({far}) on delete {self.on_delete}"
        )
        if not self.indexed:
            return constraint
        return f"{constraint}; create index {self.name}_index on {self.table} ({self.column})"

    def backward(self) -> str:
        """Drop the index and the constraint."""
        drop = f"alter table {self.table} drop constraint {self.name}"
        return f"drop index {self.name}_index; {drop}" if self.indexed else drop


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that holds in every row."""

    table: str
    label: str
    condition: str
    order = 3

    @property
    def name(self) -> str:
        """A name that says table and rule."""
        return f"{self.table}_{self.label}_check"[:63]

    def forward(self) -> str:
        """Add the check."""
        return f"alter table {self.table} add constraint {self.name} check ({self.condition})"

    def backward(self) -> str:
        """Drop the check."""
        return f"alter table {self.table} drop constraint {self.name}"


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows alike in these columns; also what composite references point at."""

    table: str
    columns: str
    order = 1

    @property
    def name(self) -> str:
        """A name that says table and columns."""
        return f"{self.table}_{'_'.join(self.columns.replace(',', ' ').split())}_unique"[:63]

    def forward(self) -> str:
        """Add the constraint."""
        return f"alter table {self.table} add constraint {self.name} unique ({self.columns})"

    def backward(self) -> str:
        """Drop the constraint."""
        return f"alter table {self.table} drop constraint {self.name}"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """No two rows whose periods overlap; written without btree_gist, which the wheel lacks."""

    table: str
    label: str
    elements: str
    where: str | None = None
    order = 3

    @property
    def name(self) -> str:
        """A name that says table and rule."""
        return f"{self.table}_{self.label}_exclusion"[:63]

    def forward(self) -> str:
        """Add the constraint."""
        where = f" where ({self.where})" if self.where else ""
        return (
            f"alter table {self.table} add constraint {self.name} exclude using gist ({self.elements}){where}"
        )

    def backward(self) -> str:
        """Drop the constraint."""
        return f"alter table {self.table} drop constraint {self.name}"


@dataclass(frozen=True, slots=True)
class Statement:
    """Anything else PostgreSQL needs: a function, a trigger, a sequence; with its undoing."""

    label: str
    up: str
    down: str
    order: int = 4

    @property
    def name(self) -> str:
        """What it is."""
        return self.label

    def forward(self) -> str:
        """Run it."""
        return self.up

    def backward(self) -> str:
        """Undo it."""
        return self.down


Guard = Generated | Index | Reference | Check | Unique | Exclusion | Statement


def searchable(table: str, *columns: str, ordered: bool = True) -> tuple[Guard, ...]:
    """Search key (`<column>_norm`) and, if wanted, Persian order key (`<column>_order`) of names."""
    guards: list[Guard] = []
    for column in columns:
        guards.append(Generated(table, f"{column}_norm", "text", f"khoosheh_squash({column})"))
        guards.append(Index(table, f"{column}_norm text_pattern_ops", label=f"{column}_norm"))
        if ordered:
            guards.append(
                Generated(table, f"{column}_order", 'text collate "C"', f"khoosheh_order({column})")
            )
            guards.append(Index(table, f"{column}_order, id"))
    return tuple(guards)
