"""Files attached to what is done in a cluster: reports, plans, minutes, evidence."""
