"""A store of our own news, some of it hostile, and a client of the application over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from dateline.intake.text import verbatim
from dateline.links import (
    CopyGroup,
    CopyLink,
    Dispute,
    DisputeSide,
    Incident,
    IncidentMember,
    Story,
    StoryMember,
)
from dateline.pipeline.assembly import Reader
from dateline.query.reviews import judge
from dateline.records import Record
from dateline.server.app import create_app
from dateline.server.settings import ServerSettings
from dateline.store import open_store
from dateline.store.schema import Linked
from tests.conftest import NEWS
from tests.store.making import news as plain

HOSTILE = (
    '<script>alert(1)</script> Minister "><img src=x onerror=alert(2)> says\n\n'
    "GENEVA, Nov 4 - Kenya's Foreign Minister Grace </script><script>alert(3)</script> Otieno said on Tuesday: "
    "“We accuse Uganda of \u202egnittolp\u202c against us ' onmouseover='alert(4)' and &lt;b&gt; {{7*7}} ${7*7}.”\n\n"
    "At least 12 <svg/onload=alert(5)> people were killed in Moyale, police said. 😀😀 Uganda denied it."
)
"""A report that would run a script wherever its words were taken for markup."""


@pytest.fixture(scope="session")
def news(reader: Reader) -> list[Record]:
    """Coded reports: one plain, one hostile, and twelve made by hand."""
    articles = [
        verbatim(NEWS, url="https://savannawire.example/moyale", source="Savanna Wire", published="2025-11-03"),
        verbatim(
            HOSTILE,
            url="javascript:alert(6)",
            title="</title><script>alert(7)</script>\"' \u202eevil",
            source="<img src=x onerror=alert(8)>",
            published="2025-11-04",
        ),
    ]
    return [*reader.code(articles), *(plain(number) for number in range(12))]


@pytest.fixture(scope="session")
def shelf(news: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store."""
    path = tmp_path_factory.mktemp("server") / "news.duckdb"
    with open_store(path) as store:
        store.add(news)
    return path


EVIL = '"><script>alert(9)</script><img src=x onerror=alert(10)>\u202e{{7*7}}'
"""What a publisher may call itself, and a reviewer."""


def linked(path: Path, news: list[Record]) -> None:
    """Links over the first reports of a store, hostile words in every field that holds words."""
    ids = tuple(record.article.id for record in news[:5])
    figures = tuple(figure.id for record in news[:2] for figure in record.figures)
    events = [(record.article.id, event) for record in news[:3] for event in record.events]
    story = Story(
        id="y" + "0" * 20,
        title=EVIL,
        articles=ids,
        publishers=(EVIL, "Savanna Wire"),
        independent=4,
        first_day=date(2024, 11, 4),
        last_day=date(2025, 11, 4),
        words=(EVIL, "border"),
    )
    members = [
        StoryMember(id=f"y{at:020d}", story=story.id, article=each, nearest=ids[at - 1], alike=0.5, words=(EVIL,))
        for at, each in enumerate(ids)
    ]
    group = CopyGroup(id="g" + "0" * 20, articles=ids[:3], publishers=(EVIL, "Savanna Wire"))
    copies = [
        CopyLink(id="c" + "0" * 20, first=ids[0], second=ids[1], kind="copy", runs=5, shared=0.9, alike=0.8),
        CopyLink(id="c" + "1" * 20, first=ids[3], second=ids[4], kind="part", runs=5, shared=0.9, alike=0.8),
    ]
    incident = Incident(
        id="i" + "0" * 20,
        story=story.id,
        relation="ASSAULT",
        mode=EVIL,
        trigger=EVIL,
        sources=(EVIL,),
        targets=(EVIL,),
        place=EVIL,
        country="KEN",
        day=date(2025, 11, 4),
        status="happened",
        events=len(events),
        articles=ids[:3],
        publishers=(EVIL,),
        independent=2,
        holders=(EVIL,),
    )
    inside = [
        IncidentMember(
            id=f"i{at:020d}",
            incident=incident.id,
            article=article,
            event=event.id,
            holder=EVIL,
            status=event.status,
            alike=0.7,
            reasons=(EVIL,),
        )
        for at, (article, event) in enumerate(events)
    ]
    disputes: list[Dispute] = []
    sides: list[DisputeSide] = []
    for at, (kind, what) in enumerate(
        (("figure", "killed"), ("figure", EVIL), ("day", EVIL), ("place", EVIL), ("actor", EVIL), ("status", EVIL))
    ):
        about = None if kind == "figure" else incident.id
        dispute = Dispute(id=f"d{at:020d}", kind=kind, story=story.id, incident=about, what=what, day=None, sides=2)  # type: ignore[arg-type]
        disputes.append(dispute)
        for number, findings in enumerate((figures[:1], (*figures[1:], *(event.id for _, event in events)))):
            sides.append(
                DisputeSide(
                    id=f"d{at:010d}{number:010d}",
                    dispute=dispute.id,
                    says=EVIL,
                    holder=EVIL if number else None,
                    low=12.0,
                    high=None,
                    bound="at least",
                    findings=findings,
                    articles=ids[:3],
                )
            )
    with open_store(path) as store:
        store.write_links(
            {
                "stories": [story],
                "story_members": members,
                "copy_groups": [group],
                "copy_links": copies,
                "incidents": [incident],
                "incident_members": inside,
                "disputes": disputes,
                "dispute_sides": sides,
                "linked": [Linked(step="stories", method="test", state="")],
            }
        )
        hostile = news[1]
        judge(store, hostile.statements[0].id, "wrong", reviewer="<b onclick=alert(11)>Eve", note=EVIL)
        fix = {"relation": EVIL.replace("\u202e", ""), "status": "denied"}
        judge(store, hostile.events[0].id if hostile.events else news[0].events[0].id, "corrected",
              reviewer="Cy", correction=fix)  # fmt: skip


@pytest.fixture(scope="session")
def linked_shelf(news: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with links and judgements."""
    path = tmp_path_factory.mktemp("linked") / "news.duckdb"
    with open_store(path) as store:
        store.add(news)
    linked(path, news)
    return path


def pages_of(news: list[Record]) -> list[str]:
    """Every page of the reading room over that store."""
    hostile = news[1]
    found = hostile.statements[0].id
    return [
        "/",
        "/?since=2025-11-01&until=2025-11-30",
        "/stories",
        "/stories?text=border&order=latest&since=2024-01-01",
        f"/story/y{'0' * 20}",
        "/disputes",
        "/disputes?kind=figure&text=killed",
        "/incidents",
        "/incidents?relation=ASSAULT&country=KEN",
        f"/incident/i{'0' * 20}",
        "/copies",
        "/copies?of=parts",
        f"/copies/g{'0' * 20}",
        f"/copies/{hostile.article.id}",
        "/events",
        "/events?relation=REQUEST&status=happened",
        "/statements",
        "/statements?text=open",
        "/statements?by=day",
        "/phrase",
        "/phrase?text=accuse",
        "/phrase?text=%3Cscript%3E",
        "/figures",
        "/figures?counted=people",
        "/articles",
        "/actor",
        "/actor?who=KEN",
        "/actor?who=Kenya&since=2024-01-01&until=2025-12-31",
        "/actor?who=nobody",
        "/dyads",
        "/dyads?source=KEN&target=UGA&period=week",
        "/map",
        "/map?of=places&since=2025-11-01",
        "/search",
        "/search?text=alert",
        "/review",
        "/review?kind=statement&label=asserts&confidence=0.99",
        f"/review/{found}",
        "/judgements",
        "/judgements?by=label&how=pick&history=1",
        "/sql",
        "/read",
        f"/report/{news[0].article.id}",
        f"/report/{hostile.article.id}",
        f"/cite/{found}",
        f"/cite/{hostile.article.id}",
    ]


SETTINGS = ServerSettings(hosts=("testserver.local", "127.0.0.1"), query_seconds=3.0, read_seconds=20.0)


@pytest.fixture(scope="module")
def client(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    # A copy: a process opens one file with one set of limits, and tests look into the store beside the server.
    served = shutil.copy(shelf, tmp_path_factory.mktemp("served"))
    with TestClient(create_app(served, SETTINGS)) as opened:
        yield opened


def changed(**fields: Any) -> ServerSettings:
    """The settings of the tests with some changed."""
    return msgspec.structs.replace(SETTINGS, **fields)
