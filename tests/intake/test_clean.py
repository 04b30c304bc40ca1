"""What normalisation changes, and what it never touches."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import clean
from dateline.intake.extract import Extract, Raw

RAW = Raw(b"<html>", "page.html", url="https://www.paper.example/a")


def words(article, kind):
    return [article.text[block.span.start : block.span.end] for block in article.blocks if block.kind == kind]


def test_invisible_characters_go_and_typography_stays():
    dirty = "The\u00a0min\u00adister\u200b said:\r\n “No\u202e” — ‘never’ - e\u0301lan\ufeff \x07ok"
    assert clean.text(dirty) == "The minister said: “No” — ‘never’ - élan ok"


def test_joiners_stay_where_they_mean_something():
    assert clean.text("می\u200cخواهد") == "می\u200cخواهد"
    assert clean.text("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert clean.text("co\u200doperate") == "cooperate"


@given(st.text(max_size=200))
def test_normalised_once_is_normalised(text):
    once = clean.text(text)
    assert clean.text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in once
    for mark in "“”‘’\"'—–-«»":
        assert once.count(mark) == unicodedata.normalize("NFC", text).count(mark)


def test_blocks_hold_every_word_and_the_headline_stands_once():
    extract = Extract(
        title="Dam talks fail",
        blocks=[
            ("headline", "Dam  talks fail"),
            ("caption", "The dam in May."),
            ("caption", "The dam in May."),
            ("subhead", "Dam talks fail"),
            ("key_point", "No date for more talks"),
            ("paragraph", "LUSAKA: Talks failed on Monday."),
            ("paragraph", " "),
            ("subhead", "What next"),
            ("paragraph", "Nobody knows."),
        ],
        published="2025-11-03",
        dated_by="html",
    )
    article = clean.article(extract, RAW, 1, 2)
    assert article.text == (
        "Dam talks fail\n\nThe dam in May.\n\nNo date for more talks\n\nLUSAKA: Talks failed on Monday.\n\nWhat next\n\nNobody knows."
    )
    assert [block.kind for block in article.blocks] == [
        "headline", "caption", "key_point", "paragraph", "subhead", "paragraph",
    ]  # fmt: skip
    assert "".join(article.text[b.span.start : b.span.end] for b in article.blocks) == article.text.replace("\n\n", "")
    assert (article.dateline, article.source, article.url) == ("LUSAKA", "paper.example", RAW.url)
    assert (article.page.position, article.page.articles) == (1, 2)
    assert (article.published, article.dated_by, article.language) == ("2025-11-03", "html", "en")


def test_a_page_without_headline_block_gets_its_title():
    article = clean.article(Extract(title="Dam talks fail", blocks=[("paragraph", "Talks failed.")]), RAW)
    assert words(article, "headline") == ["Dam talks fail"]


def test_a_standfirst_that_is_the_first_paragraph_is_said_once():
    made = Extract(title="T", blocks=[("standfirst", "Talks failed."), ("paragraph", "Talks failed.")])
    assert clean.article(made, RAW).text == "T\n\nTalks failed."


def test_bylines_lose_by_jobs_and_places():
    made = Extract(title="T", blocks=[("paragraph", "Talks failed.")], byline=("By Jane Doe, LONDON", "Jane Doe", " "))
    article = clean.article(made, RAW)
    assert article.byline == ("Jane Doe",)
    assert article.dateline == "LONDON"


def test_dates_nobody_wrote_stay_none():
    article = clean.article(
        Extract(title="T", blocks=[("paragraph", "NAIROBI, Nov 3 - Talks failed.")], dated_by="html"), RAW
    )
    assert (article.published, article.updated, article.dated_by, article.dateline_day) == (None, None, None, None)


def test_the_same_page_gives_the_same_article():
    made = [clean.article(Extract(title="T", blocks=[("paragraph", "Talks failed.")]), RAW) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].id != clean.article(Extract(title="T", blocks=[("paragraph", "Talks went on.")]), RAW).id


def test_lines_of_furniture_are_left_out_and_noted():
    made = Extract(
        title="T", blocks=[("paragraph", "Talks failed."), ("paragraph", "© 2025 The Paper. All rights reserved.")]
    )
    assert clean.article(made, RAW).text == "T\n\nTalks failed."
    assert "All rights reserved" in made.notes[0]
