"""Incidents among the events of a store, story by story: only stories that have changed are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from dateline.linking import chronology, duplicates, event_pairs, incidents
from dateline.links import Incident, IncidentMember, Story
from dateline.pipeline.link import steps
from dateline.records import Record
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse


def update(store: Warehouse) -> None:
    """Incidents of all stories; those of a story whose reports and copies are the same stay as they are."""
    voices = duplicates.voices(store.links("copy_links"))
    stories: list[Story] = store.links("stories")
    records = {row["id"]: row["digest"] for row in store.rows("SELECT id, digest FROM articles")}
    now = {each.id: digest(each, voices, records) for each in stories}
    mark = steps.mark(store, "incidents")
    before: dict[str, str] = {}
    if mark is not None and mark.method == incidents.METHOD:
        before = dict(pair.split(":", 1) for pair in mark.state.split())
    if mark is not None and mark.method == incidents.METHOD and before == now:
        return
    kept = {name for name, digest in now.items() if before.get(name) == digest}
    made: list[Incident] = [each for each in store.links("incidents") if each.story in kept]
    ids = {each.id for each in made}
    members: list[IncidentMember] = [each for each in store.links("incident_members") if each.incident in ids]
    for story, reports in told_in(store, [each for each in stories if each.id not in kept]):
        told = [
            event
            for record in reports
            for event in incidents.told(
                record,
                voice=voices.get(record.article.id, record.article.id),
                known=chronology.known(record.article),
            )
        ]
        texts = {record.article.id: event_pairs.terms(record.article.text) for record in reports}
        found, their = incidents.incidents(story, told, texts)
        made += found
        members += their
    made.sort(key=lambda each: each.id)
    members.sort(key=lambda each: each.id)
    done = Linked(
        step="incidents",
        method=incidents.METHOD,
        state=" ".join(f"{name}:{digest}" for name, digest in sorted(now.items())),
    )
    store.write_links(
        {
            "incidents": made,
            "incident_members": members,
            "linked": steps.marks(store, done),
        },
        emptied=("incidents", "incident_members", "linked"),
    )


def digest(story: Story, voices: dict[str, str], records: dict[str, str]) -> str:
    """Changes when the incidents of a story may change: its reports, what they say, and which are copies."""
    whole = blake2b(digest_size=8)
    for article in sorted(story.articles):
        whole.update(f"{article} {records[article]} {voices.get(article, article)}\n".encode())
    return whole.hexdigest()


def told_in(store: Warehouse, stories: list[Story]) -> Iterator[tuple[str, list[Record]]]:
    """Records of each story, read some stories at a time."""
    at = 0
    while at < len(stories):
        block: list[Story] = []
        while at < len(stories) and (not block or sum(len(each.articles) for each in block) < steps.BLOCK):
            block.append(stories[at])
            at += 1
        found = {record.article.id: record for record in store.records([a for each in block for a in each.articles])}
        for story in block:
            yield story.id, [found[article] for article in story.articles]
