"""What can be asked of each kind of thing: every filter said once.

From here come the parameters of the questions of a store, those of the REST API with their OpenAPI document, the
options of the command line and the fields of the reading room's forms. Each function that takes filters takes them as
``**asked: Unpack[EventFilters]``, which a type checker follows; :func:`unfolded` shows a framework that reads
signatures a parameter for each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypedDict, TypeVar, cast, get_args, get_type_hints

from dateline.errors import ConfigError
from dateline.judgements import How, Verdict
from dateline.query.filters import Day, Filter, Words
from dateline.records import ActorKind, Bound, Form, Outcome, PlaceKind, Stance, Status
from dateline.store.warehouse import Warehouse

Kind = Literal["codes", "values", "choice", "who", "text", "number", "whole", "day"]
"""How a filter is written: codes of a list, values as they are kept, a closed choice, somebody, words, a number."""
Adds = Callable[[Filter, Any], None]
Order = Literal["arrival", "day"]
"""As the articles came in, or the earliest day first."""
Period = Literal["day", "week", "month", "year"]

FIRST = "coalesce(f.earliest, f.latest, f.day)"
"""First day of a finding's flat row: of its time, else of its article."""
LAST = "coalesce(f.latest, f.earliest, f.day)"


@dataclass(frozen=True, slots=True)
class Asked:
    """One filter."""

    kind: Kind
    help: str
    """What it asks for, in one sentence."""
    adds: Adds | None = None
    """Adds its condition; none where the question has a way of its own with it."""
    choices: Any = None
    """The closed list, a ``Literal``."""
    among: str = ""
    """Table and column with the codes there are, where a wrong one can be told from one that nothing has."""
    pattern: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def many(self) -> bool:
        """Whether it may be given more than once, and any will do."""
        return self.kind in ("codes", "values", "choice", "who")


def _codes(column: str, says: str, among: str = "") -> Asked:
    return Asked("codes", says, lambda found, value: found.upper(column, value), among=among)


def _values(column: str, says: str, among: str = "") -> Asked:
    return Asked("values", says, lambda found, value: found.equals(column, value), among=among)


def _choice(column: str, choices: Any, says: str) -> Asked:
    return Asked("choice", says, lambda found, value: found.equals(column, value), choices=choices)


def _text(columns: Sequence[str], says: str) -> Asked:
    return Asked("text", says, lambda found, value: found.any_contains(columns, value))


def _start(column: str, says: str, pattern: str = "") -> Asked:
    def adds(found: Filter, value: str) -> None:
        found.add(f"starts_with({column}, {found.bind(value)})")

    return Asked("text", says, adds, pattern=pattern)


def _number(condition: str, says: str, least: float | None = None, most: float | None = None) -> Asked:
    return Asked("number", says, lambda found, value: found.number(condition, value), least=least, most=most)


def _whole(condition: str, says: str, least: int, most: int) -> Asked:
    return Asked("whole", says, lambda found, value: found.number(condition, value), least=least, most=most)


def _since(last: str, says: str) -> Asked:
    says = f"First day{says}, as 2025-11-01."
    return Asked("day", says, lambda found, value: found.between(last, last, value, None))


def _until(first: str, says: str) -> Asked:
    return Asked("day", f"Last day, inclusive{says}.", lambda found, value: found.between(first, first, None, value))


def _deed(sides: Sequence[str], says: str) -> Asked:
    return Asked("who", f"{says}: {_WHO}", lambda found, value: found.deed(sides, value))


def _speaker(name: str, says: str) -> Asked:
    return Asked("who", f"{says}: {_WHO}", lambda found, value: found.speaker(f"f.{name}_keys", f"f.{name}", value))


_WHO = 'KEN, "KEN GOV", state:KEN or part of a name.'
_COUNTRY = "ISO 3166-1 alpha-3, as KEN."
_SURE = _number("f.confidence >= ?", "At least this confidence, 0 to 1.", 0, 1)


class EventFilters(TypedDict, total=False):
    """Filters of events: who did what to whom."""

    relation: Annotated[Words, _codes("f.relation", "PLOVER type, as PROTEST.", "event_rows.relation")]
    mode: Annotated[Words, _values("f.mode", "PLOVER mode, as riot.", "event_rows.mode")]
    cameo: Annotated[
        str | None, _start("f.cameo", "CAMEO code, or its beginning: 14 has 141 in it.", r"^[0-9A-Z]{1,4}$")
    ]
    quad: Annotated[
        int | None, _whole("f.quad = ?", "Quad class: 1, 2 verbal, material cooperation; 3, 4 conflict.", 1, 4)
    ]
    source: Annotated[Words, _deed(("source",), "Who did it")]
    target: Annotated[Words, _deed(("target",), "To whom")]
    actor: Annotated[Words, _deed(("source", "target"), "Source or target")]
    status: Annotated[Words, _choice("f.status", Status, "Whether it happened.")]
    holder: Annotated[Words, _speaker("holder", "Whose word it is")]
    country: Annotated[Words, _codes("f.country", f"Where it happened: {_COUNTRY}", "event_rows.country")]
    place: Annotated[str | None, _text(("f.place",), "Part of the name of the place where it happened.")]
    since: Annotated[Day, _since(LAST, " of the event, else of its article")]
    until: Annotated[Day, _until(FIRST, "")]
    confidence: Annotated[float | None, _SURE]


class StatementFilters(TypedDict, total=False):
    """Filters of statements: who said what."""

    speaker: Annotated[Words, _speaker("speaker", "Who said it")]
    text: Annotated[str | None, _text(("f.said",), "Words in what was said, whatever their case.")]
    stance: Annotated[Words, _choice("f.stance", Stance, "What is done by saying it.")]
    form: Annotated[Words, _choice("f.form", Form, "In whose words.")]
    via: Annotated[
        Words,
        Asked("who", f"Who relayed it: {_WHO}", lambda found, value: found.party("f.via_keys", "f.via", value)),
    ]
    since: Annotated[Day, _since(LAST, " it was said, else of its article")]
    until: Annotated[Day, _until(FIRST, "")]
    confidence: Annotated[float | None, _SURE]


class FigureFilters(TypedDict, total=False):
    """Filters of figures: how many, of what, and who counted."""

    counted: Annotated[str | None, _text(("f.counted", "f.head"), "Words in what is counted, or its head noun.")]
    unit: Annotated[Words, _values("f.unit", "UCUM or ISO 4217 code, %, or the counted noun.", "figure_rows.unit")]
    outcome: Annotated[Words, _choice("f.outcome", Outcome, "What became of those counted.")]
    bound: Annotated[Words, _choice("f.bound", Bound, "How sharp it is.")]
    at_least: Annotated[float | None, _number("f.high IS NULL OR f.high >= ?", "The value may be so high.")]
    at_most: Annotated[float | None, _number("f.low IS NULL OR f.low <= ?", "The value may be so low.")]
    holder: Annotated[Words, _speaker("holder", "Who claims it")]
    country: Annotated[Words, _codes("f.country", f"Where: {_COUNTRY}", "figure_rows.country")]
    place: Annotated[str | None, _text(("f.place",), "Part of the name of the place.")]
    since: Annotated[Day, _since(LAST, " it holds for, else of its article")]
    until: Annotated[Day, _until(FIRST, "")]
    confidence: Annotated[float | None, _SURE]


class PlaceFilters(TypedDict, total=False):
    """Filters of places: every mention of one."""

    name: Annotated[
        str | None, _text(("f.name", "f.mention"), "Part of the place's name or of the words that name it.")
    ]
    country: Annotated[Words, _codes("f.country", _COUNTRY, "place_rows.country")]
    kind: Annotated[Words, _choice("f.kind", PlaceKind, "What kind of place.")]
    geoname: Annotated[int | None, _whole("f.geoname = ?", "GeoNames id.", 0, 2**53)]
    confidence: Annotated[float | None, _SURE]


class ActorFilters(TypedDict, total=False):
    """Filters of actors: each of each article."""

    name: Annotated[str | None, _text(("f.name",), "Part of the name.")]
    country: Annotated[
        Words, _codes("f.country", "ISO 3166-1 alpha-3, or a PLOVER code such as IGO.", "actor_rows.country")
    ]
    sector: Annotated[Words, _codes("f.sector", "PLOVER sector: GOV, MIL, REB ...", "actor_rows.sector")]
    kind: Annotated[Words, _choice("f.kind", ActorKind, "What kind of actor.")]
    entity: Annotated[Words, _values("f.entity", "Identifier in the knowledge tables: state:USA.")]
    confidence: Annotated[float | None, _SURE]


class ArticleFilters(TypedDict, total=False):
    """Filters of articles."""

    text: Annotated[str | None, Asked("text", "Words in the text, whatever their case.")]
    title: Annotated[str | None, _text(("f.title",), "Words in the headline.")]
    publisher: Annotated[str | None, _text(("f.publisher",), "Part of the publisher's name.")]
    url: Annotated[str | None, _start("f.url", "Beginning of the address.")]
    language: Annotated[Words, _values("f.language", "BCP 47 tag, as en.", "article_rows.language")]
    since: Annotated[Day, _since("f.day", "")]
    until: Annotated[Day, _until("f.day", "")]


def _told_by(found: Filter, who: Words) -> None:
    inner = Filter(parameters=found.parameters)
    inner.actor("list_concat(e.sources, e.targets)", "e.number", who)
    found.add(
        "EXISTS (SELECT 1 FROM incident_members m JOIN events e ON e.id = m.event "  # noqa: S608 - parameters
        f"WHERE m.incident = i.id AND {inner.conditions[0]})"
    )


class SearchFilters(TypedDict, total=False):
    """Filters of sentences: the days of their articles."""

    since: Annotated[Day, _since("f.day", "")]
    until: Annotated[Day, _until("f.day", "")]


def _headlined(found: Filter, text: str) -> None:
    found.add(
        "EXISTS (SELECT 1 FROM articles a WHERE list_contains(s.articles, a.id) "  # noqa: S608 - a parameter
        f"AND contains(lower(a.title), lower({found.bind(text)})))"
    )


class StoryFilters(TypedDict, total=False):
    """Filters of stories: what several reports tell."""

    text: Annotated[str | None, Asked("text", "Words in the headline of one of its reports.", _headlined)]
    since: Annotated[Day, _since("s.last_day", ": stories with a report on it or later")]
    until: Annotated[Day, _until("s.first_day", "")]


class IncidentFilters(TypedDict, total=False):
    """Filters of incidents: one thing that happened, and the reports that tell of it."""

    relation: Annotated[Words, _codes("i.relation", "PLOVER type, as ASSAULT.", "event_rows.relation")]
    actor: Annotated[Words, Asked("who", f"On either side: {_WHO}", _told_by)]
    status: Annotated[Words, _choice("i.status", Status, "What most reports say.")]
    country: Annotated[Words, _codes("i.country", f"Where: {_COUNTRY}", "event_rows.country")]
    story: Annotated[
        str | None, _start("i.story", "Only of this story: its id, or the beginning of it.", r"^[a-z][0-9a-f]{0,20}$")
    ]
    since: Annotated[Day, _since("i.day", " (incidents without a day are left out)")]
    until: Annotated[Day, _until("i.day", "")]
    independent: Annotated[
        int | None,
        _whole("i.independent >= ?", "At least so many independent reports: copies count once.", 1, 10**6),
    ]


class DyadFilters(TypedDict, total=False):
    """Filters of pairs of countries."""

    source: Annotated[Words, _codes("f.source", f"Country that does it, {_COUNTRY}", "actor_rows.country")]
    target: Annotated[Words, _codes("f.target", "Country to which it is done.", "actor_rows.country")]
    among: Annotated[
        Words,
        Asked(
            "codes",
            "Both are of these: RUS and UKR have both directions.",
            lambda found, value: (found.upper("f.source", value), found.upper("f.target", value))[-1],
            among="actor_rows.country",
        ),
    ]
    sector: Annotated[
        Words,
        Asked(
            "codes",
            "PLOVER sector of both: GOV, MIL ...; by default all actors of a country.",
            among="actor_rows.sector",
        ),
    ]
    relation: Annotated[Words, _codes("f.relation", "PLOVER type, as SANCTION.", "event_rows.relation")]
    status: Annotated[Words, _choice("f.status", Status, "What counts; by default what happened or goes on.")]
    since: Annotated[Day, _since("f.happened", " of the event")]
    until: Annotated[Day, _until("f.happened", "")]
    confidence: Annotated[float | None, _SURE]


JudgedKind = Literal["event", "statement", "figure", "time", "place", "actor"]


class JudgementFilters(TypedDict, total=False):
    """Filters of judgements: what readers say of findings."""

    finding: Annotated[Words, _values("j.finding", "Whole id of the finding.")]
    article: Annotated[Words, _values("j.article", "Whole id of the article.")]
    kind: Annotated[Words, _choice("j.kind", JudgedKind, "Of what.")]
    label: Annotated[Words, _values("j.label", "An event's relation, a statement's stance, a figure's outcome.")]
    coder: Annotated[Words, _values("j.coder", "What read the finding, as events.plover/1.")]
    verdict: Annotated[Words, _choice("j.verdict", Verdict, "What is said of it.")]
    reviewer: Annotated[Words, _values("j.reviewer", "Who judged, exactly.")]
    how: Annotated[Words, _choice("j.how", How, "sample: only findings drawn by lot.")]


KINDS: dict[str, type] = {
    "events": EventFilters,
    "statements": StatementFilters,
    "figures": FigureFilters,
    "places": PlaceFilters,
    "actors": ActorFilters,
    "articles": ArticleFilters,
    "search": SearchFilters,
    "dyads": DyadFilters,
    "stories": StoryFilters,
    "incidents": IncidentFilters,
    "judgements": JudgementFilters,
}
"""What can be asked for, by the name of the question, and its filters."""


@cache
def filters(of: type) -> dict[str, Asked]:
    """Filters of a kind, by name, in the order they are told in.

    Args:
        of: :class:`EventFilters` or another of these.
    """
    found: dict[str, Asked] = {}
    for name, hint in get_type_hints(of, include_extras=True).items():
        [found[name]] = (each for each in get_args(hint) if isinstance(each, Asked))
    return found


def gather(found: Filter, of: type, asked: Mapping[str, object]) -> Filter:
    """The conditions with those of what is asked.

    Raises:
        TypeError: There is no such filter.
    """
    known = filters(of)
    for name in asked:
        if name not in known:
            raise TypeError(f"no filter {name!r}: there are {', '.join(known)}")
    for name, each in known.items():
        value = asked.get(name)
        if value is not None and each.adds is not None:
            each.adds(found, value)
    return found


F = TypeVar("F", bound=Callable[..., Any])


def unfolded(function: F, parameter: Callable[[str, Asked], tuple[Any, object]]) -> F:
    """A function that takes filters as ``**asked``, with a signature that names each.

    Args:
        function: Takes ``**asked: Unpack[EventFilters]`` or the like.
        parameter: Annotation and default of a filter, as the reader of the signature understands them. The filters
            stand before the first parameter that may be named and has a default.
    """
    hints = get_type_hints(function, include_extras=True)
    given = list(inspect.signature(function).parameters.values())
    [(_, of)] = [(each, *get_args(hints.pop(each.name))) for each in given if each.kind is each.VAR_KEYWORD]
    plain = [each for each in given if each.kind is not each.VAR_KEYWORD]
    free = [each.default is not each.empty and each.kind is not each.POSITIONAL_ONLY for each in plain]
    place = free.index(True) if any(free) else len(plain)
    told: list[inspect.Parameter] = []
    for name, each in filters(of).items():
        hints[name], default = parameter(name, each)
        told.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[name]))
    before = [each.replace(annotation=hints[each.name]) for each in plain[:place]]
    after = [each.replace(annotation=hints[each.name], kind=each.KEYWORD_ONLY) for each in plain[place:]]
    seen = cast("Any", function)
    seen.__signature__ = inspect.Signature(
        [*before, *told, *after],
        return_annotation=hints.get("return", inspect.Signature.empty),
    )
    function.__annotations__ = hints
    return function


def described(function: F) -> F:
    """A question whose signature and docstring name each filter."""
    of = get_args(get_type_hints(function)["asked"])[0]
    told = "\n".join(f"        {name}: {each.help}" for name, each in filters(of).items())
    function.__doc__ = (function.__doc__ or "").replace("        asked: The filters.", told)
    return unfolded(function, lambda name, _: (get_type_hints(of)[name], None))


def refused(store: Warehouse, of: type, asked: Mapping[str, object]) -> None:
    """Say which code cannot be meant, where an answer is empty: one that neither the store nor any list has.

    Raises:
        ConfigError: There is one; a code that is right though nothing in the store has it is none.
    """
    for name, code, known in unknown(store, of, asked):
        right = _right(filters(of)[name].among.rpartition(".")[2])
        if right is not None and code.upper() not in right:
            there = f"the store has {', '.join(known)}" if known else "the store has none"
            raise ConfigError(f"{name}: {code[:80]!r} is no code of the kind; {there}")


def _right(column: str) -> frozenset[str] | None:
    """Codes that a column may have, in capitals; none where it may have any words."""
    from dateline.knowledge import countries, country_codes
    from dateline.knowledge.codebook import plover

    if column == "relation":
        return frozenset(plover().types)
    if column == "mode":
        return frozenset(mode.upper() for kind in plover().types.values() for mode in kind.modes)
    if column == "country":
        return frozenset({*countries.states(), *country_codes.codes(), *countries.STATELESS})
    return None


def unknown(store: Warehouse, of: type, asked: Mapping[str, object]) -> Iterator[tuple[str, str, list[str]]]:
    """Codes asked for that stand nowhere in the store, most often mistyped: filter, code, those that stand there."""
    for name, each in filters(of).items():
        wanted = asked.get(name)
        if not each.among or not wanted:
            continue
        table, _, column = each.among.partition(".")
        rows = store.rows(
            f"SELECT {column} AS code FROM {table} WHERE {column} IS NOT NULL GROUP BY ALL "  # noqa: S608 - our own names
            "ORDER BY count(*) DESC, code"
        )
        known = [str(row["code"]) for row in rows]
        folded = {each.casefold() for each in known}
        for code in [wanted] if isinstance(wanted, str) else cast("Sequence[str]", wanted):
            if code.casefold() not in folded:
                yield name, code, known
