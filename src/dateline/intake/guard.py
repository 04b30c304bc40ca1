"""Bounds on what one page may cost: a linear look before any tree is built, and a child process that can be killed.

An HTML parser takes time in the square of the nesting and of the number of attributes of a tag, and can make more
nodes than the page has tags: it opens ``<font>`` and its like again in each paragraph where they were left open.
:func:`doubtful` finds all three in one linear pass; :func:`guarded` is for the pages it finds.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dateline.errors import ArticleError

T = TypeVar("T")
A = TypeVar("A")

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one page may cost. Of real news pages 99 in 100 have under 1.9 MB; the deepest nest 56 elements."""

    bytes: int = 10 * MEGABYTE
    """Largest page."""
    depth: int = 1_000
    """Deepest nesting of elements."""
    nodes: int = 300_000
    """Most opening tags; a page of a news site has 1,000 to 8,000."""
    plain_nodes: int = 20_000
    """Opening tags up to which a page is parsed in this process: at worst about a second."""
    seconds: float = 8.0
    """Longest time in the child process."""
    megabytes: int = 900
    """Most address space of the child process."""


LIMITS = Limits()

_OPEN = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_FORMATTING = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\s[^>]*", re.IGNORECASE)
_TAG_START = re.compile(r"<[a-zA-Z/]")
_SEPARATOR = re.compile(r"[\s/=]")
_CLOSED_BY_NEXT = frozenset("p li dd dt tr td th tbody thead tfoot option optgroup rp rt".split())
_VOIDS = frozenset(
    "area base br col embed hr img input link meta param source track wbr image path use rect circle".split()
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF: extract its text first (pdftotext) and give the text file"),
    (b"PK\x03\x04", "a zip container (docx, odt, epub, zip): save it as text or HTML, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as text or HTML"),
    (b"{\\rtf", "an RTF document: save it as text or HTML"),
    (b"\x1f\x8b", "gzip data: unpack it"),
    (b"\x28\xb5\x2f\xfd", "zstd data: unpack it"),
    (b"BZh", "bzip2: unpack it, or compress with gzip or zstd"),
    (b"\xfd7zXZ", "xz: unpack it, or compress with gzip or zstd"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"PAR1", "a Parquet file: export the text column as JSONL"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"RIFF", "RIFF media"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_ALSO_WORDS = frozenset((b"MZ", b"BZh", b"ID3", b"RIFF", b"PAR1", b"Rar!", b"OggS", b"wOFF", b"wOF2", b"GIF8"))
"""Marks that a text may begin with as well; the bytes behind them decide."""


def magic(data: bytes) -> str | None:
    """What kind of file begins with these bytes, in words, with what to do about it; None if no mark is known."""
    for mark, what in _MAGIC:
        if data.startswith(mark) and not (mark in _ALSO_WORDS and _looks_text(data[:8192].rstrip(b"\0"))):
            return what
    return "MP4 media" if data[4:8] == b"ftyp" else None


def sniff(data: bytes) -> str | None:
    """What kind of binary data this is, in words; None for what may be text.

    Text in UTF-16 and UTF-32 is told by its byte order mark or its regular zeros; other data with more than a few
    control bytes is binary. Some NULs in otherwise clean text are no sign: broken pages have them.
    """
    head = data[:8192].rstrip(b"\0")  # a broken download may be padded
    if what := magic(data):
        return what
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or wide(head):
        return None
    return None if head and _looks_text(head) else "binary data"


_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c\x1b\x00") + b"\x7f"


def _looks_text(head: bytes) -> bool:
    control = len(head) - len(head.translate(None, _CONTROL))
    nulls = head.count(0)
    return control <= len(head) // 50 and nulls <= len(head) // 5


def wide(head: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where a text without byte order mark has its zeros at every second byte."""
    head = head[: len(head) & ~1]
    if len(head) < 8:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Markup has its zeros at every second byte, text of other scripts has none; binary data has them anywhere.
    if odd > 0.15 * half and even < 0.01 * half:
        return "utf-16-le"
    if even > 0.15 * half and odd < 0.01 * half:
        return "utf-16-be"
    return None


def doubtful(page: str, limits: Limits = LIMITS) -> bool:
    """Whether parsing a page may take long or much memory, so that it is better done in a child process.

    Linear in the page. Three things make a parser slow: very many tags; formatting elements left open, which are
    opened again in every paragraph; and tags with thousands of attributes, each compared with all others.
    """
    tags = page.count("<")
    if tags > 2 * limits.plain_nodes:
        return True
    formatting = len(set(_FORMATTING.findall(page)))
    if formatting * 3 * tags > 1_500_000:
        return True
    squares = 0
    for part in [part for part in page.split(">") if len(part) > 4000]:
        if start := _TAG_START.search(part):
            squares += len(_SEPARATOR.findall(part, start.start())) ** 2
    return squares > 400_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """What a linear look tells of a page's tree."""

    nodes: int
    """Opening tags."""
    depth: int
    """Nesting: the most elements open at once, if each closing tag closes the nearest of its name."""


def shape(page: str, most: int) -> Shape:
    """Size and nesting of a page's tree, without building it; linear. Counting stops after ``most`` opening tags.

    Elements that the next of their kind closes (``li``, ``p``, ``td``) do not count as nesting. Tags in scripts,
    comments and attribute values are taken for tags, so the depth is an estimate.
    """
    opened: Counter[str] = Counter()
    nodes = depth = deepest = 0
    for match in _OPEN.finditer(page):
        name = match[2].lower()
        if match[1]:
            if opened[name] > 0:
                opened[name] -= 1
                depth -= 1
            continue
        nodes += 1
        if nodes > most:
            break
        if name in _VOIDS or name in _CLOSED_BY_NEXT:
            continue
        opened[name] += 1
        depth += 1
        deepest = max(deepest, depth)
    return Shape(nodes, deepest)


# --- a child process -----------------------------------------------------------------------------------------------

_SERVE = "import sys,json;sys.path[:]=json.loads(sys.argv[1]);from dateline.intake.guard import serve;serve()"


def guarded(function: Callable[[A], T], argument: A, *, seconds: float, megabytes: int) -> T:
    """Call a function in a child process that is killed when it takes too long or too much.

    Args:
        function: One that can be imported by its module and name.
        argument: What it is called with; must pickle, as must its result.
        seconds: Longest time by the clock, start-up (about 0.2 s) included.
        megabytes: Most address space of the child, where the system can limit it (not on Windows).

    Raises:
        ArticleError: "time limit" or "memory limit", also where the child died; or what the function raised, if that
            was an ArticleError.
        RuntimeError: The function raised something else; the message holds its type and text.
    """
    call = pickle.dumps((function.__module__, function.__qualname__, argument, megabytes, seconds))
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-c", _SERVE, json.dumps(sys.path)],
            input=call,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ArticleError("time limit", f"reading it took more than {seconds:g} s") from None
    try:
        kind, value = cast("tuple[str, Any]", pickle.loads(done.stdout))  # noqa: S301 - written by our own code
    except Exception:  # noqa: BLE001 - whatever a dying child left behind
        if done.returncode in (-24, -14):  # SIGXCPU, SIGALRM
            raise ArticleError("time limit", f"reading it took more than {seconds:g} s") from None
        raise ArticleError(
            "memory limit", f"its reader died (status {done.returncode}), most likely of the {megabytes} MB limit"
        ) from None
    if kind == "result":
        return cast("T", value)
    if kind == "article":
        raise ArticleError(*value)
    if kind == "memory":
        raise ArticleError("memory limit", f"reading it took more than {megabytes} MB")
    raise RuntimeError(value)


def serve() -> None:
    """The child's side of :func:`guarded`: one call from standard input, its outcome to standard output."""
    out = os.dup(1)
    os.dup2(2, 1)  # what the function prints must not get into the answer
    module, name, argument, megabytes, seconds = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our parent
    _limit(megabytes, seconds)
    outcome: tuple[str, Any]
    try:
        function: Any = importlib.import_module(module)
        for part in name.split("."):
            function = getattr(function, part)
        outcome = ("result", function(argument))
    except ArticleError as error:
        outcome = ("article", (error.reason, error.detail))
    except MemoryError:
        outcome = ("memory", None)
    except Exception as error:  # noqa: BLE001 - the parent decides
        outcome = ("error", f"{type(error).__name__}: {error}")
    with os.fdopen(out, "wb") as stream:
        pickle.dump(outcome, stream)


def _limit(megabytes: int, seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, int(seconds) + 2),  # should the parent die before it can kill us
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
