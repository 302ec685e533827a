"""The geometry of the charts: pure functions from figures to places on a drawing; macros draw them."""
