"""JSON lines: fields by name or by option, text kept, broken lines named."""

from __future__ import annotations

import json

import pytest

from dateline.intake import Raw, Settings, read
from dateline.records import Article, Rejection

TEXT = "NAIROBI, Nov 3 (Reuters) - The  minister said\u00a0“no” on Monday.\r\n\r\nHe left.\u200b"


def taken(*rows, settings=None, media=None):
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    return read(Raw(data, "rows.jsonl", media=media), settings=settings)


def test_usual_names_and_text_kept():
    [one] = taken(
        {"headline": "Minister says no", "body": TEXT, "link": "https://p.example/1", "publisher": {"name": "Paper"},
         "date": "2025-11-04T06:00:00Z", "lang": "en", "authors": ["Jane Doe", {"name": "John Roe"}]}
    )  # fmt: skip
    assert one.text == TEXT
    assert (one.title, one.url, one.source) == ("Minister says no", "https://p.example/1", "Paper")
    assert (one.published, one.dated_by, one.byline) == ("2025-11-04T06:00:00Z", "record", ("Jane Doe", "John Roe"))
    assert (one.dateline, str(one.dateline_day)) == ("NAIROBI", "2025-11-03")


def test_fields_by_option_and_by_path():
    settings = Settings(fields={"text": "content.plain", "title": "t", "published": "when"})
    [one] = taken({"text": "not this", "content": {"plain": TEXT}, "t": "T", "when": 1762236000}, settings=settings)
    assert (one.text, one.title, one.published) == (TEXT, "T", "2025-11-04T06:00:00Z")


def test_an_unknown_field_is_refused():
    [one] = taken({"text": TEXT}, settings=Settings(fields={"headline": "h"}))
    assert isinstance(one, Rejection)
    assert one.reason == "fields"


def test_arrays_and_single_objects():
    assert [a.title for a in taken(json.dumps([{"title": "A", "text": TEXT}, {"title": "B", "text": TEXT}]))] == [
        "A",
        "B",
    ]
    assert [a.title for a in taken(json.dumps({"title": "A", "text": TEXT}, indent=2))] == ["A"]


def test_broken_lines_are_named_and_the_rest_is_read():
    found = taken(
        {"text": TEXT}, "{broken", "[1]", '{"text": "\\ud800 half a pair"}', {"words": TEXT}, {"text": 5}, {"text": " "},
        "", {"text": TEXT, "title": "Last"},
    )  # fmt: skip
    assert [getattr(each, "reason", "read") for each in found] == [
        "read", "bad JSON", "bad JSON", "broken text", "no text", "no text", "empty", "read",
    ]  # fmt: skip
    assert [each.where for each in found if isinstance(each, Rejection)] == [f"rows.jsonl:{n}" for n in range(2, 8)]
    assert "words" in found[4].detail  # says which keys there are
    assert found[-1].title == "Last"


def test_half_pairs_in_a_title_do_not_cost_the_article():
    [one] = taken('{"text": "The minister said no.", "title": "\\ud800 No"}')
    assert isinstance(one, Article)
    assert one.title == "\ufffd No"


def test_lines_are_counted_from_where_the_piece_begins():
    found = taken("{broken", media="application/jsonl; first-line=33")
    assert found[0].where == "rows.jsonl:33"


def test_dates_that_cannot_be_read_stay_none():
    assert [a.published for a in taken({"text": TEXT, "date": "03/11/2025"}, {"text": TEXT, "date": True})] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        (20240305, "2024-03-05"), (20240305.0, "2024-03-05"), ("20240305", "2024-03-05"),
        (20241345, "1970-08-23T06:35:45Z"), (1762236000, "2025-11-04T06:00:00Z"), ("1762236000", "2025-11-04T06:00:00Z"),
        (1762236000000, "2025-11-04T06:00:00Z"), ("20241345", None),
    ],
)  # fmt: skip
def test_eight_digits_that_make_a_day_are_one(said, moment):
    [one] = taken({"text": TEXT, "date": said})
    assert one.published == moment
