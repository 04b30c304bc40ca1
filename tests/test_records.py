from datetime import date

import msgspec
import pytest

from dateline import ids
from dateline.records import Article, Block, Figure, Page, Provenance, Record, Span, TimeSpan


def _article(**changes: object) -> Article:
    fields: dict[str, object] = {
        "id": "n0",
        "url": None,
        "source": None,
        "title": "",
        "text": "Rain fell.",
        "blocks": (Block("paragraph", Span(0, 10)),),
        "page": Page(digest="", position=0, articles=1),
    }
    return msgspec.convert(msgspec.to_builtins(fields | changes), Article)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_is_never_empty_or_inverted(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="start < end"):
        Span(start, end)


def test_evidence_and_probability_are_demanded() -> None:
    with pytest.raises(ValueError, match="evidence"):
        Provenance(evidence=(), coder="x/1", confidence=0.5)
    with pytest.raises(ValueError, match="probability"):
        Provenance(evidence=(Span(0, 1),), coder="x/1", confidence=1.2)


def test_intervals_and_ranges_are_never_inverted() -> None:
    made_by = Provenance(evidence=(Span(0, 1),), coder="x/1", confidence=0.5)
    with pytest.raises(ValueError, match="later"):
        TimeSpan(
            id="t",
            provenance=made_by,
            earliest=date(2025, 2, 2),
            latest=date(2025, 2, 1),
            type="DATE",
            mention=Span(0, 1),
        )
    with pytest.raises(ValueError, match="above"):
        Figure(id="f", provenance=made_by, low=3.0, high=2.0, bound="exact", unit="person")


@pytest.mark.parametrize(
    "moment", ["2025-11-03", "2025-11-03T10:24", "2025-11-03T10:24:05.123+02:00", "2025-11-03T10:24Z"]
)
def test_a_moment_is_as_precise_as_the_page(moment: str) -> None:
    assert _article(published=moment).published == moment


@pytest.mark.parametrize("moment", ["3 November 2025", "2025-11", "2025-11-03 10:24", "yesterday"])
def test_a_moment_in_another_layout_is_refused(moment: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        _article(published=moment)


def test_relative_times_count_from_the_dateline_then_the_publication() -> None:
    both = _article(published="2025-11-05T01:00Z", updated="2025-11-09", dateline_day="2025-11-03")
    assert both.day() == date(2025, 11, 3)
    assert _article(published="2025-11-05T01:00Z", updated="2025-11-09").day() == date(2025, 11, 5)
    assert _article(updated="2025-11-09").day() == date(2025, 11, 9)
    assert _article().day() is None


def test_a_record_quotes_its_words_and_survives_json() -> None:
    record = Record(article=_article(), codebook="plover/1", sentences=(Span(0, 10),))
    assert record.quote(Span(5, 9)) == "fell"
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record


def test_ids_depend_on_content_and_on_nothing_else() -> None:
    one = ids.finding_id("event", "n1", [Span(0, 4)], "events/1", "ASSAULT")
    assert one == ids.finding_id("event", "n1", [Span(0, 4)], "events/1", "ASSAULT")
    others = {
        ids.finding_id("event", "n2", [Span(0, 4)], "events/1", "ASSAULT"),
        ids.finding_id("event", "n1", [Span(0, 5)], "events/1", "ASSAULT"),
        ids.finding_id("event", "n1", [Span(0, 4)], "events/2", "ASSAULT"),
        ids.finding_id("event", "n1", [Span(0, 4)], "events/1", "PROTEST"),
        ids.finding_id("figure", "n1", [Span(0, 4)], "events/1", "ASSAULT"),
    }
    assert len(others | {one}) == 6
    assert ids.KINDS[one[0]] == "event"
    assert ids.article_id(source="a", url="bc", text="d") != ids.article_id(source="ab", url="c", text="d")
