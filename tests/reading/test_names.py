import pytest

from dateline.intake.text import verbatim
from dateline.reading import Reading


def _names(reading: Reading, text: str, published: str = "2024-11-01") -> dict[str, str]:
    [analysis] = reading.analyse([verbatim(text, published=published)])
    return {analysis.quote(name.start, name.end): name.label for name in analysis.names}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("South Korea’s army fired shots.", "South Korea", "GPE"),
        ("North Korean troops crossed the river.", "North Korean", "NORP"),
        ("The Bank of England cut rates.", "Bank of England", "ORG"),
        ("The M23 took the town in Congo.", "M23", "ORG"),
        ("Al-Shabaab attacked a hotel in Mogadishu.", "Al-Shabaab", "ORG"),
        ("Trump won the vote in Ohio.", "Trump", "PERSON"),
        ("Mr. Wekesa left the room.", "Wekesa", "PERSON"),
        ("Foreign Minister Hans van den Berg resigned.", "Hans van den Berg", "PERSON"),
    ],
)
def test_names_the_parser_misses_or_mislabels(reading: Reading, text: str, name: str, label: str) -> None:
    assert _names(reading, text).get(name) == label


def test_a_surname_is_named_again_wherever_it_stands(reading: Reading) -> None:
    text = "Achieng heads home\n\nGrace Achieng arrived on Monday. Achieng will rest."
    [analysis] = reading.analyse([verbatim(text)])
    found = [analysis.quote(name.start, name.end) for name in analysis.names if name.label == "PERSON"]
    assert found == ["Achieng", "Grace Achieng", "Achieng"]


def test_names_are_disjoint_and_in_order(reading: Reading) -> None:
    text = "US Secretary of State Antony Blinken met the Bank of England's Andrew Bailey and UN Secretary-General Guterres."
    [analysis] = reading.analyse([verbatim(text, published="2023-05-01")])
    last = 0
    for name in analysis.names:
        assert last <= name.start < name.end
        last = name.end


def test_days_and_titles_are_no_names(reading: Reading) -> None:
    assert not {"Monday", "President", "Mr."} & set(_names(reading, "On Monday the President thanked Mr. Otieno."))


def test_a_name_keeps_what_hangs_on_it_by_a_hyphen(reading: Reading) -> None:
    [analysis] = reading.analyse(
        [verbatim("“Nobody came,” said Seo Min-jae, a former negotiator. Seo Min-jae smiled.")]
    )
    people = {analysis.quote(name.start, name.end) for name in analysis.names if name.label == "PERSON"}
    assert people == {"Seo Min-jae"}


def test_a_given_name_joins_the_surname_the_finder_takes_for_a_place(reading: Reading) -> None:
    assert _names(reading, "The farmer Ana Petrova said she had lost all her sheep.")["Ana Petrova"] == "PERSON"


def test_a_role_before_a_full_name_makes_no_body_of_it(reading: Reading) -> None:
    text = "Actress Ines Duarte accused director Paulo Reis of shouting at her on set."
    assert _names(reading, text)["Ines Duarte"] == "PERSON"


def test_tokens_have_the_parsers_vectors(reading: Reading) -> None:
    [analysis] = reading.analyse([verbatim("NAIROBI, Kenya —\n\nRain fell.  \n\n \n\nIt stopped. 😀")])
    assert analysis.vectors is not None
    assert analysis.vectors.shape == (len(analysis), 96)
    [empty] = reading.analyse([verbatim(" ")])
    assert empty.vectors is None
