"""Pages."""

from dateline.server.problems import answer as failed

__all__ = ["failed"]
