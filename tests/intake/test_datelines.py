"""Datelines, of every form the wires use, and openings that only look like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.datelines import find, in_byline

NEAR = date(2025, 1, 4)


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("WASHINGTON: The United States said", "WASHINGTON", None),
        ("NAIROBI, Nov 3 (Reuters) - Kenya said", "NAIROBI", date(2024, 11, 3)),
        ("KYIV, Ukraine (AP) — Workers began", "KYIV, Ukraine", None),
        ("(Lusaka) – The government should", "Lusaka", None),
        ("(Lusaka, 3 November 2025) – The government", "Lusaka", date(2025, 11, 3)),
        ("NEW YORK – Dockers walked out", "NEW YORK", None),
        ("NEW DELHI: India said", "NEW DELHI", None),
        ("ST. PETERSBURG, Fla. (AP) — A storm", "ST. PETERSBURG, Fla.", None),
        ("PORT-AU-PRINCE, Haiti — Gangs", "PORT-AU-PRINCE, Haiti", None),
        ("RIO DE JANEIRO, 30 December 2024 – The city", "RIO DE JANEIRO", date(2024, 12, 30)),
        ("BEIJING, Jan. 2 (Xinhua) -- China", "BEIJING", date(2025, 1, 2)),
        ("GAZA/JERUSALEM (Reuters) - Israeli forces", "GAZA/JERUSALEM", None),
        ("UNITED NATIONS: The Council voted", "UNITED NATIONS", None),
        ("Lusaka, Zambia – The court", "Lusaka, Zambia", None),
        ("Paris (AFP) – Farmers", "Paris", None),
        ("Geneva, 3 January 2025 — The agency", "Geneva", date(2025, 1, 3)),
        ("KINGSPORT (Harbour Wire) - A storm", "KINGSPORT", None),
        ("SÃO PAULO — Brazil's", "SÃO PAULO", None),
        ("N'DJAMENA: Chad", "N'DJAMENA", None),
    ],
)
def test_datelines_are_found(opening, place, day):
    found = find(opening, reference=NEAR)
    assert found is not None
    assert (found.place, found.day) == (place, day)
    assert opening[found.end :].split()[0] in {"The", "Kenya", "Workers", "Dockers", "India", "A", "Gangs", "China", "Israeli", "Farmers", "Brazil's", "Chad"}  # fmt: skip


@pytest.mark.parametrize(
    "opening",
    [
        "WATCH: The minister walks out",
        "BREAKING NEWS: Parliament dissolved",
        "KEY POINTS: what we know",
        "US: Senate votes",
        "NATO: allies meet",
        "UN — a report",
        "President Trump – who took office in January –",
        "A man – nobody knew him – came",
        "I – for one – disagree",
        "John Smith, chairman – said no",
        "JONES (R-Ohio) - said no",
        "(Reuters) - The bank said",
        "The river rose by 4 metres - the most since 1954 -",
        "",
    ],
)
def test_other_openings_are_none(opening):
    assert find(opening, reference=NEAR) is None


def test_a_year_is_never_guessed():
    assert find("NAIROBI, Nov 3 (Reuters) - Kenya").day is None
    assert find("NAIROBI, Feb 30 (Reuters) - Kenya", reference=NEAR).day is None
    assert find("NAIROBI, Nov 3, 2019 (Reuters) - Kenya").day == date(2019, 11, 3)


def test_bylines_name_places():
    assert in_byline("By Jane Doe, LONDON").place == "LONDON"
    assert in_byline("By Jane Doe in NAIROBI, Kenya").place == "NAIROBI, Kenya"
    assert in_byline("By Jane Doe and John Roe") is None


@given(st.text(max_size=300))
def test_any_text_may_come(text):
    found = find(text, reference=NEAR)
    assert found is None or 0 < found.end <= len(text)
