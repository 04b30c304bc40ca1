"""Records out: a page to read, and layouts that other tools load."""
