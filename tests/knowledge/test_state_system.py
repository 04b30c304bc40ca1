"""Numbers of states in the lists of the Correlates of War project and of Gleditsch and Ward."""

from datetime import date

import pytest

from dateline.knowledge import country_codes
from dateline.knowledge.state_system import memberships, number


@pytest.mark.parametrize(
    ("country", "day", "cow", "gw"),
    [
        ("USA", "2024-05-01", 2, 2),
        ("DEU", "1990-10-02", 260, 260),
        ("DEU", "1990-10-03", 255, 260),
        ("DDR", "1990-10-02", 265, 265),
        ("DDR", "1990-10-03", None, None),
        ("YEM", "1990-05-21", 678, 678),
        ("YEM", "2015-03-26", 679, 678),
        ("SRB", "2006-06-04", 345, 345),
        ("SRB", "2006-06-05", 345, 340),
        ("KOS", "2008-02-18", None, 347),
        ("KOS", "2010-01-01", 347, 347),
        ("SSD", "2011-07-08", None, None),
        ("SSD", "2011-07-09", 626, 626),
        ("TLS", "2002-06-01", None, 860),
        ("LIE", "2020-01-01", 223, None),
        ("PSE", "2020-01-01", None, None),
        ("IGO", "2020-01-01", None, None),
    ],
)
def test_numbers_on_a_day(country: str, day: str, cow: int | None, gw: int | None) -> None:
    assert number("cow", country, date.fromisoformat(day)) == cow
    assert number("gw", country, date.fromisoformat(day)) == gw


def test_a_country_has_one_number_a_day_and_a_number_one_country() -> None:
    for day in (date(1990, 1, 1), date(1995, 6, 1), date(2010, 6, 1), date(2025, 1, 1)):
        for system in ("cow", "gw"):
            held = [each for each in memberships() if each.system == system and each.since <= day <= each.until]
            countries = [each.country for each in held if each.country not in ("XKX", "SUN", "YUG")]
            assert len(countries) == len(set(countries))
            numbers = [each.number for each in held if each.country not in ("XKX", "SUN", "YUG")]
            assert len(numbers) == len(set(numbers)), (system, day)


def test_the_table_of_codes_agrees() -> None:
    today = date(2025, 1, 1)
    for country, codes in country_codes.codes().items():
        if country not in ("CSK", "DDR") and codes.cow:
            assert number("cow", country, today) == int(codes.cow), country
