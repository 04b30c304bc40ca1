"""The place and day that open a report: ``NAIROBI, Nov 3 (Reuters) -``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = (
    rf"(?:(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})\.?(?:,?\s+(?P<y2>\d{{4}}))?)"
)

# Capitals with their joining words: ST. PETERSBURG, RIO DE JANEIRO, DAR ES SALAAM, GAZA/JERUSALEM, PORT-AU-PRINCE.
_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ]*"
_CAPS_WORD = rf"{_UPPER}(?:[.'’ʼ‘-]+{_UPPER})*\.?"
_JOINING = "de|del|da|do|di|du|la|le|les|las|los|es|el|al|of|the|and|au|sur|upon|on"
_CAPS = rf"{_CAPS_WORD}(?:(?:\s+|\s*/\s*|-)(?:{_CAPS_WORD}|{_JOINING}|in)(?=[\s,:(/—–-]|$))*"
_TITLE_WORD = r"[^\W\d_a-z][^\W\d_]*(?:[.'’ʼ‘-]+[^\W\d_]+)*\.?"
_TITLE = rf"{_TITLE_WORD}(?:(?:\s+|\s*/\s*)(?:{_TITLE_WORD}|{_JOINING}))*?"
_AGENCY = r"\s*[(\[](?P<agency>[^()\[\]]{2,60})[)\]]"
_REGION = rf"(?:,\s*(?P<region>{_TITLE}))?"
_WHEN = rf"(?P<when>,?\s+(?i:{_WEEKDAY}{_DAY}))?"
_STOP = r"\s*(?P<stop>:|--+|[—–―]|-(?=\s)|\|)\s*"

_OPENS_CAPS = re.compile(rf"\s*(?P<place>{_CAPS}){_REGION}{_WHEN}(?:{_AGENCY})?{_STOP}(?=\S)")
_OPENS_TITLE = re.compile(rf"\s*(?P<place>{_TITLE}){_REGION}{_WHEN}(?:{_AGENCY})?{_STOP}(?=\S)")
_OPENS_ROUND = re.compile(
    rf"\s*\((?P<place>{_TITLE}|{_CAPS}){_REGION}{_WHEN}\)\s*(?P<stop>--+|[—–―:]|-(?=\s))\s*(?=\S)"
)
_BYLINE_PLACE = re.compile(rf"^\s*[Bb][Yy]\s+[^,|]{{3,60}}(?:,|\s+in)\s+(?P<place>{_CAPS}){_REGION}{_WHEN}\s*$")

_AGENCIES = frozenset(
    """
    afp ap reuters dpa xinhua upi efe ansa pti ani tass interfax kyodo bernama anadolu aa yonhap apa wam spa ips
    cnn bbc npr bloomberg irin ians cna ina sana petra qna kuna map ukrinform rfe/rl voa pap belga ritzau ntb tt
    lusa
    """.split()
)

_NO_PLACE = re.compile(
    r"(?:by|posted|published|updated|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|" + _MONTH + r"\b", re.IGNORECASE
)
# An agency we do not know: up to four words in capitals, as "Harbour Wire"; not "R-Ohio", "aged 43".
_AGENCY_LIKE = re.compile(r"^[A-Z][\w.&’']+(?: [A-Z][\w.&’']+){0,3}$")

_SERVICES = frozenset(
    "agency dispatch herald journal media monitor network news newswire post press radio service telegraph times "
    "tribune wire".split()
)
"""Last words of an agency's name that we do not know."""

# Capitals that open a paragraph and are a kicker, not a place.
_KICKERS = frozenset(
    """
    alert analysis boom busted byline posted published hey look wow
    background breaking briefing brief caption chart clarification comment correction corrected
    credit developing document editorial event exclusive explainer explained fact fact-check factbox feature
    file flash from highlights image in infographic interview just key latest listen live map more moderator
    narrator new news newsletter note notice now obituary opinion photo photos picture pictures podcast poll
    profile qanda question quote read recap related report result results review rewrite see source sources
    special sponsored subscribe summary timeline today top topline topshot transcript trending update updated
    updates urgent verdict video view viewpoint warning watch what when where who why how you your this that the
    advertisement announcement answer article audio audience author editor host q a i we he she they it
    writethru
    """.split()
)
# After the comma of a place in ordinary capitals: "Lusaka, Zambia –". A closed list keeps "John Smith, Chairman –" out.
_REGIONS = frozenset(
    name.strip()
    for name in """
    afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria, azerbaijan, bahamas,
    bahrain, bangladesh, barbados, belarus, belgium, belize, benin, bhutan, bolivia, bosnia,
    bosnia and herzegovina, botswana, brazil, brunei, bulgaria, burkina faso, burundi, cambodia, cameroon,
    canada, cape verde, central african republic, chad, chile, china, colombia, comoros, congo, dr congo,
    democratic republic of the congo, drc, republic of congo, costa rica, croatia, cuba, cyprus, czech republic,
    czechia, denmark, djibouti, dominican republic, east timor, timor-leste, ecuador, egypt, el salvador,
    equatorial guinea, eritrea, estonia, eswatini, ethiopia, fiji, finland, france, gabon, gambia, georgia,
    germany, ghana, greece, greenland, grenada, guatemala, guinea, guinea-bissau, guyana, haiti, honduras,
    hungary, iceland, india, indonesia, iran, iraq, ireland, israel, italy, ivory coast, cote d'ivoire, jamaica,
    japan, jordan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan, laos, latvia, lebanon, lesotho, liberia,
    libya, liechtenstein, lithuania, luxembourg, madagascar, malawi, malaysia, maldives, mali, malta,
    mauritania, mauritius, mexico, micronesia, moldova, monaco, mongolia, montenegro, morocco, mozambique,
    myanmar, namibia, nepal, netherlands, the netherlands, new zealand, nicaragua, niger, nigeria, north korea,
    north macedonia, norway, oman, pakistan, palau, palestine, panama, papua new guinea, paraguay, peru,
    philippines, the philippines, poland, portugal, qatar, romania, russia, rwanda, samoa, saudi arabia,
    senegal, serbia, seychelles, sierra leone, singapore, slovakia, slovenia, solomon islands, somalia,
    somaliland, south africa, south korea, south sudan, spain, sri lanka, sudan, suriname, sweden, switzerland,
    syria, taiwan, tajikistan, tanzania, thailand, togo, tonga, trinidad and tobago, tunisia, turkey, turkiye,
    türkiye, turkmenistan, uganda, ukraine, united arab emirates, uae, united kingdom, uk, united states, us,
    usa, uruguay, uzbekistan, vanuatu, vatican city, venezuela, vietnam, yemen, zambia, zimbabwe, england,
    scotland, wales, northern ireland, gaza, gaza strip, west bank, occupied west bank, kashmir, hong kong,
    crimea, tibet, kurdistan, iraqi kurdistan, puerto rico, occupied east jerusalem, alabama, alaska, arizona,
    arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho, illinois, indiana, iowa,
    kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri,
    montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota,
    ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah,
    vermont, virginia, washington, west virginia, wisconsin, wyoming, ala, ariz, ark, calif, colo, conn, del,
    fla, ga, ill, ind, kan, ky, la, md, mass, mich, minn, miss, mo, mont, neb, nev, n.h, n.j, n.m, n.y, n.c,
    n.d, okla, ore, pa, r.i, s.c, s.d, tenn, tex, vt, va, wash, w.va, wis, wyo, d.c, ontario, quebec, alberta,
    british columbia, manitoba, nova scotia, saskatchewan, new south wales, queensland, victoria, tasmania
    """.replace("\n", " ").split(",")
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the opening of a report says of where and when it was written."""

    place: str
    """As written, with its state or country: ``KYIV, Ukraine``."""
    day: date | None
    end: int
    """Code points of the paragraph that the dateline takes, separator included."""
    agency: str | None = None
    """The agency it names, as written, where it is a known one or reads like one: ``Reuters``, ``Harbour Wire``."""


def _year(month: int, day: int, reference: date | None) -> int | None:
    """The year that puts the day nearest to the reference, none without one: a year is never guessed."""
    if reference is None:
        return None
    best: tuple[int, int] | None = None
    for year in (reference.year, reference.year - 1, reference.year + 1):
        try:
            away = abs((date(year, month, day) - reference).days)
        except ValueError:
            continue
        if best is None or away < best[0]:
            best = (away, year)
    return best[1] if best else None


def _day(found: re.Match[str], reference: date | None) -> date | None:
    group = found.groupdict()
    name, number = group.get("m1") or group.get("m2"), group.get("d1") or group.get("d2")
    if not name or not number:
        return None
    month, day = _MONTHS[name.lower()], int(number)
    written = group.get("y1") or group.get("y2")
    year = int(written) if written else _year(month, day, reference)
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _is_agency(words: str | None) -> bool:
    return bool(words) and any(word.strip(".,").lower() in _AGENCIES for word in re.split(r"[\s/–-]+", words or ""))


def find(paragraph: str, *, reference: date | None = None) -> Dateline | None:
    """The dateline that opens a paragraph, or none.

    Reads ``WASHINGTON:``, ``NAIROBI, Nov 3 (Reuters) -``, ``KYIV, Ukraine (AP) —``, ``(Lusaka) –`` and
    ``Lusaka, Zambia –``. A place in ordinary capitals needs an agency, a day, or a known country or state after it;
    without that "President Smith – who" would read as one, so ``Paris – The`` is missed.

    Args:
        paragraph: The first paragraph of a report.
        reference: A day the report is known to be near, for a dateline without a year.
    """
    head = paragraph[:160]
    if (found := _OPENS_ROUND.match(head)) and not _is_agency(found["place"]):
        return _dateline(found, reference)
    found = _OPENS_CAPS.match(head)
    if found and _is_place(found):
        return _dateline(found, reference)
    found = _OPENS_TITLE.match(head)
    if (
        found
        and not _NO_PLACE.match(found["place"])
        and (
            _is_agency(found["agency"])
            or (found["when"] and found["stop"] != "|")
            or (found["region"] and found["region"].rstrip(".").lower() in _REGIONS)
        )
    ):
        return _dateline(found, reference)
    return None


def _dateline(found: re.Match[str], reference: date | None) -> Dateline:
    place = found["place"].strip()
    if found["region"]:
        place += ", " + found["region"]
    return Dateline(place, _day(found, reference), found.end(), _agency(found.groupdict().get("agency")))


def _agency(words: str | None) -> str | None:
    """An agency in parentheses: a known one, or two to four words in capitals of which the last names a service."""
    words = " ".join((words or "").split())
    if len(words.split()) <= 4 and _is_agency(words):
        return words
    last = words.rpartition(" ")[2].lower()
    return words if _AGENCY_LIKE.match(words) and last in _SERVICES and words.lower() != last else None


def _is_place(found: re.Match[str]) -> bool:
    words = re.split(r"[\s/]+", found["place"])
    kickers = [word.strip(".,").lower() in _KICKERS for word in words]
    # "BREAKING NEWS:" is a kicker, "NEW YORK:" none.
    if all(kickers) or (kickers[0] and words[0] not in ("NEW", "MAP", "LA")):
        return False
    sure = found["region"] or found["when"] or _is_agency(found["agency"])
    letters = sum(map(str.isalpha, found["place"]))
    if found["agency"] and not sure and not _AGENCY_LIKE.match(found["agency"]):
        return False
    # "US:", "UN —" and "NATO:" are who, not where; no city we know has fewer than four letters and a report of its own.
    return bool(sure) or (
        letters >= 4 and found["place"] not in {"NATO", "OPEC", "ASEAN", "UNICEF", "UNESCO", "BRICS", "ISIS", "HAMAS"}
    )


def in_byline(line: str, *, reference: date | None = None) -> Dateline | None:
    """The place in a byline such as ``By Jane Doe, LONDON``."""
    found = _BYLINE_PLACE.match(line)
    return _dateline(found, reference) if found else None
