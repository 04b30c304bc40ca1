"""What many tests share: the parser and the pipeline are loaded once a session."""

from __future__ import annotations

import os

import pytest

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from dateline.pipeline.assembly import Reader, load
from dateline.reading import Reading

NEWS = """Kenya and Ethiopia agree to reopen border crossing

NAIROBI, Nov 3 (Savanna Wire) - Kenya and Ethiopia agreed on Monday to reopen the Moyale border crossing, \
Kenyan Foreign Minister Grace Otieno said after talks with her Ethiopian counterpart.

“We have agreed to keep the border open,” she told reporters in Nairobi. “Trade will resume next week.”

At least 12 people were killed and about 40 others wounded in clashes near Moyale in October, according to the \
Kenya Red Cross. Ethiopia denied that its troops had attacked the town.

Officials said traders had lost $2.5 million a day. Two diplomats said the United Nations would send observers.
"""
"""A report of our own that has something for every coder; published on Monday 3 November 2025."""


@pytest.fixture(scope="session")
def reading() -> Reading:
    return Reading()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load()
