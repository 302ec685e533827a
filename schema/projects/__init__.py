"""The noun projects: its rules, its rows, its public type."""
