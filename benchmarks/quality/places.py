"""Places: where names lie (LGL, GeoWebNews, GeoVirus, TR-News).

Every place with a point is given, demonyms among them: LGL and GeoWebNews hold
"Russian" for a place and GeoVirus does not, and over the three development
files giving them is the better of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, drafts
from dateline.coding.places import PlaceCoder

SEES = ("id", "title", "url", "domain", "date", "text")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """``{"id", "toponyms": [{"start", "end", "lat", "lon", "geonameid", "name", "kind"}]}`` for each row."""
    for row, draft in zip(rows, drafts(rows, [PlaceCoder()]), strict=True):
        yield {
            "id": row["id"],
            "toponyms": [
                {
                    "start": place.mention.start,
                    "end": place.mention.end,
                    "lat": place.latitude,
                    "lon": place.longitude,
                    "geonameid": place.geoname,
                    "name": place.name,
                    "kind": place.kind,
                }
                for place in draft.places
            ],
        }
