"""A web page saved as text: several reports in a row, with the page's furniture between the lines.

Each report is found by what opens it: a headline printed again below itself, or one above a byline, a line of dates,
a row of buttons, or a datelined paragraph. No rule knows a site. What is missed: reports that follow one another with
no such sign, which stay one article; furniture in other languages than English.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from dateline.intake import clean, datelines, dates, furniture, sniff
from dateline.intake.extract import Extract, Raw
from dateline.intake.text import lines as line_spans
from dateline.intake.text import wrapped_at
from dateline.records import BlockKind, IsoTime

Kind = Literal["text", "bullet", "date", "byline", "furniture", "list", "rule"]

_RULE = re.compile(r"^(?:[-_=*~#•·—–]\s?){3,}$|^\f+$|^\(?\d{1,3}[.)]$")
_BULLET = re.compile(r"^[•‣▪●◦■·∙➤►▶*–—-]\s+(?=\S)")
_DASHED = re.compile(r"^([-–—*])\s*\S.*\S\s*\1$")
_MARKED = re.compile(r"^#{1,6}\s+(?=\S)")
_ENDS = re.compile(r"[.!?…:;。！？।؟](?:['\"”’»)\]]|\[\d+\])*$|[”»]$")
_CLOSED = re.compile(r"[.。,:;][\"'”’»)\]]*$")
_STOPS = re.compile(r"[.!?…。！？।؟](?:['\"”’»)\]])*$")
_LABEL = re.compile(
    r"^(?P<label>(?:last\s+|first\s+|originally\s+)?(?:updated|update|modified|edited|revised|published|posted|created|"
    r"uploaded|issued|released|publication\s+date|date\s+published|date\s+of\s+publication|pub(?:lish)?\s*date|date|time))"
    r"(?:\s+(?:on|at|by\s+[^:|]{2,40}))?\s*[:：|–—-]?\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·●/‖]\s+|\s+[|•·●/‖–—-]\s+|\t+|\s{3,}")
_BYLINE = re.compile(
    r"^(?:by|written by|reported by|story by|words by|words)\s*:?\s+(?P<names>\S.{1,110})$", re.IGNORECASE
)
_NAME = re.compile(
    r"^(?:[^\W\d_][\w.'’-]*|&|and|de|da|del|van|von|der|den|la|le|al|el|bin|ibn|in|at|for|the|of)"
    r"(?:\s+(?:[^\W\d_][\w.'’-]*|&|and|de|da|del|van|von|der|den|la|le|al|el|bin|ibn|in|at|for|the|of))*$"
)
_CREDIT = re.compile(
    r"""(?:[(\[][^()\[\]]{0,80}
        (?:photo|picture|image|\bfile\b|handout|getty|reuters|\bafp\b|\bap\b|\bepa\b|\bdpa\b|xinhua|anadolu|shutterstock|\bvia\b|
        ©|courtesy|supplied|\bcredit\b|screengrab|screenshot)[^()\[\]]{0,80}[)\]]\.?$)
      | (?:[.—–-]\s*(?:ap|afp|reuters|file|epa|getty)\s+(?:photo|images?|picture)s?(?:/[^.]{1,40})?\.?$)
      | (?:\b(?:photo|photograph|picture|image|credit|illustration|graphic|caption|file)\s*
        (?:by\s|:|/|©)\s*[^.]{2,80}\.?$)
      | (?:\b(?:reuters|afp|ap|epa|getty\s+images|xinhua|anadolu)\s?/\s?\w[^.]{2,100}\.?$)
      | (?:^(?:file\s+(?:photo|picture|image)|photo|image|pictured|caption|illustration)\s*[:–—-])
      | (?:^(?:this|a|an|the|in\s+this|in\s+an?)\s+(?:\w+\s+){0,2}
        (?:photo|picture|photograph|image|screengrab|frame\s+grab|handout)\b.{0,60}\b(?:shows?|taken|released|provided|made)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_LABEL_ALONE = re.compile(
    r"^(?:last\s+|first\s+)?(?:published|updated|posted|modified)(?:\s+(?:on|at))?\s*:?$", re.IGNORECASE
)
_CAPTION_LABEL = re.compile(r"^(?:image|media|photo|picture|video)?\s*caption\s*[,:]?$", re.IGNORECASE)
_FULL_NAME = re.compile(
    r"^[A-ZÀ-ÖØ-Þ][\w’'-]+(?: (?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][\w’'-]+|de|da|del|van|von|der|al|el|bin|la)){1,3}$"
)
_NAME_IN = re.compile(
    r"^(?:[A-ZÀ-ÖØ-Þ][\w.’'-]+ ){2,4}(?:and (?:[A-ZÀ-ÖØ-Þ][\w.’'-]+ ){2,4})?in [A-ZÀ-ÖØ-Þ][\w ’'-]{2,30}$"
)
_POINTS_LABEL = re.compile(
    r"^(?:summary|key points|key takeaways|takeaways|highlights|at a glance|in brief|in short)\s*:?$", re.IGNORECASE
)
_CREDITS = re.compile(
    r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|edited|written)(?: and \w+)? by\b", re.IGNORECASE
)
_COUNTED = re.compile(r"^\d{1,3} of \d{1,3} \|\s*")
_MAY_BE_METADATA = re.compile(r"\d|\b(?:by|ago|now)\b", re.IGNORECASE)
_PLACE_HINT = re.compile(r"^[\s(]*[^\W\d_]{3}")


@dataclass(slots=True)
class _Line:
    words: str
    kind: Kind
    gap: int
    """Blank lines before it."""
    shape: furniture.Furniture | None = None
    published: IsoTime | None = None
    updated: IsoTime | None = None
    names: tuple[str, ...] = ()
    captioned: bool = False
    """Whether the line above says that this is a caption."""


@dataclass(slots=True)
class About:
    """What the lines beside a headline say of a report."""

    byline: tuple[str, ...] = ()
    published: IsoTime | None = None
    updated: IsoTime | None = None
    source: str | None = None
    dropped: list[str] = field(default_factory=list[str])


def _date_of(words: str, retrieved: IsoTime | None) -> tuple[str, IsoTime | None] | None:
    """Whether words are a line of dates: (``published`` or ``updated``, the moment or none)."""
    found = _LABEL.match(words)
    label = "published"
    rest = words
    if found:
        name = found["label"].lower()
        label = "updated" if any(part in name for part in ("updat", "modif", "edit", "revis")) else "published"
        rest = found["rest"]
    if dates.is_relative(rest):
        return label, dates.ago(rest, retrieved)
    moment = dates.parse(rest)
    if moment is None and found and _almost_date(rest):
        return label, None
    return (label, moment) if moment else None


_DATE_WORDS = re.compile(
    r"^(?:[\s,.:/|()@+-]|\d+(?:st|nd|rd|th)?|[ap]\.?m\.?|at|on|of|today|yesterday|now|hours?|hrs?|mins?|minutes?|ago|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:[A-Z]{2,5})|"
    + "|".join(sorted(dates.MONTHS, key=len, reverse=True))
    + r")+$",
    re.IGNORECASE,
)


def _almost_date(rest: str) -> bool:
    """Whether words after ``Updated`` are a date that cannot be told: 03/11/2025, 14:05, 3 November."""
    return len(rest) <= 60 and any(map(str.isdigit, rest)) and bool(_DATE_WORDS.match(rest))


_JOINING = frozenset("and de da del van von der den la le al el bin ibn in at for the of with &".split())


def _byline_of(words: str) -> tuple[str, ...] | None:
    """The byline a line is, if it is one: ``By`` and names, with jobs and places behind them."""
    found = _BYLINE.match(words)
    if not found or (words.endswith((".", "?", "!", ":", ",")) and not words.endswith(("Jr.", "Sr.", "III."))):
        return None
    named = 0
    for number, piece in enumerate(re.split(r"[,;&/]|\band\b", found["names"])):
        parts = piece.split()
        if not parts:
            continue
        if number and dates.is_job(piece):
            continue
        # "By contrast", "By Monday evening rebels": names have capitals, in all but their joining words.
        if len(parts) > 7 or not _NAME.match(piece.strip()):
            return None
        if not all(part[0].isupper() or part in _JOINING for part in parts) or parts[0].lower() in _NO_NAME:
            return None
        named += 1
    return (words,) if named else None


_NO_NAME = frozenset(
    """
    the a an monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december christmas then now contrast comparison midnight noon law far
    """.split()
)


def _classify(words: str, gap: int, retrieved: IsoTime | None) -> _Line:
    line = _Line(words, "text", gap)
    if _LABEL_ALONE.match(words):
        line.kind = "date"
        return line
    if _RULE.match(words):
        line.kind = "rule"
        return line
    if (shape := furniture.kind(words)) is not None:
        line.kind, line.shape = ("list" if shape == "list" else "furniture"), shape
        return line
    if len(words) <= 160 and _MAY_BE_METADATA.search(words) and _metadata(line, retrieved):
        return line
    if _BULLET.match(words) and not _DASHED.match(words):
        line.kind = "bullet"
    return line


def _metadata(line: _Line, retrieved: IsoTime | None) -> bool:
    """Whether a line is dates, bylines and buttons and nothing else; what it says is noted on it."""
    whole = _date_of(line.words, retrieved)
    parts = [line.words] if whole else [part for part in _PARTS.split(line.words) if part.strip()]
    dated = named = False
    other = 0
    for part in parts:
        if found := _date_of(part, retrieved):
            label, moment = found
            if label == "updated":
                line.updated = line.updated or moment
            else:
                line.published = line.published or moment
            dated = True
        elif names := _byline_of(part):
            line.names += names
            named = True
        elif furniture.kind(part) is None:
            other += 1
    # One more part may be the paper, the desk or the place: "Reuters | 3 November 2025".
    if other > (1 if dated or named else 0) or not (dated or named):
        line.names, line.published, line.updated = (), None, None
        return False
    if other and max(len(part) for part in parts) > 60:
        line.names, line.published, line.updated = (), None, None
        return False
    line.kind = "byline" if named and not dated else "date"
    return True


def _lines(text: str, retrieved: IsoTime | None) -> list[_Line]:
    spans = line_spans(text)
    width = wrapped_at(text, spans)
    found: list[_Line] = []
    gap = 0
    previous: tuple[int, int] | None = None
    for start, end in spans:
        if start == end:
            gap += 1
            previous = None
            continue
        words = text[start:end]
        if (
            width is not None
            and previous is not None
            and found
            and found[-1].kind == "text"
            and previous[1] - previous[0] + 1 + len(words.split(None, 1)[0]) > width - 6
        ):
            found[-1].words += " " + words
        elif found and found[-1].kind == "date" and _LABEL_ALONE.match(found[-1].words) and len(words) <= 60:
            # The label stands on a line of its own: "Published" over "3 November 2025".
            found.append(_classify(f"{found[-1].words.rstrip(':')} {words}", gap, retrieved))
            if found[-1].kind != "date":
                found[-1] = _classify(words, gap, retrieved)
        else:
            found.append(_classify(words, gap, retrieved))
            found[-1].captioned = len(found) > 1 and bool(_CAPTION_LABEL.match(found[-2].words))
        previous = (start, end)
        gap = 0
    return found


def _is_caption(line: _Line) -> bool:
    return line.captioned or (len(line.words) <= 600 and bool(_CREDIT.search(line.words)))


def _heads(line: _Line) -> bool:
    """Whether a line may be a headline."""
    words = line.words
    if line.kind != "text" or not 8 <= len(words) <= 220 or _is_caption(line) or _DASHED.match(words):
        return False
    if _CLOSED.search(words[-12:]) and not words.endswith("..."):
        return False
    return len(words.split()) >= 3 or not words.isascii()


def _again(found: list[_Line], folded: list[str], number: int) -> int | None:
    """Where the headline of a line stands again, with nothing but head matter between.

    A line that a report merely says twice (an offer, a refrain) has running text between.
    """
    if len(folded[number]) < 8 or not _heads(found[number]):
        return None
    texts = 0
    marked = False
    for other in range(number + 1, min(len(found), number + 26)):
        line = found[other]
        if folded[other] == folded[number] and line.kind == "text":
            return other if marked or texts == 0 else None
        if line.kind in ("date", "byline") or line.shape == "head" or _is_caption(line):
            marked = True
        elif line.kind == "text":
            texts += 1
            if texts > 4 or _opens_body(line):
                return None
    return None


def _opens_body(line: _Line) -> bool:
    """Whether a line is a datelined paragraph; captions open in capitals too, but are shorter."""
    return len(line.words) > 150 and datelines.find(line.words) is not None


def _folded(found: list[_Line]) -> list[str]:
    """What each line says that another one says too; empty where none does, or it is no headline."""
    folded = [
        clean.fold(line.words)
        if line.kind == "text" and len(line.words) <= 220 and not _CLOSED.search(line.words[-12:])
        else ""
        for line in found
    ]
    counts = Counter(folded)
    return [each if counts[each] > 1 else "" for each in folded]


def _starts(found: list[_Line]) -> list[int]:
    """The lines at which reports begin."""
    folded = _folded(found)
    starts: set[int] = set()
    within = -1
    for number in range(len(found)):
        if number <= within:
            continue
        again = _again(found, folded, number)
        if again is not None:
            starts.add(number)
            within = _head_end(found, number)
    covered = {number for start in starts for number in range(start, _head_end(found, start) + 1)}
    for number, line in enumerate(found):
        if number in covered:
            continue
        at: int | None = None
        if line.kind in ("date", "byline") or line.shape == "head":
            at = _headline_above(found, number, starts)
        elif line.kind == "rule" and number + 1 < len(found):
            below = found[number + 1]
            if _heads(below) or (below.kind == "text" and datelines.find(below.words)):
                at = number + 1
        elif (
            line.kind == "text" and line.gap and number and _PLACE_HINT.match(line.words) and datelines.find(line.words)
        ):
            # Key points and standfirsts stand above a dateline too: only behind a body does it open another report.
            begun = max((start for start in starts if start < number), default=None)
            if begun is None or any(_is_body(found[between]) for between in range(begun, number)):
                at = _headline_above(found, number, starts)
                # "SMITH: Will you go?" over "JONES: No." is a conversation, not a headline over a dateline.
                if at is not None and datelines.find(found[at].words):
                    at = None
        if at is not None and at not in covered:
            starts.add(at)
            covered.update(range(at, max(number, _head_end(found, at)) + 1))
    return sorted(starts)


def _headline_above(found: list[_Line], number: int, starts: set[int]) -> int | None:
    """The headline that a byline, date, button or datelined paragraph stands under, or none.

    Between them only head matter and at most two lines of text (a standfirst, a caption) may stand.
    """
    texts = 0
    best: int | None = None
    for above in range(number - 1, max(-1, number - 9), -1):
        line = found[above]
        if above in starts or line.kind in ("rule", "list"):
            break
        if line.kind in ("date", "byline", "furniture", "bullet"):
            if best is not None:
                break
            continue
        if _heads(line) and (above == 0 or line.gap or _may_precede(found[above - 1])):
            best = above
            if _NAME_IN.match(line.words) and above and _heads(found[above - 1]):
                continue  # "Jane Doe in Nairobi" under a headline
            # The nearest may be a standfirst without a full stop. More than two such lines are a list of links.
            top = above
            while top > above - 3 and top and _heads(found[top - 1]) and found[top].gap <= 1:
                top -= 1
            if top == above - 1 and (top == 0 or found[top - 1].kind != "list"):
                best = top
            break
        if _is_caption(line) or len(line.words) <= 320:
            texts += 1
            if texts > 2:
                return None
            continue
        return None
    return best


def _may_precede(line: _Line) -> bool:
    """Whether a line may stand right above a headline: anything but a paragraph."""
    return line.kind != "text" or _heads(line) or (len(line.words) <= 40 and not _ENDS.search(line.words[-12:]))


def _head_end(found: list[_Line], start: int) -> int:
    """The last line of a report's head: below it is the body.

    A button ("Share") may stand in the middle of a body too, so the head ends where a paragraph has begun.
    """
    end = start
    texts = 0
    seen = False
    headline = clean.fold(found[start].words)
    for number in range(start + 1, min(len(found), start + 30)):
        line = found[number]
        if line.kind == "text":
            if clean.fold(line.words) == headline:
                end, seen = number, True
                continue
            caption = _is_caption(line)
            if _opens_body(line) or (len(line.words) > 420 and not caption):
                break
            if seen and not caption and _STOPS.search(line.words[-12:]) and len(line.words) > 110:
                break
            texts += 1
            if texts > 4:
                break
        elif line.kind in ("date", "byline") or line.shape == "head":
            end, seen = number, True
        elif line.kind == "bullet":
            # Key points belong to the head; a list below a paragraph belongs to the body.
            if end == number - 1 or found[number - 1].kind == "bullet":
                end = number
        elif line.kind in ("list", "rule"):
            break
    return end


def _is_body(line: _Line) -> bool:
    return line.kind in ("text", "bullet") and len(line.words) >= 60 and bool(_STOPS.search(line.words[-12:]))


def _is_label(line: _Line) -> bool:
    """Whether a line is one or two words on their own, as a section's name is."""
    words = line.words
    return (
        line.kind == "text"
        and line.gap > 0
        and len(words) <= 30
        and len(words.split()) <= 2
        and not _ENDS.search(words[-12:])
    )


def _segments(found: list[_Line]) -> tuple[list[tuple[int, int]], list[str]]:
    """The reports as half-open runs of lines, and what was left out as belonging to none."""
    starts = _starts(found)
    dropped: list[str] = []
    if not starts:
        return ([(0, len(found))] if found else []), dropped
    first = starts[0]
    if first:
        before = found[:first]
        if sum(len(line.words) for line in before if _is_body(line)) >= 400:
            starts.insert(0, 0)
        else:
            dropped += [line.words for line in before]
    runs: list[tuple[int, int]] = []
    for start, following in zip(starts, [*starts[1:], len(found)], strict=True):
        end = following
        # The name of the next report's section stands above its headline: "SPORT".
        while end - 1 > start and following < len(found) and _is_label(found[end - 1]):
            end -= 1
        dropped += [line.words for line in found[end:following]]
        body = found[_head_end(found, start) + 1 : end]
        if any(_is_body(line) for line in body) or (len(starts) == 1):
            runs.append((start, end))
        else:
            # Headlines with dates and no text: a list of teasers.
            dropped += [line.words for line in found[start:end]]
    return runs or [(0, len(found))], dropped


def _is_subhead(found: list[_Line], number: int, end: int) -> bool:
    line = found[number]
    words = line.words
    if number + 1 >= end or line.kind not in ("text", "bullet"):
        return False
    below = found[number + 1]
    if below.kind != "text" or len(below.words) <= len(words):
        return False
    if _DASHED.match(words) and len(words) <= 100:
        return True
    if (
        line.kind == "bullet"
        or len(words) > 100
        or _CREDITS.match(words)
        or (_ENDS.search(words[-12:]) and not words.endswith("?"))
    ):
        return False
    return (line.gap > 0 or bool(_MARKED.match(words))) and words[-1] not in ",-–—" and not words[0].islower()


def _report(found: list[_Line], start: int, end: int, dropped: list[str]) -> Extract:
    headed = _heads(found[start])
    blocks: list[tuple[BlockKind, str]] = []
    about = About(dropped=dropped)
    title = found[start].words if headed else ""
    at = start
    if headed:
        blocks.append(("headline", title))
        folded = clean.fold(title)
        head = _head_end(found, start)
        again = any(clean.fold(line.words) == folded for line in found[start + 1 : head + 1] if line.kind == "text")
        repeated = False
        for number in range(start + 1, min(head + 1, end)):
            line = found[number]
            if line.kind == "text":
                if clean.fold(line.words) == folded:
                    repeated = True
                    continue
                if not again and not _is_caption(line) and _signs(found, number, head, about):
                    about.dropped.append(line.words)
                    continue
                # Between a headline and its repetition stands the picture.
                caption = _is_caption(line) or (again and not repeated)
                blocks.append(("caption" if caption else "standfirst", _COUNTED.sub("", line.words)))
            elif line.kind == "bullet":
                blocks.append(("key_point", _BULLET.sub("", line.words)))
            else:
                _note(line, about)
        at = head + 1
    _body(found, at, end, blocks, about)
    note = [f"left out as furniture: {' · '.join(dropped)}"] if dropped else []
    return Extract(
        title=title,
        blocks=blocks,
        byline=about.byline,
        published=about.published,
        updated=about.updated,
        dated_by="text" if about.published or about.updated else None,
        notes=note,
    )


def _signs(found: list[_Line], number: int, head: int, about: About) -> bool:
    """Whether a line of a head is a bare name over a date, or the desk below a name; a name is noted."""
    words = found[number].words
    if len(words) > 60 or not any(line.kind == "date" for line in found[number + 1 : head + 1]):
        return False
    if not about.byline and (_FULL_NAME.match(words) or _NAME_IN.match(words)) and not datelines.find(words):
        about.byline = (f"By {words}",)
        return True
    return (
        bool(about.byline)
        and not _ENDS.search(words[-12:])
        and (dates.is_job(words) or bool(re.search(r", [A-Z]\w+$", words)))
    )


def _note(line: _Line, about: About) -> None:
    about.published = about.published or line.published
    about.updated = about.updated or line.updated
    if line.names and not about.byline:
        about.byline = line.names
    about.dropped.append(line.words)


def _body(found: list[_Line], at: int, end: int, blocks: list[tuple[BlockKind, str]], about: About) -> None:
    listing = False  # below "Related stories": lines that are no sentences are links
    paragraphs = 0
    pointing = at > 0 and bool(_POINTS_LABEL.match(found[at - 1].words))
    for number in range(at, end):
        line = found[number]
        if line.kind in ("furniture", "list", "rule", "date", "byline"):
            ended = line.words.lower().startswith("end of")
            listing = line.kind == "list" or (listing and line.kind != "rule" and not ended)
            pointing = pointing or (not paragraphs and bool(_POINTS_LABEL.match(line.words)))
            _note(line, about)
            continue
        if pointing:
            if line.kind == "text" and not _STOPS.search(line.words[-12:]) and len(line.words) <= 180:
                if len(line.words.split()) > 2:
                    blocks.append(("key_point", line.words))
                else:
                    about.dropped.append(line.words)
                continue
            pointing = False
        if listing:
            if len(line.words) <= (100 if line.words.endswith("?") else 180) and (
                line.words.endswith("?") or not _STOPS.search(line.words[-12:])
            ):
                about.dropped.append(line.words)
                continue
            listing = False
        if _is_subhead(found, number, end) and paragraphs:
            blocks.append(("subhead", _MARKED.sub("", line.words)))
        elif line.kind == "bullet" and not paragraphs:
            blocks.append(("key_point", _BULLET.sub("", line.words)))
        elif line.kind == "text" and len(line.words) <= 420 and _is_caption(line) and not datelines.find(line.words):
            blocks.append(("caption", _COUNTED.sub("", line.words)))
        else:
            blocks.append(("paragraph", line.words))
            paragraphs += 1


class Dump:
    """A text page, its lines told apart once."""

    def __init__(self, text: str, *, retrieved: IsoTime | None = None) -> None:
        self._found = _lines(text, retrieved)
        self._runs, self._dropped = _segments(self._found)

    def is_plain(self) -> bool:
        """Whether the page is one report without furniture, to be kept as it is.

        A byline or a line of dates alone makes no page dump.
        """
        found = self._found
        if len(self._runs) > 1 or any(line.kind in ("furniture", "list") for line in found):
            return False
        folded = _folded(found)
        return all(_again(found, folded, number) is None for number in range(min(len(found), 12)))

    def about(self) -> About:
        """What the lines beside the headline of a plain report say: byline and dates."""
        result = About()
        for line in self._found[:8]:
            if line.kind in ("date", "byline"):
                _note(line, result)
            elif line.kind == "text" and len(line.words) > 220:
                break
        return result

    def extracts(self) -> list[Extract]:
        """The reports, in the order of the page."""
        extracts: list[Extract] = []
        for number, (start, end) in enumerate(self._runs):
            made = _report(self._found, start, end, list(self._dropped) if number == 0 else [])
            if made.blocks:
                extracts.append(made)
        return extracts


def extract(raw: Raw) -> list[Extract]:
    """The reports of a text page, in its order.

    Raises:
        ArticleError: The bytes are no text.
    """
    return Dump(sniff.decode(raw), retrieved=raw.retrieved).extracts()
