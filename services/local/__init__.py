"""Everything on one machine: an embedded PostgreSQL and all processes, for trying out and for tests."""
