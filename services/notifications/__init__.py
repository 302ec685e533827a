"""The notification service: routes events, delivers them, knows what has come due."""
