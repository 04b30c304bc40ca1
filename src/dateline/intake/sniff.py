"""What a page is, told from its bytes: its media type is a hint, never the judge."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from dateline.errors import ArticleError
from dateline.intake import guard
from dateline.intake.extract import Raw

Format = Literal["html", "feed", "json", "warc", "gzip", "zstd", "table", "text"]

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|title|meta|div|p|h1|table|section)[\s>/]", re.IGNORECASE
)
_TAG = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9:]*(?:\s[^<>]{0,300})?/?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def form(raw: Raw) -> Format:
    """The format of a page.

    Raises:
        ArticleError: The bytes are of a kind that holds no readable news, with what to do.
    """
    data = raw.data
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith((b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")):
        return "zstd"
    if what := guard.magic(data):
        raise ArticleError("pdf" if data.startswith(b"%PDF-") else "binary", f"{raw.where} is {what}")
    head = data[:4096]
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, "replace").encode("utf-8", "replace")
            break
    head = head.lstrip()
    if head.startswith(b"WARC/"):
        return "warc"
    media = (raw.media or "").partition(";")[0].strip().lower()
    if media in ("text/csv", "text/tab-separated-values"):
        return "table"
    if media.endswith(("json", "jsonl", "ndjson", "jsonlines")) or re.match(rb'[{\[]\s*(?:["{}\[\]]|$)', head):
        return "json"
    # A feed may open with long comments or stylesheets, a page may quote feed markup further down.
    if _FEED.search(head) and not re.match(rb"<!doctype\s+html|<html", head, re.IGNORECASE):
        return "feed"
    if re.match(
        rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]", head, re.IGNORECASE | re.DOTALL
    ):
        return "html"
    if media in ("text/html", "application/xhtml+xml") and b"<" in head:
        return "html"
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    # A fragment of a page: prose does not carry tags in numbers.
    tags = len(_TAG.findall(data[:20000]))
    return "html" if tags >= 5 and _HTML.search(data[:20000]) else "text"


def decode(raw: Raw) -> str:
    """The characters of a text page.

    A byte order mark decides, else UTF-8 where it fits, else the declared character set, else UTF-16 by its
    zero bytes, else Windows-1252 (which reads Latin-1 too) or what the bytes look like.

    Raises:
        ArticleError: The bytes are no text.
    """
    data = raw.data
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _sound(data[len(bom) :].decode(encoding, "replace"), raw)
    declared = _CHARSET.search(raw.media or "")
    if data[:4096].count(0) == 0 or declared:
        try:
            return _sound(data.decode("utf-8"), raw)
        except UnicodeDecodeError as error:
            _refuse_surrogates(data, raw)
            # One broken byte in a long UTF-8 text (a cut, a splice) is no other encoding.
            if _mostly_utf8(data, error):
                return _sound(data.decode("utf-8", "replace"), raw)
    if declared:
        try:
            return _sound(data.decode(declared[1]), raw)
        except (LookupError, UnicodeDecodeError):
            pass
    zeros = data[:4096].count(0)
    if zeros:
        half = len(data[:4096]) // 2
        odd, even = data[1:4096:2].count(0), data[0:4096:2].count(0)
        if odd > 0.7 * half and even < 0.05 * half:
            return _sound(data.decode("utf-16-le", "replace"), raw)
        if even > 0.7 * half and odd < 0.05 * half:
            return _sound(data.decode("utf-16-be", "replace"), raw)
        return _sound(data.decode("utf-8", "replace"), raw)
    return _sound(_legacy(data), raw)


def _refuse_surrogates(data: bytes, raw: Raw) -> None:
    """Refuse UTF-8 with halves of UTF-16 pairs in it, which stand for no character.

    Raises:
        ArticleError: Nothing else is wrong with the bytes.
    """
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    raise ArticleError("broken text", f"{raw.where} holds lone surrogates: save it again as UTF-8")


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether well-formed multi-byte characters far outnumber the broken bytes."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return (whole >= 4 * broken and broken <= 0.01 * len(text)) or (error.start >= len(data) - 3)


def _legacy(data: bytes) -> str:
    """Bytes of some 8-bit or East Asian encoding.

    Western European text has few bytes above 0x7F, one or two together between ASCII letters; anything denser is
    another script, for which the detector is asked.
    """
    high = sum(byte > 0x7F for byte in data[:65536])
    runs = re.findall(rb"[\x80-\xff]{4,}", data[:65536])
    if high < 0.15 * len(data[:65536]) and not runs:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    try:
        return data.decode(best.encoding if best else "cp1252", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def _sound(text: str, raw: Raw) -> str:
    """The text, if it is one.

    Raises:
        ArticleError: More than one character in fifty is a control or replacement character.
    """
    sample = text[:65536]
    odd = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if odd > 0.02 * len(sample) and odd > 4:
        raise ArticleError(
            "binary", f"{raw.where} is no text ({odd} control or broken characters at its head): give text or HTML"
        )
    return text
