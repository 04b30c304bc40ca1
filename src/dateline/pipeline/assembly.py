"""From a configuration to a Reader; needs are met or the pipeline is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from dateline import config as configuration
from dateline.coding.coder import KINDS, Coder, Draft
from dateline.coding.setting import settled
from dateline.config import Config
from dateline.errors import ArticleError, ConfigError
from dateline.intake import Settings, sources
from dateline.intake import read as take_in
from dateline.intake.extract import Raw
from dateline.knowledge import actors, codebook, gazetteer
from dateline.pipeline import registry
from dateline.reading import Reading
from dateline.records import RECORD_VERSION, Article, Finding, Record, Rejection

VERSION = "0.1.0"
"""Version of the package; part of a pipeline's digest."""


class Reader:
    """A loaded pipeline: articles in, records out.

    Pure: the same article and version give the same record, whatever the
    batch; nothing is written and nothing is fetched but the sources asked for.
    """

    def __init__(self, config: Config, *, settings: Settings | None = None) -> None:
        self.config = config
        self.settings = settings or intake_settings(config)
        book = codebook.plover() if config.codebook == "plover" else codebook.load(Path(config.codebook))
        own = actors.digest(Path(config.actors)) if config.actors is not None else ""
        places = gazetteer.opened(Path(config.gazetteer)) if config.gazetteer is not None else None
        book_digest = blake2b(msgspec.json.encode(book, order="sorted"), digest_size=8).hexdigest()
        self._tables = (book_digest, own) if places is None else (book_digest, own, places.digest)
        self.codebook = f"{book.name}/{book.version}"
        self._coders = ordered([registry.coder(name, book, places) for name in config.coders])
        self._reading = Reading(config.parser, None if config.actors is None else Path(config.actors))

    @property
    def coders(self) -> tuple[Coder, ...]:
        """The coders in the order they run."""
        return tuple(self._coders)

    @property
    def digest(self) -> str:
        """Changes when records may change: code, weights, layout, parser, coders, codebook, limits, tables."""
        parts = [
            contents(),
            VERSION,
            RECORD_VERSION,
            self._reading.name,
            self.codebook,
            *(each.name for each in self._coders),
            *self._tables,
            # How much is parsed at once and how pages are fetched change no record; of the user's tables
            # the content counts, not where they lie.
            msgspec.json.encode(
                msgspec.structs.replace(self.config, batch=1, intake={}, codebook="", actors=None, gazetteer=None),
                order="sorted",
            ).decode(),
        ]
        return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()

    def code(self, articles: Sequence[Article]) -> list[Record]:
        """Records of articles, in order; the result for one never depends on the others.

        An article in another language than the pipeline's, or longer than its limit, gets a
        record without findings: its text can still be searched and cited.
        """
        records: list[Record | None] = [None] * len(articles)
        todo = [number for number, article in enumerate(articles) if self._reads(article)]
        for at in range(0, len(todo), self.config.batch):
            numbers = todo[at : at + self.config.batch]
            drafts = [Draft(each) for each in self._reading.analyse([articles[number] for number in numbers])]
            for coder in self._coders:
                for draft, found in zip(drafts, coder.code(drafts), strict=True):
                    setattr(draft, KINDS[coder.gives], found)
            for number, draft in zip(numbers, drafts, strict=True):
                draft.actors = settled(draft)
                records[number] = draft.record(self.codebook)
        return [
            record or Record(article=article, codebook=self.codebook, sentences=())
            for article, record in zip(articles, records, strict=True)
        ]

    def _reads(self, article: Article) -> bool:
        language = article.language.partition("-")[0]
        return language in (self.config.language, "und") and len(article.text) <= self.config.limits.article_characters

    def read(self, source: str | Path | Raw) -> Iterator[Record]:
        """The records of one page, file or URL, in page order.

        Raises:
            ArticleError: An input could not be read; ``reason`` and ``detail`` say why.
            ConfigError: There is no such file.
        """
        for each in self.read_all([source]):
            if isinstance(each, Rejection):
                raise ArticleError(each.reason, each.detail)
            yield each

    def read_all(self, source: str | Path | Raw | Iterable[str | Path | Raw]) -> Iterator[Record | Rejection]:
        """Records of files, folders, globs, feeds, archives or URLs; what cannot be read comes as a Rejection."""
        many = [source] if isinstance(source, str | Path | Raw) else source
        waiting: list[Article] = []
        for taken in self._take_in(many):
            if isinstance(taken, Rejection):
                yield from self.code(waiting)
                waiting = []
                yield taken
                continue
            waiting.append(taken)
            if len(waiting) >= self.config.batch:
                yield from self.code(waiting)
                waiting = []
        yield from self.code(waiting)

    def _take_in(self, many: Iterable[str | Path | Raw]) -> Iterator[Article | Rejection]:
        for one in many:
            if isinstance(one, Raw):
                yield from take_in(one, settings=self.settings)
                continue
            for item in sources.items([str(one)], settings=self.settings):
                yield from item.articles(settings=self.settings)


@cache
def contents() -> str:
    """Digest of the files that decide what is read in a text: code, tables and weights."""
    digest = blake2b(digest_size=8)
    package = Path(__file__).parent.parent
    for folder in ("reading", "coding", "knowledge", "models"):
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".tsv", ".toml", ".json", ".npz", ".zst"):
                digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def intake_settings(config: Config, **changes: Any) -> Settings:
    """The intake settings of a configuration, with changes of the caller's; a change of none changes nothing.

    Raises:
        ConfigError: A setting that there is not, or a value it cannot have.
    """
    given = config.intake | {name: value for name, value in changes.items() if value not in (None, {}, ())}
    try:
        return msgspec.convert(given, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"configuration {config.name}, intake: {error}") from error


def ordered(coders: Iterable[Coder]) -> list[Coder]:
    """Coders in an order in which every need is met before it is used.

    Raises:
        ConfigError: A need that no coder gives, two coders that give the same, or a circle of needs.
    """
    waiting = list(coders)
    given: set[type[Finding]] = set()
    result: list[Coder] = []
    kinds = [each.gives for each in waiting]
    for kind in kinds:
        if kinds.count(kind) > 1:
            names = ", ".join(each.name for each in waiting if each.gives is kind)
            raise ConfigError(f"{names} all give {kind.__name__}; keep one of them")
    while waiting:
        ready = next((each for each in waiting if each.needs <= given), None)
        if ready is None:
            lacks = "; ".join(
                f"{each.name} needs {', '.join(sorted(kind.__name__ for kind in each.needs - given))}"
                for each in waiting
            )
            raise ConfigError(f"the pipeline cannot run: {lacks}, which no coder before it gives")
        waiting.remove(ready)
        given.add(ready.gives)
        result.append(ready)
    return result


def load(config: str | Path | Config = "plover-en", *, settings: Settings | None = None) -> Reader:
    """Load a pipeline.

    Args:
        config: The name of one that ships, a path to a TOML file, or a Config.
        settings: Limits and options of intake.

    Raises:
        ConfigError: The configuration, a coder or the parser cannot be loaded.
    """
    chosen = config if isinstance(config, Config) else configuration.load(config)
    return Reader(chosen, settings=settings)
