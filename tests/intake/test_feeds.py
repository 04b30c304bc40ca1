"""RSS and Atom entries as articles."""

from __future__ import annotations

import pytest

from dateline.errors import ArticleError
from dateline.intake import Raw, Settings, feeds, read

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Paper &amp; Co</title><link>https://p.example/</link><language>en-gb</language>
<item><title>Dam talks fail</title><link>/a/1</link><dc:creator>Jane Doe</dc:creator>
<pubDate>Mon, 03 Nov 2025 14:05:00 +0200</pubDate><description>No date is set.</description>
<content:encoded><![CDATA[<p>LUSAKA: Talks on the dam failed on <b>Monday</b>.</p><div>She left<br><br>without a word.</div>
<script>alert("no")</script><h3>What next</h3><ul><li>Vote in May</li></ul><figure><figcaption>The dam.</figcaption></figure>
<p>The post Dam talks fail appeared first on Paper.</p>]]></content:encoded></item>
<item><title>Ferry aground</title><link>https://p.example/a/2</link><author>desk@p.example (John Roe)</author>
<pubDate>3 November 2025</pubDate><description>Nobody was hurt, the port said.</description></item>
<item><title>Only a headline</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://m.example/" xml:lang="en"><title>Post</title>
<entry><title type="html">Bank &lt;i&gt;raises&lt;/i&gt; rates</title><link rel="alternate" href="world/1"/>
<published>2025-11-03T14:05:00Z</published><updated>2025-11-03T15:00:00Z</updated><author><name>Ann Other</name></author>
<content type="html">&lt;p&gt;The bank raised rates on Monday.&lt;/p&gt;&lt;p&gt;It may do so again.&lt;/p&gt;</content></entry></feed>"""


def taken(text, **given):
    return read(Raw(text.encode(), "feed.xml", **given))


def words(article, kind):
    return [article.text[block.span.start : block.span.end] for block in article.blocks if block.kind == kind]


def test_full_text_and_summary():
    full, summary, bare = taken(RSS)
    assert words(full, "paragraph") == [
        "LUSAKA: Talks on the dam failed on Monday.", "She left", "without a word.", "Vote in May",
    ]  # fmt: skip
    assert words(full, "standfirst") == ["No date is set."]
    assert words(full, "subhead") == ["What next"]
    assert words(full, "caption") == ["The dam."]
    assert (full.url, full.source, full.byline) == ("https://p.example/a/1", "Paper & Co", ("Jane Doe",))
    assert (full.published, full.dated_by, full.dateline) == ("2025-11-03T14:05:00+02:00", "feed", "LUSAKA")
    assert words(summary, "paragraph") == ["Nobody was hurt, the port said."]
    assert (summary.published, summary.byline) == ("2025-11-03", ("John Roe",))
    assert (bare.text, bare.url) == ("Only a headline", None)
    assert [article.page.position for article in (full, summary, bare)] == [0, 1, 2]


def test_a_summary_is_marked_as_one():
    notes = [made.notes for made in feeds.extract(Raw(RSS.encode(), "feed.xml"))]
    assert notes[0] == []
    assert "only a summary" in notes[1][0]
    assert "only the headline" in notes[2][0]


def test_atom_with_a_base():
    [one] = taken(ATOM)
    assert (one.title, one.url, one.byline) == ("Bank raises rates", "https://m.example/world/1", ("Ann Other",))
    assert (one.published, one.updated) == ("2025-11-03T14:05:00Z", "2025-11-03T15:00:00Z")
    assert len(words(one, "paragraph")) == 2


def test_links_resolve_against_where_the_feed_was_fetched():
    feed = RSS.replace("<link>https://p.example/</link>", "")
    assert taken(feed, url="https://q.example/feeds/all.xml")[0].url == "https://q.example/a/1"


def test_an_empty_or_broken_feed_is_rejected():
    [one] = taken('<rss version="2.0"><channel><title>P</title></channel></rss>')
    assert one.reason == "no article"
    [cut] = taken(RSS[:200])
    assert cut.reason == "bad feed"


def test_a_feed_without_end_is_stopped():
    many = "<item><title>Hello there</title><description>The minister said no.</description></item>" * 30_000
    raw = Raw(f'<rss version="2.0"><channel><title>x</title>{many}</channel></rss>'.encode(), "feed.xml")
    with pytest.raises(ArticleError) as error:
        feeds.extract(raw, Settings(page_seconds=1.0))
    assert error.value.reason == "time limit"


def test_deep_markup_in_an_entry_is_no_recursion():
    deep = "<div>" * 5000 + "The minister said no." + "</div>" * 5000
    assert feeds.fragment(deep) == [("paragraph", "The minister said no.")]
