"""The noun sub projects: its rules, its rows, its public type."""
