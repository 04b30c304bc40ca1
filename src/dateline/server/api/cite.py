"""``/api/cite``: a finding back to its words."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from dateline.errors import ConfigError
from dateline.query import Citation
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError, documented


@get("/cite/{finding:str}", sync_to_thread=True, responses=documented(400, 404, 503), tags=["findings"])
def cite(
    holding: NamedDependency[Holding],
    finding: Annotated[
        str, PathParameter(max_length=40, description="Id of a finding or an article, or its first few characters.")
    ],
) -> Citation:
    """Everything needed to check a finding: where it stands, its words, and whether the text is unchanged."""
    return cited(holding, finding)


def cited(holding: Holding, finding: str) -> Citation:
    """The citation of an id.

    Raises:
        NotFoundError: Nothing, or more than one thing, has such an id.
    """
    with holding.asked() as store:
        try:
            return store.cite(finding)
        except ConfigError as error:
            raise NotFoundError(str(error).replace(str(holding.path), "the store")) from error
