"""Accuracy on public corpora, by the project's own coders."""
