import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coding.actors import ActorCoder
from dateline.coding.coder import Draft
from dateline.intake.text import verbatim
from dateline.reading import Reading
from dateline.records import Actor


def code(reading: Reading, text: str, published: str | None = "2024-11-01") -> list[Actor]:
    [analysis] = reading.analyse([verbatim(text, published=published)])
    [found] = ActorCoder().code([Draft(analysis)])
    return [actor for actor in found if isinstance(actor, Actor)]


def mentions(text: str, actor: Actor) -> list[str]:
    return [text[span.start : span.end] for span in actor.mentions]


def one(actors: list[Actor], name: str) -> Actor:
    [actor] = [each for each in actors if each.name == name]
    return actor


# text | day | name of the actor | kind | country | sector
CASES = """
Two Chinese diplomats left the room. | 2024-11-01 | Two Chinese diplomats | unnamed group | CHN | GOV
North Korean troops crossed the border. | 2024-11-01 | North Korean troops | unnamed group | PRK | MIL
Police fired tear gas at protesters. | 2024-11-01 | Police | unnamed group | - | COP
Police fired tear gas at protesters. | 2024-11-01 | protesters | unnamed group | - | OPP
Chechen rebels attacked the convoy. | 2002-11-01 | Chechen rebels | unnamed group | RUS | REB
Hezbollah fired rockets on Monday. | 2024-11-01 | Hezbollah | armed group | LBN | REB
Hamas militants fired rockets. | 2024-11-01 | Hamas | armed group | PSE | REB
Boko Haram said it had freed the girls. | 2016-11-01 | Boko Haram | armed group | NGA | REB
France summoned the ambassador. | 2024-11-01 | France | state | FRA | GOV
Beijing condemned the sale. | 2024-11-01 | China | state | CHN | GOV
Paris and Berlin urged Ankara to hold talks. | 2024-11-01 | Turkey | state | TUR | GOV
Paris and Berlin urged Ankara to hold talks. | 2024-11-01 | Germany | state | DEU | GOV
A little-known band gave Rome until Friday to pull out. | 2024-11-01 | Italy | state | ITA | GOV
The minister rapped Washington over the arms sale. | 2024-11-01 | United States | state | USA | GOV
Tashkent is being repaid with a pledge of protection. | 2001-11-01 | Uzbekistan | state | UZB | GOV
Kosovo's government lent its support to Tirana. | 2024-11-01 | Albania | state | ALB | GOV
The union will lift its curbs on Niamey in March. | 2024-11-01 | Niger | state | NER | GOV
The bank turned down a request from Harare for a loan. | 2024-11-01 | Zimbabwe | state | ZWE | GOV
Ministers from Riyadh and Tehran haggled until dawn. | 2024-11-01 | Iran | state | IRN | GOV
The flight was a message aimed at Pyongyang. | 2024-11-01 | North Korea | state | PRK | GOV
Brussels had by then forbidden twelve officials its visas. | 2005-11-01 | European Union | organisation | EUR | -
Chile protested, and Santiago warned Argentina not to drill. | 2024-11-01 | Chile | state | CHL | GOV
Russia bombed Odesa on Monday. | 2024-11-01 | Odesa | unnamed group | UKR | CVL
The shelling of Kherson went on for a week. | 2024-11-01 | Kherson | unnamed group | - | CVL
South Korea warned North Korea, and the North turned managers away. | 2024-11-01 | North Korea | state | PRK | GOV
Iranian gunboats surrounded the dhow. | 2024-11-01 | Iranian gunboats | unnamed group | IRN | MIL
Israeli tanks fired at the tower. | 2024-11-01 | Israeli tanks | unnamed group | ISR | MIL
Police beat two stallholders. | 2024-11-01 | two stallholders | unnamed group | - | LAB
Warders retook the prison. | 2024-11-01 | Warders | unnamed group | - | COP
The Kremlin declined to comment. | 2024-11-01 | Kremlin | government body | RUS | GOV
The White House said it was watching. | 2024-11-01 | White House | government body | USA | GOV
Germany's foreign ministry said talks would resume. | 2024-11-01 | Germany's foreign ministry | government body | DEU | GOV
The Pentagon denied the report. | 2024-11-01 | Pentagon | government body | USA | MIL
The UN urged both sides to stop. | 2024-11-01 | United Nations | organisation | UNO | -
NATO will send ships. | 2024-11-01 | NATO | organisation | IGO | MIL
The European Commission fined the firm. | 2024-11-01 | European Commission | organisation | EUR | -
Amnesty International accused the army of torture. | 2024-11-01 | Amnesty International | organisation | NGO | SOC
Reuters reported the deal first. | 2024-11-01 | Reuters | organisation | GBR | JRN
Kenyan lawmakers rejected the bill. | 2024-11-01 | Kenyan lawmakers | unnamed group | KEN | LEG
Saudi journalist Jamal Omar was freed. | 2018-11-01 | Jamal Omar | person | SAU | JRN
South Korean Defence Minister Kim Yong-hyun resigned. | 2024-11-01 | Kim Yong-hyun | person | KOR | MIL
Opposition leader Mariam Sow was arrested. | 2024-11-01 | Mariam Sow | person | - | OPP
A Lagos court jailed the pastor. | 2024-11-01 | A Lagos court | government body | NGA | JUD
The report said 40 people had died. | 2024-11-01 | The report | document | - | -
According to the study, prices will rise. | 2024-11-01 | the study | document | - | -
Russia's finance minister will visit Cairo. | 2024-11-01 | Anton Siluanov | person | RUS | GOV
The German chancellor thanked the firefighters. | 2019-11-01 | Angela Merkel | person | DEU | GOV
The German chancellor thanked the firefighters. | 2023-11-01 | Olaf Scholz | person | DEU | GOV
The Sinaloa cartel killed two officers. | 2024-11-01 | Sinaloa Cartel | armed group | MEX | CRM
Tamil Tigers bombed a bus. | 2006-11-01 | Liberation Tigers of Tamil Eelam | armed group | LKA | REB
Law enforcement arrested a third man in Ghent. | 2024-11-01 | Law enforcement | unnamed group | - | COP
The police chief, Renata Couto, said the two were held. | 2024-11-01 | Renata Couto | person | - | COP
The MEC for health, Nomsa Dlamini, condemned the strike. | 2024-11-01 | Nomsa Dlamini | person | - | GOV
The gang's leader, Tito Ramos, was arrested. | 2024-11-01 | Tito Ramos | person | - | CRM
Rebels shot dead nine farmers near the river. | 2024-11-01 | nine farmers | unnamed group | - | LAB
They accused the General of enabling corruption. | 2024-11-01 | the General | person | - | MIL
Soldiers killed two and wounded five. | 2024-11-01 | two | unnamed group | - | CVL
The injured said that troops had fired first. | 2024-11-01 | The injured | unnamed group | - | CVL
Thousands marched in Lagos against the tax. | 2024-11-01 | Thousands | unnamed group | - | CVL
Hundreds were injured when the roof fell. | 2024-11-01 | Hundreds | unnamed group | - | CVL
Sen. Paula Reyes (D-Ohio) rejected the plan. | 2024-11-01 | Paula Reyes | person | USA | LEG
Gov. Lena Hartmann vetoed the bill. | 2024-11-01 | Lena Hartmann | person | - | GOV
Police said Sgt. Tom Hale had been shot. | 2024-11-01 | Tom Hale | person | - | COP
The Maribor Police Department denied the charge. | 2024-11-01 | Maribor Police Department | government body | - | COP
The Labor Department sued the firm. | 2024-11-01 | Labor Department | government body | - | GOV
Dana Petrov, 34, was charged with theft. | 2024-11-01 | Dana Petrov | person | - | CVL
A court sentenced Ivan Brandt to nine years. | 2024-11-01 | Ivan Brandt | person | - | CVL
Karin Lund of Amnesty International condemned the trial. | 2024-11-01 | Karin Lund | person | NGO | SOC
Lula met farmers in Recife. | 2023-11-01 | Luiz Inácio Lula da Silva | person | BRA | GOV
Attorney General Rosa Amado sued the carmaker. | 2024-11-01 | Rosa Amado | person | - | JUD
A rights group accused the army of torture. | 2024-11-01 | A rights group | organisation | - | SOC
Aid workers left the camp. | 2024-11-01 | Aid workers | unnamed group | - | SOC
The Saudi-led coalition bombed the port. | 2018-11-01 | The Saudi-led coalition | government body | SAU | MIL
Interior and Commerce Department officials resigned. | 2024-11-01 | Interior and Commerce Department officials | unnamed group | - | GOV
The pair were held for a week. | 2024-11-01 | The pair | unnamed group | - | CVL
Police arrested those who threw stones. | 2024-11-01 | those | unnamed group | - | CVL
Norvolt, an energy company, sued the mayor. | 2024-11-01 | Norvolt | organisation | - | BUS
Surrey Police thanked residents. | 2024-11-01 | Surrey Police | government body | - | COP
Bernie Sanders backed the strike. | 2016-03-01 | Bernie Sanders | person | USA | LEG
Mayors Ida Roth and Samuel Okoro sued the state. | 2024-11-01 | Samuel Okoro | person | - | GOV
The Illinois Board of Elections rejected the list. | 2024-11-01 | Illinois Board of Elections | government body | USA | GOV
Brett Holm said he had fled. | 2024-11-01 | Brett Holm | person | - | -
At the time of Okoro's arrest he was at home, Pia Okoro said. | 2024-11-01 | Pia Okoro | person | - | CVL
Radio host Pia Lund mocked the mayor. | 2024-11-01 | Pia Lund | person | - | JRN
Communists condemned the vote. | 2024-11-01 | Communists | unnamed group | - | PTY
Kentucky sued the drugmaker on Monday. | 2024-11-01 | Kentucky | government body | USA | GOV
The ministry filed a lawsuit against Manitoba. | 2024-11-01 | Manitoba | government body | CAN | GOV
Philadelphia banned fireworks on Monday. | 2024-11-01 | Philadelphia | government body | USA | GOV
Officials condemned the Munich attacks. | 2024-11-01 | Munich | unnamed group | DEU | CVL
A drone attack on Kyiv killed two people. | 2024-11-01 | Ukraine | state | UKR | GOV
Moscow blamed the strike on Kyiv. | 2024-11-01 | Ukraine | state | UKR | GOV
The city sued two developers on Monday. | 2024-11-01 | The city | government body | - | GOV
Gunmen stormed the village at dawn. | 2024-11-01 | the village | unnamed group | - | CVL
Rioters torched several shops. | 2024-11-01 | several shops | unnamed group | - | BUS
Rioters hurled stones at a police station. | 2024-11-01 | a police station | unnamed group | - | COP
A Palestinian attacked two soldiers. | 2024-11-01 | A Palestinian | person | PSE | CVL
The Utah Republican condemned the deal. | 2024-11-01 | The Utah Republican | person | USA | PTY
Crowds marched after the police shooting of a boy. | 2024-11-01 | police | government body | - | COP
The army called on all nations to help, urging countries to act. | 2024-11-01 | countries | unnamed group | - | GOV
The blast left four dead and dozens injured. | 2024-11-01 | dozens | unnamed group | - | CVL
Soldiers shot one man and wounded another. | 2024-11-01 | another | person | - | CVL
Police said someone attacked the guard. | 2024-11-01 | someone | person | - | CVL
The supervisor fired two cooks. | 2024-11-01 | The supervisor | person | - | -
A waiter named Bruno Adler was arrested. | 2024-11-01 | Bruno Adler | person | - | LAB
The judge rejected the complaints of teachers. | 2024-11-01 | teachers | unnamed group | - | EDU
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_kind_country_and_sector(reading: Reading, case: str) -> None:
    text, day, name, kind, country, sector = (cell.strip() for cell in case.split(" | "))
    actor = one(code(reading, text, day), name)
    assert (actor.kind, actor.country or "-", actor.sector or "-") == (kind, country, sector)


@pytest.mark.parametrize(
    ("text", "day", "name", "role"),
    [
        ("Starmer met farmers in London.", "2022-05-01", "Keir Starmer", "Labour leader"),
        ("Starmer met farmers in London.", "2024-09-01", "Keir Starmer", "Prime Minister"),
        ("Rutte spoke to reporters at NATO in Brussels.", "2024-11-05", "Mark Rutte", "NATO Secretary General"),
        ("Dutch Prime Minister Mark Rutte resigned.", "2023-07-08", "Mark Rutte", "Prime Minister"),
        ("Ghanaian Sports Minister Kofi Adjei resigned.", "2024-11-05", "Kofi Adjei", "Sports Minister"),
        (
            "Ama Boateng, the head of the port authority, resigned.",
            "2024-11-05",
            "Ama Boateng",
            "head of the port authority",
        ),
    ],
)
def test_the_role_is_the_one_held_on_the_day_or_the_one_the_text_gives(
    reading: Reading, text: str, day: str, name: str, role: str
) -> None:
    assert one(code(reading, text, day), name).role == role


def test_a_former_office_is_no_role(reading: Reading) -> None:
    actor = one(code(reading, "Former Ghanaian minister Yaw Mensah said prices would fall."), "Yaw Mensah")
    assert actor.role is None
    assert actor.sector == "ELI"
    assert actor.country == "GHA"


def test_a_capital_is_the_state_only_where_it_acts(reading: Reading) -> None:
    text = "The minister arrived in Beijing on Monday. Beijing residents queued for hours. Shops in Moscow were shut. "
    text += "The envoy flew to Ankara. A train runs between Kyiv and Vienna. The Beijing hotel was full."
    assert not [actor for actor in code(reading, text) if actor.kind == "state"]


def test_the_north_is_the_northern_of_two_koreas_that_are_named(reading: Reading) -> None:
    text = "South Korea rebuked North Korea. For a third day the North turned away managers."
    assert mentions(text, one(code(reading, text), "North Korea")) == ["North Korea", "North"]
    text = "South Korea is rich. The wind came from the North, and the South Pacific was calm."
    assert [actor.name for actor in code(reading, text)] == ["South Korea"]


def test_whom_one_bombs_with_questions_is_no_town(reading: Reading) -> None:
    text = "Clara Lund was stormed by fans. Fans stormed Lund."
    assert mentions(text, one(code(reading, text), "Clara Lund")) == ["Clara Lund", "Lund"]


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Lima slaps curfew on valley", {"Peru"}),
        ("Kampala to double force on border", {"Uganda"}),
        ("Delhi, Beijing to patrol ridge by turns", {"India", "China"}),
        ("Moscow smog eases", set[str]()),
    ],
)
def test_headlines_say_what_capitals_do(reading: Reading, headline: str, names: set[str]) -> None:
    text = headline + "\n\nThe step had been expected for weeks, and nobody was surprised by it on Monday evening."
    assert {actor.name for actor in code(reading, text) if actor.kind == "state"} == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two farmers met in Brightwater on Monday.", "Brightwater"),
        ("She moved from Kentucky to Ohio.", "Kentucky"),
        ("Philadelphia beat Denver on Sunday.", "Philadelphia"),
        ("Police arrested a man in the city.", "the city"),
        ("Clara Lund opened a shop near the station.", "a shop"),
        ("Egypt bought Russian tanks in May.", "Russian tanks"),
        ("A fuel tank exploded.", "A fuel tank"),
        ("English is spoken by the staff.", "English"),
        ("The court backed the establishment of a fund.", "the establishment"),
    ],
)
def test_what_is_but_a_place_is_nobody(reading: Reading, text: str, name: str) -> None:
    assert name not in [actor.name for actor in code(reading, text)]


def test_surnames_that_are_also_verbs_are_read_as_names(reading: Reading) -> None:
    text = "George Will backed the plan. Instead, Will called for a vote. Later Will described it as a joke."
    assert mentions(text, one(code(reading, text), "George Will")) == ["George Will", "Will", "Will"]


def test_a_name_in_capitals_is_the_one_of_the_text(reading: Reading) -> None:
    text = "Miners cheered. ANGELA MERKEL thanked the miners. Angela Merkel left."
    assert mentions(text, one(code(reading, text), "Angela Merkel")) == ["ANGELA MERKEL", "Angela Merkel"]


def test_a_quotation_may_open_with_two_apostrophes(reading: Reading) -> None:
    text = "''I will sue them,'' Clara Lund said."
    assert mentions(text, one(code(reading, text), "Clara Lund")) == ["I", "Clara Lund"]


def test_each_other_is_the_subject(reading: Reading) -> None:
    text = "The lawmakers accused each other of lying."
    assert mentions(text, one(code(reading, text), "The lawmakers")) == ["The lawmakers", "each other"]


def test_them_is_the_last_group(reading: Reading) -> None:
    text = "Two guards opened the gate. The robber tied them up."
    assert mentions(text, one(code(reading, text), "Two guards")) == ["Two guards", "them"]


def test_counterparts_are_the_holders_of_the_same_office(reading: Reading) -> None:
    text = "Antony Blinken and his South Korean and Japanese counterparts condemned the launch."
    actors = code(reading, text, "2024-11-01")
    names = {actor.name: actor.country for actor in actors}
    assert names == {"Antony Blinken": "USA", "Cho Tae-yul": "KOR", "Takeshi Iwaya": "JPN"}


def test_joint_adjectives_give_a_group_for_each_country(reading: Reading) -> None:
    text = "U.S. and Russian negotiators returned to Geneva."
    assert [actor.country for actor in code(reading, text) if actor.kind == "unnamed group"] == ["USA", "RUS"]


def test_one_actor_for_all_its_mentions(reading: Reading) -> None:
    text = (
        "US Secretary of State Antony Blinken left Cairo on Monday. Blinken said he had made progress. "
        "The top US diplomat will fly to Amman, his spokesman said."
    )
    actor = one(code(reading, text, "2024-03-25"), "Antony Blinken")
    assert mentions(text, actor) == [
        "US Secretary of State Antony Blinken",
        "Blinken",
        "he",
        "The top US diplomat",
        "his",
    ]
    assert actor.role == "Secretary of State"
    assert actor.entity == "person:antony-blinken"
    assert actor.provenance.evidence == actor.mentions[:5]


def test_a_mention_has_no_relative_clause(reading: Reading) -> None:
    text = "Two officials who asked not to be named said talks had stalled."
    [actor] = code(reading, text)
    assert mentions(text, actor)[0] == "Two officials"


def test_an_administration_is_not_the_president(reading: Reading) -> None:
    text = "Joe Biden's administration said it would appeal. The Biden administration gave no date."
    actors = code(reading, text, "2023-05-01")
    body = one(actors, "Joe Biden's administration")
    assert (body.kind, body.country, body.sector) == ("government body", "USA", "GOV")
    assert mentions(text, body) == ["Joe Biden's administration", "it", "The Biden administration"]
    assert one(actors, "Joe Biden").kind == "person"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_gives_actors_that_quote_it(reading: Reading, text: str) -> None:
    actors = code(reading, text)
    assert len({actor.id for actor in actors}) == len(actors)
    for actor in actors:
        assert all(0 <= span.start < span.end <= len(text) for span in actor.mentions)
        assert list(actor.mentions) == sorted(actor.mentions)


def test_a_batch_changes_nothing(reading: Reading) -> None:
    texts = ["France thanked Mr. Obi.", "Obi left.", "", "The UN said it would act."]
    drafts = [Draft(each) for each in reading.analyse([verbatim(text) for text in texts])]
    assert ActorCoder().code(drafts) == [ActorCoder().code([draft])[0] for draft in drafts]


@pytest.mark.parametrize(
    ("text", "words", "sector"),
    [
        ("The rebel leader met the governor.", "The rebel leader", "REB"),
        ("A union leader met the governor.", "A union leader", "LAB"),
        ("Two police officers were killed by gunmen.", "Two police officers", "COP"),
        ("An army officer resigned.", "An army officer", "MIL"),
        ("A Hamas official said the talks had failed.", "A Hamas official", "REB"),
        ("The company spokeswoman declined to comment.", "The company spokeswoman", "BUS"),
        ("The mercenaries left the town.", "The mercenaries", "UAF"),
        ("About 300 growers blocked the road.", "About 300 growers", "LAB"),
        ("A government official resigned.", "A government official", "GOV"),
    ],
)
def test_the_sector_follows_whom_one_leads_or_speaks_for(reading: Reading, text: str, words: str, sector: str) -> None:
    found = [actor for actor in code(reading, text) if words in mentions(text, actor)]
    assert [actor.sector for actor in found] == [sector]


def test_a_headline_in_title_case_names_whom_the_text_names(reading: Reading) -> None:
    text = "Ivo Brandt Scores Direct Hit On Rivals.\n\nSenator Ivo Brandt mocked the mayor. Brandt laughed."
    assert len(mentions(text, one(code(reading, text), "Ivo Brandt"))) == 3


def test_an_authority_that_someone_has_is_no_body(reading: Reading) -> None:
    assert not [actor for actor in code(reading, "The mayor abused her authority.") if "authority" in actor.name]
