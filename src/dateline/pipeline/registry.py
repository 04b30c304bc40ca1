"""Coder names to classes: built-ins first, then entry points of other packages.

A package adds a coder with an entry point in the group ``dateline.coders``.
"""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points
from typing import Any, cast

from dateline.coding.coder import Coder
from dateline.errors import ConfigError
from dateline.knowledge.codebook import Codebook
from dateline.knowledge.gazetteer import Gazetteer

BUILT_IN = {
    "actors": "dateline.coding.actors:ActorCoder",
    "places": "dateline.coding.places:PlaceCoder",
    "times": "dateline.coding.times:TimeCoder",
    "statements": "dateline.coding.statements:StatementCoder",
    "events": "dateline.coding.events:EventCoder",
    "figures": "dateline.coding.figures:FigureCoder",
}
"""The coders of Dateline itself."""


def coder(name: str, codebook: Codebook | None = None, gazetteer: Gazetteer | None = None) -> Coder:
    """Make the coder of a name.

    Args:
        name: A built-in, the name of an entry point, or ``package.module:Class``.
        codebook: Event codebook, for a coder whose class has the class method ``of_codebook``.
        gazetteer: A gazetteer of the user's own, for a coder whose class has the class method ``of_gazetteer``.

    Raises:
        ConfigError: No such coder, or it cannot be imported.
    """
    path = BUILT_IN.get(name) or (name if ":" in name else None)
    if path is None:
        found = entry_points(group="dateline.coders", name=name)
        if not found:
            raise ConfigError(f"no coder {name!r}; there are {', '.join(BUILT_IN)}, or give package.module:Class")
        path = next(iter(found)).value
    module, _, attribute = path.partition(":")
    try:
        kind: Any = getattr(importlib.import_module(module), attribute)
        book_taker: Any = getattr(kind, "of_codebook", None)
        place_taker: Any = getattr(kind, "of_gazetteer", None)
        made: Any
        if codebook is not None and book_taker is not None:
            made = book_taker(codebook)
        elif gazetteer is not None and place_taker is not None:
            made = place_taker(gazetteer)
        else:
            made = kind()
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"coder {name!r} cannot be imported from {path}: {error}") from error
    return cast("Coder", made)
