"""Who uses the system: users with roles and sessions, partner agencies with tokens."""
