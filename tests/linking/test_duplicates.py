import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking import duplicates
from dateline.linking.duplicates import copyable, judge, pairs, runs, sketch
from dateline.links import CopyLink
from dateline.records import Record
from tests.linking.making import OTHER, WIRE, edited, invented, report


def _judged(one: Record, other: Record) -> CopyLink | None:
    texts = one.article.text, other.article.text
    found = [runs(text) for text in texts]
    things = [copyable(each.article, len(every)) for each, every in zip((one, other), found, strict=True)]
    return judge(things[0], things[1], duplicates.common(found[0], found[1]))


def test_a_wire_report_with_changed_words_is_a_copy_of_the_earlier() -> None:
    wire = report(WIRE, source="Wire", published="2025-03-04T06:00:00Z")
    later = report(edited(WIRE, 1), source="Courier", published="2025-03-04T09:30:00+02:00")
    link = _judged(later, wire)
    assert link is not None
    assert (link.kind, link.first, link.second) == ("copy", wire.article.id, later.article.id)
    assert 0.5 < link.alike < 1
    assert link == _judged(wire, later)


def test_an_agency_report_inside_a_longer_one_is_a_part_of_it() -> None:
    wire = report(WIRE, source="Wire", published="2025-03-04T06:00:00Z")
    longer = report(f"{invented(1, 300)}\n\n{WIRE}", source="Courier", published="2025-03-05")
    link = _judged(wire, longer)
    assert link is not None
    assert (link.kind, link.first, link.second) == ("part", wire.article.id, longer.article.id)


def test_a_report_cut_from_a_longer_earlier_one_is_a_copy() -> None:
    whole = report(WIRE, source="Wire", published="2025-03-04T06:00:00Z")
    cut = report(WIRE[: len(WIRE) // 2], source="Courier", published="2025-03-04T08:00:00Z")
    link = _judged(whole, cut)
    assert link is not None
    assert (link.kind, link.first) == ("copy", whole.article.id)
    assert link.shared > 0.95


def test_the_same_publisher_later_is_a_version() -> None:
    first = report(WIRE, source="Wire", published="2025-03-04T06:00:00Z")
    second = report(WIRE.replace("12 people", "19 people"), source="Wire", published="2025-03-04T11:00:00Z")
    link = _judged(first, second)
    assert link is not None
    assert link.kind == "version"


def test_other_news_and_a_shared_quotation_are_no_copies() -> None:
    wire = report(WIRE, source="Wire", published=None)
    assert _judged(wire, report(OTHER, source="Gazette", published=None)) is None
    quoting = (
        f"{OTHER} “We have never seen the water come so fast,” said Mara Teodoro, who has kept the lock at Oldbridge."
    )
    assert _judged(wire, report(quoting, source="Gazette", published=None)) is None


def test_two_short_texts_are_copies_only_when_almost_the_same() -> None:
    short = "Shares in the bank fell by nine per cent on Tuesday"
    one = report(short, source="A", published=None)
    assert _judged(one, report(f"{short}.", source="B", published=None)) is not None
    assert (
        _judged(one, report("Shares in the bank fell by two per cent after a warning", source="B", published=None))
        is None
    )


def test_groups_join_through_others_and_leave_parts_out() -> None:
    texts = [WIRE, edited(WIRE, 1), edited(WIRE, 2), f"{invented(3, 400)} {WIRE}", OTHER]
    every = [report(text, source=f"S{at}", published=f"2025-03-0{at + 1}") for at, text in enumerate(texts)]
    every.sort(key=lambda each: each.article.id)
    found = pairs([each.article.text for each in every])
    things = [copyable(each.article, len(runs(each.article.text))) for each in every]
    judged = {(a, b): judge(things[a], things[b], shared) for a, b, shared in found}
    links = [each for each in judged.values() if each is not None]
    by_source = {each.article.source: each.article.id for each in every}
    joined = ((a, b) for (a, b), each in judged.items() if each is not None and each.kind != "part")
    (members,) = duplicates.components(joined)
    group = duplicates.group(things[each] for each in members)
    assert group.articles == (by_source["S0"], by_source["S1"], by_source["S2"])
    assert group.publishers == ("S0", "S1", "S2")
    assert {each.second for each in links if each.kind == "part"} == {by_source["S3"]}
    voices = duplicates.voices(links)
    assert len({voices[by_source[name]] for name in ("S0", "S1", "S2")}) == 1
    assert by_source["S4"] not in voices


def test_hundreds_of_copies_of_one_report_stay_one_group() -> None:
    texts = [edited(WIRE, seed, 0.05) for seed in range(300)]
    found = pairs(texts)
    assert len(found) < 300 * 3 * duplicates.NEIGHBOURS, "comparisons grow with the number of texts, not its square"
    (group,) = duplicates.components((f"{a:03d}", f"{b:03d}") for a, b, _ in found)
    assert len(group) == 300


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=24), st.integers(1, 23))
def test_more_texts_add_no_pair_of_old_ones(seeds: list[int], cut: int) -> None:
    texts = [edited(WIRE, seed, 0.03 * (seed % 7)) if seed % 3 else invented(seed, 60) for seed in seeds]
    every = {(a, b) for a, b, _ in pairs(texts)}
    for kept in (sorted(range(len(texts)))[:cut], sorted(range(len(texts)))[cut:]):
        alone = {(kept[a], kept[b]) for a, b, _ in pairs([texts[at] for at in kept])}
        assert {(a, b) for a, b in every if a in kept and b in kept} <= alone


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_runs(text: str) -> None:
    found = runs(text)
    assert bool(np.all(found[:-1] < found[1:]))
    assert len(sketch(found)) <= len(found)
    assert np.array_equal(found, runs(text.upper().lower())) or text.lower() != text.upper().lower()


def test_text_that_is_no_unicode_is_still_hashed() -> None:
    assert len(runs("one \ud800 two three four")) > 0
    assert len(runs("")) == 0


def test_hashes_sorted_a_piece_at_a_time_give_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [edited(WIRE if seed % 2 else OTHER, seed, 0.06) for seed in range(40)]
    texts += [invented(seed, 90) for seed in range(20)]
    whole = pairs(texts)
    assert len(whole) > 40
    monkeypatch.setattr(duplicates, "_PIECE", 50)
    monkeypatch.setattr(duplicates, "_SOME", 3)
    assert pairs(texts) == whole


def test_sketches_in_blocks_of_any_order_give_the_same_pairs() -> None:
    sketches = [sketch(runs(edited(WIRE, seed, 0.05))) for seed in range(24)]
    places = np.arange(24, dtype=np.int64)

    def block(chosen: list[int]) -> duplicates.Sketches:
        lengths = np.array([len(sketches[each]) for each in chosen], dtype=np.int64)
        return duplicates.Sketches(places[chosen], lengths, np.concatenate([sketches[each] for each in chosen]))

    whole = duplicates.candidates([block(list(range(24)))], 24)
    assert len(whole) > 24
    assert np.array_equal(
        duplicates.candidates([block([23, 4, 7]), block([*range(22, 7, -1), 0, 1, 2, 3, 5, 6])], 24), whole
    )
    assert len(duplicates.candidates([], 0)) == 0
