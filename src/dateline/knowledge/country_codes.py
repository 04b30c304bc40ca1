"""Codes of countries that other data sets use: FIPS 10-4, Correlates of War, GDELT's CAMEO list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.knowledge import countries

_DATA = files("dateline.knowledge").joinpath("data")


@dataclass(frozen=True, slots=True)
class Codes:
    """What one country or territory is called elsewhere; empty where a system has no code for it."""

    fips: str
    """FIPS 10-4, two letters: GDELT's geography."""
    cow: str
    """Number of the state in the Correlates of War system."""
    cameo: str
    """Code of GDELT's CAMEO country list: ISO alpha-3 but for a few (``ROM``, ``TMP``)."""


@cache
def codes() -> dict[str, Codes]:
    """Codes by ISO 3166-1 alpha-3 (and ``KOS``)."""
    found: dict[str, Codes] = {}
    for line in _DATA.joinpath("countries_fips.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "alpha3\t")):
            continue
        alpha3, fips, cow, cameo = line.split("\t")
        found[alpha3] = Codes(fips, cow, cameo or alpha3)
    return found


def fips(country: str | None, *names: str | None) -> str:
    """FIPS 10-4 code of a country; empty where there is none.

    Args:
        country: ISO 3166-1 alpha-3.
        names: Names of the place and of the unit it lies in: FIPS has the Gaza Strip and the West Bank apart.
    """
    if country is None:
        return ""
    if country == "PSE" and any(name and "Gaza" in name for name in names):
        return "GZ"
    known = codes().get(country)
    return known.fips if known else ""


@cache
def _territories() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _DATA.joinpath("gazetteer", "countries.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            alpha3, _, names = line.split("\t")[:3]
            found[alpha3] = names.split("|")[0]
    return found


def name(country: str | None) -> str:
    """Usual English name of a country or territory; empty where the code is unknown or none."""
    if country is None:
        return ""
    state = countries.state(country)
    return state.name if state else _territories().get(country, "")
