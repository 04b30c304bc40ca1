"""GDELT 2.0: events (61 columns), mentions (16) and the Global Knowledge Graph 2.1 (27).

After GDELT's codebooks of 19 February 2015. Files have no header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from xml.sax.saxutils import escape

from dateline.export.layouts import (
    Cell,
    Column,
    Dyad,
    Layout,
    Reading,
    Tally,
    clean,
    dyads,
    host,
    identifier,
    named,
    number_of,
    on_the_web,
    part,
    stamp,
    written,
)
from dateline.knowledge.codebook import quad_of_root
from dateline.knowledge.country_codes import codes, fips
from dateline.knowledge.country_codes import name as country_name
from dateline.records import Actor, Figure, Place, Record, Span, Statement, Status, TimeSpan

# ---- actors -------------------------------------------------------------------------------------

TYPES = {
    "COP": "COP",
    "GOV": "GOV",
    "JUD": "JUD",
    "LEG": "LEG",
    "MIL": "MIL",
    "REB": "REB",
    "SPY": "SPY",
    "UAF": "UAF",
    "PRM": "UAF",
    "OPP": "OPP",
    "AGR": "AGR",
    "BUS": "BUS",
    "CRM": "CRM",
    "CVL": "CVL",
    "SOC": "CVL",
    "EDU": "EDU",
    "ELI": "ELI",
    "LAB": "LAB",
    "REF": "REF",
    "JRN": "MED",
    "MED": "HLH",
}
"""CAMEO type by PLOVER sector; PLOVER's parties, religious bodies and unknown ones have none in CAMEO 1.1b3."""

_STATELESS = {"IGO": "IGO", "UNO": "IGO", "EUR": "IGO", "NGO": "NGO", "ISM": "IMG", "IMG": "IMG", "MNC": "MNC"}
"""CAMEO type by PLOVER's codes in place of a country."""

GROUPS = {
    "body:african-union": "OAU",
    "body:amnesty-international": "AMN",
    "body:arab-league": "ARL",
    "body:association-of-southeast-asian-nations": "ASN",
    "body:council-of-europe": "COE",
    "body:commonwealth": "CWN",
    "body:doctors-without-borders": "MSF",
    "body:economic-community-of-west-african-states": "WAS",
    "body:food-and-agriculture-organization": "FAO",
    "body:group-of-seven": "GOS",
    "body:gulf-cooperation-council": "GCC",
    "body:human-rights-watch": "HRW",
    "body:intergovernmental-authority-on-development": "IAD",
    "body:international-atomic-energy-agency": "IAE",
    "body:international-court-of-justice": "ICJ",
    "body:international-criminal-court": "ICC",
    "body:international-crisis-group": "ICG",
    "body:international-labour-organization": "ILO",
    "body:international-monetary-fund": "IMF",
    "body:international-organization-for-migration": "IOM",
    "body:interpol": "ITP",
    "body:likud": "LKD",
    "body:muslim-brotherhood": "MBR",
    "body:nato": "NAT",
    "body:organisation-of-islamic-cooperation": "OIC",
    "body:organization-for-security-and-co-operation-in-europe": "SCE",
    "body:organization-of-american-states": "OAS",
    "body:organization-of-the-petroleum-exporting-countries": "OPC",
    "body:oxfam": "XFM",
    "body:palestine-liberation-organization": "PLO",
    "body:red-cross": "IRC",
    "body:southern-african-development-community": "SAD",
    "body:un-refugee-agency": "HCR",
    "body:unicef": "KID",
    "body:world-bank": "WBK",
    "body:world-economic-forum": "WEF",
    "body:world-food-programme": "WFP",
    "body:world-health-organization": "WHO",
    "body:world-trade-organization": "WTO",
    "group:al-qaeda": "ALQ",
    "group:fatah": "FTA",
    "group:hamas": "HMS",
    "group:hezbollah": "HEZ",
    "group:palestinian-islamic-jihad": "ISJ",
    "group:polisario-front": "PLS",
    "group:popular-front-for-the-liberation-of-palestine": "PFL",
    "group:taliban": "TAL",
}
"""CAMEO code of a known group, by entity of the knowledge tables."""


@dataclass(frozen=True, slots=True)
class ActorCode:
    """An actor in CAMEO."""

    code: str
    """All of it in one: ``KENGOV``, ``IGOUNO``."""
    country: str
    group: str
    types: tuple[str, ...]


def actor_code(actor: Actor | None) -> ActorCode:
    """An actor's CAMEO code and its parts; empty for none."""
    if actor is None:
        return ActorCode("", "", "", ())
    stateless = _STATELESS.get(actor.country or "")
    country = ""
    if actor.country == "EUR":
        country = "EUR"
    elif actor.country and stateless is None:
        known = codes().get(actor.country)
        country = known.cameo if known else actor.country
    group = GROUPS.get(actor.entity or "", "")
    if not group:
        group = {"UNO": "UNO", "EUR": "EEC"}.get(actor.country or "", "")
    own = TYPES.get(actor.sector or "")
    types = tuple(dict.fromkeys(each for each in (stateless, own) if each))
    first = (stateless,) if stateless else ()
    last = tuple(each for each in types if each != stateless)
    above = ("UNO",) if actor.country == "UNO" and group != "UNO" else ()
    whole = "".join(dict.fromkeys((*first, country, *above, *last, group)))
    return ActorCode(whole, country, group, types)


def _actor(actor: Actor | None) -> list[Cell]:
    found = actor_code(actor)
    types = (*found.types, "", "", "")[:3]
    name = actor.name.upper() if actor else ""
    return [found.code, name, found.country, found.group, "", "", "", *types]


# ---- places -------------------------------------------------------------------------------------

US_STATES: dict[str, str] = {
    each.rpartition(" ")[0]: each.rpartition(" ")[2]
    for each in """Alabama AL;Alaska AK;Arizona AZ;Arkansas AR;California CA;Colorado CO;Connecticut CT;Delaware DE;
District of Columbia DC;Washington, D.C. DC;Florida FL;Georgia GA;Hawaii HI;Idaho ID;Illinois IL;Indiana IN;Iowa IA;
Kansas KS;Kentucky KY;Louisiana LA;Maine ME;Maryland MD;Massachusetts MA;Michigan MI;Minnesota MN;Mississippi MS;
Missouri MO;Montana MT;Nebraska NE;Nevada NV;New Hampshire NH;New Jersey NJ;New Mexico NM;New York NY;
North Carolina NC;North Dakota ND;Ohio OH;Oklahoma OK;Oregon OR;Pennsylvania PA;Rhode Island RI;South Carolina SC;
South Dakota SD;Tennessee TN;Texas TX;Utah UT;Vermont VT;Virginia VA;Washington WA;West Virginia WV;Wisconsin WI;
Wyoming WY""".replace("\n", "").split(";")
}


@dataclass(frozen=True, slots=True)
class Geo:
    """A place as GDELT has it."""

    type: int
    """1 country, 2 US state, 3 place in the US, 4 place elsewhere, 5 first-order unit elsewhere; 0 none."""
    name: str
    country: str
    """FIPS 10-4."""
    adm1: str
    latitude: float | None
    longitude: float | None
    feature: str


NOWHERE = Geo(0, "", "", "", None, None, "")


def geo(place: Place | None) -> Geo:
    """A place as GDELT has it; none for what is in no country or more than one, such as a sea or a continent."""
    if place is None or place.country is None:
        return NOWHERE
    country = fips(place.country, place.name, place.admin1)
    within = country_name(place.country) or place.country
    inside_us = place.country == "USA"
    if place.kind in ("country", "demonym"):
        return Geo(1, within, country, country, place.latitude, place.longitude, country)
    if place.kind == "region" and (place.admin1 is None or place.admin1 == place.name):
        state = US_STATES.get(place.name, "") if inside_us else ""
        adm1 = country + state if state else ""
        name = f"{place.name}, {within}"
        return Geo(2 if inside_us else 5, name, country, adm1, place.latitude, place.longitude, state)
    state = US_STATES.get(place.admin1 or "", "") if inside_us else ""
    name = ", ".join(each for each in (place.name, place.admin1, within) if each)
    adm1 = country + state if state else ""
    return Geo(3 if inside_us else 4, name, country, adm1, place.latitude, place.longitude, "")


def _geo(place: Place | None) -> list[Cell]:
    found = geo(place)
    return [
        found.type,
        found.name,
        found.country,
        found.adm1,
        "",
        found.latitude,
        found.longitude,
        found.feature,
    ]


# ---- events -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """How often an event is told."""

    mentions: int
    sources: int
    articles: int


ONCE = Told(1, 1, 1)


def counting(told: Mapping[str, Told]) -> Layout:
    """The layout of events, with how often each is told by the id of the event."""
    return replace(EVENTS, rows=partial(_events, told=told))


def fraction(year: int, month: int, day: int) -> str:
    """``FractionDate`` by the codebook's formula: the year and (month * 30 + day) / 365, four decimals."""
    return f"{year + (month * 30 + day) / 365:.4f}"


_OPENING = ("headline", "standfirst", "key_point")


def _leading(record: Record, span: Span) -> bool:
    """Whether a span lies in the headline, standfirst, a key point or the first paragraph."""
    for block in record.article.blocks:
        first = block.kind == "paragraph"
        if (first or block.kind in _OPENING) and block.span.start <= span.start < block.span.end:
            return True
        if first:
            return False
    return False


def _place(dyad: Dyad, tally: Tally) -> Place | None:
    if dyad.place is not None and geo(dyad.place).type == 0:
        tally.noted["whose place lies in no single country and has no cell"] += 1
    return dyad.place


def _events(
    record: Record, statuses: frozenset[Status], tally: Tally, told: Mapping[str, Told] | None = None
) -> Iterator[Sequence[Cell]]:
    reading = Reading(record)
    added = stamp(record.article)
    for dyad in dyads(reading, statuses, tally, cameo=True):
        event, day = dyad.event, dyad.day
        code = event.cameo or ""
        often = (told or {}).get(event.id, ONCE)
        yield [
            dyad.number,
            f"{day.year:04}{day:%m%d}",
            f"{day.year:04}{day:%m}",
            f"{day.year:04}",
            fraction(day.year, day.month, day.day),
            *_actor(dyad.source),
            *_actor(dyad.target),
            int(_leading(record, event.trigger)),
            code,
            code[:3],
            code[:2],
            quad_of_root(code),
            event.goldstein,
            often.mentions,
            often.sources,
            often.articles,
            None,
            *_geo(None),
            *_geo(None),
            *_geo(_place(dyad, tally)),
            added,
            identifier(record.article),
        ]


def _actor_columns(which: str) -> tuple[Column, ...]:
    said = "who did it" if which == "Actor1" else "to whom"
    return (
        Column(
            f"{which}Code", "str", f"CAMEO code of {said}: country, known group and types in one; empty where nobody"
        ),
        Column(f"{which}Name", "str", "its name, in capitals as GDELT has names"),
        Column(f"{which}CountryCode", "str", "country, CAMEO's three letters; empty for bodies of no state"),
        Column(f"{which}KnownGroupCode", "str", "CAMEO code of a known organisation; a few dozen are known"),
        Column(f"{which}EthnicCode", "str", "empty: not coded"),
        Column(f"{which}Religion1Code", "str", "empty: not coded"),
        Column(f"{which}Religion2Code", "str", "empty: not coded"),
        Column(f"{which}Type1Code", "str", "CAMEO type, from PLOVER's code of a stateless body or its sector"),
        Column(f"{which}Type2Code", "str", "the sector's type where the first is IGO, NGO, IMG or MNC"),
        Column(f"{which}Type3Code", "str", "empty"),
    )


def _geo_columns(which: str) -> tuple[Column, ...]:
    none = "" if which == "Action" else "; never filled: the store has places of events, not of actors"
    return (
        Column(
            f"{which}Geo_Type",
            "int",
            f"1 country, 2 US state, 3 US city or landmark, 4 city or landmark elsewhere, 5 first-order unit "
            f"elsewhere; 0 where there is none{none}",
        ),
        Column(f"{which}Geo_FullName", "str", f"place, first-order unit, country, as far as it goes{none}"),
        Column(f"{which}Geo_CountryCode", "str", f"FIPS 10-4, not ISO{none}"),
        Column(
            f"{which}Geo_ADM1Code",
            "str",
            "the country's code for a country, country and state for a place in the US (USTX); empty elsewhere: "
            f"FIPS codes of units outside the US are not known{none}",
        ),
        Column(f"{which}Geo_ADM2Code", "str", "empty: not known"),
        Column(f"{which}Geo_Lat", "float", f"degrees, WGS 84{none}"),
        Column(f"{which}Geo_Long", "float", f"degrees, WGS 84{none}"),
        Column(
            f"{which}Geo_FeatureID",
            "str",
            f"the country's or US state's code; empty for other places: GNS and GNIS ids are not known{none}",
        ),
    )


_EVENT_COLUMNS = (
    Column("GlobalEventID", "int", "63 bits of a digest of the event, its source and its target: always the same"),
    Column("Day", "int", "YYYYMMDD: first day of the event's time, else the article's day"),
    Column("MonthYear", "int", "YYYYMM"),
    Column("Year", "int", "YYYY"),
    Column("FractionDate", "float", "year + (month * 30 + day) / 365, the codebook's formula, four decimals"),
    *_actor_columns("Actor1"),
    *_actor_columns("Actor2"),
    Column("IsRootEvent", "int", "1 in the headline, standfirst, a key point or the first paragraph, else 0"),
    Column("EventCode", "str", "CAMEO code; keep it as text, leading zeros count"),
    Column("EventBaseCode", "str", "its first three digits"),
    Column("EventRootCode", "str", "its first two digits"),
    Column(
        "QuadClass", "int", "by the root, as GDELT: 01-05 1, 06-09 2, 10-14 3, 15-20 4 (PLOVER differs on 09 and 14)"
    ),
    Column("GoldsteinScale", "float", "GDELT's score of the code, -10 to 10"),
    Column(
        "NumMentions",
        "int",
        "events in the incident this one belongs to (`dateline link`), itself among them; 1 where it stands alone or "
        "nothing is linked. Each report of an event is a row of its own, so the rows of an incident repeat it: "
        "do not sum",
    ),
    Column("NumSources", "int", "publishers that tell of the incident, likewise"),
    Column("NumArticles", "int", "articles that do, likewise, copies among them"),
    Column("AvgTone", "float", "empty: tone is not measured"),
    *_geo_columns("Actor1"),
    *_geo_columns("Actor2"),
    *_geo_columns("Action"),
    Column(
        "DATEADDED", "int", "YYYYMMDDHHMMSS, UTC: when the page was fetched, else published, else updated; may be empty"
    ),
    Column("SOURCEURL", "str", "address of the article, else publisher, title and day"),
)

_LOST = (
    "status (planned, denied ...)",
    "whose word it is",
    "PLOVER type, mode and contexts",
    "last day of a longer time",
    "confidence",
    "coder",
    "evidence",
    "role",
    "GeoNames id",
)

EVENTS = Layout(
    name="gdelt",
    title="GDELT 2.0 events",
    source="GDELT Event Codebook V2.0, 19 February 2015",
    row="an event between one source and one target; an event of two sources and three targets is six rows",
    columns=_EVENT_COLUMNS,
    header=False,
    lost=_LOST,
    rows=_events,
    file="events.export.CSV",
)

# ---- mentions -----------------------------------------------------------------------------------


def _mentions(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[Sequence[Cell]]:
    reading = Reading(record)
    article = record.article
    added = stamp(article)
    kind = 1 if on_the_web(article) else 2
    for dyad in dyads(reading, statuses, tally, cameo=True):
        event = dyad.event
        spans = [
            reading.mention(actor, event.trigger) if actor is not None else None for actor in (dyad.source, dyad.target)
        ]
        where = reading.sentence(event.trigger)
        plain = all(
            span is None or actor is None or (reading.sentence(span) == where and _names(reading, actor, span))
            for actor, span in zip((dyad.source, dyad.target), spans, strict=True)
        )
        yield [
            dyad.number,
            added,
            added,
            kind,
            host(article),
            identifier(article),
            where or None,
            *(span.start if span is not None else -1 for span in spans),
            event.trigger.start,
            int(plain),
            max(10, round(100 * event.provenance.confidence)),
            len(article.text),
            None,
            "",
            "",
        ]


def _names(reading: Reading, actor: Actor, span: Span) -> bool:
    """Whether a mention names the actor, rather than pointing to it with a pronoun or a role."""
    said = {word.casefold() for word in re.findall(r"\w+", reading.words(span))}
    return any(word.casefold() in said for word in re.findall(r"\w{2,}", actor.name))


MENTIONS = Layout(
    name="mentions",
    title="GDELT 2.0 mentions",
    source="GDELT Event Codebook V2.0, 19 February 2015",
    row="the place in an article where an event of the events file stands; one for each of its rows",
    columns=(
        Column("GlobalEventID", "int", "as in the events file"),
        Column("EventTimeDate", "int", "DATEADDED of the event; may be empty"),
        Column("MentionTimeDate", "int", "the same: each event has the one article"),
        Column("MentionType", "int", "1 a web address, 2 a citation only"),
        Column("MentionSourceName", "str", "host of the address, else the publisher"),
        Column("MentionIdentifier", "str", "address of the article, else publisher, title and day"),
        Column("SentenceID", "int", "sentence the trigger stands in, from 1, headline included"),
        Column(
            "Actor1CharOffset", "int", "code points before the source's nearest mention in the stored text; -1 none"
        ),
        Column("Actor2CharOffset", "int", "the same for the target"),
        Column("ActionCharOffset", "int", "the same for the event's trigger"),
        Column(
            "InRawText",
            "int",
            "1 if source and target are named in the trigger's sentence, 0 if coreference was needed",
        ),
        Column("Confidence", "int", "percent, at least 10"),
        Column("MentionDocLen", "int", "code points of the stored text"),
        Column("MentionDocTone", "float", "empty: tone is not measured"),
        Column("MentionDocTranslationInfo", "str", "empty: nothing is translated"),
        Column("Extras", "str", "empty"),
    ),
    header=False,
    lost=("status (planned, denied ...)", "whose word it is", "ends of the spans", "coder"),
    rows=_mentions,
    file="events.mentions.CSV",
)

# ---- knowledge graph ----------------------------------------------------------------------------

_COUNTS = {
    "killed": "KILL", "injured": "WOUND", "detained": "ARREST", "displaced": "AFFECT", "missing": "AFFECT",
    "trapped": "AFFECT", "infected": "AFFECT",
}  # fmt: skip
_MARKS = "“”\"‘’' \n\t"
"""What a quotation begins and ends with that is not said."""
_QUOTED = re.compile(r'[“"]([^“”"]+)[”"]')


def counted(figure: Figure) -> int | None:
    """The one number GKG has room for, a count of people; none for changes, rates and shares."""
    if figure.outcome is None or figure.change or figure.per or figure.unit == "%":
        return None
    value = figure.low if figure.low is not None else figure.high
    return int(value) if value is not None and abs(value) < 1e18 else None


def _location(place: Place | None, *, adm2: bool = False) -> str:
    found = geo(place)
    if found.type == 0:
        return "#" * (7 if adm2 else 6)
    cells = [
        str(found.type),
        part(found.name, "#;"),
        found.country,
        found.adm1,
        *([""] if adm2 else []),
        written(found.latitude),
        written(found.longitude),
        found.feature,
    ]
    return "#".join(cells)


def _named(actor: Actor) -> bool:
    return named(actor.name, actor.kind, actor.entity)


def _mentioned(reading: Reading, actors: Sequence[Actor]) -> str:
    """Every mention by name, in the order of the text."""
    found = [
        (span.start, part(actor.name, ";,#"))
        for actor in actors
        for span in actor.mentions
        if _names(reading, actor, span)
    ]
    return ";".join(f"{name},{start}" for start, name in sorted(found) if name)


def _day(time: TimeSpan) -> str | None:
    """A date as GKG has it: resolution, month, day, year."""
    if time.earliest is None or time.type != "DATE":
        return None
    first = time.earliest
    if time.grain == "year":
        return f"1#0#0#{first.year}"
    if time.grain == "month":
        return f"2#{first.month}#0#{first.year}"
    if time.grain == "day" and time.earliest == time.latest:
        return f"3#{first.month}#{first.day}#{first.year}"
    return None


def _quotations(reading: Reading, statement: Statement) -> Iterator[str]:
    if statement.form == "indirect":
        return
    cue = reading.words(statement.cue) if statement.cue else ""
    verb = part(cue, "#|") if any(each.isalpha() for each in cue) else ""
    for span in statement.content:
        words = reading.words(span)
        if statement.form == "direct":
            pieces = [(span.start, words)]
        else:
            pieces = [(span.start + found.start(1), found.group(1)) for found in _QUOTED.finditer(words)]
        for start, piece in pieces:
            bare = piece.lstrip(_MARKS)
            begin = start + len(piece) - len(bare)
            bare = bare.rstrip(_MARKS)
            if said := part(bare, "#|"):
                yield f"{begin}|{len(bare)}|{verb}|{said}"


def _gkg(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[Sequence[Cell]]:
    del statuses, tally  # a row is an article, whatever its events
    reading = Reading(record)
    article = record.article
    when = stamp(article)
    people = [actor for actor in record.actors if actor.kind == "person" and _named(actor)]
    kinds = ("organisation", "government body", "armed group")
    bodies = [actor for actor in record.actors if actor.kind in kinds and _named(actor)]
    everyone = [actor for actor in record.actors if _named(actor)]
    counts: list[tuple[str, int]] = []
    amounts: list[str] = []
    for figure in record.figures:
        start = figure.provenance.evidence[0].start
        words = reading.words(figure.counted) if figure.counted else (figure.head or "")
        number = counted(figure)
        if number is not None and figure.outcome in _COUNTS:
            where = _location(reading.places.get(figure.place) if figure.place else None)
            counts.append((f"{_COUNTS[figure.outcome]}#{number}#{part(words, '#;')}#{where}", start))
        value = figure.low if figure.low is not None else figure.high
        thing = part(words or figure.unit, ",;")
        if value is not None and figure.unit != "%" and thing:
            amounts.append(f"{written(value)},{thing},{start}")
    places = [place for place in record.places if place.kind != "demonym" and geo(place).type]
    dates = [(day, time.mention.start) for time in record.times if (day := _day(time)) is not None]
    length = len(article.text.split())
    authors = ";".join(part(name, ";") for name in article.byline)
    extras = f"<PAGE_TITLE>{escape(clean(article.title))}</PAGE_TITLE>" if article.title else ""
    if authors:
        extras = f"<PAGE_AUTHORS>{escape(authors)}</PAGE_AUTHORS>{extras}"
    yield [
        f"{when or '0' * 14}-{number_of(article.id)}",
        when or "0",
        1 if on_the_web(article) else 2,
        host(article),
        identifier(article),
        ";".join(block for block, _ in counts),
        ";".join(f"{block}#{start}" for block, start in counts),
        "",
        "",
        ";".join(dict.fromkeys(_location(place) for place in places)),
        ";".join(f"{_location(place, adm2=True)}#{place.mention.start}" for place in places),
        ";".join(dict.fromkeys(part(actor.name, ";,#").lower() for actor in people)),
        _mentioned(reading, people),
        ";".join(dict.fromkeys(part(actor.name, ";,#").lower() for actor in bodies)),
        _mentioned(reading, bodies),
        "",
        ";".join(f"{day}#{start}" for day, start in dates),
        f"wc:{length}",
        "",
        "",
        "",
        "",
        "#".join(piece for statement in record.statements for piece in _quotations(reading, statement)),
        _mentioned(reading, everyone),
        ";".join(amounts),
        "",
        extras,
    ]


GKG = Layout(
    name="gkg",
    title="GDELT Global Knowledge Graph 2.1",
    source="GDELT GKG Codebook V2.1, 19 February 2015",
    row="an article",
    columns=(
        Column("GKGRECORDID", "str", "time of the article (zeros where unknown), a dash, 63 bits of its digest"),
        Column("V2.1DATE", "int", "YYYYMMDDHHMMSS, UTC: fetched, else published, else updated; 0 where unknown"),
        Column("V2SOURCECOLLECTIONIDENTIFIER", "int", "1 a web address, 2 a citation only"),
        Column("V2SOURCECOMMONNAME", "str", "host of the address, else the publisher"),
        Column("V2DOCUMENTIDENTIFIER", "str", "address of the article, else publisher, title and day"),
        Column(
            "V1COUNTS",
            "str",
            "type#count#object#place (7 fields), parted by semicolons: figures of people killed (KILL), injured "
            "(WOUND), detained (ARREST), displaced, missing, trapped or infected (AFFECT); a range gives its lower "
            "end, no changes, rates or shares",
        ),
        Column("V2.1COUNTS", "str", "the same with #offset"),
        Column("V1THEMES", "str", "empty: GDELT's themes are not coded"),
        Column("V2ENHANCEDTHEMES", "str", "empty, likewise"),
        Column(
            "V1LOCATIONS",
            "str",
            "type#name#FIPS country#ADM1#latitude#longitude#feature, each once; no demonyms, seas, continents",
        ),
        Column("V2ENHANCEDLOCATIONS", "str", "each mention, with an empty ADM2 after ADM1, and #offset"),
        Column("V1PERSONS", "str", "people by name, each once, in lower case"),
        Column("V2ENHANCEDPERSONS", "str", "name,offset of each mention by name; pronouns left out"),
        Column(
            "V1ORGANIZATIONS",
            "str",
            "organisations, government bodies and armed groups by name, each once, in lower case",
        ),
        Column("V2ENHANCEDORGANIZATIONS", "str", "name,offset of each mention by name"),
        Column("V1.5TONE", "str", "empty: tone is not measured"),
        Column(
            "V2.1ENHANCEDDATES",
            "str",
            "resolution (1 year, 2 month, 3 day)#month#day#year#offset; other times left out",
        ),
        Column("V2GCAM", "str", "the number of words alone: wc:N"),
        Column("V2.1SHARINGIMAGE", "str", "empty: not kept"),
        Column("V2.1RELATEDIMAGES", "str", "empty: not kept"),
        Column("V2.1SOCIALIMAGEEMBEDS", "str", "empty: not kept"),
        Column("V2.1SOCIALVIDEOEMBEDS", "str", "empty: not kept"),
        Column(
            "V2.1QUOTATIONS",
            "str",
            "offset|length|verb|quote, parted by #: direct statements and the quoted parts of mixed ones",
        ),
        Column("V2.1ALLNAMES", "str", "name,offset of every actor with a name"),
        Column(
            "V2.1AMOUNTS",
            "str",
            "amount,object,offset: every figure but percentages; object: the words counted, else the unit; "
            "a range gives its lower end",
        ),
        Column("V2.1TRANSLATIONINFO", "str", "empty: nothing is translated"),
        Column("V2EXTRASXML", "str", "PAGE_AUTHORS and PAGE_TITLE"),
    ),
    header=False,
    lost=(
        "events",
        "who said a quotation",
        "indirect statements",
        "a figure's bound, upper end, unit, claimant and time",
        "percentages",
        "confidence",
        "coder",
    ),
    rows=_gkg,
    by_status=False,
    file="articles.gkg.csv",
)
