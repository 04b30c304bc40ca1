"""The record in the files other tools read."""

from dateline.export.tables import export, export_all

__all__ = ["export", "export_all"]
