"""What each part of the statement coder is worth.

    python -m benchmarks.quality.ablation_statements --data DIR [--out benchmarks/RESULTS_statements.md]

``DIR`` holds ``polnear_dev.jsonl`` and ``score_statements.py``. The articles are parsed once; each variant then reads
them with one part left out or replaced by a rule. The corpus marks outermost statements with a cue alone: what
nested statements and quotations without a cue are worth cannot be seen in its scores, so all statements are counted
beside them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.statements import attribution, outermost
from benchmarks.quality.task import Row, drafts
from dateline.coding.coder import Draft
from dateline.coding.statement_features import CUE_FIELDS, LABELS, PIECE_FIELDS
from dateline.coding.statement_finder import PARTS, Choices, Finder
from dateline.coding.statements import StatementCoder
from dateline.models.classifier import Floats
from tools.calibration import scorer

_CUE = {name: number for number, (name, _) in enumerate(CUE_FIELDS)}
_PIECE = {name: number for number, (name, _) in enumerate(PIECE_FIELDS)}
_CERTAIN = 0.9


class RuleCues:
    """A cue is a verb of the lexicon with a clause or a quotation at hand, or "according to"."""

    def probabilities(self, rows: Sequence[Sequence[str]], sizes: Sequence[int], vectors: Floats) -> Floats:  # noqa: ARG002 - asked for by Scores
        """Chances of no cue, cue and inside other content."""
        found = np.full((len(rows), 3), (1 - _CERTAIN) / 2, dtype=np.float32)
        for number, row in enumerate(rows):
            found[number, self._class(row)] = _CERTAIN
        return found

    @staticmethod
    def _class(row: Sequence[str]) -> int:
        if row[_CUE["quotes"]] == "inside":
            return 2
        if row[_CUE["lemma"]] == "accord":
            return int(row[_CUE["word +1"]] == "to")
        if row[_CUE["kind"]] == "-":
            return 0
        quoted = row[_CUE["quotes"]] not in ("none", "far")
        return int(row[_CUE["clause dep, mark, side"]].startswith(("ccomp", "xcomp")) or quoted)


class RulePieces:
    """The subject is the source; clauses, quotations and what a parenthesis breaks up are the content."""

    def probabilities(self, rows: Sequence[Sequence[str]], sizes: Sequence[int], vectors: Floats) -> Floats:  # noqa: ARG002 - asked for by Scores
        """Chances of the labels."""
        found = np.full((len(rows), len(LABELS)), (1 - _CERTAIN) / (len(LABELS) - 1), dtype=np.float32)
        for number, row in enumerate(rows):
            found[number, LABELS.index(self._label(row))] = _CERTAIN
        return found

    @staticmethod
    def _label(row: Sequence[str]) -> str:
        dep, near = row[_PIECE["dep"]], row[_PIECE["level, side"]].startswith("0")
        according = row[_PIECE["cue lemma"]] == "accord"
        if near:
            if dep in ("nsubj", "agent") or (according and dep == "prep"):
                return "source"
            if dep in ("ccomp", "xcomp") or dep.startswith("quote") or row[_PIECE["quotes"]] == "whole":
                return "content"
            return "none"
        return "content" if according or "parataxis" in row[_PIECE["path"]] else "none"


def variants() -> dict[str, Callable[[], Finder]]:
    """Name to a maker of the finder."""
    found: dict[str, Callable[[], Finder]] = {
        "whole": Finder,
        "rules alone": lambda: Finder(cues=RuleCues(), pieces=RulePieces()),
        "cue model, pieces by rule": lambda: Finder(pieces=RulePieces()),
        "cues by rule, piece model": lambda: Finder(cues=RuleCues()),
        "bare deeds as certain as others": lambda: Finder(Choices(bare=Choices().confidence)),
        "no least confidence": lambda: Finder(Choices(bare=0.0, confidence=0.0)),
    }
    for part in PARTS:
        found[f"without {part}"] = lambda part=part: Finder(Choices(without=frozenset((part,))))
    found["models alone"] = lambda: Finder(Choices(without=frozenset(PARTS)))
    return found


def main() -> None:
    """Print or write the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="folder of polnear_dev.jsonl and its scorer")
    asked.add_argument("--out", type=Path, help="file to write the table to")
    given = asked.parse_args()
    score = scorer(given.data / "score_statements.py")
    lines = (given.data / "polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines]
    inputs = [{key: row[key] for key in ("id", "text", "date", "publisher") if key in row} for row in rows]
    parsed: list[Draft] = list(drafts(inputs, []))
    table = [
        "| variant | ATTR F1 | P | R | speech ATTR | content tokens | exact content | statements | CPU ms an article |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, make in variants().items():
        coder = StatementCoder(make())
        begun = time.process_time()
        found = coder.code(parsed)
        spent = 1000 * (time.process_time() - begun) / len(rows)
        totals: Counter[object] = Counter()
        for row, statements in zip(rows, found, strict=True):
            pairs = [attribution(each, row["text"]) for each in outermost(statements)]
            totals.update(score.score_article(row["text"], row["attributions"], pairs)[0])
        report = score.report(totals)
        figures = (
            report["attribution"]["F1"],
            report["attribution"]["P"],
            report["attribution"]["R"],
            report["speech_subset"]["attribution"]["F1"],
            report["token"]["content"]["F1"],
            report["fragment_exact"]["content"]["F1"],
        )
        shown = " | ".join(f"{100 * figure:.1f}" for figure in figures)
        table.append(f"| {name} | {shown} | {sum(map(len, found))} | {spent:.1f} |")
        print(table[-1], flush=True)
    if given.out:
        head = (
            "# Statements: what each part is worth\n\n"
            "PolNeAR, development part (84 articles, 2,192 attributions); F1, precision and recall in percent.\n"
            "`python -m benchmarks.quality.ablation_statements --data DIR --out benchmarks/RESULTS_statements.md`\n\n"
        )
        given.out.write_text(head + "\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
