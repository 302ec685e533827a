"""What is true of clusters and their development: words, dates, rules, rows, public types; no I/O."""
