"""One page from the web, politely and within limits.

robots.txt is asked first. Addresses of this machine and of private networks are refused unless allowed, before each
request and each redirect, and the request goes to the very address that was checked, so that a name that changes its
address between check and use gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dateline.errors import ArticleError, TransientError
from dateline.intake import archives, dates
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings

_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_WAIT = 30.0  # seconds a server may ask us to wait before we give up on it
_ROBOTS_BYTES = 512 * 1024


def get(url: str, *, settings: Settings) -> Raw:
    """Fetch a page.

    Raises:
        ArticleError: It may not be fetched (robots.txt, a private address), does not exist, or is too large.
        TransientError: The site gave no answer, after all tries.
    """
    deadline = time.monotonic() + settings.total_seconds
    with _client(settings) as client:
        if settings.robots and not _allowed(client, url, settings, deadline):
            raise ArticleError(
                "robots",
                f"{url}: its robots.txt asks programs not to fetch it: save it from a browser and give that file",
            )
        for attempt in range(settings.retries + 1):
            try:
                return _follow(client, url, settings, deadline)
            except _Again as again:
                wait = min(again.wait if again.wait is not None else 2.0**attempt, _LONGEST_WAIT)
                if attempt == settings.retries or time.monotonic() + wait > deadline:
                    raise TransientError(f"{url} gave no page after {attempt + 1} tries ({again})") from again
                time.sleep(wait)
    raise TransientError(f"{url} gave no page")


class _Again(Exception):  # noqa: N818 — it is a signal to this module, not an error to the caller
    """Try once more, after so many seconds where the server says how many."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


def _client(settings: Settings) -> Any:
    import httpx

    return httpx.Client(
        timeout=httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds),
        headers={
            "User-Agent": settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en,*;q=0.5",
        },
        follow_redirects=False,
        proxy=settings.proxy,
        trust_env=False,
    )


def _follow(client: Any, url: str, settings: Settings, deadline: float) -> Raw:
    here = url
    for _ in range(settings.redirects + 1):
        status, headers, data = _one(client, here, settings, deadline, limit=settings.page_bytes)
        if status in _REDIRECTS and (target := headers.get("location")):
            here = urljoin(here, target)
            if (
                settings.robots
                and urlsplit(here).netloc != urlsplit(url).netloc
                and not _allowed(client, here, settings, deadline)
            ):
                raise ArticleError("robots", f"{url} leads to {here}, whose robots.txt asks programs not to fetch it")
            continue
        if status in _TRANSIENT:
            raise _Again(f"status {status}", _retry_after(headers.get("retry-after")))
        if status != 200:
            what = {
                401: "it asks for a login",
                403: "the site refuses",
                404: "there is no such page",
                410: "the page is gone",
                451: "it is blocked by law",
            }
            raise ArticleError(
                "not fetched", f"{url}: {what.get(status, 'the site answers')} (status {status}): check the address"
            )
        return Raw(data, url, here, headers.get("content-type"), dates.now())
    raise ArticleError("not fetched", f"{url} redirects more than {settings.redirects} times: give the final address")


def _retry_after(value: str | None) -> float | None:
    return float(value) if value and value.strip().isdigit() else None


def _one(client: Any, url: str, settings: Settings, deadline: float, *, limit: int) -> tuple[int, Any, bytes]:
    """One request: status, headers and body."""
    import httpx

    target, headers, extensions = _pinned(url, settings)
    try:
        with client.stream("GET", target, headers=headers, extensions=extensions) as answer:
            if answer.status_code in _REDIRECTS or answer.status_code in _TRANSIENT:
                return answer.status_code, answer.headers, b""
            declared = answer.headers.get("content-length", "")
            if declared.isdigit() and int(declared) > limit:
                raise ArticleError(
                    "too large", f"{url} has {int(declared):,} bytes, more than the {limit:,} allowed: raise page_bytes"
                )
            pieces: list[bytes] = []
            size = 0
            # The raw bytes: unpacking is done within limits of ours.
            for piece in answer.iter_raw(1 << 16):
                size += len(piece)
                if size > limit:
                    raise ArticleError(
                        "too large", f"{url} sends more than the {limit:,} bytes allowed: raise page_bytes"
                    )
                if time.monotonic() > deadline:
                    raise ArticleError(
                        "time limit", f"{url} took longer than {settings.total_seconds:g} s: raise total_seconds"
                    )
                pieces.append(piece)
            data = _unpacked(b"".join(pieces), answer.headers.get("content-encoding", ""), url, settings)
            return answer.status_code, answer.headers, data
    except httpx.TransportError as error:
        raise _Again(str(error) or type(error).__name__) from error
    except httpx.InvalidURL as error:
        raise ArticleError("bad address", f"{url} is no address ({error}): check it") from error


def _unpacked(data: bytes, encoding: str, url: str, settings: Settings) -> bytes:
    """The body of an answer without its transfer packing; gzip is all we ask for.

    Raises:
        ArticleError: It is packed otherwise, broken, or too large unpacked.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return data
    if name not in ("gzip", "x-gzip") or not data.startswith(b"\x1f\x8b"):
        raise ArticleError("corrupt", f"{url} sends {name} data that nobody asked for: save it from a browser")
    return archives.expanded(Raw(data, url), settings).data


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ArticleError("bad address", f"{url} is no address ({error}): check it") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ArticleError("bad address", f"{url}: only http and https addresses with a host can be fetched")
    return parts


def _pinned(url: str, settings: Settings) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The URL with its host replaced by the address that was checked, with the headers that keep its name.

    Raises:
        ArticleError: The host is or resolves to an address of this machine or a private network.
    """
    parts = _split(url)
    host = parts.hostname or ""
    if settings.proxy:
        # The proxy resolves names; what is an address already can be checked here.
        _check(host, host, settings)
        return url, {}, {}
    address = _resolve(host, parts.port or (443 if parts.scheme == "https" else 80), settings)
    shown = f"[{address}]" if ":" in address else address
    netloc = f"{shown}:{parts.port}" if parts.port else shown
    target = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    name = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    return target, {"Host": f"{name}:{parts.port}" if parts.port else name}, {"sni_hostname": ascii_host}


def _resolve(host: str, port: int, settings: Settings) -> str:
    _check(host, host, settings)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _Again(f"the name {host} has no address ({error})") from error
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    for address in addresses:
        _check(address, host, settings)
    # IPv4 first: many machines have an IPv6 address and no route.
    return min(addresses, key=lambda address: ":" in address)


def _check(address: str, host: str, settings: Settings) -> None:
    """Refuse addresses that are not of the public internet.

    Raises:
        ArticleError: It is private, local, reserved or multicast and private addresses are not allowed.
    """
    if settings.private_addresses:
        return
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".internal", ".local")):
        raise _private(host)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return
    # An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as what it reaches.
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if isinstance(parsed, ipaddress.IPv6Address) and parsed in ipaddress.ip_network("64:ff9b::/96"):
        inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    for each in (parsed, inner):
        if each is not None and (not each.is_global or each.is_multicast):
            raise _private(host)


def _private(host: str) -> ArticleError:
    return ArticleError(
        "private address",
        f"{host} is an address of this machine or a private network: set private_addresses to allow it",
    )


def _allowed(client: Any, url: str, settings: Settings, deadline: float) -> bool:
    """Whether robots.txt lets us fetch a page: RFC 9309, so no file allows all and a failing server refuses all."""
    parts = _split(url)
    rules = _ROBOTS.get(key := (parts.scheme, parts.netloc, settings.user_agent))
    if rules is None:
        rules = _ROBOTS[key] = _rules(client, f"{parts.scheme}://{parts.netloc}/robots.txt", settings, deadline)
        if len(_ROBOTS) > 1000:
            _ROBOTS.pop(next(iter(_ROBOTS)))
    return rules.can_fetch(settings.user_agent, url)


_ROBOTS: dict[tuple[str, str, str], RobotFileParser] = {}


def _rules(client: Any, url: str, settings: Settings, deadline: float) -> RobotFileParser:
    rules = RobotFileParser(url)
    here = url
    for _ in range(settings.redirects + 1):
        try:
            status, headers, data = _one(client, here, settings, deadline, limit=_ROBOTS_BYTES)
        except ArticleError as error:
            if error.reason != "too large":
                raise
            rules.parse([])  # larger than any file of rules: as if there were none
            return rules
        except _Again as again:
            raise TransientError(f"{url} cannot be asked ({again})") from again
        if status in _REDIRECTS and (target := headers.get("location")):
            here = urljoin(here, target)
            continue
        if status >= 500 or status == 429:
            raise TransientError(f"{url} answers {status}, so the site's wishes are not known")
        rules.parse(data.decode("utf-8", "replace").splitlines() if status == 200 else [])
        return rules
    rules.parse([])
    return rules
