from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export import chart

DAY = date(2026, 3, 1)


def _row(low: float | None, high: float | None, party: str | None = "police", **other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "series": "d1",
        "what": "killed",
        "day": DAY,
        "known": datetime(2026, 3, 1, 9, tzinfo=UTC),
        "low": low,
        "high": high,
        "bound": "exact" if low == high else "at least",
        "part": False,
        "party": party,
        "publisher": "Courier",
        "quote": "Twelve people died & more were hurt, police said.",
        "cite": "f1",
    }
    return row | other


def _words(drawing: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(drawing).iter() if each.tag.endswith("text")]


def test_a_history_is_drawn_with_its_holders_values_and_words() -> None:
    rows = [
        _row(12, None, day=DAY),
        _row(19, 19, day=DAY + timedelta(days=1), known=datetime(2026, 3, 2, 9, tzinfo=UTC), cite="f2"),
        _row(23, 23, "the Red Cross", day=DAY + timedelta(days=1), cite="f3"),
        _row(4, 4, None, part=True, cite="f4"),
        _row(40, 60, series="d2", what="missing", bound="between", cite="f5"),
    ]
    drawing = chart.history(rows, title="Flood <2026>")
    words = _words(drawing)
    for each in ("Flood <2026>", "killed", "missing", "police", "the Red Cross", "Courier (own word)", "2026-03-01"):
        assert each in words
    assert {"12", "19", "23", "4", "40 to 60"} <= set(words)
    assert "at least 12 (police; Courier) Twelve people died &amp; more" in drawing
    assert drawing.count('fill="none" stroke="#0072b2" stroke-width="2"') == 1, "the steps of the police"
    assert drawing == chart.history(rows, title="Flood <2026>")
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")
    assert chart.page(drawing).startswith("<!doctype html>")
    assert "<?xml" not in chart.page(drawing)


def test_without_a_day_there_is_nothing_to_draw() -> None:
    assert "no figures with a day" in chart.history([_row(3, 3, day=None)])
    assert "no figures with a day" in chart.history([])


def test_a_scale_of_close_values_does_not_begin_at_zero() -> None:
    rows = [_row(71.0, 71.0), _row(72.4, 72.4, day=DAY + timedelta(days=1), cite="f2")]
    assert "0" not in _words(chart.history(rows))
    assert "0" in _words(chart.history([_row(1, 1), _row(9, 9, cite="f2")]))


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=-1e12, max_value=1e13, allow_subnormal=False),
            st.integers(min_value=0, max_value=4000),
            st.one_of(st.none(), st.text(max_size=90)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_values_and_any_text_give_a_drawing_that_can_be_read(points: list[tuple[float, int, str | None]]) -> None:
    rows = [
        _row(value, value, holder, day=DAY + timedelta(days=days), quote=holder, cite=f"f{at}")
        for at, (value, days, holder) in enumerate(points)
    ]
    drawing = chart.history(rows)
    ET.fromstring(drawing)
    drawing.encode("utf-8")
    assert "nan" not in drawing
    assert "inf" not in drawing.replace("info", "")


@pytest.mark.parametrize("value", [0.0, -5.0, 1e-9, 1e15])
def test_one_value_alone_has_a_scale(value: float) -> None:
    ET.fromstring(chart.history([_row(value, value)]))
