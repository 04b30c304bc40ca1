"""The limits and choices of intake, with their defaults."""

from __future__ import annotations

from msgspec import Struct

from dateline.records import IsoTime

MEGABYTE = 1 << 20


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What intake accepts and how it fetches; sizes in bytes, times in seconds."""

    page_bytes: int = 10 * MEGABYTE
    """Largest page, feed, JSONL line or table row, after decompression; the 99th percentile of news pages is 1.9 MB."""
    ratio: int = 200
    """Largest decompressed-to-compressed ratio past the first megabyte; pages compress about tenfold."""
    page_seconds: float = 8.0
    """Longest time one page may take to extract."""
    page_memory: int = 900 * MEGABYTE
    """Most memory one page may take to extract."""
    fields: dict[str, str] = {}
    """For JSON and tables: article field to the key or column, as ``{"text": "body"}``; else the usual names."""
    language: str | None = None
    """BCP 47 tag of every article, when the user knows it; else the page's claim, checked, or the text's own."""
    dates_in_names: bool = False
    """Whether a text that says no date has that of its file's name: ``2024-03-05-flood.txt``, ``wire_20240305.txt``."""
    retrieved: IsoTime | None = None
    """When files were fetched, where the user knows; "8 sec ago" counts from it."""
    follow_links: bool = True
    """Whether folders reached through symbolic links are read."""
    hidden: bool = False
    """Whether files whose names begin with a dot are read."""
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 120.0
    """Longest time one fetch may take, redirects and retries included."""
    redirects: int = 5
    retries: int = 2
    """Further tries after a transient failure (no answer, 429, 500, 502, 503, 504)."""
    robots: bool = True
    """Whether robots.txt is asked and obeyed."""
    private_addresses: bool = False
    """Whether URLs of this machine and of private networks may be fetched."""
    proxy: str | None = None
    """URL of the proxy to fetch through; the environment's proxies are not used."""
    user_agent: str = "dateline/0.1 (news reader for research; one page at a time)"
    """What we call ourselves; put your contact address in it."""


DEFAULTS = Settings()
