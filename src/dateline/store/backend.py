"""What the two kinds of store have in common, and the DuckDB file.

A backend has a DuckDB connection in which every table of
:mod:`dateline.store.schema` can be read, and one way to change them: a
:class:`Change`, which happens as a whole or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dateline.errors import StoreError
from dateline.judgements import Judgement
from dateline.records import RECORD_VERSION
from dateline.store import migrations, schema
from dateline.store.beside import Beside
from dateline.store.schema import MARK_TABLES, NUMBERED

SETTINGS = {
    # Nothing is fetched at run time, and no query reads a file of the machine.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "true",
    # The first rows of a list: their places are found first, and only then the rest of their columns is read.
    "late_materialization_max_rows": "1000",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the machine a store may take; what is none is DuckDB's own choice."""

    memory: int | None = None
    """Most memory of all queries together, in bytes; beyond it they work on disk or give up."""
    threads: int | None = None
    """Most threads of one query. Where many ask at once, one each serves all of them soonest."""

    def settings(self) -> dict[str, str]:
        """DuckDB's settings."""
        given = {
            "memory_limit": None if self.memory is None else f"{self.memory}B",
            "threads": None if self.threads is None else str(self.threads),
        }
        return {name: value for name, value in given.items() if value is not None}


WRITING: set[Path] = set()
"""Stores this process has open for writing."""


@dataclass(slots=True)
class Change:
    """Rows to add, and what they replace."""

    tables: dict[str, Any]
    """Arrow table by name."""
    numbers: Sequence[int] = ()
    """Articles whose rows are replaced, by ``number``."""
    keys: Sequence[str] = ()
    """Inputs whose marks and rejections are replaced."""
    emptied: Sequence[str] = ()
    """Tables whose rows are all replaced."""
    segments: Sequence[int] = ()
    """Segments whose postings are replaced, by their lowest number."""


class Backend(Protocol):
    """Where the tables lie."""

    path: Path
    read_only: bool
    judges: bool
    """Whether judgements can be kept; where nothing else can be written, beside the store."""

    serves: bool
    """Whether many questions come one after another, so that what answers them sooner is worth making."""

    def cursor(self) -> Any:
        """A DuckDB connection of one's own to the current state."""
        ...

    def state(self) -> object:
        """Another one whenever the tables have changed; judgements beside the store do not count."""
        ...

    def judge(self, rows: Sequence[Judgement]) -> None:
        """Keep judgements, while others go on reading."""
        ...

    def write(self, change: Change) -> None:
        """Make a change, whole or not at all."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


@contextlib.contextmanager
def failing(path: Path, doing: str) -> Generator[None]:
    """Turn errors of the database and the disk into one that says what to do."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise StoreError(_advice(path, doing, str(error))) from error
    except OSError as error:
        raise StoreError(_advice(path, doing, error.strerror or str(error))) from error


def absent(path: Path) -> StoreError:
    """What is raised where a store is asked for that is not there."""
    return StoreError(f"there is no store {path}: check the name, or make one with `dateline run`")


def _advice(path: Path, doing: str, message: str) -> str:
    first = message.strip().splitlines()[0] if message.strip() else "no reason given"
    low = message.lower()
    if "lock" in low or "different configuration" in low:
        holder = ""
        if "(pid" in low:
            holder = f" (process {message[low.index('(pid') + 5 :].partition(')')[0].strip()})"
        return f"store {path} is in use by another process{holder}: wait until it has ended, or stop it, and try again"
    if "newer" in low or "version number" in low or "storage version" in low:
        return f"store {path} was written by another version of DuckDB: install a DuckDB that reads it ({first})"
    if "no space" in low or "disk full" in low or "file too large" in low or "quota" in low:
        return (
            f"store {path}: the disk is full or the file may not grow ({first}); "
            "make room and run again: what was added before is kept"
        )
    if "not a valid duckdb" in low or "extension" in low:  # DuckDB would read an SQLite file with an extension
        return f"{path} exists and is no Dateline store: give another path, or move that file away"
    if "permission" in low or "read-only file system" in low:
        return f"store {path} cannot be {doing}: {first}; check who owns it and may write there"
    if any(word in low for word in ("corrupt", "checksum", "invalidated", "could not read enough", "serializ")):
        return f"store {path} is damaged ({first}): restore it from a copy, or delete it and run again"
    return f"store {path} cannot be {doing}: {first}"


def beside(cursor: Any, file: Beside, connection: Any) -> None:
    """Let a connection see the judgements beside the store as rows of their table."""

    def kept() -> list[Judgement]:
        own = connection.cursor()
        try:
            return schema.tables()["judgements"].read(own.sql("FROM judgements").to_arrow_table())
        finally:
            own.close()

    table = file.shown(kept)
    if table is not None:
        cursor.register("judgements", table)


def keep(backend: Backend, file: Beside, rows: Sequence[Judgement]) -> None:
    """Keep judgements in the store, or beside one that is only read; those that are there already are passed over."""
    if backend.read_only:
        with failing(backend.path, "judged"):
            file.add(rows)
        return
    cursor = backend.cursor()
    there = {row[0] for row in cursor.execute("SELECT id FROM judgements").fetchall()}
    cursor.close()
    new = [row for row in rows if row.id not in there]
    if new:
        backend.write(Change({"judgements": schema.tables()["judgements"].build(new)}))


class File:
    """A store in one DuckDB file.

    Args:
        path: The file; made when it is not there, unless ``read_only``.
        read_only: Several processes may read at once while none writes.
        share: How much of the machine it may take.

    Raises:
        StoreError: Locked by another process, damaged, not a store, or of a newer version.
    """

    def __init__(self, path: Path, *, read_only: bool = False, share: Share | None = None) -> None:
        import duckdb

        share = share or Share()

        self.path = path
        self.read_only = read_only
        self.judges = not read_only
        self.serves = False
        self._beside = Beside(path.with_name(f"{path.name}.judgements"))
        self._held = path.absolute()
        self._written = 0
        if read_only and not path.exists():
            raise absent(path)
        if not path.parent.is_dir():
            raise StoreError(f"store {path} cannot be made: there is no folder {path.parent}")
        if self._held in WRITING:
            raise StoreError(f"store {path} is already open in this process: close it first, or use the one you have")
        if path.exists() and path.stat().st_size == 0:
            # DuckDB takes an empty file for a damaged one; it is what a touch or a kill at birth leaves.
            if read_only:
                raise StoreError(f"{path} is empty, and so no Dateline store")
            path.unlink()
        with failing(path, "opened"):
            self._connection: Any = duckdb.connect(
                str(path),
                read_only=read_only,
                config={**SETTINGS, **share.settings(), "enable_external_access": "false"},
            )
        try:
            with failing(path, "opened"):
                self._prepare()
        except BaseException:
            self._connection.close()
            raise
        if not read_only:
            WRITING.add(self._held)
            with failing(path, "written"):
                self._beside.moved(self.judge)

    def _prepare(self) -> None:
        connection = self._connection
        names = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if "dateline" not in names and (names or self.read_only):
            raise StoreError(f"{self.path} is a DuckDB file, but no Dateline store: give another path")
        version = 0
        if names:
            version = connection.execute("SELECT max(version) FROM dateline").fetchone()[0]
        if self.read_only:
            if version < migrations.CURRENT:
                raise StoreError(
                    f"store {self.path} has version {version}, this Dateline reads {migrations.CURRENT}: "
                    f"run 'dateline link --store {self.path}', which brings it up to date"
                )
            migrations.migrate(connection, version)  # refuses a newer one
            return
        connection.execute("BEGIN")
        try:
            if not names:
                connection.execute("CREATE TABLE dateline (version INTEGER, record VARCHAR)")
            now = migrations.migrate(connection, version)
            if now != version:
                connection.execute("INSERT INTO dateline VALUES (?, ?)", [now, RECORD_VERSION])
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def cursor(self) -> Any:
        """A connection of one's own to the same database."""
        cursor = self._connection.cursor()
        if self.read_only:
            beside(cursor, self._beside, self._connection)
        return cursor

    def state(self) -> object:
        """How often it has been written: while this process reads it, no other can."""
        return self._written

    def judge(self, rows: Sequence[Judgement]) -> None:
        """Keep judgements: in the file, or where it is only read, beside it."""
        keep(self, self._beside, rows)

    def write(self, change: Change) -> None:
        """Make a change in one transaction."""
        connection = self._connection
        self._written += 1
        with failing(self.path, "written"):
            connection.execute("BEGIN")
            try:
                if change.numbers:
                    for name in NUMBERED:
                        connection.execute(
                            f"DELETE FROM {name} WHERE number IN (SELECT unnest(?::BIGINT[]))",  # noqa: S608
                            [list(change.numbers)],
                        )
                if change.keys:
                    for name in MARK_TABLES:
                        connection.execute(
                            f"DELETE FROM {name} WHERE key IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608
                            [list(change.keys)],
                        )
                for name in change.emptied:
                    connection.execute(f"DELETE FROM {name}")  # noqa: S608
                if change.segments:
                    connection.execute(
                        "DELETE FROM postings WHERE number IN (SELECT unnest(?::BIGINT[]))", [list(change.segments)]
                    )
                for name, rows in change.tables.items():
                    connection.register("incoming", rows)
                    connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")  # noqa: S608
                    connection.unregister("incoming")
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(Exception):
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Write what is in the log into the file and let go of it."""
        WRITING.discard(self._held)
        with failing(self.path, "closed"):
            self._connection.close()
