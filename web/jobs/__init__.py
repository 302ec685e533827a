"""Work behind the pages: lists exported to files, actions on everything in a list."""
