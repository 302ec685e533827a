"""Risks and issues of sub-projects: what may go wrong, what has, and what is done about it."""
