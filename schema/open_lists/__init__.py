"""What administrators add to the lists that the source leaves open."""
