"""``dateline codebook``: a researcher's own event types, checked before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

codebook = App(
    name="codebook",
    help="Check an event codebook of your own: errors by line, and whether its examples are coded.",
    help_format="markdown",
    help_epilogue="",
)

PARTIES = {"{source}": "Kenya", "{target}": "Ethiopia"}
"""Who stands for the parties of an example."""


@codebook.command
def check(
    file: Path, /, *, actors: Path | None = None, examples: Annotated[bool, Parameter(negative="--no-examples")] = True
) -> int:
    """Check a codebook: what is wrong in it, by line, and whether its example sentences are coded as their type.

    Args:
        file: The codebook, a TOML file.
        actors: A table of persons and bodies of your own (TSV) that the examples name.
        examples: Code the example sentences, which loads the pipeline.
    """
    from dateline.cli import console
    from dateline.config import load as load_config
    from dateline.config import with_tables
    from dateline.intake.text import verbatim
    from dateline.knowledge.codebook import check as faults_of
    from dateline.knowledge.codebook import load
    from dateline.pipeline.assembly import load as load_pipeline

    out = console.stdout()
    faults, sentences = faults_of(file)
    for fault in faults:
        out.print(f"{file}:{fault.line}: {fault.says}", markup=False, soft_wrap=True)
    if faults:
        out.print(f"{len(faults)} to mend", markup=False)
        return 1
    missed = 0
    if examples and sentences:
        reader = load_pipeline(with_tables(load_config(), codebook=file, actors=actors))
        texts = [_filled(sentence) for _, _, sentence in sentences]
        records = reader.code([verbatim(text) for text in texts])
        for (line, kind, _), text, record in zip(sentences, texts, records, strict=True):
            found = sorted({event.relation for event in record.events})
            if kind not in found:
                missed += 1
                what = " and ".join(found) if found else "nothing"
                out.print(f"{file}:{line}: {kind} expected, {what} found: {text}", markup=False, soft_wrap=True)
    book = load(file)
    own = f", {len(book.own)} of its own" if book.extends else ""
    out.print(f"{book.id}: {len(book.types)} types{own}, {_of(sentences, missed)}", markup=False)
    return 1 if missed else 0


def _filled(sentence: str) -> str:
    for mark, name in PARTIES.items():
        sentence = sentence.replace(mark, name)
    return sentence if sentence.endswith((".", "!", "?", "”", '"')) else sentence + "."


def _of(sentences: list[tuple[int, str, str]], missed: int) -> str:
    if not sentences:
        return "no examples"
    return f"{len(sentences) - missed} of {len(sentences)} examples coded as their type"
