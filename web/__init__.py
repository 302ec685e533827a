"""The admin: pages that are a URL, a GraphQL document and a template each."""
