"""The noun provinces: its rules, its rows, its public type."""
