import pytest

from dateline.knowledge import countries


@pytest.mark.parametrize(
    ("phrase", "code", "kind"),
    [
        ("Kenya", "KEN", "name"),
        ("US", "USA", "name"),
        ("U.S.", "USA", "name"),
        ("North Korean", "PRK", "adjective"),
        ("Dutch", "NLD", "adjective"),
        ("Iraqis", "IRQ", "people"),
        ("Spaniards", "ESP", "people"),
        ("Frenchman", "FRA", "person"),
        ("Beijing", "CHN", "capital"),
        ("Kremlin", "RUS", "seat"),
        ("Downing Street", "GBR", "seat"),
        ("Brussels", "BEL", "city"),
        ("Côte d’Ivoire", "CIV", "name"),
        ("KENYA", "KEN", "name"),
        ("Kosovo", "KOS", "name"),
        ("Palestinian", "PSE", "adjective"),
    ],
)
def test_terms(phrase: str, code: str, kind: str) -> None:
    found = countries.term(phrase)
    assert found is not None
    assert (found.code, found.kind) == (code, kind)


@pytest.mark.parametrize("phrase", ["us", "turkey", "polish", "it", "IT", "china shop", ""])
def test_no_terms(phrase: str) -> None:
    assert countries.term(phrase) is None


def test_every_member_of_the_united_nations_is_there_with_two_codes() -> None:
    codes = [state for state in countries.states().values() if state.alpha2 is not None]
    assert len(codes) >= 193 + 5  # Kosovo, Palestine, Hong Kong, Taiwan, the Vatican, Western Sahara
    assert len({state.alpha2 for state in codes}) == len(codes)


def test_no_name_of_a_state_is_another_states() -> None:
    owner: dict[str, str] = {}
    for state in countries.states().values():
        for name in state.names:
            assert owner.setdefault(name, state.code) == state.code, name


def test_regions_belong_to_states() -> None:
    assert set(countries.regions().values()) <= set(countries.states())
    assert countries.regions()["Chechen"] == "RUS"
