"""The history of figures drawn as SVG: one panel a series, one colour and mark a holder.

The drawing is a file of its own: no script, no font and no style from elsewhere, the same
bytes for the same rows. Time runs to the right, values upwards from zero (from under the
lowest value where all lie close together). What each holder said is joined by steps: a
count stands until the same holder gives another. A bar marks a range, an arrow a count
with one open end ("at least 12"), a hollow mark a part. Pointing at a mark shows the words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from dateline.export.wording import amount, number

WIDTH = 860
PANEL = 300
"""Height of the drawing of a series, in pixels."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 24, 30, 34
_SPACE = 'xmlns="http://www.w3.org/2000/svg"'
_STYLE = 'font-family="system-ui, sans-serif" font-size="12" fill="#222222"'
_KEY = 20
"""Height of a line of the key."""
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#444444")
"""Told apart by people who see colours differently (after Okabe and Ito); the last serves all further holders."""
_CLOSE = 0.6
"""Where the lowest value is at least this share of the highest, the scale does not begin at zero."""


@dataclass(frozen=True, slots=True)
class _Mark:
    x: float
    low: float
    high: float
    holder: int
    row: Mapping[str, Any]

    def middle(self) -> float:
        return (self.low + self.high) / 2


def history(rows: Sequence[Mapping[str, Any]], *, title: str = "") -> str:
    """An SVG of the rows of :func:`dateline.pipeline.link.series`.

    Args:
        rows: Rows of one or more series; those without a day are left out.
        title: Heading of the whole drawing.
    """
    series: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["day"] is not None:
            series.setdefault(row["series"], []).append(row)
    top = 40 if title else 12
    body: list[str] = []
    for group in series.values():
        drawn, height = _panel(group, top)
        body += drawn
        top += height
    if not series:
        body.append(f'<text x="{WIDTH / 2:g}" y="{top + 24}" text-anchor="middle">no figures with a day</text>')
        top += 48
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg {_SPACE} viewBox="0 0 {WIDTH} {top:g}" width="{WIDTH}" height="{top:g}" {_STYLE}>',
        f"<title>{_text(title or 'History of figures')}</title>",
        f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>',
    ]
    if title:
        head.append(f'<text x="16" y="26" font-size="16" font-weight="600">{_text(title, 100)}</text>')
    return "\n".join((*head, *body, "</svg>", ""))


def _panel(rows: Sequence[Mapping[str, Any]], top: float) -> tuple[list[str], float]:
    """One series, and the height it takes."""
    holders = list(dict.fromkeys(_holder(row) for row in rows))
    key = _key(holders)
    high_key = _KEY * (key[-1][1] + 1)
    above = top + _TOP + high_key
    foot = above + PANEL - _TOP - _BOTTOM - 40
    marks, first, last = _marks(rows, holders)
    floor, ceiling, step = _scale(marks)
    wide = WIDTH - _LEFT - _RIGHT

    def across(x: float) -> float:
        return round(_LEFT + 14 + (wide - 54) * ((x - first) / (last - first) if last > first else 0.5), 1)

    def up(value: float) -> float:
        return round(foot - (foot - above) * (value - floor) / (ceiling - floor), 1)

    out = [f'<g><text x="16" y="{top + 18:g}" font-size="14" font-weight="600">{_text(str(rows[0]["what"]))}</text>']
    for at, (left, line) in enumerate(key):
        y = top + _TOP + 8 + _KEY * line
        out += [
            _shape(left + 6, y - 4, at, hollow=False),
            f'<text x="{left + 16:g}" y="{y:g}">{_text(holders[at], 60)}</text>',
        ]
    value = floor
    while value <= ceiling + step / 1e6:
        y = up(value)
        out += [
            f'<line x1="{_LEFT}" y1="{y:g}" x2="{WIDTH - _RIGHT}" y2="{y:g}" stroke="#dddddd"/>',
            f'<text x="{_LEFT - 8}" y="{y + 4:g}" text-anchor="end" fill="#555555">{number(round(value, 9))}</text>',
        ]
        value += step
    out += _days(first, last, across, foot)
    for at in range(len(holders)):
        out += _steps([mark for mark in marks if mark.holder == at and not mark.row["part"]], at, across, up)
    taken: list[tuple[float, float, str]] = []
    for mark in marks:
        out.append(_mark(mark, across(mark.x), up, above, taken))
    out.append("</g>")
    return out, foot + _BOTTOM + 22 - top


def _holder(row: Mapping[str, Any]) -> str:
    return row["party"] or f"{row['publisher'] or 'the report'} (own word)"


def _key(holders: Sequence[str]) -> list[tuple[float, int]]:
    """Where each holder stands in the key: distance from the left, and line."""
    result: list[tuple[float, int]] = []
    left, line = 16.0, 0
    for holder in holders:
        width = 34 + 6.6 * min(len(holder), 60)
        if left > 16 and left + width > WIDTH - 16:
            left, line = 16.0, line + 1
        result.append((left, line))
        left += width
    return result


def _marks(rows: Sequence[Mapping[str, Any]], holders: Sequence[str]) -> tuple[list[_Mark], float, float]:
    """The marks in the order of time, and the first and the last hour shown."""
    marks: list[_Mark] = []
    for row in rows:
        ends = [float(end) for end in (row["low"], row["high"]) if end is not None]
        marks.append(_Mark(_hours(row), min(ends), max(ends), holders.index(_holder(row)), row))
    marks.sort(key=lambda mark: (mark.x, mark.middle(), mark.row["cite"]))
    return marks, marks[0].x, max(mark.x for mark in marks)


def _hours(row: Mapping[str, Any]) -> float:
    """Hours since the year 1: when the report was known on the day the count holds for, else that day's noon."""
    day: date = row["day"]
    known: datetime | None = row.get("known")
    moment = known if known is not None and known.date() == day else datetime.combine(day, time(12), UTC)
    return (moment - datetime(1, 1, 1, tzinfo=UTC)) / timedelta(hours=1)


def _scale(marks: Sequence[_Mark]) -> tuple[float, float, float]:
    """Lowest and highest value of the scale, and the distance of its lines."""
    low, high = min(mark.low for mark in marks), max(mark.high for mark in marks)
    floor = low - (high - low) / 2 if low > 0 and low >= _CLOSE * high and high > low else min(0.0, low)
    span = (high - floor) or abs(high) or 1.0
    raw = span * 1.12 / 5
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw)
    floor = math.floor(floor / step) * step
    return floor, max(math.ceil((floor + (high - floor) * 1.12) / step) * step, floor + step), step


def _days(first: float, last: float, across: Any, foot: float) -> list[str]:
    """The days under the drawing; not every one where they are many."""
    start, end = math.floor(first / 24), math.floor(last / 24)
    every = max(1, math.ceil((end - start + 1) / 9))
    out = [f'<line x1="{_LEFT}" y1="{foot:g}" x2="{WIDTH - _RIGHT}" y2="{foot:g}" stroke="#555555"/>']
    for day in range(start, end + 1, every):
        x = across(min(max(day * 24.0 + 12, first), last))
        name = date(1, 1, 1) + timedelta(days=day)
        out += [
            f'<line x1="{x:g}" y1="{foot:g}" x2="{x:g}" y2="{foot + 5:g}" stroke="#555555"/>',
            f'<text x="{x:g}" y="{foot + 20:g}" text-anchor="middle" fill="#555555">{name.isoformat()}</text>',
        ]
    return out


def _steps(marks: Sequence[_Mark], holder: int, across: Any, up: Any) -> list[str]:
    """A holder's counts joined: each stands until the next."""
    if len(marks) < 2:
        return []
    path = f"M{across(marks[0].x):g} {up(marks[0].middle()):g}"
    for mark in marks[1:]:
        path += f"H{across(mark.x):g}V{up(mark.middle()):g}"
    return [f'<path d="{path}" fill="none" stroke="{_colour(holder)}" stroke-width="2" stroke-opacity="0.55"/>']


def _mark(mark: _Mark, x: float, up: Any, above: float, taken: list[tuple[float, float, str]]) -> str:
    row = mark.row
    colour = _colour(mark.holder)
    y = up(mark.middle())
    bars = ""
    if mark.high > mark.low:
        bars = f'<line x1="{x:g}" y1="{up(mark.low):g}" x2="{x:g}" y2="{up(mark.high):g}" stroke="{colour}"/>'
    elif row["low"] is None or row["high"] is None:
        way = -1 if row["high"] is None else 1
        tip = max(y + 22 * way, above - 6)
        bars = (
            f'<path d="M{x:g} {y:g}V{tip:g}M{x - 4:g} {tip - 5 * way:g}L{x:g} {tip:g}L{x + 4:g} {tip - 5 * way:g}" '
            f'fill="none" stroke="{colour}" stroke-width="1.5"/>'
        )
    label = number(mark.low) if mark.low == mark.high else f"{number(mark.low)} to {number(mark.high)}"
    down = -6.0
    while any(abs(x - at) < 7.5 * len(label) + 14 and abs(y + down - line) < 12 for at, line, _ in taken):
        down += 13
    again = any(abs(x - at) < 9 and abs(y + down - 13 - line) < 12 and label == name for at, line, name in taken)
    taken.append((x, y + down, label))
    said = amount(row["low"], row["high"], row["bound"])
    words = f"{row['day']}: {said} ({_holder(row)}; {row['publisher'] or ''}) {row['quote'] or ''}"
    return (
        f"<g><title>{_text(words, 400)}</title>{bars}{_shape(x, y, mark.holder, hollow=row['part'])}"
        + ("" if again else f'<text x="{x + 7:g}" y="{y + down:g}" fill="{colour}">{_text(label)}</text>')
        + "</g>"
    )


def _shape(x: float, y: float, holder: int, *, hollow: bool) -> str:
    """The mark of a holder: circle, square, triangle, diamond."""
    colour = _colour(holder)
    paint = f'fill="{"#ffffff" if hollow else colour}" stroke="{colour}" stroke-width="1.5"'
    kind = holder % 4
    if kind == 0:
        return f'<circle cx="{x:g}" cy="{y:g}" r="4.5" {paint}/>'
    if kind == 1:
        return f'<rect x="{x - 4:g}" y="{y - 4:g}" width="8" height="8" {paint}/>'
    if kind == 2:
        return f'<path d="M{x:g} {y - 5:g}L{x + 5:g} {y + 4:g}L{x - 5:g} {y + 4:g}Z" {paint}/>'
    return f'<path d="M{x:g} {y - 5.5:g}L{x + 5.5:g} {y:g}L{x:g} {y + 5.5:g}L{x - 5.5:g} {y:g}Z" {paint}/>'


def _colour(holder: int) -> str:
    return COLOURS[min(holder, len(COLOURS) - 1)]


def _text(words: str, most: int = 1000) -> str:
    """Words for SVG, cut where too long; what XML cannot hold is left out."""
    kept = "".join(each for each in words if each in "\t\n" or (each >= " " and not 0xD800 <= ord(each) <= 0xDFFF))
    kept = "".join(each for each in kept if each not in "\ufffe\uffff\x7f")
    return escape(kept if len(kept) <= most else kept[: most - 1] + "…", quote=True)


def page(drawing: str) -> str:
    """An HTML page that holds a drawing and nothing else."""
    inside = drawing.partition("?>")[2].strip()
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>History of figures</title>\n<style>body{margin:1rem}svg{max-width:100%;height:auto}</style>\n"
        f"{inside}\n</html>\n"
    )
