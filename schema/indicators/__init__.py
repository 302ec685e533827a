"""Indicators: what is measured, by which formula, and the values that were entered, reviewed and kept."""
