"""The GraphQL service: one schema, one engine and the door partners and pages come through.

What stands here is the facade: the only names that pages may use.
"""

from services.graphql.engine import Engine
from services.graphql.exchange import GraphQLRequest, GraphQLResponse
from services.graphql.opening import open_engine

__all__ = ["Engine", "GraphQLRequest", "GraphQLResponse", "open_engine"]
