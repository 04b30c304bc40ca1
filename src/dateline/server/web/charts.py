"""Drawings of a few numbers, as places in an SVG: no script, nothing from elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from dateline.errors import ConfigError
from dateline.linking.chronology import NEVER, moment

WIDTH, HEIGHT = 800.0, 220.0
_LEFT, _TOP, _BOTTOM = 70.0, 12.0, 30.0
SERIES = 5
"""Claimants told apart by their marks; the rest share one."""


@dataclass(slots=True)
class Point:
    """One figure of a plot."""

    x: float
    high: float
    low: float
    series: int
    row: dict[str, Any]


@dataclass(slots=True)
class Plot:
    """The history of one counted thing: time to the right, value upwards, one mark a figure."""

    points: list[Point]
    holders: list[str]
    first: date
    last: date
    top: float
    lines: list[tuple[int, str]]
    """A line a holder with two figures or more: its series, and its corners as SVG has them."""


def history(rows: Sequence[dict[str, Any]]) -> Plot | None:
    """Where the figures of a list stand over time, by claimant; none where fewer than two have a day and a value.

    A figure with one end ("at least 24") stands at that end.
    """
    known: list[tuple[date, float, float, dict[str, Any]]] = []
    for row in rows:
        day = row["earliest"] or row["latest"] or row["day"]
        ends = [float(end) for end in (row["low"], row["high"]) if end is not None]
        if day is not None and ends and ends[0] >= 0:
            known.append((day, ends[0], ends[-1], row))
    if len(known) < 2:
        return None
    holders = list(dict.fromkeys(row["holder"] or "the reporter" for _, _, _, row in known))
    first, last = min(each[0] for each in known), max(each[0] for each in known)
    top = max(each[2] for each in known) or 1.0
    span = max(1, (last - first).days)

    def across(day: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - 20) * (day - first).days / span, 1)

    def down(amount: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * amount / top, 1)

    points = [
        Point(across(day), down(high), down(low), min(holders.index(row["holder"] or "the reporter"), SERIES), row)
        for day, low, high, row in known
    ]
    lines: list[tuple[int, str]] = []
    for number, holder in enumerate(holders[:SERIES]):
        own = [
            point for point in points if point.series == number and (point.row["holder"] or "the reporter") == holder
        ]
        if len({point.x for point in own}) > 1:
            lines.append((number, " ".join(f"{point.x},{point.low}" for point in sorted(own, key=lambda each: each.x))))
    return Plot(points, holders[: SERIES + 1], first, last, top, lines)


# ---- who reported when --------------------------------------------------------------------------

LANES = 12
"""Publishers that have a lane of their own; the rest share one."""
_LANE = 40.0


@dataclass(slots=True)
class Stop:
    """A report in its lane."""

    x: float
    row: dict[str, Any]


@dataclass(slots=True)
class Lane:
    """A publisher."""

    name: str
    y: float
    stops: list[Stop]


@dataclass(slots=True)
class Lanes:
    """The reports of a story: time to the right, a lane a publisher, the first to report on top."""

    lanes: list[Lane]
    height: float
    ticks: list[tuple[float, str]]


def lanes(members: Sequence[dict[str, Any]]) -> Lanes | None:
    """Where the reports of a story stand in time; none where fewer than two have a time."""
    known = [(moment(row["published"] or (row["day"].isoformat() if row["day"] else None)), row) for row in members]
    known = sorted(((when, row) for when, row in known if when != NEVER), key=lambda each: each[0])
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    span = max((last - first).total_seconds(), 3600.0)
    names = list(dict.fromkeys(row["publisher"] or "not named" for _, row in known))
    shown = names if len(names) <= LANES else [*names[: LANES - 1], "others"]
    found = [Lane(name, 30 + _LANE * number, []) for number, name in enumerate(shown)]
    for when, row in known:
        at = min(names.index(row["publisher"] or "not named"), len(shown) - 1)
        found[at].stops.append(Stop(_along((when - first).total_seconds() / span), row))
    return Lanes(found, 30 + _LANE * len(shown), _days(first, last, span))


def _along(share: float) -> float:
    return round(16 + (WIDTH - 32) * share, 1)


def _days(first: datetime, last: datetime, span: float) -> list[tuple[float, str]]:
    """Where days begin, at most eight of them."""
    days = (last.date() - first.date()).days
    step = max(1, math.ceil(days / 8))
    result: list[tuple[float, str]] = []
    for number in range(0, days + 1, step):
        begin = datetime.combine(first.date() + timedelta(days=number), datetime.min.time(), first.tzinfo)
        result.append((_along(max(0.0, (begin - first).total_seconds() / span)), begin.date().isoformat()))
    return result


# ---- who deals with whom ------------------------------------------------------------------------


@dataclass(slots=True)
class Node:
    """Somebody in a network."""

    name: str
    x: float
    y: float
    r: float
    anchor: str
    events: int
    label: str
    """The name, cut to what there is room for."""


@dataclass(slots=True)
class Edge:
    """Events between two of them."""

    ends: tuple[float, float, float, float]
    width: float
    kind: str
    """``cooperation``, ``conflict``, or ``both`` where neither is twice the other."""
    names: tuple[str, str]
    events: int
    cooperation: int
    conflict: int


@dataclass(slots=True)
class Network:
    """One in the middle, those they deal with around them, in an 800 by 520 drawing."""

    nodes: list[Node]
    edges: list[Edge]


_LETTER = 9.5
"""Width of a letter beside the network's circles, in units of the drawing."""


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def network(who: str, partners: Sequence[dict[str, Any]], among: Sequence[dict[str, Any]]) -> Network | None:
    """A network around one actor.

    Args:
        who: Who stands in the middle.
        partners: Rows with ``name``, ``events``, ``cooperation`` and ``conflict``, at most a dozen.
        among: Rows with ``source`` and ``target``, two of those names, and the same counts.
    """
    if not partners:
        return None
    # Those of most conflict on one side, those of most cooperation on the other.
    around = sorted(partners, key=lambda row: ((row["cooperation"] - row["conflict"]) / row["events"], row["name"]))
    most = max(row["events"] for row in partners)
    middle = Node(who, WIDTH / 2, 260.0, 26.0, "middle", sum(row["events"] for row in partners), _cut(who, 30))
    places: dict[str, Node] = {}
    for number, row in enumerate(around):
        turn = 2 * math.pi * (number + 0.5) / len(around)
        x, y = WIDTH / 2 + 190 * math.sin(turn), 260 - 200 * math.cos(turn)
        anchor = "start" if x > WIDTH / 2 + 40 else "end" if x < WIDTH / 2 - 40 else "middle"
        size = round(7 + 13 * math.sqrt(row["events"] / most), 1)
        room = 30 if anchor == "middle" else int((min(x, WIDTH - x) - size - 6) / _LETTER)
        label = _cut(row["name"], room)
        places[row["name"]] = Node(row["name"], round(x, 1), round(y, 1), size, anchor, row["events"], label)

    def edge(one: Node, other: Node, row: dict[str, Any], top: int, widest: float) -> Edge:
        good, bad = row["cooperation"], row["conflict"]
        kind = "cooperation" if good >= 2 * bad and good else "conflict" if bad >= 2 * good and bad else "both"
        width = round(1 + widest * row["events"] / top, 1)
        return Edge((one.x, one.y, other.x, other.y), width, kind, (one.name, other.name), row["events"], good, bad)

    known = [row for row in among if row["source"] in places and row["target"] in places]
    top = max((row["events"] for row in known), default=1)
    edges = [edge(places[row["source"]], places[row["target"]], row, max(top, most), 7.0) for row in known]
    edges += [edge(middle, places[row["name"]], row, most, 9.0) for row in around]
    return Network([*places.values(), middle], edges)


# ---- the answer to a query ----------------------------------------------------------------------

MARKS = ("bar", "line", "dots")
CATEGORIES = 60
"""Most categories of an axis."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?.*)?")
_FLOOR = 320.0
_SIDE = 64.0


@dataclass(slots=True)
class Mark:
    """One value drawn."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(slots=True)
class Drawing:
    """A chart of the answer to a query, 800 wide."""

    mark: str
    marks: list[Mark]
    lines: list[tuple[int, str]]
    across: list[tuple[float, str]]
    """Ticks of the horizontal axis."""
    up: list[tuple[float, str]]
    """Ticks of the vertical one; of categories, their names."""
    series: list[str]
    height: float
    left: float
    flat: bool
    """Whether the bars lie, a category a row."""
    note: str = ""


@dataclass(slots=True)
class _Axis:
    kind: str
    """``number``, ``time`` or ``category``."""
    values: list[float | None]
    low: float
    high: float
    names: list[str] = field(default_factory=list[str])


def numeric(values: Sequence[Any]) -> bool:
    """Whether a column holds numbers, apart from nulls."""
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)


def drawing(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, mark: str, x: int, y: int, series: int | None = None
) -> Drawing:
    """The answer to a query as a chart.

    Args:
        columns: Names of the columns.
        rows: Values, as the API gives them.
        mark: One of :data:`MARKS`.
        x: Place of the column drawn to the right (of bars of categories: downwards).
        y: Place of the column drawn upwards: numbers.
        series: Place of the column that tells colours apart.

    Raises:
        ConfigError: The columns cannot be drawn so.
    """
    if mark not in MARKS:
        raise ConfigError(f"no mark {mark[:20]!r}: {', '.join(MARKS)}")
    if not all(0 <= each < len(columns) for each in (x, y, *([] if series is None else [series]))):
        raise ConfigError("the chart asks for a column that the answer does not have")
    heights = [row[y] for row in rows]
    if not numeric(heights):
        raise ConfigError(f"{columns[y]!r} has no numbers to draw upwards: choose another column")
    axis = _axis([row[x] for row in rows])
    names = [] if series is None else list(dict.fromkeys(_text(row[series]) for row in rows))
    kept = [
        (across, float(row[y]), 0 if series is None else min(names.index(_text(row[series])), SERIES), row)
        for across, row in zip(axis.values, rows, strict=True)
        if across is not None and row[y] is not None
    ]
    if not kept:
        raise ConfigError("no row has a value on both axes")
    shown = names if len(names) <= SERIES + 1 else [*names[:SERIES], "others"]
    note = f"the first {CATEGORIES} of more" if len(axis.names) >= CATEGORIES else ""
    low, high = min(0.0, *(each[1] for each in kept)), max(0.0, *(each[1] for each in kept))
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])

    told = list(dict.fromkeys((x, y) if series is None else (x, y, series)))

    def title(row: Sequence[Any]) -> str:
        return ", ".join(f"{columns[at]}: {_text(row[at])}" for at in told)

    if mark == "bar" and axis.kind == "category":
        return _lying(axis, kept, shown, ticks, (low, high), title, note)
    span = (axis.high - axis.low) or 1.0
    slot = (WIDTH - _SIDE - 16) / (
        len(axis.names) if axis.kind == "category" else max(1, len({each[0] for each in kept}))
    )
    inset = min(20.0, slot / 2) if mark != "bar" else slot / 2

    def across(value: float) -> float:
        return round(_SIDE + inset + (WIDTH - _SIDE - 16 - 2 * inset) * (value - axis.low) / span, 1)

    def down(value: float) -> float:
        return round(12 + (_FLOOR - 12) * (high - value) / ((high - low) or 1.0), 1)

    marks: list[Mark] = []
    lines: list[tuple[int, str]] = []
    if mark == "bar":
        width = round(max(1.5, min(60.0, slot * 0.8)) / max(1, len(shown)), 2)
        for at, value, tone, row in kept:
            left = across(at) - width * max(1, len(shown)) / 2 + width * min(tone, max(0, len(shown) - 1))
            top, floor = sorted((down(value), down(0.0)))
            marks.append(Mark(round(left, 1), top, width, round(max(floor - top, 0.5), 1), tone, title(row)))
    else:
        for at, value, tone, row in kept:
            marks.append(Mark(across(at), down(value), 0, 0, tone, title(row)))
        if mark == "line":
            for tone in sorted({each[2] for each in kept}):
                corners = sorted((across(at), down(value)) for at, value, other, _ in kept if other == tone)
                lines.append((tone, " ".join(f"{each[0]},{each[1]}" for each in corners)))
    return Drawing(
        mark,
        marks,
        lines,
        [(across(value), name) for value, name in _named(axis)],
        [(down(value), _short(value)) for value in ticks],
        shown,
        _FLOOR + 34,
        _SIDE,
        flat=False,
        note=note,
    )


def _lying(
    axis: _Axis,
    kept: Sequence[tuple[float, float, int, Sequence[Any]]],
    shown: list[str],
    ticks: list[float],
    ends: tuple[float, float],
    title: Any,
    note: str,
) -> Drawing:
    """Bars of categories, a row each, so that their names can be read."""
    left = min(260.0, 16 + 6.2 * max(len(name) for name in axis.names))
    low, high = ends
    thick = max(16.0, 11.0 * max(1, len(shown)))
    row = thick + 8

    def across(value: float) -> float:
        return round(left + (WIDTH - left - 24) * (value - low) / ((high - low) or 1.0), 1)

    marks: list[Mark] = []
    tall = thick / max(1, len(shown))
    for at, value, tone, whole in kept:
        start, end = sorted((across(0.0), across(value)))
        top = 8 + row * at + tall * min(tone, max(0, len(shown) - 1))
        marks.append(Mark(start, round(top, 1), round(max(end - start, 0.5), 1), round(tall, 1), tone, title(whole)))
    floor = 8 + row * len(axis.names)
    return Drawing(
        "bar",
        marks,
        [],
        [(across(value), _short(value)) for value in ticks],
        [(round(8 + row * at + thick / 2 + 4, 1), name) for at, name in enumerate(axis.names)],
        shown,
        floor + 26,
        left,
        flat=True,
        note=note,
    )


def _axis(values: Sequence[Any]) -> _Axis:
    known = [value for value in values if value is not None]
    if numeric(values):
        found: list[float | None] = [None if value is None else float(value) for value in values]
        return _Axis("number", found, min(map(float, known)), max(map(float, known)))
    if known and all(isinstance(value, str) and _DAY.fullmatch(value) for value in known):
        try:
            days: list[float | None] = [None if value is None else _seconds(value) for value in values]
            inside = [each for each in days if each is not None]
            return _Axis("time", days, min(inside), max(inside))
        except ValueError:
            pass  # looks like a day and is none
    names = list(dict.fromkeys(_text(value) for value in values))[:CATEGORIES]
    places = {name: float(at) for at, name in enumerate(names)}
    return _Axis("category", [places.get(_text(value)) for value in values], 0.0, float(len(names) - 1), names)


def _seconds(text: str) -> float:
    return (datetime.fromisoformat(text).replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001


def _named(axis: _Axis) -> list[tuple[float, str]]:
    """Ticks of a horizontal axis."""
    if axis.kind == "category":
        step = max(1, math.ceil(len(axis.names) / 12))
        return [(float(at), name[:14]) for at, name in list(enumerate(axis.names))[::step]]
    if axis.kind == "number":
        return [(value, _short(value)) for value in _ticks(axis.low, axis.high) if axis.low <= value <= axis.high]
    ends = [axis.low, (axis.low + axis.high) / 2, axis.high] if axis.high > axis.low else [axis.low]
    begin = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock's time, as the answer gives it
    return [(each, (begin + timedelta(seconds=each)).date().isoformat()) for each in ends]


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers around a stretch, some four of them."""
    if high <= low:
        return [low, low + 1]
    raw = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= raw)
    return [step * number for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _short(value: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if letter == 'k' else size):,.4g}{letter}"
    return f"{value:,.4g}"


def _text(value: Any) -> str:
    return "none" if value is None else str(value)[:80]
