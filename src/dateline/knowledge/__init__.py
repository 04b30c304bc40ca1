"""Versioned tables with source and licence: codebook, actors, places, quantities, lexicons."""
