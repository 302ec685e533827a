"""The noun clusters: its rules, its rows, its public type."""
