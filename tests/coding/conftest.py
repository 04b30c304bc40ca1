"""Drafts whose actors a test names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dateline.coding.coder import Draft
from dateline.ids import finding_id
from dateline.intake.text import verbatim
from dateline.reading.syntax import Parser
from dateline.records import Actor, ActorKind, Provenance, Span

Drafted = Callable[..., Draft]


@cache
def _parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def drafted() -> Drafted:
    """Makes a draft of a text whose actors are all of one kind and have the given names."""

    @cache
    def make(text: str, *names: str, kind: ActorKind = "state") -> Draft:
        article = verbatim(text)
        made = Draft(next(iter(_parser().parse([article]))))
        found: list[Actor] = []
        for name in names:
            span = Span(text.index(name), text.index(name) + len(name))
            found.append(
                Actor(
                    id=finding_id("actor", article.id, (span,), "test/1"),
                    provenance=Provenance(evidence=(span,), coder="test/1", confidence=0.9),
                    name=name,
                    kind=kind,
                    country="NOR",
                    sector="GOV",
                    mentions=(span,),
                )
            )
        made.actors = tuple(found)
        return made

    return make
