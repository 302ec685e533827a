"""Lists somebody comes back to: an address with its filters, order and columns, under a name."""
