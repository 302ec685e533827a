"""The noun support: its rules, its rows, its public type."""
