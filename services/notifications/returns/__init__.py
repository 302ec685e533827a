"""Letters that come back: the addresses they come back to, what they say, and what follows from it."""
