"""Letters: what they say to readers, to agencies and about accounts, and how any of them is handed in."""
