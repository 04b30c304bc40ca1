"""Records to DuckDB and Parquet, and back: the only place that knows either."""

from dateline.store.warehouse import Taken, Warehouse, open_store

__all__ = ["Taken", "Warehouse", "open_store"]
