"""The ways a notification travels."""
