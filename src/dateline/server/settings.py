"""What a server allows, with its defaults."""

from __future__ import annotations

from msgspec import Struct

from dateline.intake.settings import MEGABYTE


class ServerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of a server; sizes in bytes, times in seconds."""

    token: str | None = None
    """What every request has to show, as ``Authorization: Bearer TOKEN`` or as the password of HTTP Basic."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """Names a request may call the server by; another is refused, so that no page elsewhere can pose as this one."""
    config: str = "plover-en"
    """Pipeline that codes what is sent to ``/api/read``."""
    actors: str | None = None
    """Table of persons and bodies of one's own (TSV), laid over those of that pipeline."""
    codebook: str | None = None
    """Event codebook of one's own (TOML) in place of that pipeline's."""
    judgements: bool = True
    """Whether readers may judge findings; it is the only thing that is ever written into the store."""
    body_bytes: int = 2 * MEGABYTE
    """Largest body of a request."""
    read_seconds: float = 30.0
    """Longest time the coding of one body may take; the process that does it is then ended."""
    read_memory: int = 4096 * MEGABYTE
    """Most memory that process may take, the pipeline included (it needs about 1 GB of address space)."""
    query_seconds: float = 10.0
    """Longest time one question to the store may take."""
    query_memory: int = 1024 * MEGABYTE
    """Most memory that all questions together may take; beyond it DuckDB works on disk or gives up."""
    sql_rows: int = 1000
    """Most rows of an answer in SQL."""
    sql_bytes: int = 4 * MEGABYTE
    """Most text of an answer in SQL; it is cut after the row that passes it."""
