"""Data to look at: the Lorestan cluster, one cluster for every other province, and a national data set."""
