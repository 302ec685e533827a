"""A small schema of a weaving workshop: what the framework of the admin is tried on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from graphql import graphql

from services.graphql import GraphQLResponse
from web.forms import Form
from web.page import Page

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from schema.viewers import Viewer
    from services.graphql import GraphQLRequest

WORKSHOP = '''
scalar Date
scalar Decimal
enum ClusterStatus { IDENTIFIED DORMANT }
enum OrderDirection { ASC DESC }
input StringFilter { eq: String in: [String!] contains: String }
input StatusFilter { eq: ClusterStatus in: [ClusterStatus!] }
input DateFilter { gte: Date }
input IntFilter { gte: Int }
input LoomFilter {
  nameFa: StringFilter
  nameEn: StringFilter
  status: StatusFilter
  builtOn: DateFilter
  knots: IntFilter
  dyer: DyerFilter
  and: [LoomFilter!]
  or: [LoomFilter!]
}
input DyerFilter { nameFa: StringFilter nameEn: StringFilter or: [DyerFilter!] }
input LoomOrder { nameFa: OrderDirection dyer: DyerOrder }
input DyerOrder { nameFa: OrderDirection }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Dyer { id: ID! nameFa: String! nameEn: String! }
type DyerConnection { nodes: [Dyer!]! }
type Loom {
  id: ID! revision: Int! nameFa: String! nameEn: String! status: ClusterStatus! builtOn: Date knots: Int
  natural: Boolean! dyer: Dyer price: Decimal
}
type LoomConnection { nodes: [Loom!]! pageInfo: PageInfo! totalCount: Int! }
type Query {
  looms(
    filter: LoomFilter, orderBy: [LoomOrder!], first: Int, after: String, last: Int, before: String
  ): LoomConnection!
  loom(id: ID!): Loom
  dyers(filter: DyerFilter, first: Int): DyerConnection!
}
"""What is known of a loom."""
input EditLoomInput {
  id: ID!
  expectedRevision: Int
  idempotencyKey: String
  "What the weavers call it."
  nameFa: String!
  status: ClusterStatus!
  builtOn: Date
  knots: Int
  price: Decimal
  natural: Boolean
  dyerId: ID
  note: String
}
type Problem { code: String! path: [String!]! message: String! }
type EditLoomPayload { loom: Loom problems: [Problem!]! }
type Mutation { editLoom(input: EditLoomInput!): EditLoomPayload! }
'''

EDIT = """
query LoomsEdit($id: ID!) {
  loom(id: $id) { id revision nameFa nameEn status builtOn knots natural price dyer { id nameFa nameEn } }
}
mutation LoomsEditSubmit($input: EditLoomInput!) {
  editLoom(input: $input) { loom { id nameFa } problems { code path message } }
}
"""

OPTIONS = """
query DyersOptions($filter: DyerFilter, $first: Int) {
  dyers(filter: $filter, first: $first) { nodes { id nameFa nameEn } }
}
"""

FORM = Form(
    toast="The changes were saved.",
    done="/looms/{loom.id}/edit",
    back="/looms/{loom.id}/edit",
    submit="Save",
    long=("note",),
    references={"dyerId": "dyers"},
    initial="loom",
)
EDIT_PAGE = Page("/looms/{id}/edit", "looms/edit", "Edit", form=FORM)


@dataclass
class Workshop:
    """The engine of the small schema: executes with graphql-core and remembers what it was asked."""

    schema: GraphQLSchema
    answers: dict[str, Any]
    asked: list[GraphQLRequest] = field(default_factory=list)

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, trusted: bool = False
    ) -> GraphQLResponse:
        """Execute one operation for somebody who is signed in."""
        assert trusted
        assert viewer.actor == "weaver"
        self.asked.append(request)
        found = await graphql(
            self.schema,
            request.query,
            root_value=self.answers,
            variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )
        assert not found.errors, found.errors
        return GraphQLResponse(orjson.dumps({"data": found.data}))

    def written(self) -> dict[str, Any]:
        """Return the input of the last mutation."""
        last = next(request for request in reversed(self.asked) if "input" in (request.variables or {}))
        given: dict[str, Any] = (last.variables or {})["input"]  # type: ignore[assignment]  # JSON
        return given
