"""Records against records: what a re-coding changed, and how a coding stands against a reading by hand."""
