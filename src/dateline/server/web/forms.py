"""The filters of each list: what can be asked, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args

from dateline.errors import ConfigError
from dateline.knowledge import codebook
from dateline.records import Form as StatementForm
from dateline.records import Stance, Status
from dateline.server.api.figures import Outcome

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


_WHO = "KEN, KEN GOV or a name"
_DAYS = (Field("since", "From", kind="date"), Field("until", "To", kind="date"))
_SURE = Field("confidence", "Confidence at least", "0.5", "number")

FORMS: dict[str, Form] = {
    "events": Form(
        (
            Field("relation", "Type", kind="choice", choices=RELATIONS),
            Field("source", "Who", _WHO),
            Field("target", "To whom", _WHO),
            Field("actor", "Either", _WHO),
            Field("status", "Status", kind="choice", choices=get_args(Status)),
            Field("holder", "According to", _WHO),
            Field("country", "Where", "KEN"),
            *_DAYS,
            _SURE,
        )
    ),
    "statements": Form(
        (
            Field("speaker", "Speaker", _WHO),
            Field("text", "Words", "cease-fire"),
            Field("stance", "Stance", kind="choice", choices=get_args(Stance)),
            Field("form", "Form", kind="choice", choices=get_args(StatementForm)),
            Field("via", "Relayed by", _WHO),
            *_DAYS,
            _SURE,
        )
    ),
    "figures": Form(
        (
            Field("counted", "Of what", "people"),
            Field("outcome", "Outcome", kind="choice", choices=get_args(Outcome)),
            Field("unit", "Unit", "person, USD, %"),
            Field("at_least", "At least", "10", "number"),
            Field("at_most", "At most", "1000", "number"),
            Field("holder", "According to", _WHO),
            Field("country", "Where", "KEN"),
            *_DAYS,
            _SURE,
        )
    ),
    "articles": Form(
        (
            Field("title", "Headline"),
            Field("text", "Words in the text"),
            Field("publisher", "Publisher"),
            *_DAYS,
        )
    ),
}
