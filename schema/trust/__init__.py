"""The noun trust: activities that build it, surveys that measure it on both axes, the index over time."""
