"""The noun studies: its rules, its rows, its public type."""
