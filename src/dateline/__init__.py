"""Dateline turns news reports into a record one can cite.

>>> import dateline
>>> reader = dateline.load()
>>> for record in reader.read("page.html"):
...     for statement in record.statements:
...         print(record.quote(statement))

Public names load when first used, so that ``import dateline`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.errors import ArticleError, ConfigError, DatelineError, StoreError, TransientError
    from dateline.pipeline.assembly import Reader, load
    from dateline.query import open_store
    from dateline.records import (
        Actor,
        Article,
        Event,
        Figure,
        Place,
        Provenance,
        Record,
        Rejection,
        Span,
        Statement,
        TimeSpan,
    )

__all__ = [
    "Actor",
    "Article",
    "ArticleError",
    "Config",
    "ConfigError",
    "DatelineError",
    "Event",
    "Figure",
    "Place",
    "Provenance",
    "Reader",
    "Record",
    "Rejection",
    "Span",
    "Statement",
    "StoreError",
    "TimeSpan",
    "TransientError",
    "load",
    "open_store",
]

_HOMES = {
    "Config": "dateline.config",
    "Reader": "dateline.pipeline.assembly",
    "load": "dateline.pipeline.assembly",
    "open_store": "dateline.query",
    **{name: "dateline.errors" for name in __all__ if name.endswith("Error")},
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "dateline.records")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
