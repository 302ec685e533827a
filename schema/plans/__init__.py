"""The noun plans: its rules, its rows, its public type."""
