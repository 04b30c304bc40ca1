"""The language of a text, and claims about it."""

from __future__ import annotations

from dateline.intake import languages

ENGLISH = (
    "The minister said on Monday that the talks with the union would go on, but that she had no new offer to make. Her "
    "office did not say when the two sides would meet again, and the union has asked its members to vote on a strike."
)
GERMAN = (
    "Die Ministerin sagte am Montag, die Gespräche mit der Gewerkschaft gingen weiter, sie habe aber kein neues Angebot. "
    "Wann sich beide Seiten wieder treffen, teilte ihr Haus nicht mit; die Gewerkschaft lässt über einen Streik abstimmen."
)
DUTCH = (
    "De minister zei maandag dat de gesprekken met de bond doorgaan, maar dat zij geen nieuw aanbod heeft. Haar woordvoerder "
    "wilde niet zeggen wanneer de twee partijen weer bijeenkomen, en de bond heeft de leden gevraagd over een staking te stemmen."
)


def test_identified():
    assert languages.identify(ENGLISH) == "en"
    assert languages.identify(GERMAN) == "de"
    assert languages.identify("12 : 34") == "und"


def test_plain_english_is_told_without_the_identifier():
    assert languages.is_plainly_english(ENGLISH)
    assert not languages.is_plainly_english(GERMAN)
    assert not languages.is_plainly_english(DUTCH)


def test_claims_are_checked():
    assert languages.settle(ENGLISH, "en_gb") == "en-GB"
    assert languages.settle(GERMAN, "en-US") == "de"
    assert languages.settle(GERMAN, "gsw") == "gsw"
    assert languages.settle("Ja.", "de-CH") == "de-CH"
    assert languages.settle(ENGLISH, "not a tag") == "en"
    assert languages.settle(ENGLISH, None) == "en"


def test_tags():
    assert languages.canonical("zh-hans_cn") == "zh-Hans-CN"
    assert languages.canonical("english language") is None
    assert languages.canonical("") is None
