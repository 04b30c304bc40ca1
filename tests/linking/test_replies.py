"""What one party says right after another, and against it."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from dateline.intake.text import verbatim
from dateline.linking import accounts, concerned, contradictions, replies
from dateline.links import Dispute, DisputeSide
from dateline.pipeline.assembly import Reader
from dateline.records import Event, Provenance, Record, Span

WHEN = datetime(2026, 3, 4, 8, tzinfo=UTC)


def _read(reader: Reader, text: str) -> Record:
    return reader.code([verbatim(text, published="2026-03-04", source="Example")])[0]


def _shown(reader: Reader, text: str) -> list[tuple[str, str, str]]:
    """Kind and what each of two says."""
    told = replies.turns(_read(reader, text), story="y", voice="n", known=WHEN)
    return [(kind, pair.one.quotes, pair.other.quotes) for kind, pair in replies.pairs(told)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            (
                "The harbour master said the crane had been inspected in May. The dockers' union denied that the crane had "
                "been inspected."
            ),
            "status",
            ("inspected in May", "crane had been inspected"),
        ),
        (
            "Mayor Lena Faro accused the builder Orsk Concrete of using sand from the beach. Orsk Concrete denied this.",
            "actor",
            ("sand from the beach", "this"),
        ),
        (
            (
                "The health ministry said that 4,000 masks had reached the clinic. The head nurse, Ida Brandt, said that she "
                "had received none."
            ),
            "status",
            ("4,000 masks", "none"),
        ),
        (
            "Witnesses said the driver had sounded the whistle. The railway said no whistle was sounded.",
            "status",
            ("the whistle", "no whistle"),
        ),
        (
            "Residents said the alarm at the plant had been broken for weeks. The company said that it was working.",
            "status",
            ("broken for weeks", "it was working"),
        ),
        (
            "Police said that strikers had smashed the windows. The union said that guards of the company had smashed them.",
            "actor",
            ("strikers had smashed", "guards"),
        ),
        (
            (
                "The organisers said the next round of talks would be held in Geneva on June 3. The rebels said it would take "
                "place on June 10."
            ),
            "day",
            ("June 3", "June 10"),
        ),
    ],
)
def test_an_answer_stands_against_what_it_answers(reader: Reader, text: str, kind: str, words: tuple[str, str]) -> None:
    found = _shown(reader, text)
    assert [each for each, *_ in found] == [kind]
    said = sorted((found[0][1], found[0][2]), key=text.index)
    assert words[0] in said[0]
    assert words[1] in said[1]


@pytest.mark.parametrize(
    "text",
    [
        # The same party goes on.
        "The harbour master said the crane had been inspected in May. He said that it had not been painted.",
        # Two things.
        "The mayor said the bridge was open again. Police said nobody had been injured in the storm.",
        # Left open.
        "The mayor said the bridge was safe. An engineer said it might not be safe in winter.",
        # Asked, not said.
        "Police told drivers to stay away. A resident said that she had not stayed at home.",
        # Too far apart.
        (
            "The owner said the gate was locked. It rained. It was dark. Trains stood still. Snow fell. A guard said that the "
            "gate was not locked."
        ),
        # An addition.
        "The hospital said two nurses were hurt. Police said that no one else was hurt.",
    ],
)
def test_what_is_no_answer(reader: Reader, text: str) -> None:
    assert _shown(reader, text) == []


def test_garbage_says_nothing(reader: Reader) -> None:
    for text in ("", "\x00 said \x00.", '"' * 300, "he said she said they denied it " * 50):
        assert isinstance(_shown(reader, text or " x"), list)


def test_copies_answer_once(reader: Reader) -> None:
    text = "Witnesses said the driver had sounded the whistle. The railway said no whistle was sounded."
    told = replies.turns(_read(reader, text), story="y", voice="n", known=WHEN)
    more = replies.turns(_read(reader, f"Report\n\n{text}"), story="y", voice="n", known=WHEN)
    assert len(replies.pairs([*told, *more])) == len(replies.pairs(told)) == 1


def test_an_answer_becomes_a_dispute_with_both_sides(reader: Reader) -> None:
    record = _read(
        reader, "Witnesses said the driver had sounded the whistle. The railway said no whistle was sounded."
    )
    told, blames = accounts.accounts(record, story="y", voice="n", known=WHEN)
    answers = replies.pairs(replies.turns(record, story="y", voice="n", known=WHEN))
    found, sides = accounts.disputes(told, blames, answers)
    assert [(each.kind, each.sides) for each in found] == [("status", 2)]
    assert {each.says for each in sides} == {"affirmed", "denied"}


def test_two_counts_of_the_ill_in_an_outbreak_differ(reader: Reader) -> None:
    record = _read(
        reader,
        "The health ministry said there had been 310 confirmed cases of cholera in the valley. Doctors of the mission in "
        "Arvel said they had seen 560 patients.",
    )
    claims = contradictions.claims(record, story="y", voice="n", known=WHEN)
    found, sides = contradictions.disputes(claims)
    assert [each.what for each in found] == ["ill"]
    assert sorted(each.low or 0 for each in sides) == [310, 560]


def test_soldiers_and_civilians_are_not_one_count(reader: Reader) -> None:
    record = _read(
        reader,
        "The army said that four soldiers were killed in the shelling on Wednesday. The rebels said that six civilians "
        "were killed in the shelling on Wednesday.",
    )
    claims = contradictions.claims(record, story="y", voice="n", known=WHEN)
    assert contradictions.disputes(claims)[0] == []


def test_a_dispute_is_about_the_incident_its_sides_tell_of(reader: Reader) -> None:
    record = _read(
        reader,
        "The army said rebels attacked the town of Brodno on Monday. The rebels denied that they had attacked Brodno. "
        "The government arrested a rebel leader in the capital on Tuesday.",
    )
    text = record.article.text

    def event(name: str, word: str, after: int = 0) -> Event:
        at = text.index(word, after)
        span = Span(at, at + len(word))
        shown = Provenance(evidence=(span,), coder="made/1", confidence=1.0)
        return Event(id=name, provenance=shown, relation="ASSAULT", trigger=span, status="happened")

    again = text.index("denied")
    record = replace(
        record, events=(event("e1", "attacked"), event("e2", "attacked", again), event("e3", "arrested", again))
    )
    members = {record.article.id: {"e1": "iattack", "e2": "iattack", "e3": "iarrest"}}
    said = [each.id for each in record.statements][:2]
    dispute = Dispute(id="d", kind="status", story="y", incident=None, what="attacked", day=None, sides=2)
    sides = [
        DisputeSide(
            id=f"x{at}",
            dispute="d",
            says="",
            holder=None,
            low=None,
            high=None,
            bound=None,
            findings=(each,),
            articles=(record.article.id,),
        )
        for at, each in enumerate(said)
    ]
    assert [each.incident for each in concerned.tied([dispute], sides, [record], members)] == ["iattack"]
    assert [each.incident for each in concerned.tied([dispute], sides, [record], {})] == [None]
    # Where no side's sentence holds an event, the word for what is disputed names it.
    bare = [replace(each, findings=()) for each in sides]
    assert [each.incident for each in concerned.tied([dispute], bare, [record], members)] == ["iattack"]
    other = replace(dispute, what="flooded")
    assert [each.incident for each in concerned.tied([other], bare, [record], members)] == [None]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("The army said on Friday that 31 people were killed in the raid, raising an earlier toll of 27.", (27,)),
        ("Police put the death toll at 31 on Friday. A previous count had put the number of dead at 27.", (27,)),
        ("At least 31 people died in the flood, the mayor said. That is more than the 27 reported earlier.", (27,)),
        ("The ministry had initially reported 27 deaths; rescuers now count 31 deaths.", (27,)),
        ("At least 31 people died in the flood, the mayor said. Earlier on Friday, rain had stopped.", ()),
        ("The initial attack on the camp killed 31 people, the army said.", ()),
    ],
)
def test_a_toll_that_a_report_recalls_is_marked_as_earlier(reader: Reader, text: str, earlier: tuple[int, ...]) -> None:
    record = _read(reader, text)
    claims = contradictions.claims(record, story="y", voice="n", known=WHEN)
    assert tuple(each.low for each in claims if each.earlier) == earlier
    assert any(each.low == 31 and not each.earlier for each in claims)
