import re
from html import unescape
from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.export.cards import cards
from dateline.export.page import page, write_page
from dateline.export.wording import interval, value
from dateline.intake.text import verbatim
from dateline.pipeline.assembly import Reader
from dateline.records import Block, Figure, Provenance, Record, Span, TimeSpan
from tests.conftest import NEWS

MADE = Provenance(evidence=(Span(0, 1),), coder="x/1", confidence=0.5)


def _figure(**fields: object) -> Figure:
    return Figure(id="f", provenance=MADE, **{"bound": "exact", "unit": "", **fields})  # type: ignore[arg-type]


def test_figures_in_words() -> None:
    assert value(_figure(low=10000.0, high=10000.0, unit="troop", head="troop", bound="about")) == "about 10,000"
    assert value(_figure(low=3.0, high=5.5, unit="%", bound="between")) == "3 to 5.5 %"
    assert value(_figure(low=1250.0, high=1250.0, unit="person", per="day", change="up")) == "1,250 people per day ▲"
    assert value(_figure(low=1.0, high=1.0, unit="person", head="dead")) == "1 person"
    assert value(_figure(low=2.0, high=2.0, unit="Palestinian")) == "2 Palestinians"
    assert value(_figure(low=6.0, high=6.0, unit="magnitude")) == "6 magnitude"
    assert value(_figure(low=6.0, high=6.0, unit="USD")) == "6 USD"
    assert value(_figure(low=30.0, high=30.0, unit="[acr_us]")) == "30 [acr_us]"
    assert value(_figure(low=24.0, high=None, bound="at least")) == "at least 24"


def test_intervals_in_words() -> None:
    from datetime import date

    def time(first: date | None, last: date | None) -> TimeSpan:
        return TimeSpan(id="t", provenance=MADE, earliest=first, latest=last, type="DATE", mention=Span(0, 1))

    assert interval(time(date(2025, 1, 1), date(2025, 1, 1))) == "2025-01-01"
    assert interval(time(date(2025, 1, 1), date(2025, 1, 31))) == "2025-01-01 to 2025-01-31"
    assert interval(time(date(2025, 1, 1), None)) == "from 2025-01-01"
    assert interval(time(None, date(2025, 1, 1))) == "until 2025-01-01"
    assert interval(time(None, None)) == ""


def test_every_word_of_the_article_is_on_the_page_and_every_finding_has_a_card(reader: Reader) -> None:
    [record] = reader.code([verbatim(NEWS, published="2025-11-03")])
    html = page([record])
    for finding in (*record.statements, *record.events, *record.figures, *record.times):
        assert f'id="{finding.id}"' in html
    shown = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    for block in record.article.blocks:
        assert " ".join(record.quote(block.span).split()) in shown
    assert "src=" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_hostile_words_are_inert() -> None:
    text = '<script>alert(1)</script> & "quotes" \u202egnorw\u202c <img src=x onerror=alert(1)>'
    article = verbatim(text, url="javascript:alert(1)", title="</title><script>1</script>", source="<b>x</b>")
    assert article.blocks == (Block("paragraph", Span(0, len(text))),)
    html = page([Record(article=article, codebook="x/1", sentences=())])
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert "javascript:" not in html
    assert "\u202e" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_page_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        write_page([], tmp_path / "none" / "x.html")
    assert list(tmp_path.iterdir()) == []


def test_what_a_card_counts_reads_right_after_its_number(reader: Reader) -> None:
    text = (
        "The 47-person crew left the trawler. Two of the dead were children. One soldier died. "
        "A 12-member council met. Some 300 sheep were lost."
    )
    [record] = reader.code([verbatim(text, published="2025-11-03")])
    counted = dict(cards(record))["What was counted"]
    assert [f"{card.head} {card.words}" for card in counted] == [
        "47 people",
        "2 people dead",
        "1 soldier",
        "12 members",
        "about 300 sheep",
    ]
