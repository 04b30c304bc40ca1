import numpy as np
import pytest

from dateline.errors import ConfigError
from dateline.models.encoder import MAX_PIECES, PairEncoder, WordPieces, dump

PIECES = [
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "minister",
    "mini",
    "##ster",
    "##s",
    "arm",
    "##ed",
    ",",
    "'",
    "s",
    "a",
    "##r",
]


def words(text: str) -> list[str]:
    return [PIECES[number] for number, _, _ in WordPieces(PIECES).cut(text)]


def test_longest_pieces_first() -> None:
    assert words("The ministers armed") == ["the", "minister", "##s", "arm", "##ed"]


def test_accents_case_and_marks() -> None:
    assert words("THE Minïster's, a") == ["the", "minister", "'", "s", ",", "a"]


def test_a_word_without_pieces_is_unknown_as_a_whole() -> None:
    assert words("the armqs") == ["the", "[UNK]"]
    assert words("a" * 1000) == ["[UNK]"]


def test_places_are_those_of_the_text() -> None:
    text = " The  mínísters,"
    cut = WordPieces(PIECES).cut(text)
    assert [text[start:end] for _, start, end in cut] == ["The", "mínísters"[:8], "s", ","]


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x01", "🙂🙂", "\ud800", "́́", "第一"])
def test_odd_text_is_cut_without_an_error(text: str) -> None:
    assert all(0 <= start < end <= len(text) for _, start, end in WordPieces(PIECES).cut(text))


def small(seed: int = 0) -> bytes:
    rng = np.random.default_rng(seed)
    width = 8

    def some(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    arrays = {"words": some(len(PIECES), width), "positions": some(MAX_PIECES, width), "roles": some(3, width)}
    arrays |= {"norm": np.ones(width), "norm.bias": np.zeros(width), "top": some(3 * width, 2), "top.bias": np.zeros(2)}
    for n in range(2):
        for name, out, into in (("qkv", 24, 8), ("out", 8, 8), ("up", 32, 8), ("down", 8, 32)):
            arrays |= {f"{n}.{name}": some(out, into), f"{n}.{name}.bias": some(out)}
        for name in ("norm1", "norm2"):
            arrays |= {f"{n}.{name}": np.ones(width), f"{n}.{name}.bias": np.zeros(width)}
    return dump(["yes", "no"], PIECES, arrays, heads=2, roles_at=1)


def test_the_spans_and_their_order_count() -> None:
    model = PairEncoder.read(small())
    text = "the minister, a minister"
    one = model.probabilities(text, (0, 12), (14, 24))
    assert sum(one.values()) == pytest.approx(1)
    assert one == model.probabilities(text, (0, 12), (14, 24))
    assert one != model.probabilities(text, (14, 24), (0, 12))
    assert one != model.probabilities(text, None, None)


def test_of_a_long_sentence_what_stands_around_the_spans_is_read() -> None:
    model = PairEncoder.read(small())
    text = "a " * 400 + "the minister, a minister"
    at = text.index("the")
    assert model.probabilities(text, (at, at + 12), None) != model.probabilities(text, None, None)
    assert sum(model.probabilities("", None, None).values()) == pytest.approx(1)


def test_the_same_model_gives_the_same_bytes_and_another_layout_is_refused() -> None:
    assert small() == small()
    with pytest.raises(ConfigError, match="no/such"):
        PairEncoder.load("no/such")


def test_int8_weights_are_near_what_was_trained() -> None:
    """The shipped model on sentences whose relation nobody would doubt."""
    model = PairEncoder.load("relation/encoder")
    text = "Ghana's president accused the mining company of poisoning two rivers."
    source, target = (0, len("Ghana's president")), (text.index("the mining"), text.index(" of poisoning"))
    shares = model.probabilities(text, source, target)
    assert max(shares, key=lambda each: shares[each]) == "ACCUSE"
    text = "Peru and Chile signed a border agreement on Monday."
    shares = model.probabilities(text, (0, 4), (9, 14))
    assert max(shares, key=lambda each: shares[each]) in ("AGREE", "SUPPORT", "COOPERATE")
