"""The sample news is read whole, and as its writers meant it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from dateline.intake import sources
from dateline.records import Article

SAMPLES = Path(__file__).parents[2] / "samples"

# file, title, dateline, published (to the day)
EXPECTED = [
    ("continental-nairobi-live.html", "Kenya protests live: Ruto refuses to sign finance bill after deaths", None, "2024-06-26"),
    ("continental-south-africa-election.html", "ANC loses its majority in South Africa for the first time since 1994", "JOHANNESBURG", "2024-06-02"),
    ("courier-tamana-flood-day1.html", "At least 12 dead as river bursts its banks in Tamana valley", "LOWER BRENN, Velmora", "2025-11-03"),
    ("courier.rss", "Teachers in Port Alden suspend strike after pay offer", "PORT ALDEN", "2025-11-20"),
    ("courier.rss", "Velmora recalls ambassador from Karsk over hacked ministry", None, "2025-11-19"),
    ("crawl.warc.gz", "U.S. dockworkers suspend strike until January after wage deal", "NEW YORK", "2024-10-04"),
    ("crawl.warc.gz", "Solt declares emergency in flooded valley, promises €10,000 a household", "UPPER BRENN, Velmora", "2025-11-05"),
    ("gazette-mayor-trial.html", "Former mayor tells court envelope held “a gift for the choir”", "PORT ALDEN", "2025-03-14"),
    ("gazette-port-strike.html", "Dockers strike at ports from Maine to Texas", "NEW YORK", "2024-10-01"),
    ("harbourwire-eu-sanctions.html", "EU adopts 14th package of sanctions on Russia, curbs LNG re-exports", "LUXEMBOURG", "2024-06-24"),
    ("harbourwire-nato-exercise.html", "NATO to hold its largest exercise in decades with 90,000 troops", "BRUSSELS", "2024-01-18"),
    ("harbourwire-tamana-flood-day2.html", "Velmora flood toll rises to 19, Red Cross counts 23", "PORT ALDEN", "2025-11-04"),
    ("ledger.jsonl", "Velmora flood toll rises to 19, Red Cross counts 23", "PORT ALDEN", "2025-11-04"),
    ("ledger.jsonl", "Karsk denies stealing health records, expels two Velmoran diplomats", "KARSK CITY", "2025-11-20"),
    ("ledger.jsonl", "Court in Port Alden clears former mayor of two of three charges", "PORT ALDEN", "2025-04-11"),
    ("meridian-canal-analysis.html", "Why a wet season is not enough for the Panama Canal", None, "2024-09-03"),
    ("meridian-seoul-summit.html", "South Korea, China and Japan agree to revive three-way talks", "SEOUL", "2024-05-27"),
    ("meridian.atom", "Velmora lowers flood toll to 17 after bodies were counted twice", "PORT ALDEN", "2025-11-06"),
    ("monitor-two-reports.html", "Aid trucks enter Darfur as Sudan reopens Adre crossing", "GENEVA", "2024-08-21"),
    ("monitor-two-reports.html", "Fruit growers block highway over price of water in Calder County", "MERCER FALLS", "2024-08-21"),
    ("saved-page.txt", "Armenia to hand four border villages back to Azerbaijan", "YEREVAN", "2024-04-19"),
    ("saved-page.txt", "Security Council backs plan for Gaza ceasefire", "UNITED NATIONS", "2024-06-11"),
]  # fmt: skip
FURNITURE = (
    "Sign up", "Related stories", "Most read", "Advertisement", "Most Read", "High water", "Terms of use", "Copy link",
    "Reprinting", "Latest headlines", "Download our app", "Read more", "Short Url", "appeared first on", "14 comments",
)  # fmt: skip


@pytest.fixture(scope="module")
def taken():
    found = []
    for item in sources.items([str(SAMPLES / "news")]):
        found += [
            (Path(item.where.partition("#")[0].rpartition(":")[0] or item.where.partition("#")[0]).name, each)
            for each in item.articles()
        ]
    return found


def test_nothing_is_rejected(taken):
    assert [each for _, each in taken if not isinstance(each, Article)] == []


def test_titles_datelines_and_days(taken):
    found = [(name, a.title, a.dateline, (a.published or a.updated or "")[:10]) for name, a in taken]
    assert found == EXPECTED


def test_no_furniture_stays(taken):
    for name, article in taken:
        for words in FURNITURE:
            assert words not in article.text, (name, words)


def test_the_archive_is_built_from_its_pages_byte_for_byte():
    built = runpy.run_path(str(SAMPLES / "build.py"))["build"]()
    assert built == (SAMPLES / "news" / "crawl.warc.gz").read_bytes()
