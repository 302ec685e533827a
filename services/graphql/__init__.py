"""The GraphQL service: one schema, one engine and the door partners and pages come through."""
