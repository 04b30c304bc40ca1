"""How many: values, bounds, units and what is counted, on news of our own writing."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coding.coder import Draft
from dateline.coding.figures import FigureCoder
from dateline.coding.times import TimeCoder
from dateline.ids import finding_id
from dateline.intake.text import verbatim
from dateline.records import Place, Provenance, Span, Statement


def draft_of(reading, text):
    draft = Draft(reading.analyse([verbatim(text, published="2025-03-12")])[0])
    draft.times = TimeCoder().code([draft])[0]
    return draft


def figures_in(reading, text):
    draft = draft_of(reading, text)
    return FigureCoder().code([draft])[0]


def one(reading, text):
    found = figures_in(reading, text)
    assert len(found) == 1, found
    return found[0]


def quoted(text, span):
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("The army sent 10,000 soldiers.", 10_000, 10_000, "exact"),
        ("The army sent some 10,000 soldiers.", 10_000, 10_000, "about"),
        ("The army sent as many as 8,000 soldiers.", None, 8_000, "at most"),
        ("The army sent at least 12 soldiers.", 12, None, "at least"),
        ("The army sent more than two dozen soldiers.", 24, None, "at least"),
        ("The army sent fewer than 300 soldiers.", None, 300, "at most"),
        ("The army sent between 300 and 400 soldiers.", 300, 400, "between"),
        ("The army sent 300 to 400 soldiers.", 300, 400, "between"),
        ("The army sent dozens of soldiers.", 12, 120, "between"),
        ("The army sent tens of thousands of soldiers.", 10_000, 100_000, "between"),
        ("The army sent twenty-five soldiers.", 25, 25, "exact"),
        ("The army spent $1.5 million.", 1.5e6, 1.5e6, "exact"),
        ("The army spent $2-3 billion.", 2e9, 3e9, "between"),
        ("The army spent one and a half million euros.", 1.5e6, 1.5e6, "exact"),
        ("Two-thirds of the soldiers deserted.", 2 / 3, 2 / 3, "exact"),
        ("Nearly half of the soldiers deserted.", 0.5, 0.5, "about"),
        ("One in five soldiers deserted.", 0.2, 0.2, "exact"),
        ("The army spent half a million dollars.", 5e5, 5e5, "exact"),
        ("The siege may last 20 years or less.", None, 20, "at most"),
    ],
)
def test_values_and_bounds(reading, text, low, high, bound):
    figure = one(reading, text)
    assert (figure.low, figure.high, figure.bound) == (
        None if low is None else pytest.approx(low),
        None if high is None else pytest.approx(high),
        bound,
    )


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("The missile flew 640 km over the sea.", "km", None),
        ("The storm brought winds of 120 miles per hour.", "[mi_i]/h", None),
        ("The flight took 87 minutes.", "min", None),
        ("Inflation reached 9.4 percent.", "%", None),
        ("The bank raised its rate by 25 basis points.", "basis point", None),
        ("Oil sold at $76 a barrel.", "USD", "barrel"),
        ("The deal is worth €40 million.", "EUR", None),
        ("The deal is worth 30 billion yen.", "JPY", None),
        ("The deal is worth HK$5.4 million.", "HKD", None),
        ("The city covers 311 square miles.", "[smi_us]", None),
        ("It was 40 degrees Celsius in the shade.", "Cel", None),
        ("The plant makes 3,000 vaccines per day.", "vaccine", "day"),
        ("The station gives 600 megawatts.", "MW", None),
        ("He fell half a kilometre.", "km", None),
    ],
)
def test_units(reading, text, unit, per):
    figure = one(reading, text)
    assert (figure.unit, figure.per) == (unit, per)


@pytest.mark.parametrize(
    ("text", "counted", "head"),
    [
        ("There were 10,000 North Korean troops in Russia.", "North Korean troops", "troop"),
        ("The flight time of the missile was 87 minutes.", "flight time of the missile", "time"),
        ("The court imposed a fine of $10 million.", "fine", "fine"),
        ("Farmers lost 40 percent of the harvest.", "harvest", "harvest"),
        ("Two diplomats confirmed the plan.", "diplomats", "diplomat"),
        ("A 16-member council will rule.", "member", "member"),
        ("The army suffered heavy casualties - some 900 a day.", "heavy casualties", "casualty"),
    ],
)
def test_what_is_counted(reading, text, counted, head):
    figure = one(reading, text)
    assert (quoted(text, figure.counted), figure.head) == (counted, head)


def test_a_bare_toll_counts_people(reading):
    killed, wounded = figures_in(reading, "The bombing killed 3 and wounded 12.")
    assert (killed.unit, killed.outcome, wounded.unit, wounded.outcome) == ("person", "killed", "person", "injured")


def test_a_model_number_is_part_of_the_name(reading):
    text = "Police seized six AK 47 rifles."
    figure = one(reading, text)
    assert (figure.low, quoted(text, figure.counted), figure.unit) == (6, "AK 47 rifles", "rifle")


def test_a_bare_number_counts_what_the_one_before_counts(reading):
    first, second = figures_in(
        reading, "There were 10,000 North Korean troops in Russia, including as many as 8,000 in Kursk."
    )
    assert second.counted == first.counted
    assert (second.unit, second.high, second.bound) == ("troop", 8_000, "at most")


def test_a_measure_repeated_in_another_unit_is_the_same_quantity(reading):
    miles, kilometres = figures_in(reading, "The debris field stretched for more than seven miles (11 km).")
    assert (miles.unit, kilometres.unit) == ("[mi_i]", "km")
    assert kilometres.bound == "at least"
    assert kilometres.counted == miles.counted


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("At least 12 people were killed in the blast.", "killed"),
        ("The blast killed 12 people.", "killed"),
        ("The storm left 40 people missing.", "missing"),
        ("Police arrested 35 protesters.", "detained"),
        ("Some 2,000 villagers fled the fighting.", "displaced"),
        ("Nine soldiers were wounded.", "injured"),
        ("Nine soldiers were decorated.", None),
        ("The death toll stood at 19.", "killed"),
        ("Flood toll rises to 19", "killed"),
        ("It was the third blast this week, with a toll of 12.", "killed"),
        ("The number of people killed in the floods rose to 21.", "killed"),
        ("The ministry raised the number of dead to 21.", "killed"),
        ("Divers recovered four bodies.", "killed"),
        ("Six villagers are still missing.", "missing"),
        ("The bridge toll rose to 19.", None),
        ("The number of visitors rose to 21.", None),
        ("Gunmen shot dead four shepherds.", "killed"),
        ("A judge sentenced four shepherds to death.", None),
        ("Nine sailors have not been found.", "missing"),
        ("Some 300 villagers lost their homes.", "displaced"),
        ("The fire forced 300 villagers from their homes.", "displaced"),
        ("Twelve officers were treated for burns.", "injured"),
        ("The raid left 12 in custody.", "detained"),
        ("Police held 12 men after the march.", "detained"),
        ("The guards freed 12 prisoners.", "released"),
        ("Troops seized two captured tanks.", None),
        ("The drought killed 900 head of cattle.", None),
        ("Among the dead were four children.", "killed"),
        ("Divers recovered the bodies of six sailors.", "killed"),
        ("The flood left 20 hospitalised.", None),
    ],
)
def test_casualties(reading, text, outcome):
    assert one(reading, text).outcome == outcome


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The toll was 40, down from 43.", ["killed", "killed"]),
        ("The toll reached 40 and 30 were rescued.", ["killed", "rescued"]),
        ("At least 12 people were killed and about 30 are missing.", ["killed", "missing"]),
        ("The toll was revised from 21 to 17.", ["killed", "killed"]),
        ("Six people are missing. It had reported nine on Monday.", ["missing", "missing"]),
        ("Twelve people died in the fire. Residents spoke of 20.", ["killed", "killed"]),
        ("The blast killed six people and wounded nine, two of them critically.", ["killed", "injured", "injured"]),
    ],
)
def test_counts_that_lean_on_the_one_before(reading, text, outcomes):
    found = figures_in(reading, text)
    assert [figure.outcome for figure in found] == outcomes
    assert all(figure.unit == "person" for figure in found)


def test_a_tally_counts_what_hangs_on_it(reading):
    text = "The number of people killed by floods in the valley rose to 19."
    figure = one(reading, text)
    assert (quoted(text, figure.counted), figure.unit) == ("people", "person")


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Troops killed three rebels and another five captured.", ["killed", "detained"]),
        ("The army released 30 of the 43 people detained.", ["released", "detained"]),
        ("The gang killed five of the ten hostages.", ["killed", None]),
        ("His men had lost 40 dead and 112 wounded.", ["killed", "injured"]),
        ("The ministry counted 110 dead, far more than the 72 reported by the agency.", ["killed", "killed"]),
    ],
)
def test_each_count_has_an_outcome_of_its_own(reading, text, outcomes):
    assert [figure.outcome for figure in figures_in(reading, text)] == outcomes


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        ("Some 900 houses fell. The agency has put the number at 1,200.", "house", "houses"),
        ("Organisers counted 220,000 marchers; police gave a figure of 85,000.", "marcher", "marchers"),
        ("The ship had 300 passengers, he said. The owner had told police there were 240.", "passenger", "passengers"),
        ("The wreck spilled 6,000 tonnes of oil. Its owner put it at 900.", "t", "oil"),
        ("The union said 3,400 workers had joined. The company said about 1,500 took part.", "worker", "workers"),
        ("The court jailed 12 activists and acquitted three.", "activist", "activists"),
        ("The Greens took 14 seats, the Liberals 11.", "seat", "seats"),
        ("Rossi had 49.6 percent and Brandt 49.1 percent.", "%", "Brandt"),
        ("Pay has fallen by 31 percent. The ministry says that it has fallen by 18 percent.", "%", "Pay"),
        ("It went wrong. The operator has spoken of 240.", "1", None),
    ],
)
def test_a_bare_count_takes_up_what_was_counted_last(reading, text, unit, counted):
    figure = figures_in(reading, text)[-1]
    assert (figure.unit, quoted(text, figure.counted)) == (unit, counted)


def test_what_is_denied_or_a_time_of_day_is_no_figure(reading):
    assert one(reading, "The quake killed 340 people, not 430.").low == 340
    assert one(reading, "The train left at six with 480 people.").low == 480
    assert figures_in(reading, "Not one soldier crossed the border.") == ()


def test_those_known_already_are_counted_with_little_confidence(reading):
    assert one(reading, "The two countries signed a pact.").provenance.confidence == 0.3
    assert one(reading, "The three men were executed.").provenance.confidence > 0.5
    assert all(each.provenance.confidence > 0.5 for each in figures_in(reading, "Shells hit two of the five bridges."))


def test_ages_are_no_counts(reading):
    for text in ("The men, aged between 19 and 24, fled.", "A boy of nine drowned.", "Hrant, 71, stayed behind."):
        figure = one(reading, text)
        assert figure.unit == "a", text
    assert one(reading, "They freed the crew of 24.").unit == "person"


def test_a_count_set_beside_is_not_the_speakers_own(reading):
    text = "The ministry said 110 people had died, more than the 72 reported by the agency."
    draft = draft_of(reading, text)
    content = Span(text.index("110"), len(text) - 1)
    draft.statements = (
        Statement(
            id=finding_id("statement", draft.article.id, (content,), "test"),
            provenance=Provenance((content,), "test", 1.0),
            content=(content,),
            form="indirect",
            source=Span(0, len("The ministry")),
        ),
    )
    own, other = FigureCoder().code([draft])[0]
    assert (own.said_in, other.said_in) == (draft.statements[0].id, None)


def test_round_sums_have_no_noise(reading):
    assert one(reading, "The offer is worth $4.1 billion.").low == 4_100_000_000


def test_a_loss_of_money_is_no_fall(reading):
    assert one(reading, "The plant lost 96 million euros.").change is None
    assert one(reading, "The army shot down 40 drones.").change is None
    assert one(reading, "The shares lost 4 percent.").change == "down"


def test_a_row_of_amounts_has_a_row_of_nouns(reading):
    text = "Rice prices fell 5%, and oils by 7%. Dow +0.2%, Nikkei +0.4%."
    found = figures_in(reading, text)
    assert [quoted(text, figure.counted) for figure in found] == ["Rice prices", "oils", "Dow", "Nikkei"]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Exports rose 4 percent.", "up"),
        ("Exports fell by 4 percent.", "down"),
        ("Shares were down 4 percent.", "down"),
        ("Exports reached 4 percent of output.", None),
        ("The rebels gave up 400 rifles.", None),
        ("The forecast was revised upward by 4 percent.", "up"),
    ],
)
def test_rise_and_fall(reading, text, change):
    assert one(reading, text).change == change


def test_times_are_no_figures(reading):
    for text in (
        "The war began on March 7, 2024.",
        "It began at 6:40 p.m. on Tuesday.",
        "It ended two years ago.",
        "The law dates from 1987.",
    ):
        assert figures_in(reading, text) == (), text


def test_names_scores_and_numbers_of_things_are_no_figures(reading):
    for text in (
        "The Council adopted Resolution 1701.",
        "A Boeing 787 landed in Accra.",
        "Call the desk at 020-7946-0958.",
        "Covid-19 spread quickly.",
        "She finished third.",
        "The hurricane reached Category 4.",
        "One day he will be king.",
    ):
        assert figures_in(reading, text) == (), text


def test_place_time_and_statement(reading):
    text = "Officials said on Tuesday that 12 people were killed in Moyale."
    draft = draft_of(reading, text)
    start = text.index("Moyale")
    span = Span(start, start + len("Moyale"))
    content = Span(text.index("12"), len(text) - 1)
    draft.places = (
        Place(
            id=finding_id("place", draft.article.id, (span,), "test"),
            provenance=Provenance((span,), "test", 1.0),
            name="Moyale",
            kind="city",
            mention=span,
        ),
    )
    draft.statements = (
        Statement(
            id=finding_id("statement", draft.article.id, (content,), "test"),
            provenance=Provenance((content,), "test", 1.0),
            content=(content,),
            form="indirect",
        ),
    )
    (figure,) = FigureCoder().code([draft])[0]
    assert figure.place == draft.places[0].id
    assert figure.said_in == draft.statements[0].id
    assert figure.as_of == draft.times[0].id


_NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{1,400}", fullmatch=True),
    st.from_regex(r"[$€£¥+~-]?[0-9,.]{1,20}(km|m|bn|%|th|x)?", fullmatch=True),
    st.from_regex(r"[٠-٩²½⁄/0-9]{1,6}", fullmatch=True),
)
_PIECES = st.one_of(
    _NUMBERS,
    st.sampled_from(
        (
            "one two twenty hundred thousand million billion half third dozen dozens thousands of a an the and to - – "
            "or between from about more than at least up $ % percent km per day people soldiers killed were rose by "
            "( ) , . in Russia million-dollar \u0000 🚀 “ ”"
        ).split(" ")
    ),
)


@given(st.lists(_PIECES, min_size=1, max_size=25).map(" ".join))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_numbers_of_any_length_anywhere_give_sound_figures(reading, text):
    draft = draft_of(reading, text)
    coder = FigureCoder()
    found = coder.code([draft])[0]
    assert coder.code([draft])[0] == found
    for figure in found:
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        assert all(end is None or math.isfinite(end) for end in (figure.low, figure.high))
        assert figure.unit


def test_a_rate_beyond_a_parenthesis(reading):
    first, _ = figures_in(reading, "The ban will cost the trade 9 billion shekels ($2.4 billion) a year.")
    assert (first.unit, first.per) == ("ILS", "year")


def test_batches_change_nothing(reading):
    texts = [
        "The toll rose to 19. It had reported 12 on Monday.",
        "Six people are missing, down from nine.",
        "Exports fell 2 percent, tin by 3 percent.",
        "12",
    ]
    drafts = [Draft(each) for each in reading.analyse([verbatim(text) for text in texts])]
    coder = FigureCoder()
    together = coder.code(drafts)
    assert together == [coder.code([draft])[0] for draft in drafts]
    assert coder.code(drafts[::-1]) == together[::-1]
    assert together == [coder.code([Draft(each)])[0] for text in texts for each in reading.analyse([verbatim(text)])]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The union said 2,500 people marched through the capital, the police 900.", 900, "person"),
        ("The union said 2,500 took part, the guards 900.", 900, "person"),
        ("The region shipped 8,000 tonnes in May, the rival firm 5,000.", 5000, "t"),
        ("Kenya won 12 medals, and its neighbour 5.", 5, "medal"),
    ],
)
def test_a_second_count_shares_verb_and_noun_of_the_first(reading, text, value, unit):
    figure = figures_in(reading, text)[-1]
    assert (figure.low, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "The truce begins at seven in the morning.",
        "Shops opened by eight in the morning and closed at ten at night.",
        "The boats left before five in the afternoon.",
    ],
)
def test_hours_of_the_day_are_no_counts(reading, text):
    assert figures_in(reading, text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The commission said 12,000 had signed.", 12_000, "person"),
        ("The bridge cost $2. 6 million.", 2.6e6, "USD"),
        ("The road cost €1. 25 billion to build.", 1.25e9, "EUR"),
    ],
)
def test_who_signs_is_a_person_and_a_sum_may_be_spaced(reading, text, value, unit):
    figure = one(reading, text)
    assert (figure.low, figure.unit) == (value, unit)


def test_a_sum_before_a_full_stop_ends_there(reading):
    text = "The ticket cost $2. Six million people bought it."
    assert [figure.low for figure in figures_in(reading, text)] == [2, 6_000_000]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("The number of cases stands at 900 in three towns, up from 400 a week ago.", ["case", "town", "case"]),
        ("The party won 68 of the 135 seats, up from 61 four years ago.", ["seat", "seat", "seat"]),
        ("It hired 250 workers, up from 190 three years earlier.", ["worker", "worker"]),
    ],
)
def test_what_a_count_has_changed_from_counts_the_same(reading, text, heads):
    found = figures_in(reading, text)
    assert [figure.head for figure in found] == heads


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Three workers are trapped in the mine.", "trapped"),
        ("Some 40 passengers were stranded on the island.", "trapped"),
        ("Thirty miners were rescued after two days.", "rescued"),
        ("The coast guard rescued 14 fishermen off the cape.", "rescued"),
        ("Some 900 people have been infected in the district.", "infected"),
        ("The rebels released 43 hostages on Friday.", "released"),
        ("Twenty prisoners were freed under the deal.", "released"),
        ("The court acquitted three officers.", None),
        ("The ministry released 12 reports on the fires.", None),
        ("The crew of 12 was rescued by a helicopter.", "rescued"),
        ("Rescuers pulled 14 people from the rubble.", "rescued"),
        ("Six people were dug out dead.", None),
        ("Divers pulled out 40 cars.", None),
        ("Rangers rescued 40 turtles from the nets.", None),
        ("The president wants to pull out the 900 troops now in the valley.", None),
        ("Detectives executed two search warrants.", None),
        ("The junta executed two officers.", "killed"),
        ("Some 300 farms are infected with the virus.", None),
    ],
)
def test_people_are_trapped_rescued_infected_and_released(reading, text, outcome):
    assert figures_in(reading, text)[0].outcome == outcome


def test_a_bare_count_is_of_what_was_counted_in_like_numbers(reading):
    text = "The union said 2,500 workers took part. The firm, which runs two terminals, put the number at 400."
    assert [figure.head for figure in figures_in(reading, text)] == ["worker", "terminal", "worker"]


def place_in(text, name):
    span = Span(text.index(name), text.index(name) + len(name))
    return Place(
        id=finding_id("place", text, (span,), "test"),
        provenance=Provenance((span,), "test", 1.0),
        name=name,
        kind="city",
        mention=span,
    )


@pytest.mark.parametrize(
    ("text", "names", "where"),
    [
        ("At least 31 people were killed in Moyale.", ["Moyale"], ["Moyale"]),
        ("A raid on the port of Moyale killed 31 people.", ["Moyale"], ["Moyale"]),
        ("Two miners died and three were hurt when a shaft collapsed near Moyale.", ["Moyale"], ["Moyale", "Moyale"]),
        ("Two deaths were reported as a storm buried parts of Moyale in snow.", ["Moyale"], ["Moyale"]),
        ("Shelling in Moyale has killed nine civilians and wounded 40.", ["Moyale"], ["Moyale", "Moyale"]),
        ("A bomb went off near a market in Moyale on Friday, killing nine people.", ["Moyale"], ["Moyale"]),
        ("Nine died in Moyale and four were hurt in Wajir.", ["Moyale", "Wajir"], ["Moyale", "Wajir"]),
        # who did it and where it was said are not where it was
        ("Moyale police killed nine gunmen.", ["Moyale"], [None]),
        ("The mayor of Moyale said nine people were killed.", ["Moyale"], [None]),
        ("Nine people who had come from Moyale were killed.", ["Moyale"], [None]),
    ],
)
def test_people_came_to_harm_where_the_deed_was(reading, text, names, where):
    draft = draft_of(reading, text)
    draft.places = tuple(place_in(text, name) for name in names)
    named = {place.id: place.name for place in draft.places}
    assert [named.get(figure.place or "") or None for figure in FigureCoder().code([draft])[0]] == where


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Unemployment falls to 4 percent - ministry", "unemployment"),
        ("Farm output drops 12% – bank", "output"),
    ],
)
def test_who_says_so_after_a_dash_is_not_what_is_counted(reading, text, head):
    assert one(reading, f"{text}\n\nRain fell in the hills.").head == head
