"""``dateline serve``: a store in the browser."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from dateline.errors import ConfigError

_SHORTEST = 16
_Flag = Annotated[bool, Parameter(negative=())]


def serve(
    *,
    store: str,
    host: str = "127.0.0.1",
    port: int = 8400,
    token: str | None = None,
    name: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    config: str = "plover-en",
    actors: Path | None = None,
    codebook: Path | None = None,
    read_only: _Flag = False,
    verbose: _Flag = False,
) -> int:
    """Open a store in the browser: the reading room, and the REST API beside it.

    The store is open for reading; while it is served, nothing else can write a DuckDB file, but a run
    may add to a folder of Parquet files. Only readers' judgements are written into it. Nothing is fetched from
    elsewhere. Ends with Ctrl-C.

    Args:
        store: The store.
        host: Address to listen at. Another than this machine's own needs a token.
        port: Port to listen at; 0 takes a free one.
        token: What a reader has to show: the password the browser asks for (the name is of no matter), or
            "Authorization: Bearer TOKEN". Better given in the environment variable DATELINE_TOKEN.
        name: A name by which readers reach the server, as news.example.org; may be repeated.
        config: Pipeline that codes what is sent to /api/read.
        actors: A table of persons and bodies of your own (TSV) for that pipeline, laid over the built-in ones.
        codebook: An event codebook of your own (TOML) for it, in place of PLOVER's.
        read_only: Keep no judgements: nothing is written into the store.
        verbose: Print each request.
    """
    from dateline.cli import console

    try:
        import uvicorn

        from dateline.server.app import create_app
        from dateline.server.settings import ServerSettings
    except ImportError as error:
        raise ConfigError(f"{error.name} is not installed: pip install 'dateline[serve]'") from error
    shown = token or os.environ.get("DATELINE_TOKEN") or None
    if not 0 <= port <= 65535:
        raise ConfigError(f"--port {port}: give 0 to 65535")
    if not _own(host) and shown is None:
        raise ConfigError(
            f"--host {host} lets other machines in: give a token with --token or DATELINE_TOKEN "
            "(python -c 'import secrets; print(secrets.token_urlsafe())' makes one)"
        )
    if shown is not None and len(shown) < _SHORTEST:
        raise ConfigError(f"the token has {len(shown)} characters: give at least {_SHORTEST}")
    names = {*ServerSettings().hosts, *(each.lower() for each in name)}
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - told apart, not bound to
        names.add(f"[{host}]" if ":" in host else host.lower())
    _free(host, port)
    _checked(config, actors, codebook)
    settings = ServerSettings(
        token=shown,
        hosts=tuple(sorted(names)),
        config=config,
        actors=None if actors is None else str(actors),
        codebook=None if codebook is None else str(codebook),
        judgements=not read_only,
    )
    app = create_app(store, settings)
    listening = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="info" if verbose else "warning",
        access_log=verbose,
        server_header=False,
        timeout_keep_alive=15,
        limit_concurrency=200,
    )
    server = uvicorn.Server(listening)
    bound = listening.bind_socket()
    # Taken over by every connection: else the end of an answer waits until the reader has confirmed its beginning.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    at = f"[{host}]" if ":" in host else host
    console.stderr().print(f"http://{at}:{bound.getsockname()[1]}/  (Ctrl-C ends)", markup=False)
    # What is there now stays until the end: to look through it again whenever a record has been read costs a third of
    # the reading.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    # An answer is made of many short steps; between two of them it shall not wait long for one that writes a page.
    sys.setswitchinterval(0.001)
    try:
        server.run(sockets=[bound])
    finally:
        gc.unfreeze()  # else the database's library tells the user of what was never let go of
    return 0


def _free(host: str, port: int) -> None:
    """Refuse an address that is not to be had: the server would only end."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise ConfigError(
            f"http://{host}:{port}/ cannot be served: {_reason(error)}; "
            "give another --port (0 takes any that is free), or end what is served there"
        ) from error


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    return os.strerror(error.errno) if error.errno else str(error)


def _own(host: str) -> bool:
    """Whether an address is this machine's own and nobody else reaches it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(config: str, actors: Path | None, codebook: Path | None) -> None:
    """Read the pipeline's configuration and tables: faults are told now, not when the first text is sent."""
    from dateline.config import load as load_config
    from dateline.knowledge import actors as persons
    from dateline.knowledge import codebook as books

    load_config(config)
    if actors is not None:
        persons.load(actors)
    if codebook is not None:
        books.load(codebook)
