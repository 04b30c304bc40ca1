"""Questions to a store: filter, search, cite."""

from dateline.query.cite import Citation, cite
from dateline.query.result import Result
from dateline.query.store import Store, open_store

__all__ = ["Citation", "Result", "Store", "cite", "open_store"]
