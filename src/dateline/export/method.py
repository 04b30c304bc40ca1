"""What a paper says of its data: which version coded which corpus, what came out, what was left out, how to cite it."""

from __future__ import annotations

from msgspec import Struct

from dateline.query import Store
from dateline.query.reviews import Precision

AUTHOR = "The Dateline developers"
TITLE = "Dateline: news reports as a record one can cite"
YEAR = 2026
"""As CITATION.cff has them; a test compares."""


class Coding(Struct, frozen=True, kw_only=True):
    """What articles were coded by."""

    pipeline: str
    """Digest of code, tables, weights, parser and settings; empty where the caller gave none."""
    articles: int
    codebooks: tuple[str, ...]


class Installed(Struct, frozen=True, kw_only=True):
    """What is installed here and would code now."""

    version: str
    """Of Dateline."""
    python: str
    config: str
    """Name of the pipeline."""
    pipeline: str
    """Its digest."""
    contents: str
    """Digest of the package's code, tables and weights."""
    parser: str
    """Name and version of the parser's package."""
    coders: tuple[str, ...]


class Method(Struct, frozen=True, kw_only=True):
    """What is to be said of a store."""

    store: str
    installed: Installed
    codings: tuple[Coding, ...]
    """What the articles were coded by, the most first."""
    articles: int
    publishers: int
    first: str | None
    """First day of an article."""
    last: str | None
    undated: int
    """Articles without a day."""
    languages: dict[str, int]
    """Articles by language."""
    bare: int
    """Articles without any finding."""
    rejections: dict[str, int]
    """Inputs that could not be read, by reason."""
    events: dict[str, int]
    """Events by status."""
    statements: int
    figures: int
    linked: bool
    copies: int
    """Articles that copy an earlier one."""
    stories: int
    incidents: int
    joined: int
    """Events in incidents."""
    judged: tuple[Precision, ...]
    """Precision of what was drawn by lot and judged, by kind."""

    @property
    def repeatable(self) -> bool:
        """Whether all articles were coded by what is installed here."""
        return [each.pipeline for each in self.codings] == [self.installed.pipeline]


def method(store: Store, installed: Installed) -> Method:
    """Gather what is to be said of a store."""
    [about] = store.rows(
        """SELECT count(*) AS articles, count(DISTINCT publisher) AS publishers, min("day")::VARCHAR AS first,
            max("day")::VARCHAR AS last, count(*) FILTER ("day" IS NULL) AS undated FROM article_rows"""
    )
    [linked] = store.rows(
        """SELECT (SELECT coalesce(sum(len(articles) - 1), 0) FROM copy_groups)::BIGINT AS copies,
            (SELECT count(*) FROM stories) AS stories, (SELECT count(*) FROM incidents) AS incidents,
            (SELECT count(*) FROM incident_members) AS joined"""
    )
    [bare] = store.rows(
        """SELECT count(*) AS n FROM article_rows a WHERE events = 0 AND statements = 0
            AND a.number NOT IN (SELECT number FROM actor_rows) AND a.number NOT IN (SELECT number FROM figure_rows)"""
    )
    codings = store.rows(
        """SELECT pipeline, count(*) AS articles, list_sort(list(DISTINCT codebook)) AS codebooks FROM articles
            GROUP BY pipeline ORDER BY articles DESC, pipeline"""
    )
    return Method(
        store=str(store.path),
        installed=installed,
        codings=tuple(
            Coding(pipeline=each["pipeline"], articles=each["articles"], codebooks=tuple(each["codebooks"]))
            for each in codings
        ),
        **about,
        **linked,
        bare=bare["n"],
        languages=_counts(store, "SELECT language AS name, count(*) AS n FROM article_rows GROUP BY name"),
        rejections=_counts(store, "SELECT reason AS name, count(*) AS n FROM rejections GROUP BY name"),
        events=_counts(store, "SELECT status AS name, count(*) AS n FROM event_rows GROUP BY name"),
        statements=store.rows("SELECT count(*) AS n FROM statement_rows")[0]["n"],
        figures=store.rows("SELECT count(*) AS n FROM figure_rows")[0]["n"],
        linked=store.linked(),
        judged=tuple(store.precision(by="kind", how="sample")),
    )


def _counts(store: Store, query: str) -> dict[str, int]:
    return {row["name"]: row["n"] for row in store.rows(f"{query} ORDER BY n DESC, name")}


def wording(said: Method) -> str:
    """The paragraphs, ready to be pasted and shortened."""
    here = said.installed
    parts = [
        f"Coding. The reports were coded with Dateline {here.version} (pipeline {here.config}, digest {here.pipeline}; "
        f"code, tables and weights {here.contents}; parser {here.parser}; coders {', '.join(here.coders)}). "
        + (
            "The same version and the same input give the same bytes."
            if said.repeatable
            else "BUT the store was not coded, or not all of it, by what is installed here: "
            + "; ".join(
                f"{each.articles:,} articles by {each.pipeline or 'an unnamed pipeline'}" for each in said.codings
            )
            + ". Code it again, or name the version that did."
            if said.codings
            else "The store is empty."
        )
    ]
    dates = f", dated from {said.first} to {said.last}" if said.first else ""
    corpus = f"Corpus. {said.articles:,} articles by {said.publishers:,} publishers{dates}"
    notes = [
        f"{said.undated:,} have no day" if said.undated else "",
        f"{said.bare:,} are without findings" if said.bare else "",
        "languages: " + _listed(said.languages),
        f"could not be read: {_listed(said.rejections)}" if said.rejections else "all inputs were read",
    ]
    parts.append(f"{corpus}; {'; '.join(each for each in notes if each)}.")
    total = sum(said.events.values())
    parts.append(
        f"Findings. {total:,} events ({_listed(said.events)}), {said.statements:,} statements, "
        f"{said.figures:,} figures; each with the words that say so, as code points of the stored text."
    )
    if said.linked:
        parts.append(
            f"Linking. {said.articles - said.copies:,} reports are independent; {said.copies:,} copy an earlier one or "
            f"bring it up to date; {said.stories:,} stories of two reports or more; {said.joined:,} events are reports "
            f"of {said.incidents:,} incidents, the others stand alone."
        )
    else:
        parts.append("Linking. Reports were not linked: copies and several reports of one event count apart.")
    parts += [
        f"Check. Of {each.judged:,} findings of the kind {each.kind}, drawn by lot and judged by hand, {each.right:,} "
        f"were right ({each.precision:.2f}; 95 % {each.low:.2f} to {each.high:.2f})."
        for each in said.judged
    ]
    parts.append(f"Reference. {AUTHOR} ({YEAR}). {TITLE}. Version {here.version}.")
    parts.append(
        f"@software{{dateline,\n  author = {{{{{AUTHOR}}}}},\n  title = {{{TITLE}}},\n  year = {{{YEAR}}},\n"
        f"  version = {{{here.version}}}\n}}"
    )
    return "\n\n".join(parts)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "none"
