"""Six coders, strangers to each other: an Analysis in, findings out."""
