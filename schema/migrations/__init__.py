"""The steps that bring a database to this release, in order; written by `make migrations`."""
