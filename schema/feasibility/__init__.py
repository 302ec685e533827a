"""Feasibility studies: whether a prioritised cluster is worth a development project, found out before it (E1)."""
