"""Findings in the words people use, for the terminal and for pages."""

from __future__ import annotations

from dateline.records import Figure, TimeSpan


def number(amount: float) -> str:
    """A value as people write it: 10,000 or 3.5."""
    return f"{amount:,.0f}" if amount == int(amount) and abs(amount) < 1e15 else f"{amount:,.6g}"


def value(figure: Figure) -> str:
    """A figure with its bound and unit: ``at least 12``, ``3 to 5 %``, ``1,250 per day``."""
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        text = number(low) if low == high else f"{number(low)} to {number(high)}"
    else:
        text = number(low if low is not None else high if high is not None else 0.0)
    bound = "" if figure.bound in ("exact", "between") else f"{figure.bound} "
    unit = f" {figure.unit}" if figure.unit and figure.unit != figure.head else ""
    per = f" per {figure.per}" if figure.per else ""
    change = {"up": " ▲", "down": " ▼", None: ""}[figure.change]
    return f"{bound}{text}{unit}{per}{change}"


def interval(time: TimeSpan | None) -> str:
    """``2024-10-31``, ``2024-08-01 to 2024-08-31``, ``from 2024-11-01``; empty where unknown."""
    if time is None:
        return ""
    first, last = time.earliest, time.latest
    if first and last:
        return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    if first:
        return f"from {first.isoformat()}"
    return f"until {last.isoformat()}" if last else ""
