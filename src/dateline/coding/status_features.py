"""What the factuality model sees of an event word: its own form, its auxiliaries, and what it hangs on."""

from __future__ import annotations

from dateline.coding.status import Mood, mood
from dateline.reading.analysis import Analysis

FAMILIES = ("form", "above", "around")

_FORM = ("aux", "auxpass", "neg", "mark", "prt", "expl", "cop")
MAX_UP = 4
"""How many words above the event are looked at."""


def features(analysis: Analysis, token: int) -> list[list[str]]:
    """Feature strings of one event word, a list for each of :data:`FAMILIES`."""
    return [_form(analysis, token), _above(analysis, token), _around(analysis, token)]


def _form(a: Analysis, token: int) -> list[str]:
    found = [
        f"tag:{a.tags[token]}",
        f"dep:{a.deps[token]}",
        f"tag-dep:{a.tags[token]}-{a.deps[token]}",
        f"lemma:{a.lemmas[token].lower()}",
    ]
    state = mood(a, token)
    found += [f"mood:{each}" for each in Mood.__slots__ if getattr(state, each)]
    found.append(f"status:{state.status()}")
    chain: list[str] = []
    for kid in a.children[token]:
        dep, low = a.deps[kid], a.lowers[kid]
        if dep in _FORM:
            found.append(f"{dep}:{low}")
            chain.append(low)
        elif dep in ("nsubj", "nsubjpass"):
            found.append(f"{dep}:{low}" if a.tags[kid] in ("PRP", "WP", "WDT", "DT") else f"{dep}:{a.tags[kid]}")
        elif dep in ("advmod", "npadvmod", "acomp", "attr"):
            found.append(f"{dep}:{low}")
        elif dep == "advcl":
            found += [f"advcl.mark:{a.lowers[k]}" for k in a.children[kid] if a.deps[k] in ("mark", "advmod")]
        else:
            found.append(f"has:{dep}")
    found.append("aux=" + "+".join(chain) + f"+{a.tags[token]}")
    return found


def _above(a: Analysis, token: int) -> list[str]:
    found: list[str] = []
    path: list[str] = []
    at = token
    for up in range(MAX_UP):
        if a.head[at] == at:
            found.append(f"root:{up}")
            break
        dep, at = a.deps[at], a.head[at]
        path.append(dep)
        lemma = a.lemmas[at].lower()
        joined = "<".join(path)
        found += [f"up{up}:{lemma}", f"up{up}.tag:{a.tags[at]}", f"{joined}<{lemma}", f"path:{joined}", f"up:{lemma}"]
        for kid in a.children[at]:
            if a.deps[kid] in ("aux", "neg", "mark"):
                found += [f"up{up}.{a.deps[kid]}:{a.lowers[kid]}", f"up.{a.deps[kid]}:{a.lowers[kid]}"]
            elif a.deps[kid] == "advmod":
                found.append(f"up{up}.advmod:{a.lowers[kid]}")
            elif a.deps[kid] == "nsubj" and a.tags[kid] == "PRP":
                found.append(f"up{up}.nsubj:{a.lowers[kid]}")
    return found


def _around(a: Analysis, token: int) -> list[str]:
    start, end = a.sentences[a.sentence_of[token]]
    found = [f"end:{a.words[end - 1]}", f"first:{a.lowers[start]}"]
    found += [f"-{token - each}:{a.lowers[each]}" for each in range(max(start, token - 3), token)]
    found += [f"before:{a.lowers[each]}" for each in range(max(start, token - 6), token)]
    found += [f"+{each - token}:{a.lowers[each]}" for each in range(token + 1, min(end, token + 3))]
    found += [f"tags:{'-'.join(a.tags[max(start, token - 2) : token + 1])}"]
    found += [
        f"in:{a.lowers[each]}" for each in range(start, end) if a.tags[each] in ("MD", "WRB") or a.lowers[each] in _CUES
    ]
    return found


_CUES = frozenset(
    ("if", "not", "n't", "whether", "?", "never", "no", "unless", "please", "hope", "want", "wish", "think")
)
