"""Open a store, add to it, read it back.

Adding is idempotent and atomic. Ids come from content, so an article that is
there already is not added twice; coded again by another pipeline, its findings
are replaced and its number stays. Articles are gathered and written in groups,
each in one transaction: a kill at any moment loses at most the group in hand,
never half an article, and a re-run completes it.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar, cast

import msgspec

from dateline.errors import ArticleError, ConfigError, StoreError
from dateline.judgements import Judgement
from dateline.records import Record, Rejection
from dateline.store import postings, schema
from dateline.store.backend import Backend, Change, File, Share, absent, failing
from dateline.store.rows import key_of
from dateline.store.schema import LINK_TABLES, MARK_TABLES, REVIEW_TABLES, TABLES, Done, Refused, Stored

Layout = Literal["auto", "duckdb", "parquet"]

GROUP = 64
"""Articles (or inputs) written in one transaction."""
_ID = re.compile("n[0-9a-f]{20}")
SETTLED = 3
"""Times the same is asked before it is worth keeping at hand."""
_KEPT = 64
"""Records kept at hand where many questions are asked: one page asks for the same ones several times."""
_BLOCK = 256
"""Articles read back at once."""

W = TypeVar("W", bound="Warehouse")
T = TypeVar("T")


@dataclass(slots=True)
class Taken:
    """What was made of one input: it enters the store as a whole or not at all."""

    records: Sequence[Record] = ()
    rejections: Sequence[Rejection] = ()
    pipeline: str = ""
    """Digest of the pipeline that coded the records; empty where it is not known."""
    key: str | None = None
    """Key of the input; with one, a mark is left that it is done."""
    where: str = ""
    finished: bool = True
    """Whether that is all there is to it; without, no mark is left, and the next run tries again."""


class _Numbered:
    """Numbers of articles by their ids, in 24 bytes an article.

    Args:
        high: The first 15 digits of each id, ascending.
        low: The last five.
        numbers: Of each article.
    """

    def __init__(self, high: Any, low: Any, numbers: Any) -> None:
        self._high, self._low, self._numbers = high, low, numbers

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Numbers of those articles that are there."""
        found: dict[str, int] = {}
        for each in ids:
            high, low = int(each[1:16], 16), int(each[16:], 16)
            at = int(self._high.searchsorted(high))
            while at < len(self._high) and self._high[at] == high:
                if self._low[at] == low:
                    found[each] = int(self._numbers[at])
                at += 1
        return found


class Warehouse:
    """A store: a DuckDB file or a folder of Parquet files. Use :func:`open_store`.

    Not for several threads at once; each thread opens its own, or takes turns.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._pending: list[tuple[Taken, list[str]]] = []
        self._waiting = 0
        self._next: int | None = None
        self._indexed: int | None = None
        self._kept: dict[str, tuple[object, Any]] = {}
        self._making: dict[str, threading.Lock] = {}
        self._closed = False

    @property
    def path(self) -> Path:
        """Where the store lies."""
        return self._backend.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be added."""
        return self._backend.read_only

    # ---- adding -----------------------------------------------------------------------------

    def add(self, what: Record | Rejection | Iterable[Record | Rejection], *, pipeline: str = "") -> None:
        """Add a record, a rejection, or a stream of them.

        The last few wait in memory until :data:`GROUP` have come together, the store
        is asked something, flushed or closed.

        Args:
            what: What a Reader gives.
            pipeline: Digest of the Reader that made it.

        Raises:
            StoreError: The store is read-only, closed, or cannot be written.
            ArticleError: A record holds what no store can: a lone surrogate (nothing of its
                input is added), or a value of another type (nothing of its group is).
        """
        if isinstance(what, Record):
            self.put(Taken(records=(what,), pipeline=pipeline))
        elif isinstance(what, Rejection):
            self.put(Taken(rejections=(what,), pipeline=pipeline))
        else:
            for each in what:
                self.add(each, pipeline=pipeline)

    def add_all(self, records: Iterable[Record | Rejection], *, pipeline: str = "") -> None:
        """Add a stream of records and rejections."""
        self.add(records, pipeline=pipeline)

    def add_rejection(self, rejection: Rejection, *, pipeline: str = "") -> None:
        """Keep what could not be read, and why."""
        self.add(rejection, pipeline=pipeline)

    def put(self, taken: Taken) -> None:
        """Add what was made of one input; written with the next group.

        Raises:
            StoreError: The store is read-only, closed, or cannot be written.
            ArticleError: A text is not Unicode; nothing of the input is added.
        """
        if self._closed:
            raise StoreError(f"store {self.path} is closed: open it again")
        if self.read_only:
            raise StoreError(f"store {self.path} is open for reading only: open it without read_only")
        digests = [record_digest(record) for record in taken.records]
        self._pending.append((taken, digests))
        self._waiting += max(1, len(taken.records))
        if self._waiting >= GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits, in one transaction; after it, a kill loses nothing of it."""
        if not self._pending:
            return
        pending, self._pending, self._waiting = self._pending, [], 0
        change = self._change(pending)
        try:
            if change is not None:
                self._backend.write(change)
        except BaseException:
            self._next = None
            raise
        if self._next is not None and self._next - self._known_words() > postings.SEGMENT:
            self._index()

    def _known_words(self) -> int:
        """The highest number that the postings know of; -1 without any."""
        if self._indexed is None:
            self._indexed = int(self.rows("SELECT coalesce(max(last), -1) AS last FROM postings")[0]["last"])
        return self._indexed

    def _index(self) -> None:
        """Make the postings of the articles that have come since the last time, as far as they fill a step."""
        top = self.rows("SELECT max(number) AS top FROM article_rows")[0]["top"]
        end = (0 if top is None else int(top) + 1) // postings.STEP * postings.STEP
        begin = (self._known_words() + 1) // postings.SEGMENT * postings.SEGMENT
        if end <= self._known_words() + 1:
            return
        table = schema.tables()["postings"]
        for first in range(begin, end, postings.SEGMENT):
            last = min(first + postings.SEGMENT, end) - 1
            made = self.select(postings.BUILD, {"first": first, "last": last}).cast(table.schema)
            self._backend.write(Change({"postings": made}, segments=(first,)))
            self._indexed = last

    def write_links(self, rows: Mapping[str, Any], *, emptied: Sequence[str] = ()) -> None:
        """Write rows of tables of links in one transaction: all of them or none.

        Args:
            rows: Rows by the name of their table, added to those that are there: Structs in any order, of which only
                columns are in memory together, or what :meth:`dateline.store.schema.Table.gather` made of them.
                The tables are made in the order given.
            emptied: Tables of links whose rows are removed first.

        Raises:
            StoreError: The store is read-only, closed, or cannot be written.
            ConfigError: A table holds no links.
        """
        for name in (*rows, *emptied):
            if name not in LINK_TABLES:
                raise ConfigError(f"table {name!r} holds no links: there are {', '.join(LINK_TABLES)}")
        if self._closed:
            raise StoreError(f"store {self.path} is closed: open it again")
        if self.read_only:
            raise StoreError(f"store {self.path} is open for reading only: open it without read_only")
        self.flush()
        known = schema.tables()
        pa = schema.arrow()
        built = {name: each if isinstance(each, pa.Table) else known[name].gather(each) for name, each in rows.items()}
        tables = {name: each for name, each in built.items() if each.num_rows}
        if tables or emptied:
            self._backend.write(Change(tables, emptied=tuple(emptied)))

    def write_judgement(self, make: Callable[[int], Judgement]) -> Judgement:
        """Keep a judgement, after all that were made before.

        Args:
            make: The judgement for a place in that order.

        Raises:
            StoreError: The store is read-only, closed, or cannot be written.
        """
        if self._closed:
            raise StoreError(f"store {self.path} is closed: open it again")
        if not self._backend.judges:
            raise StoreError(f"store {self.path} is open for reading only: open it without read_only")
        top = self.rows("SELECT max(number) AS top FROM judgements")[0]["top"]
        made = make(0 if top is None else int(top) + 1)
        self._backend.judge([made])
        return made

    def links(self, name: str) -> list[Any]:
        """Every row of a table of links, in its order.

        Raises:
            ConfigError: The table holds no links.
        """
        if name not in LINK_TABLES:
            raise ConfigError(f"table {name!r} holds no links: there are {', '.join(LINK_TABLES)}")
        return self._marks(name)

    def _change(self, pending: Sequence[tuple[Taken, list[str]]]) -> Change | None:
        """The rows to write for a group, and those they replace."""
        known = self._known([record.article.id for taken, _ in pending for record in taken.records])
        fresh: dict[str, tuple[Stored, Record]] = {}
        replaced: list[int] = []
        done: dict[str, Done] = {}
        keys: set[str] = set()
        refused: dict[str, list[Refused]] = {}
        loose: list[tuple[Rejection, str]] = []
        for taken, digests in pending:
            for record, digest in zip(taken.records, digests, strict=True):
                article = record.article
                before = known.get(article.id)
                if before is None:
                    number = self._number()
                else:
                    number, pipeline, last = before
                    same = taken.pipeline == pipeline or not taken.pipeline
                    if (same and last == digest) or (pipeline and taken.pipeline == pipeline):
                        continue
                    if article.id not in fresh:
                        replaced.append(number)
                known[article.id] = (number, taken.pipeline, digest)
                stored = Stored(
                    number=number, article=article, codebook=record.codebook, pipeline=taken.pipeline, digest=digest
                )
                fresh[article.id] = (stored, record)
            if taken.key is None:
                loose += ((schema.written(each), taken.pipeline) for each in taken.rejections)
            else:
                ids = tuple(record.article.id for record in taken.records)
                key = schema.writable(taken.key)
                keys.add(key)
                done.pop(key, None)
                mark = Done(
                    key=key,
                    pipeline=taken.pipeline,
                    where=schema.writable(taken.where),
                    articles=ids,
                    rejections=len(taken.rejections),
                )
                if taken.finished:
                    done[key] = mark
                refused[key] = [
                    Refused(key=key, pipeline=taken.pipeline, position=position, rejection=schema.written(rejection))
                    for position, rejection in enumerate(taken.rejections)
                ]
        rows = [row for each in refused.values() for row in each]
        rows += self._loose(loose, keys)
        pairs = sorted(fresh.values(), key=lambda pair: pair[0].number)
        tables = _pack(pairs)
        if rows:
            tables["rejections"] = schema.tables()["rejections"].build(rows)
        if done:
            tables["inputs"] = schema.tables()["inputs"].build(list(done.values()))
        if not tables and not keys:
            return None
        return Change(tables, numbers=sorted(replaced), keys=sorted(keys))

    def _loose(self, loose: Sequence[tuple[Rejection, str]], replaced: set[str]) -> list[Refused]:
        """Rows of rejections that came without an input's key, less those that are there already."""
        if not loose:
            return []
        table = self.select(
            "SELECT * FROM rejections WHERE key IN (SELECT unnest($keys::VARCHAR[]))",
            {"keys": [rejection.where for rejection, _ in loose]},
        )
        there: dict[str, list[Rejection]] = {}
        for row in schema.tables()["rejections"].read(table):
            if row.key not in replaced:
                there.setdefault(row.key, []).append(row.rejection)
        result: list[Refused] = []
        for rejection, pipeline in loose:
            known = there.setdefault(rejection.where, [])
            if rejection not in known:
                result.append(Refused(key=rejection.where, pipeline=pipeline, position=len(known), rejection=rejection))
                known.append(rejection)
        return result

    def _known(self, ids: Sequence[str]) -> dict[str, tuple[int, str, str]]:
        """Number, pipeline and digest of those articles that are in the store."""
        if not ids:
            return {}
        near = self._places(ids)
        if not near:
            return {}
        listed = ", ".join(map(str, near.values()))
        rows = self.rows(f"SELECT id, number, pipeline, digest FROM articles WHERE number IN ({listed})", checked=False)  # noqa: S608 - numbers
        return {row["id"]: (row["number"], row["pipeline"], row["digest"]) for row in rows}

    def _places(self, ids: Sequence[str]) -> dict[str, int]:
        """Numbers of those articles that are in the store, by their ids."""
        if not ids:
            return {}
        wanted = set(ids)
        if self._backend.serves and all(map(_ID.fullmatch, wanted)):
            return self.kept("article ids", self._numbered).numbers(wanted)
        # A key is found without reading every id.
        keys = ", ".join(str(key) for key in sorted({key_of(each) for each in wanted}))
        rows = self.rows(f"SELECT id, number FROM article_rows WHERE key IN ({keys})", checked=False)  # noqa: S608 - numbers
        return {row["id"]: row["number"] for row in rows if row["id"] in wanted}

    def _numbered(self) -> _Numbered:
        table = self.select(
            """SELECT ('0x' || substr(id, 2, 15))::BIGINT AS high, ('0x' || substr(id, 17))::BIGINT AS low, number
            FROM article_rows WHERE regexp_full_match(id, 'n[0-9a-f]{20}') ORDER BY high"""
        )
        return _Numbered(*(table.column(name).to_numpy() for name in ("high", "low", "number")))

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What is made of the tables, kept until they change: for what many questions ask and few bytes hold.

        Who asks for it while another thread makes it waits for that.

        Args:
            name: Of what is made.
            make: Asks the store.
        """
        self.flush()
        if not self._fresh(name):
            with self._making.setdefault(name, threading.Lock()):
                if not self._fresh(name):
                    state = self._backend.state()
                    self._kept[name] = state, make()
        return cast("T", self._kept[name][1])

    def _fresh(self, name: str) -> bool:
        """Whether what is kept under a name is of the present tables."""
        found = self._kept.get(name)
        return found is not None and found[0] == self._backend.state()

    def settled(self, name: str) -> bool:
        """Whether the store is served, and the same is kept, or was asked several times since the store last changed.

        What takes seconds to make is not made anew for every article that a run adds.
        """
        if not self._backend.serves:
            return False
        making = self._making.get(name)
        if self._fresh(name) or (making is not None and making.locked()):
            return True
        asked = self.kept("asked", Counter[str])
        asked[name] += 1
        return asked[name] > SETTLED

    def numbers(self, articles: Sequence[str]) -> list[int]:
        """Numbers of articles by their ids, in order; ids that are not in the store are passed over."""
        return sorted(self._places(articles).values())

    def _number(self) -> int:
        if self._next is None:
            top = self.rows("SELECT max(number) AS top FROM articles")[0]["top"]
            self._next = 0 if top is None else int(top) + 1
        number = self._next
        self._next += 1
        return number

    def done(self, keys: Sequence[str], pipeline: str, *, clean: bool = False) -> set[str]:
        """Those inputs, of the keys given, that this pipeline has already done.

        Args:
            keys: Keys of inputs.
            pipeline: Digest of the pipeline.
            clean: Leave out those with a rejection.
        """
        if not keys:
            return set()
        rows = self.rows(
            "SELECT key FROM inputs WHERE pipeline = $pipeline AND key IN (SELECT unnest($keys::VARCHAR[])) "
            "AND (rejections = 0 OR NOT $clean)",
            {"pipeline": pipeline, "keys": list(keys), "clean": clean},
        )
        return {row["key"] for row in rows}

    # ---- reading ----------------------------------------------------------------------------

    def having(self, text: str) -> Any:
        """Numbers of the articles that may have a text in theirs: see :func:`dateline.store.postings.having`."""
        return postings.having(self.select, self.kept, text)

    def select(self, query: str, parameters: dict[str, Any] | None = None) -> Any:
        """Result of one SELECT as an Arrow table.

        Args:
            query: SQL over the tables of :mod:`dateline.store.schema`.
            parameters: Values of ``$name`` in it.

        Raises:
            StoreError: The store cannot be read.
            ConfigError: The query is wrong, or is not one that only reads.
        """
        self._readable(query)
        cursor = self._cursor()
        try:
            with self._asking():
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                return cursor.sql(query, params=parameters or None).to_arrow_table()
        finally:
            cursor.close()

    def rows(
        self,
        query: str,
        parameters: dict[str, Any] | None = None,
        *,
        checked: bool = True,
        tables: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        """Result of one SELECT as dictionaries: quicker than :meth:`select` for few rows.

        Args:
            query: SQL over the tables of :mod:`dateline.store.schema`.
            parameters: Values of ``$name`` in it.
            checked: Whether it is looked at before; a query made for one time only, by the program itself, need not.
            tables: Arrow tables that the query names, beside those of the store.
        """
        self._readable(query if checked else _READS)
        cursor = self._cursor(tables)
        try:
            with self._asking():
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                cursor.execute(query, parameters or None)
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def _cursor(self, tables: Mapping[str, Any] | None = None) -> Any:
        """A connection of one's own, which sees some tables beside those of the store."""
        with failing(self.path, "read"):
            cursor = self._backend.cursor()
            for name, table in (tables or {}).items():
                cursor.register(name, table)
        return cursor

    def _readable(self, query: str) -> None:
        """Refuse a query that would do more than read."""
        if self._closed:
            raise StoreError(f"store {self.path} is closed: open it again")
        self.flush()
        _only_reads(query)

    @contextlib.contextmanager
    def _asking(self) -> Generator[None]:
        """Tell what is wrong with a query from what is wrong with the store."""
        import duckdb

        try:
            yield
        except (
            duckdb.ProgrammingError,
            duckdb.DataError,
            duckdb.NotSupportedError,
            duckdb.TransactionException,
        ) as error:
            raise ConfigError(f"the query cannot be answered: {error}") from error
        except duckdb.PermissionException as error:
            raise ConfigError(f"a query reads the store alone: {error}") from error
        except (duckdb.Error, OSError):
            with failing(self.path, "read"):
                raise

    def stream(
        self,
        query: str,
        parameters: dict[str, Any] | None = None,
        *,
        rows: int = 8192,
        tables: Mapping[str, Any] | None = None,
    ) -> Generator[Any]:
        """Result of one SELECT as Arrow record batches, read as they are asked for.

        The first batch is empty and carries the schema.
        """
        self._readable(query)
        cursor = self._cursor(tables)
        reader: Any = None
        try:
            with self._asking():
                # A data-changing statement can hide in a WITH clause; the transaction refuses it.
                cursor.execute("BEGIN TRANSACTION READ ONLY")
                relation = cursor.sql(query, params=parameters or None)
                reader = relation.to_arrow_reader(rows)
                pa = schema.arrow()
                # Made without a Python list: from one, pyarrow would load pandas, where that is installed.
                yield pa.RecordBatch.from_struct_array(pa.nulls(0, pa.struct(reader.schema)))
                yield from reader
        finally:
            if reader is not None:
                reader.close()
            cursor.close()

    def counts(self) -> dict[str, int]:
        """Rows of every table."""
        parts = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS n FROM {name}" for name in TABLES)  # noqa: S608
        found = {row["name"]: row["n"] for row in self.rows(parts)}
        return {name: found[name] for name in TABLES}

    def __len__(self) -> int:
        return int(self.rows("SELECT count(*) AS n FROM articles")[0]["n"])

    def __contains__(self, article: object) -> bool:
        return isinstance(article, str) and bool(self._places([article]))

    def record(self, article: str) -> Record:
        """The record of an article.

        Raises:
            ConfigError: No article of that id is in the store.
        """
        self.flush()
        found = self.whole(self.numbers([article]))
        if not found:
            raise ConfigError(f"no article {article!r} in {self.path}")
        [(stored, record)] = found
        # Its words as the table has them, which are those that search and SQL show: where somebody has changed them,
        # a citation says so.
        [row] = self.rows(f'SELECT source, url, "text" FROM articles WHERE number = {stored.number}', checked=False)  # noqa: S608
        if any(getattr(record.article, name) != value for name, value in row.items()):
            record = msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, **row))
        return record

    def records(self, articles: Sequence[str] | None = None) -> Iterator[Record]:
        """Records in the order of arrival, a block at a time.

        Args:
            articles: Only the records of these articles; ids that are not in the store are passed over.
        """
        if articles is None:
            for _, record in self.stored():
                yield record
            return
        self.flush()
        numbers = self.numbers(articles)
        for at in range(0, len(numbers), _BLOCK):
            for _, record in self.whole(numbers[at : at + _BLOCK]):
                yield record

    def stored(self) -> Iterator[tuple[Stored, Record]]:
        """Every record with what the store keeps beside it, in the order of arrival."""
        self.flush()
        top = self.rows("SELECT max(number) AS top FROM articles")[0]["top"]
        for first in range(0, -1 if top is None else top + 1, _BLOCK):
            yield from self.whole(range(first, first + _BLOCK))

    def whole(self, numbers: Sequence[int]) -> list[tuple[Stored, Record]]:
        """The records of some numbers, in order; numbers without an article are passed over."""
        if not self._backend.serves or len(numbers) > _KEPT:
            return [schema.unpack_whole(number, data) for number, data in self._packed(numbers)]
        known = self.kept("records", dict[int, tuple[Stored, Record]])
        found = {number: each for number in numbers if (each := known.get(number)) is not None}
        for number, data in self._packed([number for number in numbers if number not in found]):
            found[number] = known[number] = schema.unpack_whole(number, data)
        for number in list(known)[: max(0, len(known) - _KEPT)]:
            known.pop(number, None)
        return [found[number] for number in sorted(found)]

    def partly(self, numbers: Sequence[int], kinds: tuple[str, ...]) -> list[tuple[int, Record]]:
        """Records with some kinds of findings alone, in order; quicker than whole ones.

        Args:
            numbers: Of the articles.
            kinds: Fields of a record: ``events``.
        """
        return [(number, schema.unpack_partly(data, kinds)) for number, data in self._packed(numbers)]

    def texts(self, numbers: Sequence[int]) -> list[tuple[int, schema.Told]]:
        """Articles and their sentences of some numbers, in order; quicker than records."""
        return [(number, schema.unpack_told(data)) for number, data in self._packed(numbers)]

    def outlines(self, numbers: Sequence[int]) -> list[tuple[schema.Heading, list[str]]]:
        """What stands above the articles of some numbers, and the ids of their findings; quicker than records."""
        return [schema.unpack_outline(data) for _, data in self._packed(numbers)]

    def _packed(self, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
        """Records in one piece, in order."""
        self.flush()
        if not numbers:
            return []
        # Numbers stand in the query itself: one that is planned for them alone takes the index.
        where = f"IN ({', '.join(map(str, numbers))})"
        if isinstance(numbers, range):
            where = f"BETWEEN {numbers[0]} AND {numbers[-1]}"
        rows = self.rows(f"SELECT number, data FROM packed WHERE number {where}", checked=False)  # noqa: S608 - numbers
        return sorted((row["number"], row["data"]) for row in rows)

    def rejected(self) -> Iterator[Rejection]:
        """Everything that could not be read, ordered by input."""
        for row in self._marks("rejections"):
            yield row.rejection

    def _marks(self, name: str) -> list[Any]:
        order = ", ".join(schema.order(name))
        return schema.tables()[name].read(self.select(f"SELECT * FROM {name} ORDER BY {order}"))  # noqa: S608

    def dump(self) -> Iterator[bytes]:
        """The whole content as JSON lines: equal stores give equal bytes.

        Records come in the order of arrival, then rejections and marks by the key of their input, then links,
        then judgements.
        """
        encode = msgspec.json.Encoder().encode
        for stored, record in self.stored():
            kept = {"number": stored.number, "pipeline": stored.pipeline, "digest": stored.digest}
            yield encode({"table": "records", **kept, "record": record})
        for name in (*MARK_TABLES, *LINK_TABLES, *REVIEW_TABLES):
            for row in self._marks(name):
                yield encode({"table": name, "row": row})

    # ---- closing ----------------------------------------------------------------------------

    def close(self) -> None:
        """Write what waits and let go of the store; calling it twice does no harm."""
        if self._closed:
            return
        try:
            self.flush()
            if not self.read_only:
                self._index()
        finally:
            self._closed = True
            self._backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, StoreError):
            self._pending = []  # it failed once: the first error is the one to show
        self.close()


def record_digest(record: Record) -> str:
    """BLAKE2b (16 bytes, hexadecimal) of a record's JSON.

    Raises:
        ArticleError: The record has no JSON: a lone surrogate in its text.
    """
    try:
        return blake2b(msgspec.json.encode(record), digest_size=16).hexdigest()
    except UnicodeEncodeError as error:
        raise ArticleError(
            "not Unicode",
            f"the text of article {record.article.id} holds a lone surrogate at {error.start}, which no file can; "
            "decode the input again with the right encoding",
        ) from error


_READS = "SELECT 1"


@lru_cache(maxsize=1024)
def _only_reads(query: str) -> None:
    """Refuse what is not one query that only reads; those of our own are looked at once.

    Raises:
        ConfigError: It is not.
    """
    import duckdb

    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise ConfigError(f"the query cannot be read: {error}") from error
    if len(statements) != 1:
        raise ConfigError(f"one query at a time, not {len(statements)}")
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        kind = statements[0].type.name
        raise ConfigError(f"a query only reads: {kind} is not allowed; write SELECT, FROM, DESCRIBE or EXPLAIN")


def _pack(pairs: Sequence[tuple[Stored, Record]]) -> dict[str, Any]:
    try:
        return {**schema.pack(pairs), **schema.pack_rows(pairs), **schema.pack_whole(pairs)}
    except (ValueError, TypeError, OverflowError) as error:
        for pair in pairs:
            try:
                schema.pack([pair])
            except (ValueError, TypeError, OverflowError) as reason:
                raise ArticleError(
                    "not storable",
                    f"article {pair[0].article.id} holds a value that the store's columns cannot: {reason}",
                ) from reason
        raise StoreError(f"a group of articles could not be laid out as a table: {error}") from error


def open_backend(
    path: str | Path, *, read_only: bool = False, layout: Layout = "auto", share: Share | None = None
) -> Backend:
    """Open the files of a store, giving it a share of the machine; see :func:`open_store`."""
    place = Path(path)
    if layout == "auto":
        layout = "parquet" if str(path).endswith(("/", "\\")) or place.is_dir() else "duckdb"
    if layout == "parquet":
        from dateline.store.folder import Folder

        return Folder(place, read_only=read_only, share=share)
    if place.is_dir():
        raise StoreError(f"{place} is a folder, not a DuckDB file: give a file name, or layout='parquet'")
    return File(place, read_only=read_only, share=share)


def there(path: str | Path) -> None:
    """Refuse to go on without a store: for what changes one and has no use for a new one.

    Raises:
        StoreError: The path is neither a file nor a folder with something in it.
    """
    place = Path(path)
    if not (any(place.iterdir()) if place.is_dir() else place.exists()):
        raise absent(place)


def open_store(path: str | Path, *, read_only: bool = False, layout: Layout = "auto") -> Warehouse:
    """Open a store, making it where there is none.

    One process writes at a time. Several may read a DuckDB file while nobody
    writes it, and a Parquet folder at any time.

    Args:
        path: A DuckDB file, or a folder of Parquet files when it is a folder or ends with ``/``.
        read_only: Add nothing; the store must be there.
        layout: Say which of the two it is instead of reading it off the path.

    Raises:
        StoreError: It is in use, damaged, not a store, newer than this package, or absent when reading only.
    """
    return Warehouse(open_backend(path, read_only=read_only, layout=layout))
