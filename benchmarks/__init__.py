"""Measurements: quality and speed."""
