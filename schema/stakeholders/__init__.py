"""The noun stakeholders: its rules, its rows, its public type."""
