"""Whether parties are actors: the measure, on text of our own."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.quality.judged_parties import PARTIES, found

TEXT = "Police in Oslo arrested Dana Brandt, 34, on Monday. The spoon was bent. She denied the charge."


def test_a_party_is_the_actor_around_the_head_of_its_words(tmp_path: Path):
    (tmp_path / "times").mkdir()
    row = {"id": "7", "text": TEXT, "dct": "2025-03-07"}
    (tmp_path / "times" / "meantime_dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    rows = [
        {"file": "meantime_dev.jsonl", "id": "7", "party": [TEXT.index(words), TEXT.index(words) + len(words)]}
        for words in ("Police", "Dana Brandt", "The spoon", "She")
    ]
    met = [(who.name, who.sector, who.country) if who else None for _, who in found(tmp_path, rows)]
    assert met[0] == ("Police", "COP", "NOR")
    assert met[1] is not None
    assert met[1][:2] == ("Dana Brandt", "CVL")
    assert met[2] is None
    assert met[3] == met[1]


def test_the_list_holds_offsets_and_no_text():
    for line in PARTIES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"file", "id", "party", "sure", "pronoun"}
        start, end = row["party"]
        assert 0 <= start < end
