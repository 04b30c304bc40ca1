"""Across reports: what several records say about the same thing.

Works on records alone; the store's part is in :mod:`dateline.pipeline.link`.
"""
