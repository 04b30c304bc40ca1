"""A record laid out for a person: the head, then who said, who did, what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dateline.cli.console import words
from dateline.export.wording import interval, value
from dateline.records import Actor, Article, Event, Figure, Place, Record, Span, Statement, TimeSpan

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

STYLES = {
    "happened": "green",
    "ongoing": "cyan",
    "planned": "blue",
    "expected": "blue",
    "possible": "yellow",
    "negated": "red",
    "denied": "red",
}
QUOTE = 300
"""Longest quotation shown, in code points; the record holds all of it."""


NARROW = 100
"""Columns from which events fit beside their words."""


def show(record: Record, out: Console, *, everything: bool = False, most: int | None = None) -> None:
    """Print one record.

    Args:
        record: What to show.
        out: Where to.
        everything: Also places, times, and actors that neither speak nor act.
        most: Characters of the longest article that is coded.
    """
    _head(record, out)
    actors = {each.id: each for each in record.actors}
    statements = {each.id: each for each in record.statements}
    times = {each.id: each for each in record.times}
    places = {each.id: each for each in record.places}
    if record.statements:
        table = _table("Who said what", ("Speaker", 24), ("How", 10), ("Words", None), ("When", 10))
        for each in record.statements:
            table.add_row(
                _speaker(each, actors, record),
                _how(each),
                words(_shorten(_content(each, record))),
                words(_day(times.get(each.said_on or ""))),
            )
        out.print(table)
    if record.events and out.width < NARROW:
        _events_below(record, out, actors, statements, times, places)
    elif record.events:
        table = _table(
            "Who did what to whom", ("Source", 24), ("Event", 18), ("Target", 24), ("Status", 9), ("Words", None)
        )
        for each in record.events:
            table.add_row(
                _names(each.sources, actors),
                _relation(each),
                _names(each.targets, actors),
                words(each.status, STYLES[each.status]),
                _event_words(each, record, actors, statements, times, places),
            )
        out.print(table)
    if record.figures:
        table = _table("What was counted", ("Figure", 24), ("Of what", None), ("Where", 18), ("According to", 24))
        for each in record.figures:
            table.add_row(
                words(_amount(each, record), "bold"),
                words(_counted(each, record)),
                words(places[each.place].name if each.place in places else ""),
                _claimant(each.said_in, statements, actors),
            )
        out.print(table)
    if everything:
        _rest(record, out)
    if not record.findings():
        out.print(words(f"No findings: {_why_none(record, most)}", "dim"))
    out.print()


def _events_below(
    record: Record,
    out: Console,
    actors: dict[str, Actor],
    statements: dict[str, Statement],
    times: dict[str, TimeSpan],
    places: dict[str, Place],
) -> None:
    """Events where a table would leave their words no room: a line each, the words below."""
    from rich.padding import Padding

    out.print(words("Who did what to whom", "bold"))
    for each in record.events:
        line = _names(each.sources, actors)
        line.append_text(words(" → " if each.sources else "→ ", "dim"))
        line.append_text(_relation(each))
        if each.targets:
            line.append_text(words(" → ", "dim"))
            line.append_text(_names(each.targets, actors))
        line.append_text(words(f"  {each.status}", STYLES[each.status]))
        out.print(Padding(line, (1, 0, 0, 1)))
        out.print(Padding(_event_words(each, record, actors, statements, times, places), (0, 0, 0, 4)))
    out.print()


def _why_none(record: Record, most: int | None) -> str:
    if most is not None and len(record.article.text) > most:
        return (
            f"the article has {len(record.article.text):,} characters, and no more than {most:,} are coded: "
            "cut it into its articles, or set article_characters."
        )
    language = record.article.language
    if language not in ("en", "und") and not language.startswith("en-"):
        return f"the article is in another language ({language}) than the pipeline reads."
    return "nothing in the text that the pipeline codes."


def _head(record: Record, out: Console) -> None:
    article = record.article
    out.print()
    out.rule(words(article.title or "(no headline)", "bold"), align="left", characters="━")
    when = [
        f"{label} {value.replace('T', ' ')}"
        for label, value in (("published", article.published), ("updated", article.updated))
        if value
    ]
    if not article.published and not article.updated and (day := _dated(article)):
        when.append(f"dated {day}")
    facts = [article.source, article.dateline, *when, " and ".join(article.byline), article.language]
    line = words(" · ".join(fact for fact in facts if fact), "dim")
    out.print(line)
    if article.url:
        out.print(words(article.url, "dim"))
    if article.page.articles > 1:
        out.print(words(f"article {article.page.position + 1} of {article.page.articles} on the page", "dim"))


def _dated(article: Article) -> str:
    """The day relative times count from; empty where there is none."""
    try:
        day = article.day()
    except ValueError:
        return ""
    return "" if day is None else day.isoformat()


def _table(title: str, *columns: tuple[str, int | None]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, expand=True
    )
    for name, width in columns:
        table.add_column(
            name,
            ratio=None if width else 1,
            min_width=min(width, 12) if width else 20,
            max_width=width,
            overflow="fold",
            header_style="dim",
        )
    return table


def _shorten(text: str) -> str:
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rsplit(" ", 1)[0] + " …"


def _content(statement: Statement, record: Record) -> str:
    return " … ".join(record.quote(span) for span in statement.content)


def _speaker(statement: Statement, actors: dict[str, Actor], record: Record) -> Text:
    actor = actors.get(statement.speaker or "")
    if actor is None:
        return words(record.quote(statement.source) if statement.source else "(nobody named)", "italic")
    text = words(actor.name, "bold")
    if actor.role and actor.role.lower() not in actor.name.lower():
        text.append_text(words(f", {actor.role}", "dim"))
    for relay in statement.via:
        if relay in actors:
            text.append_text(words(f", via {actors[relay].name}", "dim"))
    return text


def _how(statement: Statement) -> Text:
    text = words(statement.form)
    if statement.stance != "asserts":
        text.append_text(words(f" {statement.stance}", "magenta"))
    return text


def _names(ids: Sequence[str], actors: dict[str, Actor]) -> Text:
    from rich.text import Text

    text = Text()
    for number, each in enumerate(ids):
        if number:
            text.append("; ")
        actor = actors.get(each)
        if actor is None:
            continue
        text.append_text(words(actor.name, "bold"))
        code = " ".join(part for part in (actor.country, actor.sector) if part)
        if code:
            text.append_text(words(f" {code}", "dim"))
    return text


def _relation(event: Event) -> Text:
    text = words(event.relation)
    if event.mode:
        text.append_text(words(f" {event.mode}", "dim"))
    if event.cameo:
        text.append_text(words(f" {event.cameo}", "dim"))
    return text


def _sentence(record: Record, span: Span) -> Span:
    """The sentence that holds a span; the span itself where none does."""
    return next((each for each in record.sentences if each.holds(span)), span)


def _event_words(
    event: Event,
    record: Record,
    actors: dict[str, Actor],
    statements: dict[str, Statement],
    times: dict[str, TimeSpan],
    places: dict[str, Place],
) -> Text:
    trigger = event.trigger
    sentence = _sentence(record, trigger)
    # A window of the sentence around the trigger, cut at words.
    start = max(sentence.start, trigger.start - 60)
    end = min(sentence.end, trigger.end + 60)
    before = record.article.text[start : trigger.start]
    after = record.article.text[trigger.end : end]
    if start > sentence.start:
        before = "…" + before.partition(" ")[2]
    if end < sentence.end:
        after = after.rpartition(" ")[0] + "…"
    text = words(before)
    text.append_text(words(record.quote(trigger), "bold underline"))
    text.append_text(words(after))
    notes = [_day(times.get(event.time or "")), places[event.place].name if event.place in places else ""]
    said = statements.get(event.said_in or "")
    if said is not None and said.speaker in actors:
        notes.append(f"says {actors[said.speaker].name}")
    note = ", ".join(each for each in notes if each)
    if note:
        text.append_text(words(f" [{note}]", "dim"))
    return text


def _claimant(said_in: str | None, statements: dict[str, Statement], actors: dict[str, Actor]) -> Text:
    statement = statements.get(said_in or "")
    if statement is None:
        return words("the report", "dim")
    actor = actors.get(statement.speaker or "")
    return words(actor.name if actor else "(nobody named)", "bold" if actor else "italic")


def _amount(figure: Figure, record: Record) -> str:
    """The value; where the report has a word of no exact number ("dozens"), the word, and what we take it for."""
    shown = value(figure)
    said = record.quote(figure.provenance.evidence[0])
    vague = figure.low != figure.high and figure.low is not None and not any(sign.isdigit() for sign in said)
    return f"{said} ({shown})" if vague and len(said.split()) <= 2 else shown


def _counted(figure: Figure, record: Record) -> str:
    counted = record.quote(figure.counted) if figure.counted else figure.head or ""
    if figure.outcome and figure.outcome not in counted:
        counted = f"{counted} ({figure.outcome})" if counted else figure.outcome
    return counted


def _day(time: TimeSpan | None) -> str:
    if time is None:
        return ""
    return interval(time) or (time.value or "")


def _rest(record: Record, out: Console) -> None:
    """Actors, places and times, whether or not a statement, event or figure uses them."""
    if record.actors:
        table = _table("Actors", ("Name", 36), ("Kind", 16), ("Code", 10), ("Role", None), ("Mentions", 8))
        for each in record.actors:
            code = " ".join(part for part in (each.country, each.sector) if part)
            table.add_row(
                words(each.name, "bold"), words(each.kind), words(code), words(each.role or ""), str(len(each.mentions))
            )
        out.print(table)
    if record.places:
        table = _table("Places", ("As written", 28), ("Place", None), ("Country", 7), ("Kind", 9), ("Where", 18))
        for each in record.places:
            where = (
                "" if each.latitude is None or each.longitude is None else f"{each.latitude:.2f}, {each.longitude:.2f}"
            )
            table.add_row(
                words(record.quote(each.mention)), words(each.name), words(each.country or ""), words(each.kind), where
            )
        out.print(table)
    if record.times:
        table = _table("Times", ("As written", 30), ("Days", None), ("TIMEX3", 24))
        for each in record.times:
            table.add_row(words(record.quote(each.mention)), interval(each), words(f"{each.type} {each.value or ''}"))
        out.print(table)


_GAP = 3
"""Columns between two cells of a table of values."""
_WORD = 14
"""Longest word that a column is made wide enough for; longer ones are broken."""


def rows(out: Console, title: str, header: Iterable[str], body: Iterable[Sequence[object]]) -> None:
    """Print any table of values; where its words would be broken for want of room, a row as lines.

    An id or a day that is broken can be neither read nor copied.
    """
    from rich import box
    from rich.table import Table

    names = list(header)
    cells = [["" if value is None else str(value) for value in row] for row in body]
    least = [
        min(_WORD, max((len(word) for text in column for word in text.split()), default=0))
        for column in zip(names, *cells, strict=True)
    ]
    if cells and sum(least) + _GAP * len(names) > out.width:
        _lines(out, title, names, cells)
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, width in zip(names, least, strict=True):
        table.add_column(name, overflow="fold", header_style="dim", min_width=width)
    for row in cells:
        table.add_row(*(words(each) for each in row))
    out.print(table)


def _lines(out: Console, title: str, names: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    """Rows one below the other: the values in one paragraph; the last of them, where it is long, in another."""
    from rich.padding import Padding

    if title:
        out.print(words(title, "bold"))
    out.print(words(" · ".join(names), "dim"))
    listed = list(cells)
    apart = max(len(row[-1]) for row in listed) > _WORD
    for row in listed:
        line = words(row[0], "bold")
        for each in row[1:-1] if apart else row[1:]:
            line.append_text(words(f" · {each or '-'}"))
        out.print(Padding(line, (1, 0, 0, 0)))
        if apart and row[-1]:
            out.print(Padding(words(row[-1]), (0, 0, 0, 4)))
    out.print()
