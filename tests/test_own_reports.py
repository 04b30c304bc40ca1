"""Our own reports with their events: the format, its errors, and that every file of them is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.own_reports import HELD, REPORTS, load, measured

REPORT = """\
# 2023-05-14
Kenya expels two Sudanese envoys
- expels | SANCTION | Kenya | two Sudanese envoys

NAIROBI - Kenya ordered two envoys to leave, accusing Khartoum of arming rebels.
- ordered | SANCTION,REQUEST | Kenya | two envoys
- accusing | ACCUSE | Kenya ; @Sudanese envoys | Khartoum | 0
The road to the border is two hundred miles long.

# 2023-05-15
Nothing happened.
"""


def saved(folder: Path, text: str) -> Path:
    path = folder / "some.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_has_its_text_and_where_its_events_stand(tmp_path: Path) -> None:
    first, second = load(saved(tmp_path, REPORT))
    assert (first.name, first.date, second.name) == ("some.0", "2023-05-14", "some.1")
    headline, body = first.text.split("\n\n")
    assert headline == "Kenya expels two Sudanese envoys"
    assert body.endswith("arming rebels. The road to the border is two hundred miles long.")
    whole, expels, ordered, accusing = first.rows
    assert whole == {"read": True, "start": 0, "end": len(first.text)}
    assert first.text[slice(*expels["trigger"])] == "expels"
    assert expels["sure"]
    assert "alt" not in expels
    assert (ordered["relation"], ordered["alt"]) == ("SANCTION", ["REQUEST"])
    assert first.text[slice(*ordered["targets"][0])] == "two envoys"
    kenya, sudanese = accusing["sources"]
    assert kenya[0] == first.text.index("Kenya", 10)  # of its own sentence, not the headline's
    assert sudanese[0] == first.text.index("Sudanese")
    assert not accusing["sure"]
    assert second.rows == [{"read": True, "start": 0, "end": len("Nothing happened.")}]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("- expels | SANCTION | Kenya", "some.txt:3: an event has trigger"),
        ("- expels | SANCTION | Kenya | - | maybe", "some.txt:3: an event has trigger"),
        ("- expels | EXPEL | Kenya | -", "some.txt:3: no type of PLOVER: EXPEL"),
        ("- expelled | SANCTION | Kenya | -", "some.txt:3: 'expelled' does not stand in the sentence"),
        ("- expels | SANCTION | Khartoum | -", "some.txt:3: 'Khartoum' does not stand in the sentence"),
        ("- expels | SANCTION | @Uganda | -", "some.txt:3: '@Uganda' does not stand in the report"),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, line: str, wrong: str) -> None:
    text = REPORT.replace("- expels | SANCTION | Kenya | two Sudanese envoys", line)
    with pytest.raises(ValueError, match=wrong):
        load(saved(tmp_path, text))


def test_text_before_the_first_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"some\.txt:1: before the first report"):
        load(saved(tmp_path, "Kenya expels envoys\n" + REPORT))


def test_every_file_of_reports_is_whole() -> None:
    paths = sorted(REPORTS.glob("*.txt"))
    assert HELD in paths
    reports = [one for path in paths for one in load(path)]
    assert len({one.text for one in reports}) == len(reports)
    assert sum("trigger" in row for one in reports for row in one.rows) > 5000


def test_what_is_found_is_counted(tmp_path: Path) -> None:
    text = "# 2024-02-03\nPeru accused Chile of spying on its embassy.\n- accused | ACCUSE | Peru | Chile\n"
    reading = measured(load(saved(tmp_path, text)))
    assert (reading.recall().right, reading.recall().judged) == (1, 1)


def test_reports_no_model_has_seen_are_read_as_well_as_measured() -> None:
    reading = measured(load(HELD))
    # a little under what RESULTS.md has: retraining moves each by a point or two
    least = {"precision": 0.63, "precision by type": 0.85, "recall": 0.20, "recall by type": 0.27}
    found = {
        "precision": reading.precision(),
        "precision by type": reading.precision(parties=False),
        "recall": reading.recall(),
        "recall by type": reading.recall(parties=False),
    }
    assert {name: str(found[name]) for name in least if found[name].right < least[name] * found[name].judged} == {}
