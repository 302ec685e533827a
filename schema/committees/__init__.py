"""The committee of a province that stands above the councils of its clusters (E7)."""
