"""Templates to answers. Articles are hostile input: everything is escaped, and nothing can reorder the words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from litestar import Response

from dateline.export.wording import amount, number

_REORDERING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STATIC = {
    "room.css": "text/css",
    "room.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def harmless(value: Any) -> Any:
    """A text without characters that control the order of words on screen; anything else as it is."""
    if not isinstance(value, str):
        return value
    # What is escaped already (a joined list, what a macro made) stays so: its type says that it is.
    return type(value)(_REORDERING.sub("�", value)) if _REORDERING.search(value) else value


def web_address(value: str | None) -> str:
    """An address one may follow; empty for any other kind."""
    return value if value and value.startswith(("http://", "https://")) else ""


def address(path: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address with its parameters; those without a value are left out."""
    given = {**(parameters or {}), **more}
    kept = {name: value for name, value in given.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


@cache
def static(name: str) -> tuple[bytes, str, str] | None:
    """Content, media type and digest of a file that pages use; none where there is no such file."""
    media = _STATIC.get(name)
    if media is None:
        return None
    content = (resources.files("dateline.server.web") / "static" / name).read_bytes()
    return content, media, sha256(content).hexdigest()[:12]


def static_address(name: str) -> str:
    """Where a page finds a file; it changes with the content."""
    found = static(name)
    return f"/static/{name}?v={found[2]}" if found else ""


@cache
def environment() -> Any:
    """The templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made: Any = Environment(
        loader=PackageLoader("dateline.server.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(address=address, static=static_address)
    made.filters.update(web_address=web_address, figure=_figure, amount=number, share=_share, span=_span)
    return made


def _span(row: Mapping[str, Any]) -> str:
    """A count as people write it, without what is counted."""
    return amount(row["low"], row["high"], row["bound"])


def _share(value: float) -> str:
    return f"{value:.0%}"


def _figure(row: Mapping[str, Any]) -> str:
    """A figure's row as people write it."""
    unit = "" if row["unit"] == row["head"] else row["unit"]
    per = f" per {row['per']}" if row["per"] else ""
    change = {"up": " ▲", "down": " ▼"}.get(row["change"] or "", "")
    return f"{amount(row['low'], row['high'], row['bound'], unit)}{per}{change}"


def page(template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """A page."""
    html = environment().get_template(template).render(**context)
    return Response(
        html.encode("utf-8", "replace").decode(),
        status_code=status,
        media_type="text/html",
        headers={"cache-control": "no-cache"},
    )
