"""What stands in each column of the flat tables: of ``dateline query`` in CSV and JSON, and of ``.to_pandas()``."""

from __future__ import annotations

from dateline.query.dyads import COLUMNS as DYADS

Described = tuple[tuple[str, str], ...]

_ARTICLE: Described = (
    ("article", "id of the report"),
    ("day", "the report's day: of its dateline, else when it was published, else updated; empty where it has none"),
    ("publisher", "who published the report"),
    ("title", "its headline"),
    ("url", "its address"),
)
_SOURCE: Described = (
    ("quote", "the words that say so, parted by …; `dateline cite` gives the sentence and the offsets"),
    ("confidence", "how sure the coder is, 0 to 1"),
    ("coder", "name and version of the coder"),
)
_DAYS: Described = (
    ("earliest", "first day, where the text gives one; empty where open or unknown"),
    ("latest", "last day; the same as the first for one day"),
)
_ID: Described = (("id", "id of the finding; `dateline cite ID` leads to its words"),)

FLAT: dict[str, Described] = {
    "events": (
        *_ID,
        *_ARTICLE,
        ("relation", "type of the event, see below"),
        ("mode", "how it was done, see below; empty where no mode fits"),
        ("cameo", "CAMEO code; text, leading zeros count"),
        ("quad", "quad class of the type: 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("goldstein", "Goldstein score of the CAMEO code as GDELT gives it, -10 to 10"),
        ("status", "`happened`, `ongoing`, `planned`, `expected`, `possible`, `negated` or `denied`"),
        ("sources", "who did it, by name; several are parted by `; ` in CSV, a list in JSON and pandas"),
        ("source_codes", "for each of them country (ISO 3166-1 alpha-3, or PLOVER's) and sector, as `KEN GOV`"),
        ("targets", "to whom"),
        ("target_codes", "likewise"),
        ("place", "where it happened, by the gazetteer's name"),
        ("country", "of the place"),
        ("latitude", "degrees, WGS 84"),
        ("longitude", "degrees, WGS 84"),
        *_DAYS,
        ("holder", "whose word it is; empty: the report's own"),
        ("trigger", "the word that names the event"),
        *_SOURCE,
    ),
    "statements": (
        *_ID,
        *_ARTICLE,
        ("speaker", "who said it; empty where nobody is named"),
        ("speaker_code", "country and sector"),
        ("role", "office held at the report's date"),
        ("via", "who relayed it"),
        ("form", "`direct`, `indirect` or `mixed`"),
        ("stance", "`asserts`, `denies`, `asks`, `orders` or `declines`"),
        ("said", "what was said"),
        ("source_words", "the words that name the speaker"),
        ("cue", "the words of saying"),
        *_DAYS,
        ("said_in", "id of the statement this one stands in"),
        *_SOURCE,
    ),
    "figures": (
        *_ID,
        *_ARTICLE,
        ("low", "lower end; equal to the upper one where exact; empty where open"),
        ("high", "upper end"),
        ("bound", "`exact`, `about`, `at least`, `at most` or `between`"),
        ("change", "`up` or `down` where it is a change"),
        ("unit", "UCUM or ISO 4217 code, %, or the counted noun"),
        ("per", "per what"),
        ("counted", "what is counted, in the text's words"),
        ("head", "its head noun"),
        (
            "outcome",
            "`killed`, `injured`, `missing`, `detained`, `displaced`, `trapped`, `rescued`, `infected` or `released`",
        ),
        ("place", "where, by the gazetteer's name"),
        ("country", "of the place"),
        *_DAYS,
        ("holder", "who claims it; empty: the report itself"),
        *_SOURCE,
    ),
    "places": (
        *_ID,
        *_ARTICLE,
        ("name", "the gazetteer's name"),
        ("mention", "the words in the text"),
        ("kind", "`country`, `region`, `city`, `water`, `facility` or `demonym`"),
        ("country", "ISO 3166-1 alpha-3"),
        ("admin1", "first-order unit"),
        ("geoname", "GeoNames id"),
        ("latitude", "degrees, WGS 84"),
        ("longitude", "degrees, WGS 84"),
        *_SOURCE,
    ),
    "actors": (
        *_ID,
        *_ARTICLE,
        ("name", "name in full, where the report or our tables have it"),
        ("kind", "`state`, `government body`, `person`, `organisation`, `armed group`, `unnamed group` ..."),
        ("country", "ISO 3166-1 alpha-3, or PLOVER's code of what is no state: IGO, UNO, NGO ..."),
        ("sector", "PLOVER sector: GOV, MIL, REB ..."),
        ("role", "office held at the report's date"),
        ("entity", "identifier in our tables, as `state:KEN`"),
        ("mentions", "how often the report names or means them"),
        *_SOURCE,
    ),
    "articles": (
        ("id", "id of the report"),
        *_ARTICLE[1:],
        ("byline", "who wrote it"),
        ("dateline", "place of its dateline"),
        ("published", "ISO 8601, as the page gives it"),
        ("updated", "likewise"),
        ("language", "BCP 47 tag"),
        ("characters", "code points of the text"),
        ("events", "how many were read in it"),
        ("statements", "how many were read in it"),
        ("page", "SHA-256 of the page as fetched"),
    ),
    "dyads": tuple((name, meaning) for name, _, meaning in DYADS),
}
"""Name and meaning of each column, in order, by what is asked for."""
