"""A data set of the size of the country, made of numbers, the same every time."""
