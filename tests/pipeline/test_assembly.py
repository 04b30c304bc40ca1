from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline import config as configuration
from dateline.coding.coder import Draft
from dateline.config import with_tables
from dateline.errors import ArticleError, ConfigError
from dateline.intake.extract import Raw
from dateline.intake.text import verbatim
from dateline.pipeline import registry
from dateline.pipeline.assembly import Reader, load, ordered
from dateline.records import Actor, Event, Finding, Place, Record, Rejection, Statement, TimeSpan
from tests.conftest import NEWS


class _Coder:
    def __init__(self, name: str, gives: type[Finding], *needs: type[Finding]) -> None:
        self.name, self.gives, self.needs = name, gives, frozenset(needs)

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        return [() for _ in drafts]


def test_coders_run_after_what_they_need() -> None:
    coders = [
        _Coder("e", Event, Statement, Place),
        _Coder("s", Statement, Actor),
        _Coder("a", Actor),
        _Coder("p", Place),
    ]
    assert [each.name for each in ordered(coders)] == ["a", "s", "p", "e"]


def test_unmet_needs_circles_and_doubles_are_refused() -> None:
    with pytest.raises(ConfigError, match="e needs Statement"):
        ordered([_Coder("e", Event, Statement)])
    with pytest.raises(ConfigError, match="cannot run"):
        ordered([_Coder("e", Event, Statement), _Coder("s", Statement, Event)])
    with pytest.raises(ConfigError, match="all give TimeSpan"):
        ordered([_Coder("one", TimeSpan), _Coder("two", TimeSpan)])


def test_unknown_coders_say_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="actors, places"):
        registry.coder("weather")
    with pytest.raises(ConfigError, match="cannot be imported"):
        registry.coder("dateline.coding.nothing:Coder")
    path = tmp_path / "x.toml"
    path.write_text('name = "x"\ncoders = ["figures"]\n')
    with pytest.raises(ConfigError, match="needs"):
        load(path)


def test_every_kind_of_finding_comes_out_and_quotes_its_words(reader: Reader) -> None:
    [record] = reader.code([verbatim(NEWS, published="2025-11-03")])
    for kind in (record.actors, record.places, record.times, record.statements, record.events, record.figures):
        assert kind
    names = {each.id for each in record.findings()}
    assert len(names) == len(record.findings())
    for finding in record.findings():
        for span in finding.provenance.evidence:
            assert span.end <= len(record.article.text)
            assert record.quote(span).strip() == record.quote(span)
    for statement in record.statements:
        assert statement.speaker is None or statement.speaker in names
        assert statement.said_in is None or statement.said_in in names
    for event in record.events:
        assert {*event.sources, *event.targets} <= names
        assert {event.place, event.time, event.said_in} - {None} <= names
    for figure in record.figures:
        assert {figure.place, figure.as_of, figure.said_in} - {None} <= names


def test_the_batch_changes_nothing(reader: Reader) -> None:
    texts = [NEWS, NEWS[100:700], "Rain fell.", "", "“", NEWS[-300:], "Nobody said anything about 12 people on Monday."]
    articles = [verbatim(text, published="2025-11-03") for text in texts]
    together = reader.code(articles)
    assert together == [reader.code([article])[0] for article in articles]
    assert together[::-1] == reader.code(articles[::-1])


def test_an_article_in_another_language_is_kept_without_findings(reader: Reader) -> None:
    article = verbatim("Der Minister sagte am Montag, 12 Menschen seien getötet worden.", language="de")
    [record] = reader.code([article])
    assert record.findings() == ()
    assert record.article == article


def test_bytes_become_records_or_a_rejection(reader: Reader) -> None:
    good = Raw(data=NEWS.encode(), where="news.txt")
    bad = Raw(data=b"", where="empty.txt")
    results = list(reader.read_all([good, bad, good]))
    assert [type(each) for each in results] == [Record, Rejection, Record]
    assert results[0] == results[2]
    with pytest.raises(ArticleError) as error:
        list(reader.read(bad))
    assert error.value.reason == "empty"


def test_the_digest_tells_pipelines_apart(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('name = "plover-en"\ncoders = ["times"]\n')
    assert load(path).digest != reader.digest
    assert load().digest == reader.digest


OWN_BOOK = """name = "land"
version = "1"
[types.EVICT]
quad = 4
target = "required"
definition = "Makes people leave their land."
patterns = ["{source} evict {target}", "the eviction of {target} by {source}"]
"""
OWN_ACTORS = (
    "name\tother_names\tcountry\tsector\tkind\tsince\tuntil\n"
    "Rift Valley Herders Union\tRVHU\tKEN\tCVL\torganisation\t2011\t\n"
)


def test_user_tables_are_used_and_are_part_of_the_digest_by_their_content(tmp_path: Path, reader: Reader) -> None:
    book, table = tmp_path / "land.toml", tmp_path / "mine.tsv"
    book.write_text(OWN_BOOK)
    table.write_text(OWN_ACTORS)
    config = with_tables(reader.config, codebook=book, actors=table)
    own = load(config)
    text = "The army evicted the Rift Valley Herders Union on Monday. It denied the eviction of farmers by Kenya."
    [record] = own.code([verbatim(text)])
    assert record.codebook == "land/1"
    union = next(actor for actor in record.actors if actor.entity == "body:rift-valley-herders-union")
    assert (union.country, union.sector) == ("KEN", "CVL")
    assert [event.relation for event in record.events] == ["EVICT", "EVICT"]
    assert record.events[0].targets == (union.id,)
    moved = tmp_path / "moved.tsv"
    moved.write_text(OWN_ACTORS)
    assert load(with_tables(config, actors=moved)).digest == own.digest
    moved.write_text(OWN_ACTORS.replace("2011", "2012"))
    assert load(with_tables(config, actors=moved)).digest != own.digest
    book.write_text(OWN_BOOK.replace("evict {target}", "expel {target}"))
    assert load(config).digest != own.digest
    assert reader.digest not in (own.digest, load(config).digest)


def test_paths_of_a_configuration_count_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('name = "x"\ncoders = ["actors"]\nactors = "mine.tsv"\ncodebook = "land.toml"\n')
    read = configuration.load(tmp_path / "x.toml")
    assert (read.actors, read.codebook) == (str(tmp_path / "mine.tsv"), str(tmp_path / "land.toml"))
    (tmp_path / "land.toml").write_text(OWN_BOOK)
    with pytest.raises(ConfigError, match=r"mine\.tsv cannot be read"):
        load(tmp_path / "x.toml")
    (tmp_path / "mine.tsv").write_text(OWN_ACTORS.replace("KEN", "KE"))
    with pytest.raises(ConfigError, match=r"line 2: country 'KE'"):
        load(tmp_path / "x.toml")
