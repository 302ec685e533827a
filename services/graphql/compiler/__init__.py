"""One GraphQL operation in, one SQL statement out: pure, knows graphql-core and our catalog, no driver."""
