"""The filters of each list: what can be asked, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from dateline.errors import ConfigError
from dateline.knowledge import codebook
from dateline.query.asked import ArticleFilters, Asked, EventFilters, FigureFilters, StatementFilters, filters

RELATIONS = tuple(codebook.plover().types)
"""PLOVER types in the order of the codebook, from cooperation to conflict."""


@dataclass(frozen=True, slots=True)
class Field:
    """One filter."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    choices: tuple[str, ...] = ()
    blank: str = "any"
    """What a choice that is not made means."""


@dataclass(frozen=True, slots=True)
class Form:
    """The filters of a list."""

    fields: tuple[Field, ...]

    def offering(self, name: str, choices: tuple[str, ...]) -> Form:
        """The form with other choices for one field."""
        return Form(tuple(replace(each, choices=choices) if each.name == name else each for each in self.fields))

    def value(self, name: str, text: str) -> Any:
        """What a field's text means to the query."""
        [field] = [each for each in self.fields if each.name == name]
        if field.kind != "number":
            return text
        try:
            return float(text)
        except ValueError as error:
            raise ConfigError(f"{field.label}: {text!r} is no number") from error


_WHO = "KEN or a name"
_ORDER = Field("by", "Order", kind="choice", choices=("day",), blank="arrival")
_KINDS = {"choice": "choice", "day": "date", "number": "number"}
DAYS: dict[str, str | tuple[str, str]] = {"since": "From", "until": "To"}
"""Labels of the filters by day."""
_SURE: dict[str, str | tuple[str, str]] = {"confidence": ("Confidence at least", "0.5")}


def formed(of: type, shown: Mapping[str, str | tuple[str, str]], *, ordered: bool = False) -> Form:
    """A form with these filters of a kind: a label each, some with an example.

    Args:
        of: The kind's filters.
        shown: Labels by name, with examples.
        ordered: Whether the order is asked for, too.
    """
    known = filters(of)
    fields = [_field(name, known[name], shown[name]) for name in shown]
    return Form((*fields, _ORDER) if ordered else tuple(fields))


def _field(name: str, asked: Asked, shown: str | tuple[str, str]) -> Field:
    label, hint = shown if isinstance(shown, tuple) else (shown, _WHO if asked.kind == "who" else "")
    choices = RELATIONS if name == "relation" else get_args(asked.choices)
    return Field(name, label, hint, "choice" if choices else _KINDS.get(asked.kind, "text"), choices)


FORMS: dict[str, Form] = {
    "events": formed(
        EventFilters,
        {
            "relation": "Type",
            "source": "Who",
            "target": "To whom",
            "actor": "Either",
            "status": "Status",
            "holder": "According to",
            "country": ("Country", "KEN"),
            "place": ("Place", "Kisumu"),
            **DAYS,
            **_SURE,
        },
        ordered=True,
    ),
    "statements": formed(
        StatementFilters,
        {
            "speaker": "Speaker",
            "text": ("Words", "cease-fire"),
            "stance": "Stance",
            "form": "Form",
            "via": "Relayed by",
            **DAYS,
            **_SURE,
        },
        ordered=True,
    ),
    "figures": formed(
        FigureFilters,
        {
            "counted": ("Of what", "people"),
            "outcome": "Outcome",
            "unit": ("Unit", "person, USD, %"),
            "at_least": ("At least", "10"),
            "at_most": ("At most", "1000"),
            "holder": "According to",
            "country": ("Country", "KEN"),
            "place": ("Place", "Kisumu"),
            **DAYS,
            **_SURE,
        },
        ordered=True,
    ),
    "articles": formed(
        ArticleFilters, {"title": "Headline", "text": "Words in the text", "publisher": "Publisher", **DAYS}
    ),
}
