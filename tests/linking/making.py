"""Reports of our own for the tests of linking: plain text, no findings."""

import random

from dateline.intake.text import verbatim
from dateline.records import Record, Span

WIRE = (
    "River bursts its banks at Oldbridge\n\n"
    "OLDBRIDGE (Harbour Wire) - The river Sarn burst its banks above Oldbridge before dawn on Tuesday and put the lower "
    "town under two metres of water, officials said. Rescue crews in boats took 140 people from roofs and upper floors, "
    "among them 31 patients of the district hospital. At least 12 people were killed, the interior ministry said in a "
    "statement, and some 30 were missing by noon.\n\n"
    "“We have never seen the water come so fast,” said Mara Teodoro, who has kept the lock at Oldbridge for 22 years. "
    "Engineers opened the sluices of the upper dam on Monday night after three days of rain, a step the governor called "
    "the only way to save the wall. Opposition councillors asked why nobody in the lower town was warned.\n\n"
    "The army sent two battalions with field kitchens and pumps. Trains between the capital and the coast were "
    "stopped until at least Thursday, the railway said."
)
OTHER = (
    "Dockers vote to end nine-day strike\n\n"
    "PORT ELLERY (Gazette) - Dockers at the container terminal voted on Tuesday to go back to work after nine days, "
    "accepting a rise of 6.5 per cent over two years. The union said 81 per cent of 2,300 members backed the deal, which "
    "also limits night shifts. The port authority put the cost of the stoppage at 40 million a day, a figure that "
    "exporters called too low. Ships that had waited in the roads since last week began to berth in the afternoon."
)


def report(text: str, *, source: str, published: str | None, url: str | None = None) -> Record:
    """A record with an article and nothing found in it."""
    article = verbatim(
        text, url=url or f"https://{source.lower()}.example/{len(text)}", source=source, title=None, published=published
    )
    return Record(article=article, codebook="plover/1", sentences=(Span(0, len(article.text)),))


def edited(text: str, seed: int, share: float = 0.08) -> str:
    """A text with some of its words replaced, always the same for a seed."""
    chance = random.Random(seed)
    return " ".join(f"edit{chance.randrange(10**6)}" if chance.random() < share else word for word in text.split(" "))


def invented(seed: int, words: int = 150) -> str:
    """A text that shares nothing with any other seed's."""
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(10**9)}" for _ in range(words))
