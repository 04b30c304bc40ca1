"""What a page says of its articles."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import blocks
from dateline.intake.metadata import (
    clean,
    fold,
    iso_time,
    language_tag,
    load_json,
    looks_named,
    read_json_ld,
    relative_time,
    tidy_names,
    url_day,
    written_time,
)


@pytest.mark.parametrize(
    ("given_time", "read"),
    [
        ("2025-03-04", "2025-03-04"),
        ("20250304", "2025-03-04"),
        ("2025-03-04T09:15", "2025-03-04T09:15"),
        ("2025-03-04 09:15:00", "2025-03-04T09:15:00"),
        ("2025-03-04T09:15:00.123Z", "2025-03-04T09:15:00.123Z"),
        ("2025-03-04T09:15:00+0200", "2025-03-04T09:15:00+02:00"),
        ("2025-03-04T09:15:00-05", "2025-03-04T09:15:00-05:00"),
        ("2025-03-04 09:15:00 UTC", "2025-03-04T09:15:00Z"),
        ("2025-03-04T9:15:00 +01:00", "2025-03-04T09:15:00+01:00"),
        ("Tue, 04 Mar 2025 09:15:00 GMT", "2025-03-04T09:15:00Z"),
        ("1741079700", "2025-03-04T09:15:00Z"),
        ("1741079700000", "2025-03-04T09:15:00Z"),
        ("4 March 2025", "2025-03-04"),
        ("2025-02-30", None),
        ("2025-03-04T25:00", None),
        ("123456", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_times(given_time: str | None, read: str | None) -> None:
    assert iso_time(given_time) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Updated 3 May 2025, 2:05 pm GMT", "2025-05-03T14:05Z"),
        ("Published: May 3rd, 2025 at 12:30 a.m.", "2025-05-03T00:30"),
        ("3. Mai 2025, 14:05 Uhr", "2025-05-03T14:05"),
        ("Stand: 03.05.2025 um 14:05 Uhr", "2025-05-03T14:05"),
        ("Sa 03.05.25 | 14:07 Uhr", "2025-05-03T14:07"),
        ("3 de mayo de 2025", "2025-05-03"),
        ("on 03/05/2025", None),
        ("version 1.2.3456", None),
        ("31 April 2025", None),
        ("May Smith, 2025", None),
    ],
)
def test_written_times(text: str, read: str | None) -> None:
    assert written_time(text) == read


@pytest.mark.parametrize(
    ("text", "retrieved", "read"),
    [
        ("Updated 8 sec ago", "2025-03-04T09:15:08Z", "2025-03-04T09:15:00Z"),
        ("5 minutes ago", "2025-03-04T09:03:30+02:00", "2025-03-04T08:58+02:00"),
        ("an hour ago", "2025-03-04T00:30", "2025-03-03T23:30"),
        ("2 days ago", "2025-03-01T12:00Z", "2025-02-27"),
        ("8 sec ago", None, None),
        ("8 sec ago", "2025-03-04", None),
        ("long ago", "2025-03-04T09:15:08Z", None),
    ],
)
def test_relative_times(text: str, retrieved: str | None, read: str | None) -> None:
    assert relative_time(text, retrieved) == read


ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")


@given(st.one_of(st.text(max_size=60), st.from_regex(r"\d{4}-?\d\d-?\d\d[T ]\d\d:\d\d.{0,12}", fullmatch=True)))
def test_times_read_are_iso_times_or_none(text: str) -> None:
    for found in (iso_time(text), written_time(text), relative_time(text, "2025-03-04T09:15:08Z")):
        assert found is None or ISO.fullmatch(found)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["By Grace Mulenga and Peter Zulu"], ("Grace Mulenga", "Peter Zulu")),
        (["Von Anna-Lena Groß, Jens van der Berg"], ("Anna-Lena Groß", "Jens van der Berg")),
        (["Grace Mulenga, Lusaka"], ("Grace Mulenga",)),
        (["Grace Mulenga", "grace mulenga", "GRACE MULENGA"], ("Grace Mulenga",)),
        (["https://facebook.com/grace", "editor@post.example", "admin"], ()),
        (["Zulu, Peter"], ("Zulu, Peter",)),
        (["Reuters, Peter Zulu"], ("Reuters", "Peter Zulu")),
        (["Reuters"], ("Reuters",)),
        (["By"], ("By",)),
        ([""], ()),
    ],
)
def test_names(texts: list[str], names: tuple[str, ...]) -> None:
    assert tidy_names(texts) == names


def test_what_is_written_like_a_name() -> None:
    for name in ("Grace Mulenga", "Jens van der Berg", "Lê Phương", "松岡大地", "大渡 美咲"):
        assert looks_named(name)
    for text in ("Mulenga", "the rail line", "Two Of The Most Widely Read", "Line 4"):
        assert not looks_named(text)


def test_json_as_sites_write_it() -> None:
    assert load_json('<!-- {"a": [1, 2,], } -->') == {"a": [1, 2]}
    assert load_json('{"a": "one\ntwo"};') == {"a": "one\ntwo"}
    assert load_json('//<![CDATA[\n{"a": 1}\n//]]>') == {"a": 1}
    assert load_json("{broken") is None
    assert load_json("[" * 100_000) is None


def test_articles_of_json_ld() -> None:
    script = json.dumps(
        {
            "@graph": [
                {"@type": "WebPage", "name": "Not an article"},
                {
                    "@type": "NewsArticle",
                    "headline": "Rail &amp;amp; road",
                    "author": ["Grace Mulenga", {"@type": "Person", "givenName": "Peter", "familyName": "Zulu"}],
                    "publisher": {"@id": "#us"},
                    "mainEntityOfPage": {"@id": "https://post.example/rail"},
                    "datePublished": "2025-03-04",
                },
                {"@id": "#us", "@type": "NewsMediaOrganization", "name": "Copper Post"},
                {"@type": "NewsArticle", "headline": "Rail &amp; road", "articleBody": "The ministry said."},
                {
                    "@type": "LiveBlogPosting",
                    "headline": "Vote",
                    "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "9:15"}],
                },
            ]
        }
    )
    rail, vote, update = read_json_ld([script.replace("&amp;amp;", "&amp;")])
    assert (rail.headline, rail.authors, rail.publisher) == (
        "Rail & road",
        ["Grace Mulenga", "Peter Zulu"],
        "Copper Post",
    )
    assert (rail.url, rail.published) == ("https://post.example/rail", "2025-03-04")
    assert rail.body == "The ministry said."
    assert (vote.kind, vote.depth, update.depth > 0) == ("LiveBlogPosting", 0, True)


def test_references_that_turn_in_circles_end() -> None:
    script = json.dumps([{"@id": "#a", "name": {"@id": "#b"}}, {"@id": "#b", "name": {"@id": "#a"}}])
    assert read_json_ld([script, '{"@type": "Article", "headline": "x", "author": {"@id": "#a"}}'])[0].authors == []


@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text()), lambda inner: st.one_of(
    st.lists(inner, max_size=4),
    st.dictionaries(
        st.sampled_from(["@type", "@id", "@graph", "headline", "author", "publisher", "name", "url", "datePublished"]),
        st.one_of(inner, st.just("NewsArticle"), st.just("#a")),
        max_size=5,
    ),
)))  # fmt: skip
def test_any_json_ld_is_read(value: object) -> None:
    for one in read_json_ld([json.dumps(value)]):
        assert isinstance(one.headline, str)
        assert all(isinstance(name, str) for name in one.authors)


def test_clean_resolves_entities_and_drops_what_is_no_text() -> None:
    assert clean("  Rail &amp;  <b>road</b>\x00 \ud800now ") == "Rail & road now"
    assert clean(None) == clean(4) == ""


def test_fold_compares_words_alone() -> None:
    assert fold("“Rail\xadroad” – NOW!") == fold("railroad now")


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("en", "en"),
        ("en_gb", "en-GB"),
        ("zh-hant-TW", "zh-Hant-TW"),
        ("de_DE.UTF-8", "de-DE"),
        ("english", None),
        ("", None),
    ],
)
def test_language_tags(value: str, tag: str | None) -> None:
    assert language_tag(value) == tag


def test_days_in_addresses() -> None:
    assert url_day("https://post.example/2025/03/04/rail") == "2025-03-04"
    assert url_day("https://post.example/news/20250304-rail") == "2025-03-04"
    assert url_day("https://post.example/2025/13/04/rail") is None
    assert url_day("https://post.example/story-2025") is None


@pytest.mark.parametrize(
    ("names", "flags"),
    [
        ("related-articles", blocks.FURNITURE),
        ("ArticleTeaser_newsletterBox__a8Xq2", blocks.FURNITURE),
        ("no-ads has-sidebar", 0),
        ("hasCaption", 0),
        ("article-body", blocks.BODY),
        ("articleBody", blocks.BODY),
        ("img-caption", blocks.CAPTION),
        ("byline__author", blocks.BYLINE),
        ("pull-quote", blocks.QUOTE),
        ("sr-only", blocks.HIDDEN),
        ("md:menu", 0),
        ("kqAdZx", 0),
        ("paragraph", 0),
    ],
)
def test_words_of_classes(names: str, flags: int) -> None:
    found = blocks.class_flags(names)
    assert found & flags == flags
    assert flags or not found & (blocks.FURNITURE | blocks.CAPTION | blocks.HIDDEN)
