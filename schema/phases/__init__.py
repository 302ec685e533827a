"""The noun phases: its rules, its rows, its public type."""
