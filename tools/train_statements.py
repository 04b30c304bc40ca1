"""Trains the two statement models from attributions marked in news articles.

    python tools/train_statements.py --data DIR [--out DIR] [--seed N]

``DIR`` holds ``polnear_train.jsonl`` and, to report on, ``polnear_dev.jsonl``: one article a line,
``{"id", "text", "attributions": [{"source": [[start, end]], "cue": ..., "content": ...}]}`` with code
point offsets. Needs torch (2.13.0 was used) beside the project; about ten minutes on one core. The
parsed articles are kept in ``--cache``, so that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline.coding.statement_features import (
    CUE_FIELDS,
    LABELS,
    MAX_DEPTH,
    PIECE_FIELDS,
    WIDTH,
    Piece,
    Sight,
    candidates,
    cue_features,
    cue_tokens,
    opened,
    piece_features,
    piece_tokens,
    pieces_of,
)
from dateline.coding.statement_quotes import quotations
from dateline.intake.text import verbatim
from dateline.models.classifier import VERSION
from dateline.reading import Reading
from dateline.reading.analysis import Analysis
from dateline.records import Span

SIZES = {"lemma": 24, "word": 16, "tag": 6, "dep": 6, "misc": 10, "pair": 12}
"""Width of the embeddings of each space."""
PROJECTED = 32
"""Numbers a token's vector is projected to."""
LEAST = {"lemma": 3, "word": 4, "tag": 1, "dep": 1, "misc": 3, "pair": 3}
"""How often a value has to occur to get an embedding of its own."""
NONE, CONTENT, SOURCE, CUE, SPLIT = range(len(LABELS))
PLAIN, OUTER, INSIDE = range(3)

Row = dict[str, Any]


@dataclass
class Samples:
    """Feature rows, their classes and groups (rows of one group are neighbours and see each other)."""

    rows: list[list[str]] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    tokens: list[tuple[int, ...]] = field(default_factory=list)
    """Tokens whose vectors belong to each row, numbered through the corpus; -1 for none."""


def tokens_of(analysis: Analysis, spans: Sequence[Sequence[int]] | None) -> list[int]:
    """Tokens that share a code point with any of the spans."""
    return [token for start, end in spans or () if end > start for token in analysis.tokens_in(Span(start, end))]


def head_of(analysis: Analysis, tokens: Sequence[int]) -> int:
    """The head of a marked cue: its topmost verb, else noun or adjective, else word."""
    inside = set(tokens)
    tops = [token for token in tokens if analysis.head[token] == token or analysis.head[token] not in inside]
    tops = [top for top in tops if analysis.pos[top] not in ("PUNCT", "AUX", "PART", "DET", "ADV")] or tops
    for wanted in (("VERB",), ("NOUN", "ADJ")):
        found = [top for top in tops if analysis.pos[top] in wanted]
        if found:
            return found[0]
    return tops[0]


def cue_words(corpus: Sequence[tuple[Row, Analysis]], least: int = 2, rate: float = 0.02) -> frozenset[str]:
    """Lemmas other than verbs that head a cue often enough to be worth a look."""
    heads: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, analysis in corpus:
        total.update(
            lemma.lower()
            for lemma, pos in zip(analysis.lemmas, analysis.pos, strict=True)
            if pos not in ("VERB", "AUX")
        )
        for mark in row["attributions"]:
            tokens = tokens_of(analysis, mark["cue"])
            if tokens and analysis.pos[head := head_of(analysis, tokens)] not in ("VERB", "AUX"):
                heads[analysis.lemmas[head].lower()] += 1
    return frozenset(
        word
        for word, count in heads.items()
        if count >= least and count / total[word] >= rate and any(letter.isalpha() for letter in word)
    )


def label_of(marks: dict[int, int], piece: Piece, analysis: Analysis) -> int:
    """What a piece is, after the words in it; split where they disagree and the piece can be split."""
    votes = Counter(
        marks.get(token, NONE) for token in range(piece.start, piece.end) if analysis.pos[token] != "PUNCT"
    ) or Counter(marks.get(token, NONE) for token in range(piece.start, piece.end))
    if len(votes) == 1:
        return next(iter(votes))
    whole = piece.dep == "self" or piece.dep.startswith("quote") or piece.end - piece.start < 2
    return votes.most_common(1)[0][0] if whole or piece.depth >= MAX_DEPTH else SPLIT


def samples(corpus: Sequence[tuple[Row, Analysis]], words: frozenset[str]) -> tuple[Samples, Samples]:
    """Samples for the cue model and for the piece model.

    Within the content of an attribution the corpus marks no others, so candidates there teach
    only that they are inside.
    """
    cues, pieces = Samples(), Samples()
    base = 0

    def numbered(tokens: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(base + token if token >= 0 else -1 for token in tokens)

    for number, (row, analysis) in enumerate(corpus):
        if not len(analysis):
            continue
        sight = Sight(analysis, quotations(analysis))
        gold: dict[int, Row] = {}
        inside = set[int]()
        for mark in row["attributions"]:
            tokens = tokens_of(analysis, mark["cue"])
            if tokens:
                gold.setdefault(head_of(analysis, tokens), mark)
            inside.update(tokens_of(analysis, mark["content"]))
        for token in candidates(analysis, words):
            cues.rows.append(cue_features(sight, token))
            cues.tokens.append(numbered(cue_tokens(sight, token)))
            cues.classes.append(OUTER if token in gold else INSIDE if token in inside else PLAIN)
            cues.groups.append(number * 10_000 + analysis.sentence_of[token])
        for cue, mark in gold.items():
            marks = {
                token: label
                for label, role in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue"))
                for token in tokens_of(analysis, mark[role])
            }
            waiting = [pieces_of(sight, cue)]
            while waiting:
                run = waiting.pop()
                group = pieces.groups[-1] + 1 if pieces.groups else 0
                pieces.tokens.extend(numbered(tokens) for tokens in piece_tokens(cue, run, len(analysis)))
                for piece, features in zip(run, piece_features(sight, cue, run), strict=True):
                    label = label_of(marks, piece, analysis)
                    pieces.rows.append(features)
                    pieces.classes.append(label)
                    pieces.groups.append(group)
                    if label == SPLIT:
                        waiting.append(opened(sight, piece))
        base += len(analysis)
    return cues, pieces


class Net(torch.nn.Module):
    """The trainable twin of :class:`dateline.models.classifier.Classifier`."""

    def __init__(
        self, spaces: Sequence[str], sizes: dict[str, int], near: int, outputs: int, width: int, upper: int
    ) -> None:
        super().__init__()
        self.spaces = list(spaces)
        self.tables = torch.nn.ModuleDict(
            {space: torch.nn.Embedding(sizes[space] + 1, SIZES[space]) for space in sorted(sizes)}
        )
        for table in self.tables.values():
            torch.nn.init.normal_(table.weight, std=0.1)
        self.projection = torch.nn.Linear(WIDTH, PROJECTED, bias=False)
        self.first = torch.nn.Linear(sum(SIZES[space] for space in spaces) + near * PROJECTED, width)
        self.second = torch.nn.Linear(4 * width, upper)
        self.third = torch.nn.Linear(upper, outputs)
        self.drop = torch.nn.Dropout(0.35)
        self.drop_input = torch.nn.Dropout(0.2)

    def forward(self, numbers: torch.Tensor, groups: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
        """Scores of the rows; ``groups`` numbers the groups from 0 in row order."""
        if self.training:  # unseen values at run time have number 0: let the net meet it
            numbers = numbers * (torch.rand(numbers.shape) > 0.1)
            vectors = vectors * (torch.rand(vectors.shape[:2]) > 0.1).unsqueeze(2)
        seen = torch.cat(
            [self.tables[space](numbers[:, n]) for n, space in enumerate(self.spaces)]
            + [self.projection(vectors).flatten(1)],
            1,
        )
        hidden = self.drop(torch.relu(self.first(self.drop_input(seen))))
        same = (groups[1:] == groups[:-1]).unsqueeze(1)
        edge = torch.zeros(1, hidden.shape[1])
        before = torch.cat([edge, hidden[:-1] * same])
        after = torch.cat([hidden[1:] * same, edge])
        highest = torch.zeros(int(groups.max()) + 1, hidden.shape[1]).scatter_reduce(
            0, groups.unsqueeze(1).expand_as(hidden), hidden, "amax"
        )
        around = torch.cat([hidden, before, after, highest[groups]], 1)
        return self.third(self.drop(torch.relu(self.second(around))))


def renumbered(groups: Any) -> Any:
    """Group numbers from 0, without gaps, in row order."""
    groups = np.asarray(groups)
    return np.concatenate([[0], np.cumsum(groups[1:] != groups[:-1])])


def batches(groups: Any, size: int, rng: Any) -> Iterator[Any]:
    """Row numbers of about ``size`` rows, whole groups, shuffled."""
    starts = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    ends = np.append(starts[1:], len(groups))
    batch: list[Any] = []
    count = 0
    for group in rng.permutation(len(starts)):
        batch.append(np.arange(starts[group], ends[group]))
        count += len(batch[-1])
        if count >= size:
            yield np.concatenate(batch)
            batch, count = [], 0
    if batch:
        yield np.concatenate(batch)


def train(
    data: Samples,
    vectors: Any,
    fields: Sequence[tuple[str, str]],
    *,
    outputs: int,
    width: int,
    upper: int,
    epochs: int,
    seed: int,
) -> dict[str, Any]:
    """Arrays of a weight file."""
    counts: dict[str, Counter[str]] = {space: Counter() for _, space in fields}
    for row in data.rows:
        for value, (_, space) in zip(row, fields, strict=True):
            counts[space][value] += 1
    known = {
        space: [value for value, n in sorted(c.items(), key=lambda pair: (-pair[1], pair[0])) if n >= LEAST[space]]
        for space, c in counts.items()
    }
    numbers = {space: {value: n + 1 for n, value in enumerate(values)} for space, values in known.items()}
    inputs = np.array(
        [[numbers[space].get(value, 0) for value, (_, space) in zip(row, fields, strict=True)] for row in data.rows]
    )
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    near = np.array(data.tokens)
    net = Net(
        [space for _, space in fields], {s: len(v) for s, v in known.items()}, near.shape[1], outputs, width, upper
    )
    groups = renumbered(data.groups)
    classes = torch.tensor(data.classes)
    steps = epochs * (sum(1 for _ in batches(groups, 256, np.random.default_rng(0))) + 20)
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps, pct_start=0.15)
    for epoch in range(epochs):
        net.train()
        began, loss_sum = time.monotonic(), 0.0
        for rows in batches(groups, 256, rng):
            scores = net(
                torch.tensor(inputs[rows]),
                torch.tensor(renumbered(groups[rows])),
                torch.tensor(np.where((near[rows] >= 0)[..., None], vectors[near[rows]], 0.0).astype(np.float32)),
            )
            loss = torch.nn.functional.cross_entropy(scores, classes[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            loss_sum += loss.item() * len(rows)
        print(f"  epoch {epoch + 1}: loss {loss_sum / len(inputs):.4f}, {time.monotonic() - began:.0f} s", flush=True)
    arrays: dict[str, Any] = {
        "version": np.array([VERSION]),
        "fields": text([space for _, space in fields]),
        "P": net.projection.weight.detach().numpy().T.astype(np.float16),
    }
    for space, values in known.items():
        arrays[f"V.{space}"] = text(values)
        arrays[f"E.{space}"] = net.tables[space].weight.detach().numpy().astype(np.float16)
    for number, layer in enumerate((net.first, net.second, net.third), start=1):
        arrays[f"W{number}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"b{number}"] = layer.bias.detach().numpy().astype(np.float16)
    return arrays


def text(values: Sequence[str]) -> Any:
    """Values as bytes, one a line."""
    return np.frombuffer("\n".join(values).encode("utf-8", "replace"), dtype=np.uint8)


def parsed(path: Path, cache: Path) -> list[tuple[Row, Analysis]]:
    """Articles of a corpus file with their analyses, kept in ``cache`` batch by batch."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    reading: Reading | None = None
    found: list[tuple[Row, Analysis]] = []
    for at in range(0, len(rows), 40):
        some = rows[at : at + 40]
        kept = cache / f"{path.stem}-{at}.pickle"
        if kept.exists():
            analyses = pickle.loads(kept.read_bytes())  # noqa: S301 - written by this script alone
        else:
            reading = reading or Reading()
            analyses = reading.analyse([verbatim(row["text"]) for row in some])
            part = kept.with_suffix(".part")
            part.write_bytes(pickle.dumps(analyses))
            part.rename(kept)
        found.extend(zip(some, analyses, strict=True))
    return found


def main() -> None:
    """Parse, sample, train, write."""
    package = Path(__file__).parent.parent / "src" / "dateline" / "models" / "weights" / "statements"
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="folder of polnear_train.jsonl")
    asked.add_argument("--out", type=Path, default=package, help="folder of the weights")
    asked.add_argument("--cache", type=Path, default=Path("build/statements"), help="folder of parsed articles")
    asked.add_argument("--seed", type=int, default=2)
    given = asked.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    given.out.mkdir(parents=True, exist_ok=True)
    corpus = parsed(given.data / "polnear_train.jsonl", given.cache)
    vectors = np.concatenate([analysis.vectors for _, analysis in corpus if analysis.vectors is not None])
    words = cue_words(corpus)
    cues, pieces = samples(corpus, words)
    print(f"{len(corpus)} articles, {len(cues.rows)} cue candidates, {len(pieces.rows)} pieces, {len(words)} cue words")
    print("cues")
    arrays = train(cues, vectors, CUE_FIELDS, outputs=3, width=64, upper=48, epochs=4, seed=given.seed)
    arrays["words"] = text(sorted(words))
    np.savez_compressed(given.out / "cue.npz", **arrays)
    print("pieces")
    arrays = train(pieces, vectors, PIECE_FIELDS, outputs=len(LABELS), width=80, upper=64, epochs=5, seed=given.seed)
    np.savez_compressed(given.out / "piece.npz", **arrays)


if __name__ == "__main__":
    main()
