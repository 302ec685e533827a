"""Figures over the whole programme: they have no rows of their own, so this noun has only a public type."""
