"""Pages a second through intake, all metadata included.

python -m benchmarks.speed.pages DIR     DIR holds saved pages: *.html or *.html.gz
"""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

from dateline import intake
from dateline.intake import Raw, Settings
from dateline.records import Article

ROUNDS = 3


def pages(folder: Path) -> list[Raw]:
    """The saved pages of a folder, by name, decompressed."""
    found: list[Raw] = []
    for path in sorted(folder.rglob("*.html*")):
        data = path.read_bytes()
        found.append(Raw(data=gzip.decompress(data) if path.suffix == ".gz" else data, where=path.name))
    return found


def main(folder: Path) -> None:
    """Measure and print."""
    raws = pages(folder)
    if not raws:
        sys.exit(f"no .html or .html.gz under {folder}")
    settings = Settings()
    for number in range(ROUNDS):
        begin = time.process_time()
        articles = sum(isinstance(each, Article) for raw in raws for each in intake.read(raw, settings=settings))
        seconds = time.process_time() - begin
        state = "first, caches cold" if number == 0 else "again, caches warm"
        print(f"{len(raws)} pages, {articles} articles: {len(raws) / seconds:.0f} pages/s of one core ({state})")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
