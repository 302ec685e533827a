"""What is true of business clusters and their development: words, dates, rules, rows and public types, without I/O."""
