"""Records for tests: any that the types allow, and plain ones."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from dateline.ids import article_id, finding_id
from dateline.records import (
    Actor,
    Article,
    Block,
    Event,
    Figure,
    Page,
    Place,
    Provenance,
    Record,
    Span,
    Statement,
    TimeSpan,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**63), 2**63 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 2**40), st.integers(1, 2**20))


def of_type(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Any value of a type of the record, invariants apart."""
    match kind:
        case inspect.UnionType():
            return st.one_of(*map(of_type, kind.types))
        case inspect.Metadata():
            return st.sampled_from(["2024-10-31", "2024-10-31T14:05", "2024-10-31T14:05:00+03:00"])
        case inspect.NoneType():
            return st.none()
        case inspect.StrType():
            return words
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.IntType():
            return numbers
        case inspect.FloatType():
            return floats
        case inspect.DateType():
            return st.dates()
        case inspect.VarTupleType():
            return st.lists(of_type(kind.item_type), max_size=3).map(tuple)
        case inspect.StructType() if kind.cls is Span:
            return spans
        case inspect.StructType() if kind.cls is Provenance:
            evidence = st.lists(spans, min_size=1, max_size=3).map(tuple)
            return st.builds(Provenance, evidence=evidence, coder=words, confidence=st.floats(0, 1))
        case inspect.StructType():
            return st.builds(_lenient(kind.cls), **{field.name: of_type(field.type) for field in kind.fields})
        case _:
            raise TypeError(kind)


def _lenient(cls: type) -> Any:
    """The type's constructor; ends given the wrong way round are swapped."""

    def make(**fields: Any) -> Any:
        for low, high in (("low", "high"), ("earliest", "latest")):
            if low in fields and fields[low] is not None and fields[high] is not None and fields[low] > fields[high]:
                fields[low], fields[high] = fields[high], fields[low]
        return cls(**fields)

    return make


records = of_type(inspect.type_info(Record))


def news(number: int, *, text: str | None = None, coder: str = "1") -> Record:
    """A small record with a finding of every kind; always the same for a number."""
    toll = 10 + number % 90
    text = text or (
        f"Flood kills {toll} in Kisumu\n\nNAIROBI (Lake Wire) - Floods killed {toll} people in Kisumu on Monday, "
        f'the county governor said. "We asked Uganda for help," she told reporters. Report {number}.'
    )
    url = f"https://lakewire.example/{number}"
    me = article_id(source="Lake Wire", url=url, text=text)

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def made(kind: Any, span: Span, name: str) -> dict[str, Any]:
        coder_name = f"{name}/{coder}"
        return {
            "id": finding_id(kind, me, [span], coder_name),
            "provenance": Provenance(evidence=(span,), coder=coder_name, confidence=0.8),
        }

    governor = Actor(
        **made("actor", at("the county governor"), "actors"),
        name="the county governor",
        kind="person",
        country="KEN",
        sector="GOV",
        mentions=(at("the county governor"), at("she")),
    )
    uganda = Actor(
        **made("actor", at("Uganda"), "actors"),
        name="Uganda",
        kind="state",
        country="UGA",
        sector="GOV",
        entity="state:UGA",
        mentions=(at("Uganda"),),
    )
    place = Place(
        **made("place", at("Kisumu"), "places"),
        name="Kisumu",
        geoname=191245,
        latitude=-0.1,
        longitude=34.75,
        country="KEN",
        kind="city",
        mention=at("Kisumu"),
    )
    time = TimeSpan(
        **made("time", at("Monday"), "times"),
        earliest=date(2024, 11, 4),
        latest=date(2024, 11, 4),
        grain="day",
        type="DATE",
        value="2024-11-04",
        mention=at("Monday"),
    )
    statement = Statement(
        **made("statement", at("We asked Uganda for help,"), "statements"),
        speaker=governor.id,
        source=at("she"),
        cue=at("told reporters"),
        content=(at("We asked Uganda for help,"),),
        form="direct",
    )
    event = Event(
        **made("event", at("asked"), "events"),
        relation="REQUEST",
        cameo="020",
        quad=1,
        goldstein=3.0,
        trigger=at("asked"),
        sources=(governor.id,),
        targets=(uganda.id,),
        place=place.id,
        time=time.id,
        status="happened",
        said_in=statement.id,
    )
    figure = Figure(
        **made("figure", at(f"{toll} people"), "figures"),
        low=float(toll),
        high=float(toll),
        bound="exact",
        unit="person",
        counted=at("people"),
        head="person",
        outcome="killed",
        place=place.id,
        as_of=time.id,
    )
    cut = text.index("\n\n")
    article = Article(
        id=me,
        url=url,
        source="Lake Wire",
        title=text[:cut],
        published="2024-11-05T08:00:00+03:00",
        dated_by="meta",
        language="en",
        text=text,
        blocks=(Block("headline", Span(0, cut)), Block("paragraph", Span(cut + 2, len(text)))),
        page=Page(digest="0" * 64, position=0, articles=1),
    )
    return Record(
        article=article,
        codebook="plover/1",
        sentences=(Span(0, cut), Span(cut + 2, len(text))),
        actors=(governor, uganda),
        places=(place,),
        times=(time,),
        statements=(statement,),
        events=(event,),
        figures=(figure,),
    )
