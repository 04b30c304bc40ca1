"""A report that comes as text keeps its text, and its paragraphs are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import Raw, Settings, read
from dateline.intake.text import verbatim
from dateline.records import Article

REPORT = """Dam talks fail

LUSAKA, Nov 3 (Reuters) - Talks on the dam failed on Monday.
The two ministers left without a word.

No date for more talks

They had met for nine hours.\r
"""


def blocks(article):
    return [(block.kind, article.text[block.span.start : block.span.end]) for block in article.blocks]


def test_text_is_kept_code_point_for_code_point():
    [article] = read(Raw(REPORT.encode(), "a.txt"))
    assert article.text == REPORT
    assert blocks(article) == [
        ("headline", "Dam talks fail"),
        ("paragraph", "LUSAKA, Nov 3 (Reuters) - Talks on the dam failed on Monday."),
        ("paragraph", "The two ministers left without a word."),
        ("subhead", "No date for more talks"),
        ("paragraph", "They had met for nine hours."),
    ]
    assert (article.title, article.dateline, article.dateline_day) == ("Dam talks fail", "LUSAKA", None)
    assert article.text[article.dateline_span.start : article.dateline_span.end] == "LUSAKA, Nov 3 (Reuters) -"


def test_lines_wrapped_by_a_program_are_one_paragraph():
    text = (
        "BUDAVAR, March 3 - The central bank raised its main rate by half a point\n"
        "to 9% on Monday, more than analysts had expected, and said that it might\n"
        "do so again in April if prices keep rising at their present pace, which\n"
        "most of them forecast.\n\n"
        "Governor Ilona Kert said inflation would fall below 5% this year, but not\n"
        "by itself.\n"
    )
    article = verbatim(text)
    assert article.text == text
    assert [kind for kind, _ in blocks(article)] == ["paragraph", "paragraph"]


def test_every_line_is_a_paragraph_where_no_blank_line_parts_them():
    assert len(verbatim("Headline\nFirst paragraph.\nSecond paragraph.\n").blocks) == 3


def test_a_byline_and_a_date_alone_make_no_dump():
    text = "Dam talks fail\n\nBy Jane Doe\n3 November 2025\n\nTalks on the dam failed on Monday, the ministry said.\n"
    [article] = read(Raw(text.encode(), "a.txt"))
    assert article.text == text
    assert (article.byline, article.published, article.dated_by) == (("Jane Doe",), "2025-11-03", "text")


def test_a_byte_order_mark_is_no_text():
    [article] = read(Raw(b"\xef\xbb\xbfDam talks fail again, the ministry says.", "a.txt"))
    assert article.text.startswith("Dam")


@given(st.text(max_size=400))
def test_blocks_are_disjoint_in_order_and_hold_every_word(text):
    article = verbatim(text)
    assert article.text == text
    at = 0
    for block in article.blocks:
        assert block.span.start >= at
        assert not text[at : block.span.start].strip()
        at = block.span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("KHARTOUM, 14 March 2025 (Sahel Press) - Shells fell on a market.", "Sahel Press"),
        ("NAIROBI, Nov 3 (Reuters) - Kenya said it would send aid.", "Reuters"),
        ("KYIV, Ukraine (AP) — Drones struck the port overnight.", "AP"),
        ("KINGSPORT (Harbour Wire) - A storm closed the port.", "Harbour Wire"),
        ("LUSAKA, Zambia (File Photo) - A storm closed the port.", None),
        ("LUSAKA, Nov 3 (Updated) - A storm closed the port.", None),
        ("LUSAKA, Nov 3 (News) - A storm closed the port.", None),
        ("NAIROBI, Nov 3 - Kenya said it would send aid.", None),
        ("A storm closed the port (Harbour Wire), officials said.", None),
    ],
)
def test_an_agency_in_the_dateline_is_the_publisher_where_none_is_given(opening, source):
    assert verbatim(opening).source == source
    assert verbatim(opening, source="The Daily Post").source == "The Daily Post"
    assert verbatim(opening, url="https://news.example/a").source is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("news/2024-03-05-flood.txt", "2024-03-05"),
        ("wire_20240305.txt", "2024-03-05"),
        ("2024.03.05 Flood, day 2.txt", "2024-03-05"),
        ("2024/flood.txt", None),
        ("2024-02-30.txt", None),
        ("2024-03-05_to_2024-03-07.txt", None),
        ("20240305123456.txt", None),
        ("flood-120240305.txt", None),
    ],
)
def test_a_day_in_a_file_s_name_counts_when_the_user_says_so(name: str, day: str | None) -> None:
    words = b"Flood in the valley\n\nThe river rose on Monday, officials said. Twelve people were hurt."
    for asked in (True, False):
        [article] = read(Raw(words, name), settings=Settings(dates_in_names=asked))
        assert isinstance(article, Article)
        assert article.published == (day if asked else None)
        assert article.dated_by == ("record" if asked and day else None)


def test_a_day_in_the_text_is_before_that_of_the_name() -> None:
    words = b"Flood in the valley\n\nPublished: 4 March 2024\n\nThe river rose on Monday, officials said."
    [article] = read(Raw(words, "2024-03-05.txt"), settings=Settings(dates_in_names=True))
    assert isinstance(article, Article)
    assert (article.published, article.dated_by) == ("2024-03-04", "text")
