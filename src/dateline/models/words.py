"""Words as vectors: what a word means apart from its context, in NumPy alone.

A vocabulary of English words in their plain form, with one short vector each. The
vectors come from an encoder of sentences that read each word by itself, reduced
to their main directions (``tools/train_incidents.py``); they are kept as one
``.npz`` file of 8-bit numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float32]

VERSION = 1
"""Layout of the weight files."""

_IRREGULAR = {
    form: lemma
    for lemma, _, forms in (
        entry.partition(":")
        for entry in """
        be:was,were,is,are,am,been,being have:had,has do:did,done go:went,gone say:said make:made
        take:took,taken come:came see:saw,seen get:got,gotten give:gave,given tell:told feel:felt
        become:became leave:left,leaves keep:kept hold:held bring:brought begin:began,begun
        write:wrote,written stand:stood hear:heard mean:meant meet:met run:ran pay:paid sit:sat
        speak:spoke,spoken lead:led grow:grew,grown lose:lost fall:fell,fallen send:sent build:built
        understand:understood draw:drew,drawn break:broke,broken spend:spent rise:rose,risen
        drive:drove,driven buy:bought wear:wore,worn choose:chose,chosen fight:fought throw:thrown,threw
        catch:caught deal:dealt win:won forget:forgot,forgotten lay:laid sell:sold shoot:shot
        strike:struck,stricken flee:fled bleed:bled breed:bred seek:sought teach:taught think:thought
        sleep:slept sweep:swept steal:stole,stolen fly:flew,flown hang:hung dig:dug swear:swore,sworn
        tear:tore,torn shake:shook,shaken sink:sank,sunk swim:swam sing:sang,sung ring:rang,rung
        freeze:froze,frozen hide:hid,hidden bite:bit,bitten beat:beaten blow:blew,blown burn:burnt
        creep:crept forbid:forbade,forbidden forgive:forgave feed:fed ground:ground know:knew,known
        leap:leapt lend:lent light:lit overthrow:overthrew,overthrown overtake:overtook
        overcome:overcame withdraw:withdrew,withdrawn withhold:withheld withstand:withstood
        undertake:undertook,undertaken undergo:underwent,undergone uphold:upheld rebuild:rebuilt
        redraw:redrew resell:resold retake:retook,retaken slay:slain,slew slide:slid spin:spun
        spring:sprang,sprung stick:stuck sting:stung strive:strove wake:woke,woken weep:wept wound:wound
        bear:bore,borne bind:bound foresee:foresaw,foreseen mistake:mistook,mistaken eat:ate,eaten
        drink:drank,drunk ride:rode,ridden find:found die:died,dying,dead,death,deaths lie:lying
        tie:tying man:men woman:women child:children person:people foot:feet tooth:teeth wife:wives
        life:lives knife:knives thief:thieves crisis:crises fear:feared
        """.split()
    )
    for form in forms.split(",")
}
"""Forms that no rule gives, and a few nouns whose verb everybody hears in them."""


class Words:
    """A vocabulary with vectors.

    Args:
        vocabulary: Words in small letters, each once.
        vectors: One row a word; of any length, as whole numbers of 8 bits.
    """

    def __init__(self, vocabulary: Sequence[str], vectors: NDArray[np.int8]) -> None:
        self._index = {word: at for at, word in enumerate(vocabulary)}
        # The last row, of zeros, stands for all words that are not known.
        self._vectors = np.concatenate((vectors, np.zeros_like(vectors[:1])))
        lengths = np.sqrt(np.square(self._vectors, dtype=np.float32).sum(axis=1, keepdims=True))
        self._lengths: Floats = np.maximum(lengths, 1.0)
        self._lemmas: dict[str, str] = {}

    @classmethod
    def load(cls, name: str) -> Words:
        """Words ``<name>.npz`` of the package's weights: ``incidents/words``.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return stored.load(name, cls.read)

    @classmethod
    def read(cls, weights: bytes) -> Words:
        """Words from the bytes of a file.

        Raises:
            ValueError: The bytes are no file of this layout.
        """
        arrays = stored.arrays(weights, VERSION)
        return cls(stored.lines(arrays["words"]), arrays["vectors"])

    @property
    def width(self) -> int:
        """Numbers of a vector."""
        return int(self._vectors.shape[1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __contains__(self, word: str) -> bool:
        return word in self._index

    def vector(self, word: str) -> Floats | None:
        """The vector of a word in its plain form, of length 1; none for words that are not known."""
        return self.rows([word])[0] if word in self._index else None

    def rows(self, words: Sequence[str]) -> Floats:
        """The vectors of words in their plain form, a row for each; zeros for those that are not known."""
        look = self._index.get
        at = [look(word, -1) for word in words]
        return np.divide(self._vectors.take(at, axis=0), self._lengths.take(at, axis=0), dtype=np.float32)

    def lemma(self, word: str) -> str:
        """The plain form of a word: small letters, without endings of inflection; what is unknown stays as it is.

        Verbs and nouns are not told apart: "strikes" gives "strike" either way.
        """
        low = word.lower()
        found = self._lemmas.get(low)
        if found is None:
            found = self._plain(low)
            if len(self._lemmas) < 200_000:
                self._lemmas[low] = found
        return found

    def _plain(self, low: str) -> str:
        low = low.removesuffix("'s").removesuffix("’s")
        if low in _IRREGULAR:
            return _IRREGULAR[low]
        for ending, others in _ENDINGS:
            base = low[: -len(ending)]
            if not low.endswith(ending) or len(base) < 2 or (ending == "s" and base[-1] in "sui"):
                continue
            doubled = ending in ("ed", "ing") and base[-1] == base[-2]
            if doubled and base not in self._index and base[:-1] in self._index:
                return base[:-1]
            # "hoped" has lost an e, "bombed" has not
            turned = ending in ("ed", "ing") and not _SHORT.search(base)
            for other in reversed(others) if turned else others:
                if base + other in self._index:
                    return self._plain(base + other) if other == "" and ending == "s" else base + other
            if ending == "s" and len(base) > 2 and low not in self._index:
                return base
        return low


_ENDINGS = (
    ("ies", ("y", "ie")),
    ("ches", ("ch", "che")),
    ("shes", ("sh",)),
    ("sses", ("ss",)),
    ("ses", ("se", "s")),
    ("xes", ("x",)),
    ("zes", ("ze", "z")),
    ("ied", ("y",)),
    ("ed", ("e", "")),
    ("ing", ("e", "")),
    ("s", ("",)),
)
"""Endings, longest first, and what may stand in their place."""
_SHORT = re.compile(r"(?:^|[^aeiou])[aeiouy][^aeiouwxy]$")


def dump(vocabulary: Sequence[str], vectors: NDArray[Any]) -> bytes:
    """The bytes of a file; the same words give the same bytes."""
    into = BytesIO()
    scale = np.abs(vectors).max(axis=1, keepdims=True)
    write: Any = np.savez_compressed
    write(
        into,
        version=np.array([VERSION]),
        words=stored.packed(vocabulary),
        vectors=np.round(127 * vectors / np.where(scale > 0, scale, 1)).astype(np.int8),
    )
    return into.getvalue()
