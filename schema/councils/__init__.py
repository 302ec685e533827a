"""The noun councils: its rules, its rows, its public type."""
