from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from dateline.errors import ConfigError
from dateline.knowledge import actors, countries
from dateline.knowledge.actors import BODY_COLUMNS, PERSON_COLUMNS, load, words_of
from dateline.knowledge.roles import office_keys

TABLE = load()

# surname, day, countries the text speaks of: who is meant, and the office held that day
BARE = """
Bush      1991-02-01 USA  George H.W. Bush     President
Bush      2004-02-01 USA  George W. Bush       President
Clinton   1996-05-01 USA  Bill Clinton         President
Clinton   2011-05-01 USA  Hillary Clinton      Secretary of State
Trump     2018-05-01 USA  Donald Trump         President
Trump     2023-05-01 USA  Donald Trump         -
Trump     2025-05-01 USA  Donald Trump         President
Biden     2012-05-01 USA  Joe Biden            Vice President
Biden     2022-05-01 USA  Joe Biden            President
Obama     2010-05-01 USA  Barack Obama         President
Powell    2002-05-01 USA  Colin Powell         Secretary of State
Powell    2020-05-01 USA  Jerome Powell        Federal Reserve Chair
Rice      2003-05-01 USA  Condoleezza Rice     National Security Adviser
Rice      2006-05-01 USA  Condoleezza Rice     Secretary of State
Kerry     2014-05-01 USA  John Kerry           Secretary of State
Rubio     2025-05-01 USA  Marco Rubio          Secretary of State
Blinken   2023-05-01 USA  Antony Blinken       Secretary of State
Austin    2023-05-01 USA  Lloyd Austin         Defense Secretary
Yellen    2016-05-01 USA  Janet Yellen         Federal Reserve Chair
Yellen    2022-05-01 USA  Janet Yellen         Treasury Secretary
Thatcher  1990-05-01 GBR  Margaret Thatcher    Prime Minister
Major     1995-05-01 GBR  John Major           Prime Minister
Brown     2000-05-01 GBR  Gordon Brown         Chancellor of the Exchequer
Brown     2008-05-01 GBR  Gordon Brown         Prime Minister
Johnson   2017-05-01 GBR  Boris Johnson        Foreign Secretary
Johnson   2020-05-01 GBR  Boris Johnson        Prime Minister
Truss     2022-02-01 GBR  Liz Truss            Foreign Secretary
Truss     2022-10-01 GBR  Liz Truss            Prime Minister
Sunak     2021-10-01 GBR  Rishi Sunak          Chancellor of the Exchequer
Sunak     2023-10-01 GBR  Rishi Sunak          Prime Minister
Starmer   2021-10-01 GBR  Keir Starmer         Labour leader
Starmer   2024-10-01 GBR  Keir Starmer         Prime Minister
Cameron   2012-10-01 GBR  David Cameron        Prime Minister
Cameron   2024-02-01 GBR  David Cameron        Foreign Secretary
Merkel    2015-10-01 DEU  Angela Merkel        Chancellor
Scholz    2019-10-01 DEU  Olaf Scholz          Finance Minister
Scholz    2023-10-01 DEU  Olaf Scholz          Chancellor
Merz      2025-06-01 DEU  Friedrich Merz       Chancellor
Steinmeier 2007-06-01 DEU Frank-Walter Steinmeier Foreign Minister
Steinmeier 2020-06-01 DEU Frank-Walter Steinmeier President
Fischer   2001-06-01 DEU  Joschka Fischer      Foreign Minister
Chirac    2000-06-01 FRA  Jacques Chirac       President
Macron    2015-06-01 FRA  Emmanuel Macron      Finance Minister
Macron    2020-06-01 FRA  Emmanuel Macron      President
Lagarde   2009-06-01 FRA  Christine Lagarde    Finance Minister
Lagarde   2015-06-01 IGO  Christine Lagarde    IMF Managing Director
Lagarde   2021-06-01 EUR  Christine Lagarde    European Central Bank President
Putin     1999-10-01 RUS  Vladimir Putin       Prime Minister
Putin     2004-10-01 RUS  Vladimir Putin       President
Putin     2010-10-01 RUS  Vladimir Putin       Prime Minister
Putin     2023-10-01 RUS  Vladimir Putin       President
Medvedev  2009-10-01 RUS  Dmitry Medvedev      President
Medvedev  2014-10-01 RUS  Dmitry Medvedev      Prime Minister
Lavrov    2015-10-01 RUS  Sergei Lavrov        Foreign Minister
Shoigu    2020-10-01 RUS  Sergei Shoigu        Defence Minister
Shoigu    2024-10-01 RUS  Sergei Shoigu        Security Council Secretary
Zelensky  2022-03-01 UKR  Volodymyr Zelensky   President
Zelenskiy 2022-03-01 UKR  -                    -
Yanukovych 2007-03-01 UKR Viktor Yanukovych    Prime Minister
Yanukovych 2013-03-01 UKR Viktor Yanukovych    President
Xi        2015-03-01 CHN  Xi Jinping           President
Hu        2008-03-01 CHN  Hu Jintao            President
Wen       2008-03-01 CHN  Wen Jiabao           Premier
Abe       2006-12-01 JPN  Shinzo Abe           Prime Minister
Abe       2015-12-01 JPN  Shinzo Abe           Prime Minister
Kishida   2014-12-01 JPN  Fumio Kishida        Foreign Minister
Kishida   2022-12-01 JPN  Fumio Kishida        Prime Minister
Moon      2019-12-01 KOR  Moon Jae-in          President
Yoon      2023-12-01 KOR  Yoon Suk Yeol        President
Park      2015-12-01 KOR  Park Geun-hye        President
Kim       2019-12-01 PRK  Kim Jong Un          Leader
Kim       2005-12-01 PRK  Kim Jong Il          Leader
Modi      2019-12-01 IND  Narendra Modi        Prime Minister
Sharif    2014-12-01 PAK  -                    -
Khan      2020-12-01 PAK  Imran Khan           Prime Minister
Zardari   2010-12-01 PAK  Asif Ali Zardari     President
Karzai    2010-12-01 AFG  Hamid Karzai         President
Netanyahu 1998-12-01 ISR  Benjamin Netanyahu   Prime Minister
Netanyahu 2023-12-01 ISR  Benjamin Netanyahu   Prime Minister
Sharon    2003-12-01 ISR  Ariel Sharon         Prime Minister
Gallant   2023-12-01 ISR  Yoav Gallant         Defence Minister
Katz      2024-12-01 ISR  Israel Katz          Defence Minister
Arafat    2001-12-01 PSE  Yasser Arafat        President
Abbas     2015-12-01 PSE  Mahmoud Abbas        President
Mubarak   2005-12-01 EGY  Hosni Mubarak        President
Morsi     2012-12-01 EGY  Mohamed Morsi        President
Erdogan   2008-12-01 TUR  -                    -
Rouhani   2016-12-01 IRN  Hassan Rouhani       President
Zarif     2016-12-01 IRN  Mohammad Javad Zarif Foreign Minister
Khamenei  2016-12-01 IRN  Ali Khamenei         Supreme Leader
Assad     2013-12-01 SYR  -                    -
Mandela   1995-12-01 ZAF  Nelson Mandela       President
Mbeki     2003-12-01 ZAF  Thabo Mbeki          President
Zuma      2012-12-01 ZAF  Jacob Zuma           President
Mugabe    2008-12-01 ZWE  Robert Mugabe        President
Kagame    2010-12-01 RWA  Paul Kagame          President
Museveni  2010-12-01 UGA  Yoweri Museveni      President
Kenyatta  2015-12-01 KEN  Uhuru Kenyatta       President
Ruto      2023-12-01 KEN  William Ruto         President
Buhari    2016-12-01 NGA  Muhammadu Buhari     President
Kabila    1999-12-01 COD  Laurent Kabila       President
Kabila    2010-12-01 COD  Joseph Kabila        President
Bolsonaro 2020-12-01 BRA  Jair Bolsonaro       President
Rousseff  2013-12-01 BRA  Dilma Rousseff       President
Maduro    2018-12-01 VEN  -                    -
Milei     2024-12-01 ARG  Javier Milei         President
Trudeau   2018-12-01 CAN  Justin Trudeau       Prime Minister
Carney    2025-06-01 CAN  Mark Carney          Prime Minister
Sheinbaum 2025-01-01 MEX  Claudia Sheinbaum    President
Albanese  2023-01-01 AUS  Anthony Albanese     Prime Minister
Ardern    2019-01-01 NZL  Jacinda Ardern       Prime Minister
Annan     2003-01-01 UNO  Kofi Annan           Secretary-General
Guterres  2000-01-01 PRT  -                    -
Barroso   2008-01-01 EUR  -                    -
Tusk      2012-01-01 POL  Donald Tusk          Prime Minister
Tusk      2017-01-01 EUR  Donald Tusk          European Council President
Tusk      2024-01-01 POL  Donald Tusk          Prime Minister
Kallas    2022-01-01 EST  Kaja Kallas          Prime Minister
Kallas    2025-01-01 EUR  Kaja Kallas          EU foreign policy chief
Rutte     2015-01-01 NLD  Mark Rutte           Prime Minister
Rutte     2025-01-01 IGO  Mark Rutte           NATO Secretary General
Stoltenberg 2001-01-01 NOR Jens Stoltenberg    Prime Minister
Stoltenberg 2020-01-01 IGO Jens Stoltenberg    NATO Secretary General
Grossi    2023-01-01 IGO  Rafael Grossi        IAEA Director General
"""


def _rows() -> list[tuple[str, date, str, str, str]]:
    rows: list[tuple[str, date, str, str, str]] = []
    for line in BARE.strip().splitlines():
        surname, day, code, rest = line.split(None, 3)
        parts = [part for part in rest.split("  ") if part.strip()]
        if len(parts) == 1:  # name and office parted by one space: the office is what follows the surname
            name, office = rest.split(surname, 1)
            parts = [name + surname, office]
        rows.append((surname, date.fromisoformat(day), code, parts[0].strip(), parts[1].strip()))
    return rows


@pytest.mark.parametrize(("surname", "day", "code", "name", "office"), _rows())
def test_a_bare_surname_means_whoever_bears_it_in_office_that_day(
    surname: str, day: date, code: str, name: str, office: str
) -> None:
    found = TABLE.by_surname(surname, day, [code])
    if name == "-":
        # Spelled otherwise in the table, or borne by two of the country: nobody is guessed.
        assert found is None or surname in " ".join(found.names)
        return
    assert found is not None
    assert found.name == name
    held = TABLE.office_of(found.id, day)
    assert (held.title if held is not None else "-") == office


@pytest.mark.parametrize(
    ("code", "key", "day", "name"),
    [
        ("KOR", "foreign minister", "2024-11-01", "Cho Tae-yul"),
        ("JPN", "foreign minister", "2023-10-01", "Yoko Kamikawa"),
        ("USA", "foreign minister", "2015-10-01", "John Kerry"),
        ("FRA", "president", "2001-10-01", "Jacques Chirac"),
        ("FRA", "head of government", "2001-10-01", "Lionel Jospin"),
        ("DEU", "head of government", "2001-10-01", "Gerhard Schröder"),
        ("GBR", "finance minister", "2001-10-01", "Gordon Brown"),
        ("ZMB", "president", "2023-10-01", "Hakainde Hichilema"),
    ],
)
def test_the_holder_of_an_office_on_a_day(code: str, key: str, day: str, name: str) -> None:
    found = TABLE.holder(code, key, date.fromisoformat(day))
    assert found is not None
    assert found.name == name


def test_nobody_holds_an_office_between_two_terms() -> None:
    assert TABLE.holder("LBN", "president", date(2023, 6, 1)) is None


def test_a_body_of_a_state_counts_only_where_the_state_is_spoken_of() -> None:
    words = words_of("Congress will vote")
    assert TABLE.match(words, 0, None, frozenset(("USA",))) is not None
    assert TABLE.match(words, 0, None, frozenset(("PER",))) is None


def test_an_acronym_of_two_bodies_is_the_one_whose_country_is_spoken_of() -> None:
    words = words_of("RSF fighters")
    match = TABLE.match(words, 0, date(2024, 1, 1), frozenset(("SDN",)))
    assert match == (1, "group:rapid-support-forces")
    match = TABLE.match(words, 0, date(2024, 1, 1), frozenset(("FRA",)))
    assert match is not None
    assert match[1] == "body:reporters-without-borders"


@pytest.mark.parametrize(
    ("title", "country", "keys"),
    [
        ("Secretary of State", "USA", {"foreign minister"}),
        ("Secretary of State for Wales", "GBR", set()),
        ("Deputy Prime Minister", "KEN", {"deputy"}),
        ("Vice President", "USA", {"vice president"}),
        ("Chancellor of the Exchequer", "GBR", {"finance minister"}),
        ("Chancellor", "DEU", {"head of government"}),
        ("top diplomat", "USA", {"foreign minister"}),
        ("opposition leader", "KEN", set()),
        ("Minister of External Affairs", "IND", {"foreign minister"}),
    ],
)
def test_titles_name_offices_in_general_terms(title: str, country: str, keys: set[str]) -> None:
    assert office_keys(title.split(), country) == keys


def test_terms_of_one_office_do_not_overlap() -> None:
    single = frozenset(
        "President;Prime Minister;Chancellor;Secretary of State;Foreign Minister;Defence Minister;Secretary-General".split(
            ";"
        )
    )
    terms: dict[tuple[str | None, str], list[tuple[date, date, str]]] = defaultdict(list)
    for identity in list(TABLE._rows):
        entity = TABLE.entity(identity)
        for office in entity.offices:
            if office.title in single and office.since is not None:
                terms[office.country, office.title].append((office.since, office.until or date.max, entity.name))
    for held in terms.values():
        held.sort()
        for (_, until, name), (since, _, after) in pairwise(held):
            assert until <= since, (name, after)


def test_every_code_is_a_state_or_one_of_plover() -> None:
    for identity in [*TABLE._rows, *TABLE._body]:
        code = TABLE.entity(identity).country
        assert code is None or code in countries.STATELESS or countries.state(code) is not None, identity


def test_the_tables_load_in_a_twentieth_of_a_second() -> None:
    people, bodies = actors._packaged_rows()
    start = process_time()
    actors.ActorTable(people, bodies)
    assert process_time() - start < 0.2  # a laptop takes 0.03; the bound allows for a busy machine


def test_a_table_of_the_users_own_overrules_and_adds(tmp_path: Path) -> None:
    path = tmp_path / "my.tsv"
    rows = [
        "\t".join(PERSON_COLUMNS),
        "William Ruto\t\tm\tKEN\tGOV\tGovernor of Nairobi\t2022-09-13\t",
        "Ada Onuoha\tA. Onuoha\tf\tNGA\tBUS\tChair of Delta Oil\t2020-01-01\t2024-01-01",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    table = load(path)
    held = table.office_of("person:william-ruto", date(2023, 1, 1))
    assert held is not None
    assert held.title == "Governor of Nairobi"
    assert table.named("Ada Onuoha") is not None
    assert table.office_of("person:ada-onuoha", date(2025, 1, 1)) is None
    assert table.named("NATO") is not None


def test_bodies_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "groups.tsv"
    path.write_text(
        "# mine\n" + "\t".join(BODY_COLUMNS) + "\nRiver Front\tRVF\tGHA\tREB\tarmed group\t2020\t\n", encoding="utf-8"
    )
    found = load(path).named("RVF")
    assert found is not None
    assert (found.id, found.kind, found.country) == ("group:river-front", "armed group", "GHA")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name\tcountry\n", "columns"),
        ("\t".join(PERSON_COLUMNS) + "\nA B\t\tm\tXXX\tGOV\tKing\t\t", "XXX"),
        ("\t".join(PERSON_COLUMNS) + "\nA B\t\tm\tKEN\tGOV\tKing\t2020-13-01\t", "2020-13-01"),
        ("\t".join(PERSON_COLUMNS) + "\nA B\t\tm\tKEN\tGOV\tKing\t2020\t2019", "ends"),
        ("\t".join(PERSON_COLUMNS) + "\nA B\tm\n", "line 2"),
        ("\t".join(BODY_COLUMNS) + "\nFront\t\tKEN\tREB\tclub\t\t", "club"),
    ],
)
def test_a_malformed_table_is_refused_with_the_place(tmp_path: Path, text: str, wanted: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=wanted):
        load(path)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "none.tsv")


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_bytes(b"\x8c\xff\x00")
    with pytest.raises(ConfigError, match=r"bad\.tsv is no text in UTF-8"):
        load(path)


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("GATIA", "MLI", "REB"),
        ("Dan Na Ambassagou", "MLI", "REB"),
        ("Twirwaneho", "COD", "REB"),
        ("Return, Reclamation and Rehabilitation", "CAF", "REB"),
        ("Karenni Nationalities Defense Force", "MMR", "REB"),
        ("Pyu Saw Htee", "MMR", "MIL"),
        ("Tehreek-e-Jihad Pakistan", "PAK", "REB"),
        ("NSCN-IM", "IND", "REB"),
        ("Sultan Murad Division", "SYR", "REB"),
        ("Giants Brigades", "YEM", "REB"),
        ("Kastus Kalinouski Regiment", "UKR", "MIL"),
        ("Comandos de la Frontera", "COL", "REB"),
        ("Santa Rosa de Lima Cartel", "MEX", "CRM"),
        ("Los Tiguerones", "ECU", "CRM"),
        ("400 Mawozo", "HTI", "CRM"),
    ],
)
def test_armed_groups_of_the_world(name: str, country: str, sector: str) -> None:
    found = TABLE.named(name)
    assert found is not None
    assert (found.kind, found.country, found.sector) == ("armed group", country, sector)


def test_armed_groups_are_whole_and_named_once() -> None:
    table = Path(actors.__file__).parent / "data" / "actors" / "armed_groups.tsv"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"][1:]
    assert len(rows) >= 300
    assert len({row[0] for row in rows}) == len(rows)
    for name, _, _, sector, kind, since, until in rows:
        assert sector in {"REB", "MIL", "CRM", "COP", "PTY", "CVL"}, name
        assert kind == "armed group"
        assert not (since and until) or since <= until, name
