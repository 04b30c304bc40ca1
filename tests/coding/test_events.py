"""Who did what to whom: frames over the tree, and events over actors set by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coding.coder import Draft
from dateline.coding.event_features import FAMILIES, features
from dateline.coding.event_frames import Frames
from dateline.coding.events import EventCoder
from dateline.errors import ConfigError
from dateline.ids import finding_id
from dateline.intake.text import verbatim
from dateline.knowledge.codebook import plover
from dateline.knowledge.event_lexicon import DATA, lexicon, load
from dateline.models.linear import Linear
from dateline.reading.syntax import Parser
from dateline.records import Actor, Event, Place, Provenance, Span

STATES = {
    "Kenya": "KEN", "Kenyan": "KEN", "Ethiopia": "ETH", "Ethiopian": "ETH", "Norway": "NOR", "Norwegian": "NOR",
    "Peru": "PER", "Chile": "CHL", "Chilean": "CHL", "Japan": "JPN", "Nairobi": "KEN",
}  # fmt: skip


@cache
def parser() -> Parser:
    return Parser()


@cache
def coder() -> EventCoder:
    return EventCoder()


def draft(text: str, **groups: str) -> Draft:
    """A parsed text whose actors are the states it names and the words given with their sector."""
    analysis = parser().parse([verbatim(text)])[0]
    mentions: dict[tuple[str, str | None, str | None], list[Span]] = {}
    for n, word in enumerate(analysis.words):
        if word in STATES:
            mentions.setdefault((STATES[word], STATES[word], "GOV"), []).append(analysis.span(n, n + 1))
        if word in groups:
            mentions.setdefault((word, None, groups[word]), []).append(analysis.span(n, n + 1))
    actors = tuple(
        Actor(
            id=finding_id("actor", analysis.article.id, spans, "test/1", name),
            provenance=Provenance(evidence=tuple(spans), coder="test/1", confidence=1.0),
            name=name,
            kind="state" if country else "unnamed group",
            country=country,
            sector=sector,
            mentions=tuple(spans),
        )
        for (name, country, sector), spans in mentions.items()
    )
    return Draft(analysis, actors=actors)


def events(text: str, **groups: str) -> list[tuple[str, str, str, str]]:
    """Events as (source, type, target, status), names of several joined by +."""
    one = draft(text, **groups)
    name = {actor.id: actor.name for actor in one.actors}
    found: list[tuple[str, str, str, str]] = []
    for event in coder().code([one])[0]:
        assert isinstance(event, Event)
        by = "+".join(name[each] for each in event.sources)
        to = "+".join(name[each] for each in event.targets)
        found.append((by, event.relation, to, event.status))
    return found


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Kenya condemned Ethiopia on Monday.", ("KEN", "ACCUSE", "ETH", "happened")),
        ("Ethiopia was condemned by Kenya.", ("KEN", "ACCUSE", "ETH", "happened")),
        ("Kenya invaded Ethiopia.", ("KEN", "ASSAULT", "ETH", "happened")),
        ("Kenya's invasion of Ethiopia shocked the region.", ("KEN", "ASSAULT", "ETH", "happened")),
        ("Kenya launched an attack on Ethiopia.", ("KEN", "ASSAULT", "ETH", "happened")),
        ("Kenya urged Ethiopia to reopen the crossing.", ("KEN", "REQUEST", "ETH", "happened")),
        ("Kenya called on Ethiopia to show restraint.", ("KEN", "REQUEST", "ETH", "happened")),
        ("Kenya agreed to send doctors to Ethiopia.", ("KEN", "AGREE", "ETH", "happened")),
        ("Kenya refused to meet Ethiopia.", ("KEN", "REJECT", "ETH", "happened")),
        ("Kenya rejected a request from Ethiopia.", ("KEN", "REJECT", "ETH", "happened")),
        ("Kenya threatened to attack Ethiopia.", ("KEN", "THREATEN", "ETH", "happened")),
        ("Kenya supplied Ethiopia with rifles.", ("KEN", "AID", "ETH", "happened")),
        ("Kenya sent food to Ethiopia.", ("KEN", "AID", "ETH", "happened")),
        ("Ethiopia received weapons from Kenya.", ("KEN", "AID", "ETH", "happened")),
        ("Kenya suspended aid to Ethiopia.", ("KEN", "SANCTION", "ETH", "happened")),
        ("Kenya imposed new sanctions on Ethiopia.", ("KEN", "COERCE", "ETH", "happened")),
        ("Kenya lifted sanctions on Ethiopia.", ("KEN", "RETREAT", "ETH", "happened")),
        ("Kenya held talks with Ethiopia.", ("KEN", "CONSULT", "ETH", "happened")),
        ("Kenya will hold talks with Ethiopia.", ("KEN", "AGREE", "ETH", "planned")),
        ("Kenya will not send weapons to Ethiopia.", ("KEN", "REJECT", "ETH", "happened")),
        ("Kenya will bomb Ethiopia unless Peru leaves.", ("KEN", "THREATEN", "ETH", "happened")),
        ("Kenya is bombing Ethiopia.", ("KEN", "ASSAULT", "ETH", "ongoing")),
        ("Kenya withdrew its troops from Ethiopia.", ("KEN", "RETREAT", "ETH", "happened")),
        ("Kenya expelled two Ethiopian diplomats.", ("KEN", "SANCTION", "ETH", "happened")),
        ("Kenya accused Ethiopia of arming smugglers.", ("KEN", "ACCUSE", "ETH", "happened")),
        ("Kenya said Ethiopia must open the border.", ("KEN", "REQUEST", "ETH", "happened")),
        ("Kenya tested a ballistic missile.", ("KEN", "MOBILIZE", "", "happened")),
        ("Kenya demanded a meeting with Ethiopia.", ("KEN", "REQUEST", "ETH", "happened")),
    ],
)
def test_event(text: str, event: tuple[str, str, str, str]) -> None:
    assert event in events(text)


def test_what_is_composed_is_not_told_twice() -> None:
    assert events("Kenya refused to meet Ethiopia.") == [("KEN", "REJECT", "ETH", "happened")]


def test_those_who_meet_meet_each_other() -> None:
    found = events("Kenya and Ethiopia met on Monday.")
    assert sorted(found) == [("ETH", "CONSULT", "KEN", "happened"), ("KEN", "CONSULT", "ETH", "happened")]


def test_conjoined_sources_and_targets_stay_together() -> None:
    assert events("Kenya and Norway condemned Peru and Chile.") == [("KEN+NOR", "ACCUSE", "PER+CHL", "happened")]


def test_a_reply_goes_to_the_last_critic() -> None:
    made = draft("Kenya criticised Ethiopia. Ethiopia hit back on Friday, calling the report biased.")
    replies = [one for one in coder().candidates(made) if made.analysis.words[one.frame.trigger] == "hit"]
    assert [[actor.name for actor, _ in side] for side in (replies[0].sources, replies[0].targets)] == [
        ["ETH"],
        ["KEN"],
    ]


def test_a_condemned_deed_is_laid_at_its_doers_door() -> None:
    found = events("Kenya tested a ballistic missile. Japan condemned the launch.")
    assert ("JPN", "ACCUSE", "KEN", "happened") in found


@pytest.mark.parametrize(
    "text",
    [
        "Kenya beat Ethiopia 2-0 in the final.",
        "Kenya attacked the problem of inflation.",
        "Kenya met its target for wheat.",
        "Kenya won the tournament in Peru.",
        "Kenya struck a balance between growth and debt.",
        "Kenya offered a stark contrast to Ethiopia.",
        "The storm killed 12 people in Kenya.",
        "The weather in Kenya resembles that of Ethiopia.",
    ],
)
def test_no_event(text: str) -> None:
    assert [found for found in events(text) if found[2]] == []


def test_private_parties_make_an_event_of_violence() -> None:
    assert events("The miners attacked the teachers.", teachers="EDU", miners="LAB") == [
        ("miners", "ASSAULT", "teachers", "happened")
    ]


def test_codes_scores_and_evidence() -> None:
    one = draft("Kenya bombed Ethiopia from the air.")
    event, *_ = coder().code([one])[0]
    assert isinstance(event, Event)
    book = plover()
    assert event.quad == 4
    assert (event.goldstein, event.intensity) == book.goldstein(event.cameo)
    assert event.mode in book.types[event.relation].modes
    text = one.article.text
    assert text[event.trigger.start : event.trigger.end] == "bombed"
    assert [text[span.start : span.end] for span in event.provenance.evidence] == ["Kenya", "bombed", "Ethiopia"]


def test_place_is_where_it_was_done_and_never_a_demonym() -> None:
    one = draft("Kenyan troops attacked Ethiopian rebels in Moyale on Monday.", troops="MIL", rebels="REB")
    text = one.article.text

    def place(name: str, kind: str) -> Place:
        span = Span(text.index(name), text.index(name) + len(name))
        return Place(
            id=f"p{name}",
            provenance=Provenance(evidence=(span,), coder="test/1", confidence=1.0),
            name=name,
            kind=kind,  # pyright: ignore[reportArgumentType]
            mention=span,
        )

    one.places = (place("Kenyan", "demonym"), place("Ethiopian", "demonym"), place("Moyale", "city"))
    event, *_ = coder().code([one])[0]
    assert isinstance(event, Event)
    assert event.place == "pMoyale"


def test_the_batch_changes_nothing() -> None:
    drafts = [draft("Kenya condemned Peru."), draft("Chile sent aid to Norway."), draft("Nothing happened.")]
    assert coder().code(drafts) == [coder().code([each])[0] for each in drafts]
    assert coder().code(drafts) == coder().code(drafts)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Kenya", "Ethiopia", "attacked", "will", "not", "talks", "with", "of", "by", ",", "that",
                                 "refused", "to", "meet", "and", "which", "said", "“", ".", "must", "accused"]), max_size=40))  # fmt: skip
def test_word_salad_raises_nothing_and_events_hold_together(words: list[str]) -> None:
    one = draft(" ".join(words) or "x")
    known = {actor.id for actor in one.actors}
    for event in coder().code([one])[0]:
        assert isinstance(event, Event)
        assert known.issuperset((*event.sources, *event.targets))
        assert not set(event.sources) & set(event.targets)
        assert event.trigger in event.provenance.evidence


@pytest.mark.parametrize(
    "text",
    ["", "🙂" * 50, "\u0000\u0000", "attack " * 2000, "refused to agree to promise to " * 400, "( [ “ of by to which"],
)
def test_rubbish_raises_nothing(text: str) -> None:
    coder().code([draft(text or " ")])


def test_the_lexicon_is_whole() -> None:
    words = lexicon()
    assert len(words.verbs) > 400
    assert len(words.nouns) > 100
    for operator in ("request", "reject", "agree", "intend", "vow", "threaten", "end"):
        for relation in plover().types:
            assert words.compose(operator, relation) is not None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("shun\tobj\tIGNORE", "IGNORE"),
        ("shun\tobj\tREJECT.often", r"REJECT\.often"),
        ("shun\tobj=@nobody\tREJECT", "@nobody"),
        ("shun\tobj\tREJECT@undo", "undo"),
        ("shun\tobj\tREJECT\t999", "999"),
        ("shun\tobj\tREJECT\t120\ta\tb\tc", "7 columns"),
    ],
)
def test_a_faulty_lexicon_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    for each in DATA.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    (tmp_path / "verbs.tsv").write_text(f"# ours\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"line 2.*{says}"):
        load(tmp_path, plover())


def test_the_relation_model_tells_a_visit_from_a_war() -> None:
    model = Linear.load("relation/plover")

    def relation(text: str) -> str:
        analysis = parser().parse([verbatim(text)])[0]
        seen = features(analysis, Frames(analysis, lexicon()).all(), {0}, {analysis.words.index("Ethiopia")})
        assert len(seen) == len(FAMILIES)
        chances = model.probabilities(seen)
        assert sum(chances.values()) == pytest.approx(1.0, abs=1e-5)
        return max(chances, key=lambda each: chances[each])

    assert relation("Kenya held talks with Ethiopia on Monday.") == "CONSULT"
    assert relation("Kenya bombed Ethiopia on Monday.") == "ASSAULT"
    assert relation("Kenya rejected a request from Ethiopia.") == "REJECT"
