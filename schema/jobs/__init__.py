"""Work that goes on behind the pages: exports of lists and bulk actions, each with its progress."""
