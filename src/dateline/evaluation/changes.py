"""What a re-coding changed: two codings of the same articles, finding by finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from dateline.evaluation.views import KINDS, View, align, views
from dateline.records import Record


class Change(Struct, frozen=True, kw_only=True):
    """One finding that two codings of an article read otherwise."""

    article: str
    title: str
    kind: str
    """``actors``, ``places``, ``times``, ``statements``, ``events`` or ``figures``."""
    what: Literal["added", "removed", "changed"]
    words: str
    """The words it stands on; the later ones where they differ."""
    fields: dict[str, tuple[Any, Any]]
    """What changed, before and after; of an added or removed finding all that it says."""
    before: str | None
    """Id of the finding in the earlier coding."""
    after: str | None
    """Id in the later one."""


@dataclass(slots=True)
class Tally:
    """How many findings of a kind stayed and changed."""

    same: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    fields: Counter[str] = field(default_factory=Counter[str])
    """How often each field changed."""


@dataclass(slots=True)
class Comparison:
    """Two codings, counted."""

    articles: int = 0
    """Articles that both hold."""
    same: int = 0
    """Of those, articles in which no finding changed."""
    only_before: int = 0
    only_after: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})

    def count(self, pair: tuple[Record | None, Record | None]) -> list[Change]:
        """Count one article, and give what changed in it."""
        before, after = pair
        if before is None or after is None:
            self.only_before += after is None
            self.only_after += before is None
            return []
        self.articles += 1
        found = list(self._changes(before, after))
        self.same += not found
        return found

    def _changes(self, before: Record, after: Record) -> Iterator[Change]:
        old, new = views(before), views(after)
        for kind in KINDS:
            tally = self.kinds[kind]
            for one, other in align(old[kind], new[kind]):
                change = _change(after, kind, one, other)
                if change is None:
                    tally.same += 1
                    continue
                if change.what == "changed":
                    tally.changed += 1
                    tally.fields.update(change.fields.keys())
                elif change.what == "added":
                    tally.added += 1
                else:
                    tally.removed += 1
                yield change


def _change(record: Record, kind: str, one: View | None, other: View | None) -> Change | None:
    said: dict[str, tuple[Any, Any]]
    if one is not None and other is not None:
        said = {name: (value, other.fields[name]) for name, value in one.fields.items() if value != other.fields[name]}
        if one.anchor != other.anchor:
            said["words"] = (one.words, other.words)
        if not said:
            return None
        what: Literal["added", "removed", "changed"] = "changed"
    elif other is not None:
        what, said = "added", {name: (None, value) for name, value in other.fields.items() if value not in (None, ())}
    elif one is not None:
        what, said = "removed", {name: (value, None) for name, value in one.fields.items() if value not in (None, ())}
    else:
        return None
    shown = other or one
    return Change(
        article=record.article.id,
        title=record.article.title,
        kind=kind,
        what=what,
        words=shown.words if shown is not None else "",
        fields=said,
        before=None if one is None else one.id,
        after=None if other is None else other.id,
    )


def changes(pairs: Iterable[tuple[Record | None, Record | None]], counted: Comparison) -> Iterator[Change]:
    """What changed, article by article; ``counted`` is filled on the way.

    Args:
        pairs: The two records of each article, one of them none where only one coding holds it.
        counted: Where to count.
    """
    for pair in pairs:
        yield from counted.count(pair)
