"""Articles out of HTML pages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ArticleError
from dateline.intake.extract import Extract, Raw
from dateline.intake.html import decode, extract

BODY = [
    "The transport ministry in Lusaka said on Tuesday that the new rail line would open before the end of the year.",
    "Engineers had finished laying the last stretch of track, it said, and trial runs would begin within a fortnight.",
    "“We have waited forty years for this line,” said Ruth Banda, who runs a timber yard beside the station.",
    "The project cost about 900 million dollars, a third more than planned, and was delayed by two floods.",
    "Opposition members of parliament asked the auditor general to publish the contracts signed in March.",
    "The first trains are expected to carry copper; passenger services will follow when stations are ready.",
    "The line will be run by a company that the state and two of the mines own together, the ministry said.",
    "Villages along the track have asked for crossings with barriers after two accidents during the trial works.",
]
OTHER = [
    "Voters in the island's capital went to the polls on Sunday to elect a new council after months of protest.",
    "Turnout stood at 61 percent by late afternoon, the election commission said, the highest in twenty years.",
    "Observers from three neighbouring states reported long queues but no incidents at the stations they visited.",
    "The governing party has promised to halve harbour fees; its rivals want the fees to pay for a new hospital.",
    "First results are expected on Monday morning, and a second round would be held two weeks later if needed.",
    "Fishing crews came ashore early to vote, and the ferry company laid on free crossings from the outer isles.",
    "Schools that served as polling stations will stay closed on Monday while the ballot boxes are collected.",
    "The commission said complaints could be filed until Wednesday and would be decided within a single week.",
]


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(inner: str, head: str = "", lang: str = "en-GB") -> bytes:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
        f"<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>{inner}"
        "<footer><p>All rights reserved. The Copper Post is published by Copper Media in Ndola, Zambia.</p></footer>"
        "</body></html>"
    ).encode()


def read(
    data: bytes, url: str | None = "https://copperpost.example/news/rail-line", **more: str | None
) -> list[Extract]:
    return extract(Raw(data=data, where="page", url=url, **more))


def one(data: bytes, **more: str | None) -> Extract:
    found = read(data, **more)
    assert len(found) == 1
    return found[0]


def kinds(article: Extract, *wanted: str) -> list[str]:
    return [text for kind, text in article.blocks if kind in wanted]


NEWS = page(
    '<main><article><header><h1>New rail line to open this year</h1><p class="standfirst">Trial runs on the Lusaka '
    'line begin in two weeks, the ministry says.</p><div class="byline">By Grace Mulenga and Peter Zulu</div>'
    "<time datetime='2025-03-04T09:15:00+02:00'>4 March 2025</time></header>"
    "<figure><img src='a.jpg'><figcaption>Workers near Lusaka on Monday. Photo: J. Phiri</figcaption></figure>"
    f"<div class='body'>{paragraphs(BODY[:3])}<h2>Over budget</h2><div class='ad-slot'><p>Buy two tyres today and get "
    f"the third one free at your nearest dealer, while stocks last.</p></div>{paragraphs(BODY[3:])}</div>"
    "<aside class='related'><h3>Related</h3><ul><li><a href='/1'>Copper exports rise for the third month</a></li>"
    "</ul></aside><div class='newsletter'><p>Sign up for our morning letter and never miss a story again.</p></div>"
    "</article></main>",
    "<title>New rail line to open this year | Copper Post</title><meta property='og:site_name' content='Copper Post'>"
    "<meta property='og:title' content='New rail line to open this year | Copper Post'>",
)


def test_page_is_read_in_order_without_furniture() -> None:
    article = one(NEWS)
    assert article.blocks == [
        ("headline", "New rail line to open this year"),
        ("standfirst", "Trial runs on the Lusaka line begin in two weeks, the ministry says."),
        ("caption", "Workers near Lusaka on Monday. Photo: J. Phiri"),
        *(("paragraph", line) for line in BODY[:3]),
        ("subhead", "Over budget"),
        *(("paragraph", line) for line in BODY[3:]),
    ]


def test_what_the_page_says_of_the_article() -> None:
    article = one(NEWS)
    assert article.title == "New rail line to open this year"
    assert article.byline == ("Grace Mulenga", "Peter Zulu")
    assert (article.published, article.dated_by) == ("2025-03-04T09:15:00+02:00", "html")
    assert article.source == "Copper Post"
    assert article.language == "en-GB"
    assert article.url == "https://copperpost.example/news/rail-line"


def test_wrapper_named_like_furniture_is_kept_when_it_holds_the_prose() -> None:
    article = one(page(f"<div class='sidebar-promo'><h1>Rail line to open</h1>{paragraphs(BODY)}</div>"))
    assert kinds(article, "paragraph") == BODY


def test_paragraphs_each_in_its_own_card() -> None:
    cards = "".join(f"<section class='card'><p>{line}</p></section>" for line in BODY)
    assert kinds(one(page(f"<article><h1>Rail line to open</h1>{cards}</article>")), "paragraph") == BODY


def test_every_paragraph_in_an_element_of_another_name() -> None:
    names = ("ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen")
    parts = "".join(f"<div class='{name}'><p>{line}</p></div>" for name, line in zip(names, BODY, strict=True))
    assert kinds(one(page(f"<article><h1>Rail line to open</h1>{parts}</article>")), "standfirst", "paragraph") == BODY


def test_line_breaks_part_paragraphs() -> None:
    text = "<br><br>".join(BODY)
    assert kinds(one(page(f"<h1>Rail line to open</h1><div id='story'>{text}</div>")), "paragraph") == BODY


def test_comments_tweets_boxes_and_pull_quotes_are_left_out() -> None:
    inner = (
        f"<article><h1>Rail line to open</h1><div class='text'>{paragraphs(BODY[:3])}"
        "<blockquote class='twitter-tweet'><p>So proud of every engineer on this line, what a day for us all!</p>"
        "</blockquote><div class='factbox'><h3>The line in figures</h3><p>It is 312 kilometres long and has 14 "
        "stations, of which five are new.</p></div><figure class='pullquote'><blockquote><p>We have waited forty years"
        f" for this line</p></blockquote></figure>{paragraphs(BODY[3:])}</div></article>"
        "<section id='comments'><div class='comment'><p>I will believe it when I see it, as with the last three "
        "promises that they made to us.</p></div></section>"
    )
    article = one(page(inner))
    assert kinds(article, "paragraph", "subhead") == BODY
    assert article.notes == ["2 pieces of text in boxes, embedded posts and pull quotes left out"]


def test_teasers_as_nested_articles_are_left_out() -> None:
    teaser = (
        "<article><h3>Copper exports rise</h3><p>Exports grew by nine percent in February, the bank said.</p></article>"
    )
    inner = f"<article><h1>Rail line to open</h1><div>{paragraphs(BODY)}</div><div>{teaser}{teaser}</div></article>"
    assert kinds(one(page(inner)), "paragraph", "subhead") == BODY


def test_key_points_above_the_text() -> None:
    points = "<ul class='key-points'><li>Line to open this year</li><li>Cost rose by a third, says ministry</li></ul>"
    article = one(page(f"<article><h1>Rail line to open</h1>{points}<div>{paragraphs(BODY)}</div></article>"))
    assert kinds(article, "key_point") == ["Line to open this year", "Cost rose by a third, says ministry"]
    assert kinds(article, "paragraph") == BODY


def test_hidden_text_is_left_out_but_paywalled_paragraphs_are_read() -> None:
    inner = (
        f"<article><h1>Rail line to open</h1><div>{paragraphs(BODY[:3])}<div style='display:none'><p>Your session has "
        "ended; please sign in again to go on reading this and other pages.</p></div>"
        + "".join(f"<p class='paywall' style='display:none'>{line}</p>" for line in BODY[3:])
        + "</div></article>"
    )
    assert kinds(one(page(inner)), "paragraph") == BODY


def test_repeated_whole_is_left_out() -> None:
    again = f"<div class='print'>{' '.join(BODY)}</div>"
    article = one(page(f"<article><h1>Rail line to open</h1><div>{paragraphs(BODY)}</div>{again}</article>"))
    assert "".join(kinds(article, "paragraph")).count(BODY[0]) == 1


@pytest.mark.parametrize("tag", ["article", "div"])
def test_several_articles_on_a_page(tag: str) -> None:
    both = "".join(
        f"<{tag} class='story item-{n}'><h1>{title}</h1><div class='meta'><span class='by'>{name}</span> "
        f"<time datetime='{time}'>x</time></div>{paragraphs(lines)}</{tag}>"
        for n, (title, name, time, lines) in enumerate(
            [
                ("Rail line to open this year", "Grace Mulenga", "2025-03-04T09:15+02:00", BODY),
                ("Islanders elect a new council", "Ana Sousa", "2025-03-02", OTHER),
            ]
        )
    )
    first, second = read(
        page(f"<main>{both}</main>", "<meta property='og:title' content='Rail line to open this year'>")
    )
    assert (first.title, second.title) == ("Rail line to open this year", "Islanders elect a new council")
    assert (first.byline, second.byline) == (("Grace Mulenga",), ("Ana Sousa",))
    assert (first.published, second.published) == ("2025-03-04T09:15+02:00", "2025-03-02")
    assert kinds(second, "paragraph") == OTHER
    assert kinds(first, "paragraph") == BODY


def test_json_ld_is_bound_by_headline_not_by_position() -> None:
    described = [
        {"@type": "NewsArticle", "headline": "Islanders elect a new council", "datePublished": "2025-03-02T18:00:00Z"},
        {"@type": "NewsArticle", "headline": "Rail line to open this year", "datePublished": "2025-03-04T07:15:00Z"},
    ]
    parts = (("Rail line to open this year", BODY), ("Islanders elect a new council", OTHER))
    inner = "".join(f"<div><h2>{title}</h2>{paragraphs(lines)}</div>" for title, lines in parts)
    found = read(page(inner, f"<script type='application/ld+json'>{json.dumps(described)}</script>"))
    assert [(each.title, each.published) for each in found] == [
        ("Rail line to open this year", "2025-03-04T07:15:00Z"),
        ("Islanders elect a new council", "2025-03-02T18:00:00Z"),
    ]


def test_sections_of_one_article_are_not_several() -> None:
    sections = "".join(
        f"<section class='part'><h2>{title}</h2>{paragraphs(lines)}</section>"
        for title, lines in (("The line", BODY), ("The vote", OTHER))
    )
    assert len(read(page(f"<main><h1>The week in two stories</h1>{sections}</main>"))) == 1


@pytest.mark.parametrize("stamp", ["<time>16:35</time>", "<h3>16:35</h3>"])
def test_live_blog_is_one_article_with_its_first_sub_head(stamp: str) -> None:
    entries = "".join(
        f"<section class='update'>{stamp.replace('35', str(35 - at))}<h2>{head}</h2>{paragraphs(lines)}</section>"
        for at, (head, lines) in enumerate((("Line open", BODY), ("Votes in", OTHER)))
    )
    article = one(
        page(f"<main><article><h1>Live: a day in Lusaka</h1><p class='byline'>Ruth Banda</p>{entries}</article>")
    )
    heads = ["16:35", "Line open", "16:34", "Votes in"] if "h3" in stamp else ["Line open", "Votes in"]
    assert kinds(article, "subhead") == heads
    assert kinds(article, "paragraph") == BODY + OTHER


def test_heading_of_a_box_above_the_text_is_no_sub_head() -> None:
    article = one(
        page(f"<article><h1>Line open</h1><h4>Listen</h4>{paragraphs(BODY)}<h2>Costs</h2>{paragraphs(OTHER)}</article>")
    )
    assert kinds(article, "subhead") == ["Costs"]


def test_json_ld_names_and_times_win_over_the_page() -> None:
    described = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#us", "name": "Copper Post"},
            {"@type": "Person", "@id": "#grace", "name": "Grace Mulenga"},
            {
                "@type": ["NewsArticle"],
                "headline": "Rail &amp; road: line to open",
                "author": [{"@id": "#grace"}, {"@type": "Organization", "name": "Copper Post"}],
                "publisher": {"@id": "#us"},
                "datePublished": "2025-03-04T09:15:00+0200",
                "dateModified": "2025-03-04T11:00:00+0200",
            },
        ],
    }
    script = f"<script type='application/ld+json'>{json.dumps(described)}</script>"
    article = one(page(f"<article><h1>Rail & road: line to open</h1>{paragraphs(BODY)}</article>", script))
    assert article.title == "Rail & road: line to open"
    assert article.byline == ("Grace Mulenga",)
    assert article.source == "Copper Post"
    assert (article.published, article.updated) == ("2025-03-04T09:15:00+02:00", "2025-03-04T11:00:00+02:00")
    assert article.dated_by == "json-ld"


def titled(heading: str, social: str, title: str, described: str = "", site: str = "Copper Post") -> str:
    head = (
        f"<title>{title}</title><meta property='og:title' content='{social}'>" if social else f"<title>{title}</title>"
    )
    if site:
        head += f"<meta property='og:site_name' content='{site}'>"
    if described:
        head += f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{described}"}}</script>'
    return one(page(f"<article><h1>{heading}</h1>{paragraphs(BODY)}</article>", head)).title


@pytest.mark.parametrize(
    ("heading", "social", "title", "described", "read_as"),
    [
        pytest.param(
            "New rail line to open this year",
            "New rail line to open this year",
            "When will the Lusaka rail line open? | Copper Post",
            "When will the Lusaka rail line open?",
            "New rail line to open this year",
            id="heading and social title agree",
        ),
        pytest.param(
            "Transport on the copper belt New rail line to open this year",
            "New rail line to open this year",
            "Lusaka line: all on the opening | Copper Post",
            "Lusaka line: all on the opening",
            "New rail line to open this year",
            id="kicker without a mark",
        ),
        pytest.param(
            "Transport on the copper belt - New rail line to open this year",
            "After forty years: New rail line to open this year",
            "After forty years: New rail line to open this year - News - Copper Post",
            "",
            "New rail line to open this year",
            id="two kickers",
        ),
        pytest.param(
            "Line delayed: the minister says floods are to blame",
            "Rail line delayed: the minister says floods are to blame",
            "Rail line delayed: the minister says floods are to blame",
            "Rail line delayed: the minister says floods are to blame",
            "Rail line delayed: the minister says floods are to blame",
            id="first halves that say one thing are no kickers",
        ),
    ],
)
def test_titles_that_disagree(heading: str, social: str, title: str, described: str, read_as: str) -> None:
    assert titled(heading, social, title, described) == read_as


OLD = (
    "<html><head><title>{title}</title></head><body><table><tr><td><font size='5'><b>{masthead}</b></font></td></tr>"
    "<tr><td><font size='2'><a href='/'>Front page</a><br><a href='/w'>World</a></font></td><td><font size='5'><b>New "
    "rail line to open this year</b></font><br><font size='2'>By Grace Mulenga, transport reporter<br>4 March 2025"
    "</font>{text}</td></tr><tr><td><font size='1'>{foot}</font></td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("title", "masthead", "foot", "source"),
    [
        ("The Copper Post - New rail line to open this year", "The Copper Post", "", "The Copper Post"),
        ("New rail line to open this year - World - Copper Post", "", "© 2025 Copper Post", "Copper Post"),
        ("New rail line to open this year | Copper belt in pictures", "The Copper Post", "", None),
    ],
)
def test_title_element_alone_tells_headline_and_site(title: str, masthead: str, foot: str, source: str | None) -> None:
    article = one(OLD.format(title=title, masthead=masthead, foot=foot, text=paragraphs(BODY)).encode(), url=None)
    assert article.title == "New rail line to open this year"
    assert article.source == source
    assert article.byline == ("Grace Mulenga",)
    assert article.published == "2025-03-04"
    assert kinds(article, "standfirst", "paragraph") == BODY


@pytest.mark.parametrize(
    "byline",
    [
        '<div><span itemprop="author"><span itemprop="name">Grace Mulenga</span></span></div>',
        "<p class='brief-meta'>By Grace Mulenga | <time datetime='2025-03-04T09:15Z'>March 4, 2025, 9:15 a.m.</time></p>",
    ],
)
def test_names_beside_a_time_or_in_an_inner_element(byline: str) -> None:
    article = one(page(f"<article><h1>New rail line to open this year</h1>{byline}{paragraphs(BODY)}</article>"))
    assert article.byline == ("Grace Mulenga",)


def test_relative_times_count_from_the_fetch_alone() -> None:
    data = page(f"<article><h1>Rail line to open</h1><p class='meta'>Updated 8 sec ago</p>{paragraphs(BODY)}</article>")
    assert one(data).published is None
    assert one(data).updated is None
    article = one(data, retrieved="2025-03-04T09:15:08+02:00")
    assert (article.published, article.updated, article.dated_by) == (None, "2025-03-04T09:15:00+02:00", "text")


def test_undated_page_stays_undated() -> None:
    assert one(page(f"<article><h1>Rail line to open</h1>{paragraphs(BODY)}</article>")).published is None


def test_address_gives_the_day_at_most() -> None:
    data = page(f"<article><h1>Rail line to open</h1>{paragraphs(BODY)}</article>")
    article = one(data, url="https://copperpost.example/2025/03/04/rail-line")
    assert (article.published, article.dated_by) == ("2025-03-04", "url")


def test_guessed_day_is_marked_as_a_guess() -> None:
    article = one(
        page(f"<article><h1>Rail line to open</h1><p class='date'>04/13/2025</p>{paragraphs(BODY)}</article>")
    )
    assert (article.published, article.dated_by) == ("2025-04-13", "guess")


def test_prose_inside_an_inline_element_named_like_a_byline() -> None:
    article = one(page(f"<h1>Rail line to open</h1><span class='author-text'>{paragraphs(BODY)}</span>"))
    assert kinds(article, "paragraph") == BODY


def test_page_wrapped_in_a_form() -> None:
    article = one(page(f"<form method='post'><h1>Rail line to open</h1><div>{paragraphs(BODY)}</div></form>"))
    assert kinds(article, "paragraph") == BODY


def test_table_layout_with_line_breaks() -> None:
    cell = "<br><br>".join(BODY)
    inner = f"<table><tr><td><a href='/'>Home</a></td><td><h1>Rail line to open</h1>{cell}</td></tr></table>"
    assert kinds(one(page(inner)), "paragraph") == BODY


def test_prose_all_in_links_is_read_by_the_second_reader() -> None:
    lines = "".join(f"<p><a href='/{n}'>{line}</a></p>" for n, line in enumerate(BODY))
    article = one(page(f"<h1>Rail line to open</h1>{lines}"))
    assert kinds(article, "paragraph") == BODY
    assert "trafilatura" in article.notes[0]


def test_list_of_headlines_is_no_article() -> None:
    items = "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(BODY))
    with pytest.raises(ArticleError, match="no article"):
        read(page(f"<h1>Rail line to open</h1><ul>{items}</ul>"))


def test_address_as_the_page_gives_it() -> None:
    inner = f"<article><h1>Rail line to open</h1>{paragraphs(BODY)}</article>"
    canonical = page(inner, "<link rel='canonical' href='/rail-line'>")
    assert (
        one(canonical, url="https://copperpost.example/rail-line?ref=mail").url
        == "https://copperpost.example/rail-line"
    )
    assert one(canonical, url=None).url is None


def test_page_without_article() -> None:
    with pytest.raises(ArticleError) as caught:
        read(page("<h1>Sections</h1><ul><li><a href='/w'>World</a></li><li><a href='/s'>Sport</a></li></ul>"))
    assert caught.value.reason == "no article"


CYRILLIC = "Министерство заявило во вторник, что новая линия откроется до конца года, и поблагодарило рабочих. " * 4
JAPANESE = "政府は火曜日、新しい鉄道路線が年内に開業すると発表した。試運転は二週間以内に始まる見通しだ。" * 6


@pytest.mark.parametrize(
    ("encoding", "declared", "media", "words"),
    [
        ("utf-8", "iso-8859-1", None, CYRILLIC),
        ("utf-8", "", "text/html; charset=latin-1", JAPANESE),
        ("cp1251", "utf-8", None, CYRILLIC),
        ("cp1251", "windows-1251", None, CYRILLIC),
        ("cp1251", "", "text/html; charset=windows-1251", CYRILLIC),
        ("shift_jis", "", None, JAPANESE),
        ("euc_jp", "euc-jp", None, JAPANESE),
        ("utf-16-le", "utf-8", None, CYRILLIC),
        ("cp1252", "iso-8859-1", None, "Der Sprecher sagte – „heute“ –, die Größe des Überschusses sei höher. " * 4),
    ],
)
def test_encodings(encoding: str, declared: str, media: str | None, words: str) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    text = f"<html><head>{meta}<title>x</title></head><body><h1>x</h1><p>{words}</p></body></html>"
    assert words in decode(text.encode(encoding), media)


def test_byte_order_mark_beats_all_declarations() -> None:
    data = b"\xef\xbb\xbf" + f"<meta charset='windows-1251'><p>{JAPANESE}</p>".encode()
    assert JAPANESE in decode(data, "text/html; charset=shift_jis")


def test_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = f"<p>{CYRILLIC}</p>".encode() + b"<p>caf\xe9</p>"
    text = decode(data)
    assert CYRILLIC in text
    assert "caf\ufffd" in text


def test_nuls_are_dropped() -> None:
    assert one(NEWS.replace(b"forty", b"fo\0rty")).blocks == one(NEWS).blocks


def test_reading_twice_gives_the_same() -> None:
    assert read(NEWS) == read(NEWS)


TAGS = "p div article h1 h2 ul li table tr td b font a figure figcaption section aside time script span br".split()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
            st.sampled_from(["<!--", "-->", "<", ">", "&amp;", "&#xD800;", "\0", "<p class='related byline caption'>"]),
            st.sampled_from(BODY),
            st.text(max_size=20),
        ),
        max_size=60,
    )
)
def test_any_soup_gives_articles_or_an_article_error(parts: list[str]) -> None:
    try:
        found = read("".join(parts).encode("utf-8", "surrogatepass"))
    except ArticleError:
        return
    for article in found:
        assert all(text.strip() for _, text in article.blocks)
        assert any(kind == "paragraph" for kind, _ in article.blocks)
