"""A store as a folder of Parquet files, one sub-folder a table.

``events/*.parquet`` is the table of events, for anything that reads Parquet.
What makes a change whole is the log: a change first writes its files under
names taken from their content, then one entry of ``_log/`` that names the
files which now count and those which no longer do, by a rename. A kill before
the rename leaves files nobody counts, and the next writer removes them; a
reader through this module never sees them.

Small files of many small changes are merged when the store is closed (and
whenever many have come together), into one file a table for every
:data:`SEGMENT` articles. So two stores of the same content have the same bytes,
however they came to it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from dateline.errors import StoreError
from dateline.judgements import Judgement
from dateline.records import RECORD_VERSION
from dateline.store import migrations, postings, schema
from dateline.store.backend import SETTINGS, WRITING, Change, Share, absent, beside, failing, keep
from dateline.store.beside import Beside
from dateline.store.schema import EVERY, MARK_TABLES, NUMBERED

SEGMENT = postings.SEGMENT
"""Articles a file of a table holds once it is merged."""
MERGE_AT = 256
"""Files a table may have beyond its merged ones before they are merged."""
_SEGMENTED = (*NUMBERED, "postings")
"""Tables with files of their own for every segment."""
_ROW_GROUP = {"articles": 256, "packed": 64}
"""Rows a reader has to unpack to reach one of them, where it is not 16,384: articles are long."""


class Part(Struct, frozen=True):
    """One Parquet file."""

    table: str
    file: str
    """Path below the store's folder."""
    first: int
    """Lowest ``number`` in it; 0 in tables without one."""
    last: int
    rows: int


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of the log."""

    format: Literal["dateline-parquet"] = "dateline-parquet"
    version: int
    record: str = RECORD_VERSION
    whole: bool = False
    """Whether it stands for all entries before it."""
    add: tuple[Part, ...] = ()
    drop: tuple[str, ...] = ()


class Folder:
    """A store in a folder of Parquet files.

    Args:
        path: The folder; made when it is not there, unless ``read_only``.
        read_only: Reading needs no lock and may go on while another process writes.
        share: How much of the machine it may take.

    Raises:
        StoreError: Locked by another writer, damaged, not a store, or of a newer version.
    """

    def __init__(self, path: Path, *, read_only: bool = False, share: Share | None = None) -> None:
        self._share = share or Share()
        self.path = path
        self.read_only = read_only
        self.judges = not read_only
        self.serves = False
        self._beside = Beside(path / "_judgements")
        self._held = path.absolute()
        self._lock: Any = None
        self._parts: dict[str, Part] = {}
        self._entries = 0
        self._connection: Any = None
        self._stale: set[str] = set(EVERY)
        if read_only and not path.is_dir():
            raise absent(path)
        with failing(path, "opened"):
            if not read_only:
                self._begin()
            try:
                self._open()
                if not read_only:
                    self._beside.moved(self.judge)
            except BaseException:
                self._release()
                raise

    # ---- opening ----------------------------------------------------------------------------

    def _begin(self) -> None:
        """Be the one writer."""
        if self._held in WRITING:
            raise StoreError(
                f"store {self.path} is already open in this process: close it first, or use the one you have"
            )
        if self.path.is_dir() and not (self.path / "_log").is_dir():
            strangers = sorted(each.name for each in self.path.iterdir() if each.name != "_lock")
            if strangers:
                raise StoreError(
                    f"{self.path} is a folder with other things in it ({strangers[0]}), and no Dateline store: "
                    "give an empty or a new one"
                )
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = (self.path / "_lock").open("a+b")
        try:
            import fcntl
        except ImportError:  # Windows: the one-writer rule is the user's to keep
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            self._lock = None
            raise StoreError(
                f"store {self.path} is in use by another process: wait until it has ended, or stop it, and try again"
            ) from None

    def _open(self) -> None:
        import duckdb

        version = self._replay()
        if version is None and self.read_only:
            raise StoreError(f"{self.path} is a folder, but no Dateline store: give another path")
        if version is not None and version > migrations.CURRENT:
            migrations.migrate(None, version)  # refuses it
        if version is not None and version < migrations.CURRENT and self.read_only:
            raise StoreError(
                f"store {self.path} has version {version}, this Dateline reads {migrations.CURRENT}: "
                f"run 'dateline link --store {self.path}', which brings it up to date"
            )
        self._connection = duckdb.connect(config={**SETTINGS, **self._share.settings()})
        migrations.migrate(self._connection, 0)
        for name in EVERY:
            self._connection.execute(f"DROP TABLE {name}")
        folder = str(self._held).replace("'", "''")
        self._connection.execute(f"SET allowed_directories = ['{folder}/']")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        if self.read_only:
            return
        for name in (*EVERY, "_log"):
            (self.path / name).mkdir(exist_ok=True)
        WRITING.add(self._held)
        if version is None:
            self._log(Entry(version=migrations.CURRENT, whole=True))
        elif version < migrations.CURRENT:
            self._upgrade(version)
        self._sweep()

    def _replay(self) -> int | None:
        """Read the log: which files count. The version of the store, or none where there is no log."""
        for attempt in range(3):
            try:
                return self._replay_once()
            except FileNotFoundError:  # a writer has just folded the log
                if attempt == 2:
                    raise
        return None

    def _replay_once(self) -> int | None:
        log = self.path / "_log"
        names = sorted(each.name for each in log.glob("*.json")) if log.is_dir() else []
        self._parts = {}
        version: int | None = None
        for name in names:
            try:
                entry = msgspec.json.decode((log / name).read_bytes(), type=Entry)
            except (ValueError, msgspec.DecodeError) as error:
                raise StoreError(
                    f"store {self.path} is damaged: {log / name} cannot be read ({error}); restore it from a copy, "
                    "or delete the folder and run again"
                ) from error
            if entry.whole:
                self._parts = {}
            version = entry.version
            for file in entry.drop:
                self._parts.pop(file, None)
            self._parts.update({part.file: part for part in entry.add})
            self._entries = int(name.removesuffix(".json")) + 1
        return version

    def _upgrade(self, version: int) -> None:
        """Bring every table to the current version: through a database in memory, then written anew."""
        import duckdb

        database: Any = duckdb.connect()
        try:
            migrations.migrate(database, 0, migrations=[m for m in migrations.MIGRATIONS if m.number <= version])
            present = {row[0] for row in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            for part in self._parts.values():
                if part.table in present:
                    database.register("incoming", self._load(part))
                    database.execute(f"INSERT INTO {part.table} BY NAME SELECT * FROM incoming")  # noqa: S608
                    database.unregister("incoming")
            migrations.migrate(database, version)
            add: list[Part] = []
            for name, table in schema.tables().items():
                rows = database.sql(f"SELECT * FROM {name}").to_arrow_table()  # noqa: S608
                if rows.num_rows:
                    add += self._segments(name, rows.select(table.names).cast(table.schema))
        finally:
            database.close()
        self._log(Entry(version=migrations.CURRENT, whole=True, add=tuple(add)))
        self._parts = {part.file: part for part in add}

    def _sweep(self) -> None:
        """Remove what a kill has left: files that no entry of the log names."""
        for name in EVERY:
            for file in (self.path / name).iterdir():
                if f"{name}/{file.name}" not in self._parts:
                    file.unlink()
        for file in (self.path / "_log").glob("*.tmp"):
            file.unlink()

    # ---- writing ----------------------------------------------------------------------------

    def write(self, change: Change) -> None:
        """Make a change: new files, then one entry of the log."""
        with failing(self.path, "written"):
            add: list[Part] = []
            drop: list[str] = []
            numbers = set(change.numbers)
            for part in self._parts.values():
                if part.table in change.emptied:
                    drop.append(part.file)
                    continue
                if part.table == "postings":
                    if part.first in change.segments:
                        drop.append(part.file)
                    continue
                if part.table in NUMBERED:
                    gone = [n for n in numbers if part.first <= n <= part.last] if numbers else []
                    column = "number"
                else:
                    gone = list(change.keys) if part.table in MARK_TABLES else []
                    column = "key"
                if not gone:
                    continue
                rows = self._load(part)
                kept = _without(rows, column, gone)
                if kept.num_rows < rows.num_rows:
                    drop.append(part.file)
                    if kept.num_rows:
                        add.append(self._store(part.table, kept))
            for name, rows in change.tables.items():
                add.append(self._store(name, rows))
            self._commit(add, drop)
            if any(self._loose(name) > MERGE_AT for name in EVERY):
                self._merge()

    def _store(self, table: str, rows: Any) -> Part:
        """Write a file named after its content."""
        from pyarrow import parquet

        pa = schema.arrow()
        sink = pa.BufferOutputStream()
        writer: Any = parquet
        known = schema.tables()[table].schema
        # What was read from a file carries its marks (field ids); without them the same rows give the same bytes.
        rows = pa.Table.from_arrays(
            [rows.column(name).cast(known.field(name).type) for name in known.names], schema=known
        )
        rows = rows.combine_chunks()
        writer.write_table(rows, sink, compression="zstd", row_group_size=_ROW_GROUP.get(table, 16_384))
        data = sink.getvalue()
        numbers = rows.column("number").to_pylist() if table in _SEGMENTED else [0]
        first, last = min(numbers), max(numbers)
        digest = blake2b(data, digest_size=10).hexdigest()
        file = f"{table}/{first:09d}-{digest}.parquet"
        _put(self.path / file, data)
        return Part(table=table, file=file, first=first, last=last, rows=rows.num_rows)

    def _load(self, part: Part) -> Any:
        from pyarrow import parquet

        reader: Any = parquet
        try:
            return reader.read_table(self.path / part.file, partitioning=None)
        except (schema.arrow().ArrowInvalid, FileNotFoundError) as error:
            raise StoreError(
                f"store {self.path} is damaged: {part.file} cannot be read ({error}); restore it from a copy, "
                "or delete the folder and run again"
            ) from error

    def _commit(self, add: Iterable[Part], drop: Sequence[str]) -> None:
        new = {part.file: part for part in add}
        gone = [file for file in drop if file not in new]  # the same content again has the same name
        self._log(Entry(version=migrations.CURRENT, add=tuple(new.values()), drop=tuple(gone)))
        for file in gone:
            self._stale.add(self._parts.pop(file).table)
        self._parts.update(new)
        self._stale.update(part.table for part in new.values())
        for file in gone:
            with contextlib.suppress(OSError):  # swept at the next opening
                (self.path / file).unlink()

    def _log(self, entry: Entry) -> None:
        log = self.path / "_log"
        _put(log / f"{self._entries:09d}.json", msgspec.json.encode(entry))
        self._entries += 1
        if entry.whole:
            for old in sorted(log.glob("*.json"))[:-1]:
                old.unlink()

    # ---- merging ----------------------------------------------------------------------------

    def _settled(self, part: Part) -> bool:
        """Whether a file is the only one of its segment."""
        if part.table not in _SEGMENTED:
            return sum(other.table == part.table for other in self._parts.values()) == 1
        segment = part.first // SEGMENT
        return part.last // SEGMENT == segment and not any(
            other.table == part.table
            and other.file != part.file
            and other.first // SEGMENT <= segment <= other.last // SEGMENT
            for other in self._parts.values()
        )

    def _loose(self, table: str) -> int:
        """Files of a table, less what it would have when merged."""
        parts = [part for part in self._parts.values() if part.table == table]
        if table not in _SEGMENTED or not parts:
            return len(parts) - 1
        return len(parts) - 1 - max(part.last for part in parts) // SEGMENT

    def _merge(self) -> None:
        """One file a table and segment, its rows in order."""
        pa = schema.arrow()
        add: list[Part] = []
        drop: list[str] = []
        for name in EVERY:
            loose = [part for part in self._parts.values() if part.table == name and not self._settled(part)]
            if loose:
                rows = pa.concat_tables([self._load(part) for part in loose])
                add += self._segments(name, rows)
                drop += [part.file for part in loose]
        if add:
            self._commit(add, drop)

    def _segments(self, name: str, rows: Any) -> list[Part]:
        """Write the rows of a table in order, a file a segment."""
        from pyarrow import compute

        pc: Any = compute
        order = [(column, "ascending") for column in schema.order(name)]
        if name not in _SEGMENTED:
            return [self._store(name, rows.sort_by(order).combine_chunks())]
        rows = rows.sort_by(order).combine_chunks()
        segments = pc.divide(rows.column("number"), SEGMENT)
        return [
            self._store(name, rows.filter(pc.equal(segments, segment)).combine_chunks())
            for segment in pc.unique(segments).to_pylist()
        ]

    # ---- reading ----------------------------------------------------------------------------

    def cursor(self) -> Any:
        """A connection of one's own, with a view a table over the files that count."""
        with failing(self.path, "read"):
            for name in sorted(self._stale):
                files = [str(self._held / part.file) for part in self._parts.values() if part.table == name]
                columns = ", ".join(f'"{column}"' for column in schema.tables()[name].names)
                if files:
                    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
                    source = f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = false)"  # noqa: S608
                else:
                    source = _empty(name)
                self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {source}")
            self._stale.clear()
            cursor = self._connection.cursor()
            if self.read_only:
                beside(cursor, self._beside, self._connection)
            return cursor

    def state(self) -> object:
        """How many entries the log has that this one knows."""
        return self._entries

    def judge(self, rows: Sequence[Judgement]) -> None:
        """Keep judgements: in a file of their table, or where the folder is only read, beside the tables."""
        keep(self, self._beside, rows)

    def close(self) -> None:
        """Merge small files, fold the log and let go of the folder."""
        try:
            if not self.read_only and self._connection is not None:
                with failing(self.path, "closed"):
                    self._merge()
                    self._log(Entry(version=migrations.CURRENT, whole=True, add=self._whole()))
        finally:
            self._release()

    def _whole(self) -> tuple[Part, ...]:
        return tuple(sorted(self._parts.values(), key=lambda part: (EVERY.index(part.table), part.first, part.file)))

    def _release(self) -> None:
        WRITING.discard(self._held)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _put(path: Path, data: Any) -> None:
    """Write a file whole or not at all, and have it on the disk when this returns."""
    passing = path.with_name(path.name + ".tmp")
    with passing.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)  # else a power cut may undo the rename
        finally:
            os.close(folder)


def _without(rows: Any, column: str, gone: Sequence[Any]) -> Any:
    from pyarrow import compute

    pc: Any = compute
    pa = schema.arrow()
    values = pa.array(gone, type=rows.schema.field(column).type)
    return rows.filter(pc.invert(pc.is_in(rows.column(column), value_set=values)))


def _empty(name: str) -> str:
    """A SELECT of no rows with a table's columns."""
    columns = ", ".join(f'NULL::{_sql(field.type)} AS "{field.name}"' for field in schema.tables()[name].schema)
    return f"SELECT {columns} WHERE false"


def _sql(kind: Any) -> str:
    """DuckDB's name of an Arrow type of the schema."""
    types = schema.arrow().types
    if types.is_list(kind):
        return f"{_sql(kind.value_type)}[]"
    if types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{field.name}" {_sql(field.type)}' for field in kind) + ")"
    return {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "date32[day]": "DATE", "binary": "BLOB"}[
        str(kind)
    ]
