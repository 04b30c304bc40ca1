"""Options of the command line from the filters of a question, which are said once in :mod:`dateline.query.asked`."""

from __future__ import annotations

from types import GenericAlias
from typing import Annotated, Any

from cyclopts import Parameter

from dateline.query.asked import Asked, F, unfolded

_TYPES: dict[str, Any] = {"number": float, "whole": int}
_ALSO = {"reviewer": ("--reviewer", "--by")}
"""Options that have more names than their filter's; ``review judge`` says --by."""


def options(function: F) -> F:
    """A command that takes filters as ``**asked``, with an option for each."""
    return unfolded(function, _option)


def _option(name: str, asked: Asked) -> tuple[Any, object]:
    also = _ALSO.get(name)
    of: Any = asked.choices or _TYPES.get(asked.kind, str)
    if asked.many:
        return Annotated[GenericAlias(tuple, (of, ...)), Parameter(also, negative=(), help=asked.help)], ()
    return Annotated[of | None, Parameter(help=asked.help)], None
