"""How fast the service is, against a hand-written statement that gives the same answer: `make bench`."""
