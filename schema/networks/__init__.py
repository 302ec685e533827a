"""The noun networks: its rules, its rows, its public type."""
