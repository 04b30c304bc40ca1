"""Names and titles bound to clusters: the part of coreference that needs no order of reading.

A surname is bound to the full name wherever in the article that stands, a title tells
office, country and gender, and a term for a state counts where the state acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.knowledge import countries, gazetteer
from dateline.knowledge.actors import FAMILY_FIRST, ActorTable, Entity, slug
from dateline.knowledge.given_names import GENDER
from dateline.knowledge.roles import (
    ABBREVIATED,
    AT_END,
    BODIES,
    DOCUMENTS,
    FORMER,
    NAMED_BODIES,
    PEOPLE,
    PUBLIC_CARE,
    ROLES,
    body_sector,
    office_keys,
    sector_of,
)
from dateline.reading.analysis import Analysis, Name
from dateline.reading.names import NOT_PEOPLE
from dateline.records import ActorKind

SPEECH = frozenset(
    """say tell add claim state declare announce argue insist note warn explain admit acknowledge deny allege assert
    believe think suggest urge call demand ask report confirm reply respond stress reiterate write tweet post vow
    pledge promise predict estimate conclude comment remark recall observe testify contend maintain complain accuse
    describe point caution emphasize emphasise underline hint indicate reveal concede agree hope expect fear want plan
    propose recommend condemn criticise criticize denounce praise welcome reject refuse decline order threaten signal
    show find speak continue quip joke lament boast recount quote cite propose appeal""".split()
)
"""Verbs whose subject speaks or takes a stand."""

INSIDE = frozenset("in at near inside across throughout around within outside through via off along above".split())
_PLACE_NOUNS = frozenset(
    """region city town village border capital coast province district territory area airport street suburb island
    peninsula river sea lake mountain valley desert soil side north south east west county port square airspace
    waters countryside shore mainland frontier enclave outskirt neighborhood neighbourhood hospital hotel beach prison
    time embassy consulate""".split()
)
_MODIFIERS = frozenset(
    ("det", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "predet", "advmod", "npadvmod")
)
_MISTER = {
    **dict.fromkeys(("mr", "mr.", "sir", "lord", "king", "prince"), "m"),
    **dict.fromkeys(("mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess"), "f"),
}
_TITLE_WORDS = frozenset(
    "state sen sen. rep rep. gov gov. gen gen. dr dr. lt lt. col col. maj maj. capt capt. prof prof. rev rev.".split()
)
_TITLE_LINKS = frozenset(
    "of and for acting visiting outgoing incoming the a an - ousted exiled retired jailed & 's ’s".split()
)
COUNTRY_NOUNS = frozenset("country nation kingdom republic".split())
_OF = frozenset(("of", "for"))
_BREAKS = frozenset(': ; ( ) , — – “ ” " / | • [ ]'.split())
_PERSONAL = frozenset(
    """ready willing able unable aware unaware confident concerned worried alarmed surprised pleased sorry open opposed
    committed determined reluctant keen eager prepared hopeful certain sure grateful afraid angry disappointed shocked
    innocent guilty responsible due set free silent cautious neutral""".split()
)
"""Adjectives for those who think and act: no "it" before them is empty."""
_WEATHER = frozenset(
    "late early dark cold hot warm clear unclear raining sunny windy foggy quiet time true possible impossible".split()
)
_QUOTES = frozenset(("cite", "quote"))
_LASTING = frozenset("second minute hour day week month year decade century time while moment long".split())
_CLAUSES = frozenset("ccomp xcomp csubj advcl oprd".split())
_PART_NOUNS = frozenset(
    """head chair pair duo board media office body side enforcement defense defence prosecution management service
    services unit branch press business""".split()
)
_UNNAMING = frozenset(("CD", "JJ", "VBN", "VBD", "DT", "JJS"))
PARTIES = frozenset("nsubj nsubjpass dobj pobj dative agent conj".split())
_ARTICLES = frozenset("the a an that this".split())
_AILING = frozenset(
    "injured wounded dead homeless unemployed elderly poor displaced missing disabled stranded accused deceased".split()
)
"""Adjectives that with "the" name people."""
_SMALL = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty dozens hundreds thousands""".split()
)
DONE_TO = frozenset(
    """kill wound injure arrest detain jail charge execute hang behead abduct kidnap hurt evacuate rescue sentence
    convict die rape rob molest imprison shoot stab hospitalize hospitalise free release capture acquit murder massacre
    indict deport""".split()
)
"""Verbs whose object, be it a mere number, is people."""
_DONE_TO_ONE = frozenset(
    """kill wound arrest jail charge behead abduct kidnap sentence convict rape imprison stab acquit murder
    indict""".split()
)
"""Those of them whose object is no place either."""
_OF_NOTE = frozenset(
    "prominent senior leading political public religious opposition party top key establishment media military".split()
)
_THINGS = frozenset("FAC PRODUCT WORK_OF_ART LAW EVENT".split())
"""Labels of names that act only where the finder is mistaken."""
_DEALT_WITH = frozenset(
    """accuse sue urge warn criticise criticize blame ask praise thank slam denounce condemn endorse tell fine
    subpoena pressure boycott""".split()
)
"""Verbs whose object is somebody."""
_SUBJECTS = ("nsubj", "nsubjpass")
_DECIDES = frozenset("approve vote decide appoint rule adopt pass hire fire meet delay postpone dismiss".split())
_SERVING = frozenset(
    """emergency rescue security secret fire ambulance immigration border customs weather forest park postal health
    probation prison welfare special tactical counter bomb swat press editorial school zoning parole planning
    """.split()
)
"""What services, units and boards of people serve or watch over."""
_NOUNS = frozenset(ROLES) | frozenset(PEOPLE) | frozenset(BODIES) | DOCUMENTS | COUNTRY_NOUNS
_TO_STATE = frozenset(
    """urge press accuse warn criticise criticize sanction ask blame help support attack invade threaten pressure
    provoke condemn tell back arm persuade force push isolate punish counter contain oppose recognise recognize
    thank""".split()
)
_FORCE = frozenset(
    """attack assault bomb bombard shell strike hit raid storm invade occupy seize capture overrun fire shoot launch
    target pound strafe annex violate enter cross march advance incursion invasion shelling bombing bombardment
    airstrike offensive attempt land push rocket missile""".split()
)
_ONTO = frozenset("at on onto into against toward towards upon in across".split())
_ASSAULT = frozenset(
    """attack assault bomb bombard shell strike hit raid storm target pound strafe invade torch loot ransack vandalize
    vandalise firebomb rob burgle ram besiege rock bombing shelling bombardment airstrike
    invasion offensive massacre shooting robbery arson siege blast explosion atrocity incursion burn smash hurl lob
    throw plough plow crash""".split()
)
"""What is done to places and buildings for the sake of those who are there."""
_RAIDS = frozenset(
    """bomb bombard shell pound strafe besiege invade torch loot ransack storm overrun recapture seize retake occupy
    encircle bombing shelling bombardment airstrike siege capture fall storming invasion massacre""".split()
)
"""What is done to towns, and to people hardly ever by name."""
_RAIDED = frozenset("of on against upon".split())
_OUTRAGES = frozenset(
    """attack bombing shooting massacre siege stabbing assault atrocity rampage killing murder blast explosion riot
    airstrike""".split()
)
"""Nouns for harm that bear the name of the place harmed: ``the Paris attacks``."""
_RULES = frozenset(
    """sue ban pay spend approve adopt pass vote file fund issue lift impose introduce repeal enact sign join elect
    endorse apologize apologise consider seek allow require launch provide receive award settle challenge offer
    donate send deploy accept cancel cut grant enforce investigate evacuate legalize legalise outlaw prohibit restrict
    mandate amend apply negotiate extend suspend withdraw comply retaliate host authorize authorise tighten ease
    oppose support back help expel recognise recognize secede""".split()
)
"""What states, cities and counties do as bodies."""
_TO_BODY = frozenset("sue fine help fund bail boycott pressure lobby petition subpoena reimburse owe pay".split())
"""What, besides what states do to each other, is done to them as bodies."""
_WORKS = frozenset(
    """law legislation ban statute decision ruling vote lawsuit plan refusal request proposal order policy
    program programme budget bid effort appeal support opposition response government apology offer pledge
    demand announcement""".split()
)
"""What states and cities make as bodies: ``Ohio's decision``, ``the Texas law``."""
_RULED = frozenset("city county state province municipality".split())
"""Those of :data:`LANDS` that have a government of their own more often than not."""
_UNDERGONE = frozenset(
    """have see face become remain experience suffer lose fall need rank lack contain include cover stretch border know
    die live grow rise drop win beat play defeat come go happen turn begin start stay deserve mean""".split()
)
"""What happens to places, and what teams that bear their names do."""
LANDS = frozenset("city county state province town village region district municipality capital".split())
"""Nouns for parts of a state that act as bodies."""
PREMISES = {
    **dict.fromkeys(
        """store shop boutique hotel nightclub restaurant market mall supermarket cafe bar pub plant factory farm
        warehouse dealership""".split(),
        "BUS",
    ),
    **dict.fromkeys(
        "home house building apartment village neighborhood neighbourhood suburb settlement".split(), "CVL"
    ),
    **dict.fromkeys("barracks base checkpoint convoy outpost garrison".split(), "MIL"),
    **dict.fromkeys("synagogue temple shrine church mosque monastery".split(), "REL"),
    **dict.fromkeys("station precinct".split(), "COP"),
    **dict.fromkeys("school campus".split(), "EDU"),
}
"""Sector of those who are attacked where a building of theirs is."""
_SITES = LANDS | PREMISES.keys()
_GROUPED = frozenset(
    """police army military media government navy rebel rebels militia militant militants gang cartel opposition press
    troops separatist separatists insurgent insurgents guerrilla terrorist farmers herders herdsmen villagers workers
    student students protesters settlers union parliament court cabinet administration congress senate regime
    junta""".split()
)
"""Those who do what the noun they stand before names: ``the police shooting``."""
_DEEDS = frozenset(
    """shooting killing attack raid violence brutality crackdown operation shootout gunfire chase pursuit investigation
    probe inquiry allegation claim statement request order warning threat action strike assault clash ambush
    bombing offensive withdrawal retreat deployment intervention aid assistance decision ban proposal vote criticism
    protest rally march walkout sweep arrest feud dispute line cordon blockade siege crossfire abuse misconduct
    takeover coup uprising revolt rebellion repression response ruling demand appeal effort suggestion measure plan
    opposition support donation attempt initiative meeting blaming change report""".split()
)
_PARTISAN = {"republican": "Republicans", "democratic": "Democrats", "democrat": "Democrats"}
"""Adjectives of parties before what they do, and how their people are called."""
_ONE_OF = frozenset("a an every each another one the this that fellow lifelong".split())
ANYONE = frozenset("someone somebody anyone anybody everyone everybody".split())
_ILLS = frozenset(
    """influenza flu virus disease fever syndrome cancer malaria cholera ebola measles covid coronavirus hepatitis polio
    tuberculosis hurricane typhoon cyclone storm earthquake tsunami act bill law amendment speech deal treaty accord
    agreement""".split()
)
"""Last words of capitalised names of illnesses, forces of nature and laws, which are nobody."""
_ON_STATE = frozenset("blame call sanction pressure impose".split())
_OF_CITIES = frozenset("be lie sit stand wake shake host burn flood celebrate mourn sleep boast look feel grow".split())
"""Verbs whose subject is the city when it is a capital."""
_NAMED_BODIES = frozenset(
    """gang cartel militia group movement party union company firm bank newspaper magazine broadcaster airline carmaker
    charity startup employer chain syndicate faction manufacturer retailer operator brewer insurer lender""".split()
)
"""Nouns for bodies that stand before or above the body's name."""
_OF_VERBS = frozenset(
    """accuse convict acquit suspect rob strip deprive rid clear warn inform remind assure notify relieve absolve
    convince persuade cheat defraud drain""".split()
)
"""Verbs that take whom they do it to and, after "of", what."""
_PARTITIVES = frozenset(
    """hundred thousand dozen million ten number majority minority group handful percent % many some most several
    hundreds thousands dozens pair millions tens scores score few half crowd couple rest two three four five""".split()
)
_SHARES = _PARTITIVES | {"front", "windows", "outskirts", "suburbs", "part", "parts", "centre", "center", "heart"}
"""Nouns before "of" that what is done to them is done to the whole."""
_CROWDS = frozenset("hundreds thousands dozens scores millions".split())
"""Numbers that name people by themselves: "thousands marched"."""
_CROWDING = frozenset(
    """march rally protest demonstrate gather assemble chant riot strike flee die attend converge flock mourn queue
    cheer celebrate clash surrender defect enlist perish pray vote""".split()
)
"""What only people do, or cattle at most."""
_NEUTRAL = frozenset(
    """rival ally friend opponent supporter backer critic partner colleague successor predecessor counterpart follower
    fan runner foe star host guest neighbour neighbor member participant challenger mogul""".split()
)
"""Nouns that say how people stand to each other, not what they are."""
BODILY = frozenset(
    """police troops forces army navy department ministry court council parliament senate commission agency authority
    party union government embassy bureau militia tribunal committee assembly office""".split()
)
"""Last words of the names of bodies, never of people."""
_WEAPONS = frozenset("tanks artillery armour armor howitzers".split())
"""Arms that are somebody only where it is said whose they are and they act: ``Israeli tanks fired``."""
_CARES = frozenset("board boards center centers centre centres service services division executive institute".split())
_RANKS = frozenset("sergeant lieutenant captain corporal major sgt. sgt lt. capt. cpl. maj. commander cmdr.".split())
"""Ranks of the police in some countries, of the army in all."""
_POLICE = ("police", "sheriff", "deputies", "detectives", "officers", "cops")
_ARMS = frozenset("army military troops soldiers navy marines air forces regiment battalion".split())
_SORTS = {"chain": "company", "giant": "company", "group": "group", "start-up": "startup", "developer": "company"}
"""Nouns that before a body's name say what it is, and elsewhere do not."""
_MARKS = frozenset(("“", "”", '"', "``", "''"))
_DEALT = _TO_STATE | frozenset(
    """rap scold rebuke chide reproach upbraid lambast lambaste castigate censure reprimand taunt mock court woo beg
    implore entreat coax goad nudge prod cajole coerce compel oblige forbid permit authorise authorize invite summon
    notify inform alert advise assure reassure remind promise offer lend give grant owe repay reimburse deny snub spurn
    antagonise antagonize appease placate anger irk infuriate irritate embarrass outrage enrage dismay assist hail
    commend rebuff trust distrust mistrust consult humiliate slam slate assail denounce penalise penalize fund finance
    bankroll sue pay""".split()
)
"""Verbs of speaking to, dealing with and giving to somebody: their object is no mere place."""
_SENT: dict[str, frozenset[str]] = {
    word: frozenset(nouns.split())
    for word, nouns in {
        "on": """blame call sanction pressure impose embargo tariff curb restriction penalty freeze dependence reliance
            duty levy ultimatum lean prevail""",
        "upon": "call prevail lean",
        "for": """support backing aid help sympathy praise contempt respect loan bailout guarantee ammunition weapon
            assistance speak setback blow victory triumph embarrassment humiliation snub lifeline""",
        "to": """message rebuke warning letter note offer aid help loan arm weapon ultimatum reply answer protest appeal
            threat invitation assurance support concession apology apologise apologize overture proposal supply
            shipment sale grant credit complaint complain suggestion suggest propose lend promise pledge signal write
            respond response deny sell loyal loyalty allegiance hostile friendly alternative challenge petition submit
            kowtow surrender cede opposed answerable beholden assistance plea objection grateful ambassador envoy""",
        "from": """request letter demand pressure reply answer promise offer order assurance permission warning aid
            support loan protest rebuke criticism response apology concession invitation appeal threat instruction
            objection guarantee approval pledge backing help interference complaint condemnation denial official
            minister diplomat envoy negotiator delegation delegate emissary mediator independence autonomy subsidy
            recognition ultimatum plea extract""",
        "of": """ally enemy foe critic opponent backer demand behalf accuse wary critical supportive intolerant defiance
            distrust mistrust suspicion disapproval""",
        "toward": "policy stance attitude hostility gesture tilt",
        "towards": "policy stance attitude hostility gesture tilt",
        "at": "aim direct anger fury fume lash",
    }.items()
}
"""Words that with a preposition are before whom they are for or from, not before where something is."""
_HALVES = {"north": "North Korea", "south": "South Korea"}
"""What the Koreas call each other."""
_TRAVEL = frozenset(
    """road train flight railway rail highway motorway distance shuttle route fly travel run service bus lie midway
    line corridor""".split()
)
"""What is between two towns, not between two governments."""
_DELIVERED = frozenset("send bring take return fly ship carry deliver fire".split())
_HEADLINED = (
    SPEECH
    | _DEALT
    | _RULES
    | _FORCE
    | frozenset(
        """sever slap bolt trade swap share lift hand shut shutter reopen open close free hug bristle balk baulk mull
        weigh scrap eye rap blast evict curb freeze halt resume patch mend restore halve slash raise lower pull drop
        bar block eject bow budge brush clear clinch concede dare detain dispatch downgrade end extradite fete gag
        greet guard hint hold invite keep kick let lodge loosen make move nationalise nationalize pardon park patrol
        plead probe punish put quit redraw relax relent rename rescue ring rush scoff seal set shelter shrug shun sign
        squeeze stall start stop strip suspend sweep swear tear tempt test throw tighten toughen trim unveil uphold
        veto waive welcome withhold""".split()
    )
)
"""What headlines say in the present that governments do: ``Lima slaps curfew on port``."""
_SEATS = frozenset(
    """Brussels Santiago Sofia Wellington Georgetown Jerusalem Pretoria Sanaa Sana'a Bujumbura The_Hague Tel_Aviv
    Abu_Dhabi La_Paz Porto-Novo""".split()
)
"""Seats of government that are much else too: they stand for it only beside words that say so."""


@dataclass(slots=True)
class Item:
    """One mention while it is being resolved."""

    start: int
    end: int
    head: int
    acts: bool = True
    plural: bool = False
    """Whether a plural noun names one body here: ``the rebels`` for an armed group."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions that speak of one thing."""

    label: str
    kind: ActorKind | None
    name: str
    gender: str = ""
    plural: bool = False
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    heads: set[str] = field(default_factory=set[str])
    """Nouns it has been called by."""
    titles: set[str] = field(default_factory=set[str])
    """All words of its titles."""
    keys: set[str] = field(default_factory=set[str])
    """Offices in general terms."""
    entity: str | None = None
    confidence: float = 0.8
    items: list[Item] = field(default_factory=list[Item])
    rank: int = 9
    """How good its name is: 0 the tables, 1 a full name, 2 a part, 5 a role noun."""
    main: Item | None = None
    words: tuple[str, ...] = ()
    order: int = 0
    """Place among the clusters, to break ties."""
    members: tuple[Cluster, ...] = ()
    """Those named apart whom one word means together: ``both``, ``the two leaders``, ``they``."""
    told: list[range] = field(default_factory=list[range])
    """Appositions that tell its office: ``X, a strategist for Y``."""
    serves: Cluster | None = None
    """Whose lawyer, spokesman or official someone is."""


class Binder:
    """Everything about one article while its chains are found.

    Args:
        analysis: The article, its names corrected.
        table: The actor tables.
    """

    def __init__(self, analysis: Analysis, table: ActorTable) -> None:
        self.a = analysis
        self.table = table
        self.day = analysis.article.day()
        count = len(analysis)
        self.clusters: list[Cluster] = []
        self.at_token: dict[int, tuple[Cluster, Item]] = {}
        """Cluster and mention by head token."""
        self.named: list[bool] = [False] * count
        self.used: list[bool] = [False] * count
        """Tokens that are part of a title or a role noun phrase."""
        self.by_key: dict[str, Cluster] = {}
        self.words: list[str] = []
        self.present: frozenset[str] = frozenset()
        """Countries the article speaks of."""
        self.term_at: dict[int, countries.Term] = {}
        """Term for a state by each of its tokens."""
        self.whole: dict[int, int] = {}
        """Partitive word by the noun it is part of: "hundreds" of "hundreds of farmers"."""
        self.name_head: dict[int, int] = {}
        """Head of each name by its first token."""
        self.body_at: dict[int, Name] = {}
        """Names of bodies and places by their first token."""
        self.recent: list[tuple[int, Cluster, Item]] = []
        """Mentions so far in text order, with their sentence."""
        self.things = {plural: Cluster("PAIR", None, "", plural=plural, order=-1) for plural in (False, True)}
        """Stand-ins for all that cannot act, singular and plural: what a pronoun may mean instead."""
        self.policed: bool | None = None
        """Whether the article speaks more of police than of armies; none: not asked yet."""
        self.speaking: set[str] = set()
        """Nouns of no list that are bodies to the article's own text: "the studio said it ..."."""
        self.speaker: Cluster | None = None
        self.speaker_sentence = -99
        self.quoted: list[bool] = []
        self.quoter: dict[int, int] = {}
        """Head of the phrase that names its speaker, -1 where nothing does, for each token within quotation marks."""

    # -- the whole ---------------------------------------------------------------------------------------

    def _new(self, cluster: Cluster, item: Item) -> Cluster:
        cluster.order = len(self.clusters)
        self.clusters.append(cluster)
        self._add(cluster, item)
        cluster.main = item
        return cluster

    def _add(self, cluster: Cluster, item: Item) -> None:
        part = self.whole.get(item.head)
        if part is not None and item.start <= part:
            item.head = part  # the tree hangs on "hundreds", not on "farmers"
        cluster.items.append(item)
        for member in cluster.members:
            member.items.append(item)
        self.at_token[item.head] = (cluster, item)

    def _is_person(self, name: Name) -> bool:
        """Whether what the finder takes for a body is a person by its role: ``X, the group's spokesman``."""
        a = self.a
        if name.end - name.start < 2 or a.words[name.start] in self.table.phrases:
            return False
        head = a.head_of(range(name.start, name.end))
        above = a.head[head]
        if a.deps[head] == "appos" and a.tags[above] == "NN" and a.lowers[above] in ROLES:
            return True
        before = name.start - 1
        if (
            before >= 0
            and a.lowers[before] in ROLES
            and a.deps[before] == "compound"
            and a.head[before] == head
            and a.lowers[head] not in NOT_PEOPLE
            and a.lowers[head] not in BODIES
        ):
            return True
        return any(
            a.deps[kid] == "appos" and kid > head and a.tags[kid] == "NN" and a.lowers[kid] in ROLES
            for kid in a.children[head]
        )

    def _speaks(self, name: Name) -> bool:
        """Whether a name is the subject of a verb of saying: a town or a product that speaks is a body."""
        a = self.a
        head = a.head_of(range(name.start, name.end))
        verb = a.lemmas[a.head[head]]
        if a.deps[head] == "nsubj":
            return verb in SPEECH or (name.label in _THINGS and (verb in _TO_STATE or verb in _RULES or verb == "meet"))
        return name.label in _THINGS and a.deps[head] in ("dobj", "nsubjpass") and verb in _DEALT_WITH

    def _harmed(self, name: Name) -> bool:
        """Whether what the finder takes for a place or a product is killed, tried or jailed, as only people are."""
        a = self.a
        if name.end - name.start > 1 or name.label not in ("GPE", "PRODUCT", "WORK_OF_ART", "FAC"):
            return False
        head = name.start
        return (
            a.deps[head] in ("dobj", "nsubjpass")
            and a.lemmas[a.head[head]] in _DONE_TO_ONE
            and a.tags[head] == "NNP"
            and not a.words[head].isupper()
            and a.words[head] not in countries.regions()
        )

    def _sorted(self, name: Name) -> bool:
        """Whether a noun beside a name says it is a body: ``the gang Los Cobras``, ``their employer, Puerto Sur``."""
        a = self.a
        before = name.start - 1
        if before >= 0 and a.tags[before] == "NN" and a.lowers[before] in _NAMED_BODIES:
            return True
        head = a.head_of(range(name.start, name.end))
        above = a.head[head]
        return a.deps[head] == "appos" and above < head and a.tags[above] == "NN" and a.lowers[above] in _NAMED_BODIES

    def _lies(self, name: Name) -> bool:
        """Whether a noun before a name says that it is a place: ``the island of Burias``."""
        a = self.a
        at = name.start - 1
        if at <= 0 or a.lowers[at] != "of" or a.lemmas[at - 1] == "time":  # "at the time of X's arrest"
            return False
        return a.lemmas[at - 1] in _PLACE_NOUNS and a.deps[at - 1] != "compound"

    def _look_up(self, name: Name) -> Entity | None:
        """Who the tables say a name is."""
        if not self.words:
            self.words = [word.replace("’", "'") if "’" in word else word for word in self.a.words]
        if self.words[name.start] not in self.table.phrases:
            return None
        match = self.table.match(self.words, name.start, self.day, self.present)
        if match is None or match[0] != name.end - name.start:
            return None
        return self.table.entity(match[1])

    # -- people ------------------------------------------------------------------------------------------

    def _people(self, names: list[Name]) -> None:
        a = self.a
        kept: list[Name] = []
        full = {a.words[at] for name in names if name.end - name.start > 1 for at in (name.start, name.end - 1)}
        for name in names:
            last = a.lowers[name.end - 1]
            if (last in BODILY and name.end - name.start > 1) or self._is_body(name):
                self._body(Name(name.start, name.end, "ORG"))
            elif name.end - name.start == 1 and a.words[name.start] in full:
                kept.append(name)  # "Park", of Park Geun-hye
            elif name.end - name.start == 1 and a.tags[name.start] in ("NNPS", "NNS") and last.endswith("s"):
                self._body(Name(name.start, name.end, "NORP"))  # "Latinos"
            elif last not in NOT_PEOPLE and last not in _ILLS:
                kept.append(name)
        things = {a.words[name.start] for name in kept if name.end - name.start == 1 and self._is_it(name.start)}
        things -= {a.words[name.end - 1] for name in kept if name.end - name.start > 1}
        for name in kept:
            if name.end - name.start == 1 and a.words[name.start] in things:
                self._body(Name(name.start, name.end, "ORG"))
        kept = [name for name in kept if name.start not in self.at_token]
        for name in kept:
            if name.end - name.start > 1:
                self._full_name(name)
        for name in kept:
            if name.end - name.start == 1:
                self._surname(name)
        for name in kept:
            self._titled_together(name)
        for cluster in self.clusters:
            cluster.items.sort(key=lambda item: item.start)
            for item in cluster.items:
                self._apposition(cluster, item)
            if not cluster.gender and len(cluster.words) > 1:
                cluster.gender = GENDER.get(cluster.words[0].lower(), "")

    def _is_body(self, name: Name) -> bool:
        """Whether an apposition says that a body is named: ``Norvolt, an energy firm,``."""
        a = self.a
        head = a.head_of(range(name.start, name.end))
        return any(
            a.deps[kid] == "appos"
            and kid > head
            and a.tags[kid] == "NN"
            and a.lowers[kid] in BODIES
            and a.lowers[kid] not in ROLES
            for kid in a.children[head]
        )

    def _is_it(self, at: int) -> bool:
        """Whether what bears a name is a thing to its own text: ``Norvolt said it had no choice``."""
        a = self.a
        if a.deps[at] != "nsubj" or a.lemmas[a.head[at]] not in SPEECH:
            return False
        clause = a.child(a.head[at], "ccomp")
        subject = a.child(clause, "nsubj") if clause is not None else None
        return subject is not None and a.lowers[subject] == "it" and not self._empty(subject)

    def _empty(self, at: int) -> bool:
        """Whether an "it" stands for no thing: weather, time, a clause."""
        a = self.a
        verb = a.head[at]
        dep = a.deps[at]
        if dep != "nsubj":
            return dep == "expl" or (dep == "dobj" and a.lemmas[verb] in ("make", "find", "take"))
        lemma = a.lemmas[verb]
        if lemma in ("seem", "appear", "happen", "rain", "snow", "emerge", "turn", "matter"):
            return True
        if lemma == "take":
            lasts = a.child(verb, "dobj", "npadvmod")
            return lasts is None or a.lemmas[lasts] in _LASTING
        kids = {a.deps[kid] for kid in a.children[verb]}
        if lemma == "be":
            told = a.child(verb, "acomp")
            if told is not None:
                if a.lowers[told] in _PERSONAL or a.tags[told] in ("VBN", "VBG"):
                    return False
                below = {a.deps[kid] for kid in a.children[told]}
                return a.lowers[told] in _WEATHER or bool((kids | below) & _CLAUSES)
            return "attr" in kids or bool(kids & _CLAUSES) or "prep" not in kids
        return "csubj" in kids or ("auxpass" in kids and "ccomp" in kids)

    def _full_name(self, name: Name) -> None:
        a = self.a
        words = tuple(a.words[name.start : name.end])
        text = a.quote(name.start, name.end)
        item, segment = self._titled(name)
        entity = self._look_up(name)
        if text.isupper() and len(text) > 6 and all(len(word) > 2 for word in words):
            words, text = tuple(word.title() for word in words), text.title()  # a headline in capitals
            match = self.table.match(list(words), 0, self.day, self.present) if words[0] in self.table.phrases else None
            if match is not None and match[0] == len(words):
                entity = self.table.entity(match[1])
        if entity is not None and entity.kind != "person":
            entity = None
        cluster: Cluster | None = None
        for each in self.clusters:
            if entity is not None and each.entity == entity.id:
                cluster = each
                break
            if entity is None and each.label == "PERSON" and _same_person(each.words, words):
                cluster = each
                break
        if cluster is None:
            cluster = self._new(Cluster("PERSON", "person", text, rank=1, words=words, confidence=0.88), item)
            if entity is not None:
                self._known(cluster, entity)
        else:
            self._add(cluster, item)
            if entity is None and len(words) > len(cluster.words):
                cluster.words = words
                cluster.name = text
        if not cluster.gender:
            cluster.gender = GENDER.get(cluster.words[0].lower(), "")
        self._title(cluster, segment)
        before = name.start - 1
        if not segment and before > 0 and a.words[before] == "." and (short := a.lowers[before - 1] + ".") in ROLES:
            cluster.heads.add(short)  # "Sgt. Tom Hale", where the parser takes the full stop for the end
            if cluster.sector is None:
                cluster.sector = self._rank(short, [])
        self._party(cluster, name)

    def _party(self, cluster: Cluster, name: Name) -> None:
        """Take country and sector from party and state after a name: ``Sen. X (D-Wash.)``, ``X, R-Texas,``."""
        words, end = self.a.words, name.end
        if end + 2 >= len(words) or words[end] not in ("(", ",") or words[end + 1] not in ("D", "R", "I"):
            return
        if words[end + 2] in ("-", "–") or (words[end] == "(" and words[end + 2] == ")"):
            cluster.country = cluster.country or "USA"
            if cluster.sector in (None, "PTY", "ELI"):
                cluster.sector = "LEG"

    def _known(self, cluster: Cluster, entity: Entity) -> None:
        """Take what the tables know of a person or body."""
        cluster.entity = entity.id
        cluster.name = entity.name
        cluster.rank = 0
        cluster.gender = entity.gender or cluster.gender
        cluster.country = entity.country
        cluster.confidence = max(cluster.confidence, 0.93)
        if entity.kind != "person":
            cluster.sector = entity.sector
            cluster.heads |= {word for name in entity.names for word in name.lower().split() if word in BODIES}
            return
        office = self.table.office_of(entity.id, self.day)
        if office is not None:
            cluster.role = office.title
            cluster.country = office.country
            cluster.sector = office.sector
            cluster.keys |= office.keys
            words = office.title.lower().split()
            cluster.heads |= {word for word in words if word in ROLES}
            cluster.titles.update(words)
        else:
            # PLOVER's "elite" is someone of note without office: former holders, and those who run for one.
            cluster.sector = "ELI"

    def _surname(self, name: Name) -> None:
        a = self.a
        word = a.words[name.start]
        item, segment = self._titled(name)
        found = [
            each
            for each in self.clusters
            if each.label == "PERSON" and len(each.words) > 1 and self._is_called(each, word)
        ]
        if len(found) > 1:
            role = self._role_words(segment)
            gender = next((_MISTER[low] for at in segment if (low := a.lowers[at]) in _MISTER), "")
            fitting = [each for each in found if role & each.heads] if role else []
            if gender and not fitting:
                # A known gender says less than that the other is ruled out: many given names tell none.
                fitting = [each for each in found if each.gender in ("", gender)]
                if len(fitting) > 1:
                    found, fitting = fitting, []
            before = [each for each in found if each.items[0].start < name.start]
            found = fitting[:1] or [max(before or found, key=lambda each: len(each.items))]
        if not found:
            found = [each for each in self.clusters if each.label == "PERSON" and each.words == (word,)][:1]
        if found:
            cluster = found[0]
            self._add(cluster, item)
        elif not segment and a.deps[item.head] == "pobj" and a.lowers[a.head[item.head]] in INSIDE:
            return  # "in Lyon": a place that the finder takes for a person
        else:
            cluster = self._new(Cluster("PERSON", "person", word, rank=2, words=(word,), confidence=0.65), item)
            entity = self._look_up(name)  # "Lula"
            if entity is not None and entity.kind == "person":
                self._known(cluster, entity)
        self._title(cluster, segment)
        if cluster.entity is None and cluster.rank == 2 and self.table.has_surname(word):
            self._bare(cluster, word)

    def _bare(self, cluster: Cluster, word: str) -> None:
        """Find who is meant by a surname whose full name the article never gives."""
        wanted = frozenset((cluster.country,)) if cluster.country else self.present
        entity = self.table.bare(word, self.day, wanted, titled=bool(cluster.heads or cluster.country))
        if entity is not None and all(each.entity != entity.id for each in self.clusters):
            self._known(cluster, entity)
            cluster.confidence = 0.85

    def _is_called(self, cluster: Cluster, word: str) -> bool:
        words = cluster.words
        if words[-1] == word or (word.isupper() and len(word) > 3 and words[-1].upper() == word):
            return True
        if words[0] == word and (word in FAMILY_FIRST or len(word) > 2):
            return True
        return cluster.entity is not None and cluster.name.endswith(" " + word)

    def _titled(self, name: Name) -> tuple[Item, range]:
        """The mention with the title before the name, and the tokens of the title."""
        a = self.a
        start = name.start
        sentence = a.sentences[a.sentence_of[start]][0]
        left = start
        role = -1
        at = start - 1
        while at >= sentence and start - at <= 12:
            tag, low = a.tags[at], a.lowers[at]
            if low in _MISTER or low in _TITLE_WORDS or (low in ROLES and tag[:2] in ("NN", "JJ")):
                role = at if role < 0 else role
                left = at
            elif role < 0 or (tag in ("NNS", "NNPS") and low[:-1] in ROLES):
                if role >= 0 or low not in ("of", "and", "affairs", "defence", "defense", "staff") or at + 1 != start:
                    break
                break
            elif tag in ("DT", "PRP$"):
                left = at
                break
            elif (
                tag in ("NNP", "NNPS", "NN", "NNS", "JJ", "HYPH") or at in self.term_at or low in ("acting", "visiting")
            ):
                left = at
            elif low not in _TITLE_LINKS and tag != "POS":
                break
            elif low in _OF and a.lowers[role] in ROLES:
                break  # "a spokesman for President X" is not X
            elif low == "-" and at > sentence and a.starts[at] > a.ends[at - 1]:
                break
            at -= 1
        head = a.head_of(range(name.start, name.end))
        if role < 0:
            # "chief of police X", "head of Interpol X"
            for at in range(start - 2, max(start - 6, sentence), -1):
                if a.tags[at + 1][:2] not in ("NN", "JJ", "DT", "PO"):
                    break
                if a.lowers[at] in _OF and a.lowers[at - 1] in ROLES and a.tags[at - 1] in ("NN", "NNP"):
                    role, left = at - 1, self._extent(at - 1)[0]
                    break
        if role < 0:
            return Item(start, name.end, head), range(start, start)
        # "Minister A and Minister B": what stands before "and" is another's unless it is part of one title.
        for token in range(role, left, -1):
            if a.lowers[token] == "and" and any(a.lowers[each] in ROLES for each in range(left, token)):
                left = token + 1
                break
        for token in range(left, start):
            self.used[token] = True
        if a.deps[head] == "appos":
            # "Wendy's spokesman X said", "mayor Y and police chief X": the tree hangs on the title
            if left <= a.head[head] < start:
                head = a.head[head]
            elif a.deps[role] == "conj" and a.head[role] == a.head[head]:
                head = role
        return Item(left, name.end, head), range(left, start)

    def _role_words(self, segment: Iterable[int]) -> set[str]:
        return {self.a.lowers[at] for at in segment if self.a.lowers[at] in ROLES}

    def _title(self, cluster: Cluster, segment: range) -> None:
        """Learn office, country and gender from the words of a title, an apposition or a predicate."""
        a = self.a
        codes = [self.term_at[at].code for at in segment if at in self.term_at]
        last = next((at for at in reversed(segment) if a.lowers[at] in ROLES and a.deps[at] != "pobj"), -1)
        for at in reversed(segment):
            if a.tags[at] == "POS" and (at < last or last < 0):  # "the man's lawyer X": X is no man on that account
                segment = range(at + 1, segment.stop)
                break
        if not segment:
            return
        words = [a.lowers[at] for at in segment]
        for word in words:
            gender = _MISTER.get(word) or (ROLES[word].gender if word in ROLES else "")
            if gender and not cluster.gender:
                cluster.gender = gender
        role = self._role_words(segment)
        if not role:
            if words[-1] in ("lord", "baroness") and cluster.sector is None:
                cluster.sector = "LEG"
            return
        if cluster.country is None:
            cluster.country = codes[0] if codes else self._region(segment.start, segment.stop)  # "Louisiana Gov. X"
        head = next(at for at in reversed(segment) if a.lowers[at] in ROLES)
        if head > last >= segment.start:
            head = last  # "head of the teachers' union"
        if any(word in FORMER for word in words):
            if cluster.sector is None and cluster.entity is None:
                cluster.sector = "ELI" if ROLES[a.lowers[head]].sector == "GOV" else ROLES[a.lowers[head]].sector
            cluster.titles.update(words)
            return
        again = cluster.sector == "GOV" and cluster.entity is None and a.lowers[head] in cluster.heads
        cluster.heads |= role
        cluster.titles.update(words)
        cluster.keys |= office_keys(words, codes[0] if codes else cluster.country)
        if cluster.sector in (None, "ELI", "CVL"):
            sector = self._rank(a.lowers[head], words)
            if a.lowers[head] not in _NEUTRAL or sector != ROLES[a.lowers[head]].sector:  # no friend, but a radio host
                cluster.sector = sector
        elif again:  # "Chief Russell ... the police chief, Scott Russell"
            cluster.sector = self._rank(a.lowers[head], words) or cluster.sector
        if cluster.role is None:
            start, end = segment[0], segment[-1] + 1
            for at in segment:
                if at in self.term_at or a.tags[at] in ("POS", "DT", "PRP$") or a.lowers[at] in _MISTER:
                    if at < head:
                        start = at + 1
                    elif a.lowers[at - 1] not in _OF:
                        end = at
                        break
            if start < end:
                cluster.role = a.quote(start, end)

    def _region(self, start: int, head: int) -> str | None:
        """Country of a part of a state, or a people in one, that stands before a noun: ``Chechen rebels``."""
        words, known = self.a.words, countries.regions()
        for at in range(start, head):
            if words[at][0].isupper():
                code = known.get(" ".join(words[at : at + 2])) or known.get(words[at])
                if code is not None:
                    return code
        return None

    def _titled_together(self, name: Name) -> None:
        """``Mayors X and Y``: each bears the title that stands before the first of them."""
        a, at = self.a, name.start - 1
        if at < 0 or a.tags[at] not in ("NNS", "NNPS") or a.lowers[at][:-1] not in ROLES:
            return
        noun = a.lowers[at][:-1]
        start = at
        while start > 0 and a.tags[start - 1] in ("NN", "NNP", "JJ") and start - 1 not in self.at_token:
            start -= 1
        before = a.lowers[start:at]
        code = next((self.term_at[token].code for token in range(start, at) if token in self.term_at), None)
        for token in a.conjuncts(a.head_of(range(name.start, name.end))):
            found = self.at_token.get(token)
            if found is None or found[0].label != "PERSON" or FORMER & set(before):
                continue
            found[0].heads.add(noun)
            if found[0].sector in (None, "CVL") and noun not in _NEUTRAL:
                found[0].sector = self._rank(noun, before)
            if code is not None and found[0].country is None:
                found[0].country = code

    def _rank(self, noun: str, words: list[str]) -> str | None:
        """Sector of a title; a sergeant or captain is of the police where the article speaks of police, not of arms."""
        sector = sector_of(noun, words)
        if noun == "deputy" and sector == "GOV" and words[-1:] in ([], [noun]) and "sheriff" in self.a.lowers:
            return "COP"
        if noun in _RANKS and sector == "MIL" and not _ARMS & set(words):
            if self.policed is None:
                count = self.a.lowers.count
                self.policed = sum(map(count, _POLICE)) > sum(map(count, _ARMS))
            if self.policed:
                return "COP"
        return sector

    def _apposition(self, cluster: Cluster, item: Item) -> None:
        """``X, the foreign minister of Y``."""
        a = self.a
        for kid in a.children[item.head]:
            if a.deps[kid] == "appos" and kid > item.head and not self.named[kid] and a.lowers[kid] in ROLES:
                start, end = self._extent(kid)
                segment = range(start, end)
                self._title(cluster, segment)
                cluster.told.append(segment)
                for at in segment:
                    self.used[at] = True

    # -- bodies ------------------------------------------------------------------------------------------

    def _body(self, name: Name) -> None:
        a = self.a
        if any(self.used[at] for at in range(name.start, name.end)):
            return
        text = a.quote(name.start, name.end)
        head = a.head_of(range(name.start, name.end))
        entity = self._look_up(name)
        if entity is not None and entity.kind == "person":
            entity = None
        if entity is None and a.lowers[name.end - 1] in _ILLS:
            return
        item = Item(name.start, name.end, head)
        if name.label == "NORP" and entity is None:
            # "European", "Democratic" alone name nobody; "Europeans", "Democrats" do.
            if a.tags[head] in ("NNPS", "NNS") and a.lowers[head].endswith("s"):
                known = ROLES.get(a.lowers[head][:-1])  # "Communists", "Muslims"
                people = Cluster("NORP", "unnamed group", text, plural=True, rank=3)
                people.sector = known.sector if known is not None else "CVL"
                self._keyed("people:" + a.lowers[head], people, item)
            elif a.lowers[head] in _PARTISAN and a.deps[head] in ("amod", "compound"):
                if a.lemmas[a.head[head]].lower() in _DEEDS:
                    self._partisans(item)
            elif self._one_of(head):
                role = ROLES.get(a.lowers[head])
                code = self._code_in(name.start) if name.end - name.start > 1 else self._code_in(name.start - 1)
                code = code or self._region(self._extent(head)[0], head)
                self._someone(name, head, code, role.sector if role is not None else "CVL")
            return
        key = entity.id if entity is not None else text.replace("’", "'").lower()
        cluster = self.by_key.get(key)
        if cluster is None:
            if entity is None and self._headline_only(name):
                return
            lowers = a.lowers[name.start : name.end]
            nouns = [word for word in lowers if word in BODIES and word not in AT_END]
            if lowers[-1] in BODIES:
                nouns.insert(0, lowers[-1])
            elif not nouns:
                nouns = [word for word in lowers if word in ("board", "office", "service", "services")]
            noun = next((word for word in nouns if BODIES[word] is not None), nouns[0] if nouns else None)
            sector = body_sector(noun, lowers[: lowers.index(noun)]) if noun else None
            if sector is None:
                sector = NAMED_BODIES.get(lowers[-1])
                if sector is None and _CARES & set(lowers) and PUBLIC_CARE & set(lowers):
                    sector = "GOV"  # "Illinois Board of Elections"
            kind: ActorKind = "government body" if sector in ("GOV", "MIL", "COP", "JUD", "LEG") else "organisation"
            cluster = Cluster("ORG", kind, text, sector=sector, rank=1, confidence=0.8 if noun else 0.55)
            cluster.heads = {word for word in lowers if word in BODIES}
            for at in range(name.start - 1, max(name.start - 4, -1), -1):
                inner = a.deps[at] == "compound" and name.start - 1 <= a.head[at] < name.end
                if not inner and (at + 1 < name.start or a.lowers[at] not in _NAMED_BODIES):
                    break
                low = a.lowers[at]
                told = "company" if low.endswith("maker") else _SORTS.get(low, low)  # "bakery chain X", "carmaker X"
                if a.tags[at][0] == "N" and told in BODIES:
                    cluster.heads.add(told)
                    if cluster.sector is None:
                        cluster.sector = BODIES[told]
            cluster.country = next((code for at in range(name.start, name.end) if (code := self._code_in(at))), None)
            if (
                sector is None
                and a.tags[head] == "NNP"
                and lowers[-1][-1] != "s"
                and (code := countries.regions().get(text)) is not None
            ):
                cluster.country, cluster.sector, cluster.kind = code, "GOV", "government body"  # "Karnataka said"
            if cluster.country is None and name.end - name.start > 1:
                cluster.country = self._region(name.start, name.end)
            if cluster.country is None and name.start > 0:
                before = name.start - 1
                if a.tags[before] == "POS":
                    before -= 1
                cluster.country = self._code_in(before)
            cluster = self._new(cluster, item)
            self.by_key[key] = cluster
            if entity is not None:
                self._known(cluster, entity)
                cluster.kind = entity.kind
        else:
            self._add(cluster, item)
        plural = a.tags[head] == "NNPS" or (
            cluster.kind == "armed group" and a.words[head][-1] == "s" and a.words[head][:-1] in self.table.phrases
        )
        if plural and name.end - name.start == 1 and not a.words[head].isupper():
            cluster.plural = True
        self._acronym(cluster, name)

    def _partisans(self, item: Item) -> None:
        """Those of a party by its adjective before what they do: ``Republican efforts``."""
        text = _PARTISAN[self.a.lowers[item.head]]
        match = self.table.match([text], 0, self.day, self.present) if text in self.table.phrases else None
        entity = self.table.entity(match[1]) if match is not None else None
        key = entity.id if entity is not None else "people:" + text.lower()
        known = self.by_key.get(key)
        if known is not None:
            self._add(known, item)
            return
        party = Cluster("NORP", "unnamed group", text, plural=True, rank=3, sector="PTY")
        self._keyed(key, party, item)
        if entity is not None:
            self._known(party, entity)
            party.kind = entity.kind

    def _headline_only(self, name: Name) -> bool:
        """Whether a name stands in a headline alone: capitals there make names of common words."""
        a = self.a
        block = a.block(a.sentence_of[name.start])
        if block.kind not in ("headline", "subhead") or (name.end - name.start == 1 and a.words[name.start].isupper()):
            return False
        words = a.words[name.start : name.end]
        return not any(
            a.words[other.start : other.end] == words
            and a.block(a.sentence_of[other.start]).kind not in ("headline", "subhead")
            for other in a.names
        )

    def _keyed(self, key: str, cluster: Cluster, item: Item) -> Cluster:
        """Add a mention to the cluster of a key, made here if it is the first."""
        known = self.by_key.get(key)
        if known is None:
            known = self.by_key[key] = self._new(cluster, item)
        else:
            self._add(known, item)
        return known

    def _code_in(self, at: int) -> str | None:
        if at < 0:
            return None
        words = self.a.words
        term = self.term_at.get(at)
        if term is None and words[at][0].isupper():
            known = countries.terms()
            term = (known.get(f"{words[at]} {words[at + 1]}") if at + 1 < len(words) else None) or known.get(words[at])
        return term.code if term is not None and term.kind in ("name", "adjective", "capital") else None

    def _acronym(self, cluster: Cluster, name: Name) -> None:
        """``Korean Central News Agency (KCNA)``: the letters in brackets name the same body."""
        a = self.a
        end = name.end
        if end + 2 < len(a) and a.words[end] == "(" and a.words[end + 2] == ")":
            short = a.words[end + 1]
            initials = "".join(a.words[at][0] for at in range(name.start, name.end) if a.words[at][0].isalpha())
            if short.isupper() and len(short) > 1 and short.lower()[0] in initials.lower():
                self.by_key.setdefault(short.lower(), cluster)

    # -- role nouns, groups, writings ----------------------------------------------------------------------

    def _extent(self, head: int) -> tuple[int, int]:
        """The noun phrase around a noun: determiners and modifiers before it, "of"/"for" phrases after it."""
        a = self.a
        start, end = head, head + 1
        for kid in reversed(a.children[head]):
            if kid < head and a.deps[kid] in _MODIFIERS and a.right[kid] + 1 >= start - 1:
                start = min(start, a.left[kid])
        for at in range(head - 1, start - 1, -1):
            if a.words[at] in _BREAKS:
                start = at + 1
                break
        for kid in a.children[head]:
            if kid > head and a.deps[kid] == "prep" and a.lowers[kid] in _OF and kid == end:
                inner = a.child(kid, "pobj")
                if inner is not None and self._of_verb(head, kid, inner):
                    break
                if inner is not None and inner > kid + 1 and a.tags[kid + 1] == "VBG" and a.lowers[head] in ROLES:
                    break  # "accused the General of enabling corruption"
                if inner is not None and 0 < inner - kid < 8:  # a relative pronoun stands before its preposition
                    end = inner + 1
                    more = a.child(inner, "prep")
                    if more is not None and a.lowers[more] == "of" and more == end:
                        last = a.child(more, "pobj")
                        if last is not None and 0 < last - more < 6 and not self._of_verb(head, more, last):
                            end = last + 1
                break
        if start < head and a.tags[start] == "VBG" and a.lowers[start - 1] == "of":
            above = a.head[start - 1]
            if a.lemmas[above] in _OF_VERBS or a.lemmas[a.head[above]] in _OF_VERBS:
                start += 1  # "accused officers of beating demonstrators"
        if start < head and start and a.lowers[start] == "dead" and a.lemmas[start - 1] in ("shoot", "leave"):
            start += 1  # "shot dead nine farmers"
        while start < head and (a.deps[start] in ("punct", "cc") or a.lowers[start] in ("not", "only", "just", "even")):
            start += 1
        return start, end

    def _of_verb(self, head: int, prep: int, inner: int) -> bool:
        """Whether an "of" belongs to the verb above: ``accused officers of beating demonstrators``."""
        a = self.a
        if a.deps[head] not in ("dobj", "nsubj") or a.lowers[prep] != "of" or a.lemmas[a.head[head]] not in _OF_VERBS:
            return False
        somebody = self.named[inner] or (a.lemmas[inner] in _NOUNS and a.lemmas[inner] not in _WEAPONS)
        return a.tags[prep + 1] == "VBG" or not somebody

    def _nominals(self) -> dict[int, tuple[int, int, str]]:
        """Noun phrases of people, bodies and writings: start, end and noun, by head."""
        a = self.a
        found: dict[int, tuple[int, int, str]] = {}
        self.speaking = {
            a.lowers[at]
            for at, dep in enumerate(a.deps)
            if dep == "nsubj" and a.tags[at] == "NN" and a.lowers[at] not in _NOUNS and self._is_it(at)
        }
        for at, tag in enumerate(a.tags):
            crowd = a.lowers[at] in _CROWDS
            if tag[:2] != "NN" or self.named[at] or self.used[at] or crowd:
                if (tag in _UNNAMING or crowd) and not self.named[at] and not self.used[at]:
                    noun = self._without_noun(at, tag)
                    if noun is not None:
                        start, end = self._extent(at)
                        found[at] = (start, end, noun)
                        for token in range(start, end):
                            self.used[token] = True
                continue
            low = a.lowers[at]
            noun = low if low in _NOUNS else (a.lemmas[at] if a.lemmas[at] in _NOUNS else None)
            if noun is None and low in ANYONE:
                verb = a.lemmas[a.head[at]]
                if a.deps[at] in PARTIES and (verb in SPEECH or verb in DONE_TO or verb in _TO_STATE or verb in _FORCE):
                    found[at] = (at, at + 1, low)
                continue
            if low in _SITES or a.lemmas[at] in _SITES:
                place = self._premises(at)
                if place is not None:
                    found[at] = (*self._extent(at), place)
                    continue
            if noun is None and tag == "NN":
                if low in self.speaking and a.child(at, "det") is not None:
                    noun = low  # "the studio said it ...": a body to its own text
                elif any(a.deps[kid] == "appos" and self._names_person(kid) for kid in a.children[at]):
                    noun = low  # "his trainer, Gus Mills, ..."
            if noun is None and tag in ("NNPS", "NNP") and low.endswith("s") and low[:-1] in _NOUNS:
                noun = low[:-1]
            if (
                noun is None
                or noun in ABBREVIATED
                or (a.deps[at] in ("compound", "nmod") and not self._of_group(at, low))
                or (low in _PARTITIVES and self._of(at))
            ):
                continue
            if noun in _WEAPONS and not self._fires(at):
                continue
            if low == "funds" or (low == "establishment" and self._of(at)):
                continue
            if low == "figures" and not any(a.lowers[kid] in _OF_NOTE for kid in a.children[at]):
                continue
            if noun == "authority" and any(a.tags[kid] == "PRP$" for kid in a.children[at]):
                continue  # "abused her authority"
            if noun == "source" and a.deps[at] not in ("nsubj", "nsubjpass") and a.lemmas[a.head[at]] not in _QUOTES:
                continue  # "the source of the leak"
            if noun in _PART_NOUNS and not self._heads_people(at, noun):
                continue
            start, end = self._extent(at)
            if a.deps[at] in ("compound", "nmod") and a.tags[start] == "DT":
                start += 1  # "a police shooting"
            if a.deps[at] == "pobj" and a.lowers[a.head[at]] == "of":
                part = a.head[a.head[at]]
                if a.lowers[part] in _PARTITIVES and a.head[at] == part + 1 and not self.named[part]:
                    start = min(start, self._extent(part)[0])
                    self.whole[at] = part
            found[at] = (start, end, noun)
            if noun in DOCUMENTS and end > at + 1 and a.deps[at] not in ("nsubj", "pobj"):
                end = at + 1  # "the complaints of critics": those who complain are somebody
            for token in range(start, end):
                self.used[token] = True
        return found

    def _fires(self, at: int) -> bool:
        """Whether arms are somebody: it is said whose they are, and they act."""
        a = self.a
        whose = any(
            kid in self.term_at and a.deps[kid] in ("amod", "compound", "nmod", "poss") for kid in a.children[at]
        )
        return whose and a.deps[at] == "nsubj" and a.lemmas[a.head[at]] != "be" and a.lowers[at - 1] != "think"

    def _of_group(self, at: int, low: str) -> bool:
        """Whether a group stands before what it does: ``the police shooting``."""
        a, above = self.a, self.a.head[at]
        return low in _GROUPED and (a.lemmas[above] in _DEEDS or a.lowers[above] in _DEEDS)

    def _premises(self, at: int) -> str | None:
        """The noun, where a place or a building stands for those who rule it or are there.

        A city or a state that acts or is asked as a body; a shop or a home that is attacked.
        """
        a = self.a
        noun = a.lemmas[at].lower()
        if noun in LANDS and a.tags[at] in ("NN", "NNP") and a.deps[at] not in ("compound", "nmod", "amod"):
            told = any(a.lowers[kid] in ("the", "this", "each") for kid in a.children[at] if kid < at)
            if told and (self._rules(at, whole=noun in _RULED) or self._attacked(at)):
                return noun
        if noun in PREMISES and self._attacked(at):
            # "struck a market, killing 20 people": those are who was attacked
            below = a.children[a.head[at]]
            return None if any(a.deps[kid] == "advcl" and a.lemmas[kid] in DONE_TO for kid in below) else noun
        return None

    def _attacked(self, at: int) -> bool:
        """Whether a place is what is attacked: ``stormed the village``, ``an attack on banks and shops``."""
        a = self.a
        for _ in range(6):
            if a.deps[at] == "pobj" and a.lowers[a.head[at]] == "of" and a.lowers[a.head[a.head[at]]] in _SHARES:
                at = a.head[a.head[at]]  # "hundreds of stores were looted"
            elif a.deps[at] != "conj":
                break
            else:
                at = a.head[at]
        dep, above = a.deps[at], a.head[at]
        if dep in ("dobj", "nsubjpass"):
            return a.lemmas[above].lower() in _ASSAULT
        if dep == "pobj":
            if a.lowers[above] == "in" and self.named[at]:
                over = a.head[above]  # "the attacks in Paris", but not "the attack on police in Paris"
                return (
                    a.pos[over] != "VERB"
                    and a.lemmas[over].lower() in _OUTRAGES
                    and not any(a.lowers[kid] in ("on", "against", "of") for kid in a.children[over])
                )
            return a.lowers[above] in _ONTO and a.lowers[above] != "in" and a.lemmas[a.head[above]].lower() in _ASSAULT
        return dep in ("compound", "nmod") and a.lemmas[above].lower() in _OUTRAGES

    def _rules(self, at: int, *, whole: bool = False) -> bool:
        """Whether a part of a state acts, or is dealt with, as a body: ``Ohio sued``, ``a suit against the city``.

        Args:
            at: Its head.
            whole: Whether it seldom is but a place, so that it acts by any verb that is not about places.
        """
        a = self.a
        for _ in range(6):
            if a.deps[at] != "conj":
                break
            at = a.head[at]
        dep, above = a.deps[at], a.head[at]
        if dep == "nsubj":
            verb = a.lemmas[above]
            if whole and a.pos[above] == "VERB":
                return verb not in _OF_CITIES and verb not in _UNDERGONE
            return verb in SPEECH or verb in _RULES or verb in _TO_STATE
        if dep in ("dobj", "dative", "nsubjpass"):
            lemma = a.lemmas[above]
            return lemma in _TO_BODY or (lemma in _TO_STATE and lemma not in ("support", "attack", "invade", "isolate"))
        if dep == "poss":
            return a.lemmas[above].lower() in _WORKS
        if dep == "pobj":
            word, over = a.lowers[above], a.head[above]
            if word == "by":
                return a.deps[above] == "agent"
            if word == "against":
                return a.lemmas[over] in ("lawsuit", "suit", "case", "file", "ruling", "rule", "complaint", "claim")
            if word == "with":
                return a.lemmas[over] in ("settle", "negotiate", "agreement", "settlement", "contract", "talk", "agree")
        return False

    # -- parts of states and towns -----------------------------------------------------------------------

    def _raided(self, name: Name) -> bool:
        """Whether a name that the finder takes for nobody's or a person's is a town under attack.

        Of one word, the object of a verb of assault or after "shelling of"; and the gazetteer knows it as a town.
        """
        a, at = self.a, name.start
        if name.end - at > 1 or a.tags[at] not in ("NNP", "NN") or not a.words[at].istitle():
            return False
        dep, above = a.deps[at], a.head[at]
        if dep == "pobj":
            over = a.head[above]
            if a.lowers[above] not in _RAIDED or a.pos[over] == "VERB" or a.lemmas[over].lower() not in _RAIDS:
                return False
        elif dep not in ("dobj", "nsubjpass") or a.lemmas[above] not in _RAIDS or a.lemmas[above] == "capture":
            return False
        if any(a.deps[kid] in ("det", "amod", "compound", "appos", "poss") for kid in a.children[at]):
            return False
        word = a.words[at]
        if any(each.end - each.start > 1 and word in a.words[each.start : each.end] for each in a.names):
            return False  # a part of someone's name
        return bool(gazetteer.default().find(gazetteer.key(word)))

    def _bombed(self) -> list[Name]:
        """Towns under attack that the finder takes for no name: ``Russia bombed Odesa``."""
        a = self.a
        found = [
            Name(at, at + 1, "GPE")
            for at, tag in enumerate(a.tags)
            if tag == "NNP"
            and not self.named[at]
            and a.deps[at] in ("dobj", "nsubjpass", "pobj")
            and at not in self.term_at
            and self._raided(Name(at, at + 1, "GPE"))
        ]
        for name in found:
            self.named[name.start] = True
        return found

    def _halves(self, places: list[tuple[Name, countries.Term]]) -> None:
        """``the North`` and ``the South``, where an article names both Koreas: one of them each."""
        a = self.a
        codes = {term.code for term in self.term_at.values() if term.kind != "person"}
        if not {"PRK", "KOR"} <= codes:
            return
        for at, low in enumerate(a.lowers):
            if low not in _HALVES or not a.words[at].istitle() or not at or a.lowers[at - 1] != "the":
                continue
            if at in self.term_at or (at + 1 < len(a) and a.words[at + 1].istitle()):
                continue
            term = countries.term(_HALVES[low])
            if term is not None:
                self.named[at] = True
                self.term_at[at] = term
                places.append((Name(at, at + 1, "GPE"), term))

    def _town(self, name: Name) -> None:
        """A town, or a part of a state, where it acts as a body or is attacked; elsewhere it is but a place."""
        a = self.a
        if any(self.used[at] for at in range(name.start, name.end)):
            return
        head = a.head_of(range(name.start, name.end))
        if head in self.at_token:
            return
        text = a.quote(name.start, name.end)
        rules = self._rules(head, whole=text in countries.regions()) or (
            a.deps[head] in ("compound", "nmod")
            and a.lemmas[a.head[head]].lower() in _WORKS
            and text in countries.regions()
        )
        if not rules and not self._attacked(head) and not self._raided(name):
            return
        key = text.replace("’", "'").lower()
        known = self.by_key.get(key)
        item = Item(name.start, name.end, head)
        if known is None:
            town = Cluster("GPE", "unnamed group", text, country=countries.regions().get(text), rank=3, confidence=0.7)
            town.sector = "CVL"
            known = self._keyed(key, town, item)
        else:
            self._add(known, item)
        if rules and known.kind == "unnamed group":
            known.kind, known.sector = "government body", "GOV"

    def _without_noun(self, at: int, tag: str) -> str | None:
        """Who are named by a number or an adjective alone: "two were killed", "hundreds rallied", "the injured"."""
        a = self.a
        dep, low = a.deps[at], a.lowers[at]
        if dep not in PARTIES:
            return None
        if tag == "CD":
            if dep not in ("nsubjpass", "dobj", "nsubj") or not (low.isdigit() or low in _SMALL):
                return None
            verb = a.head[at]
            if a.lemmas[verb] not in DONE_TO:
                return None
            # "died", and "12 arrested" for "12 were arrested"
            if (dep == "nsubj") != (a.lemmas[verb] == "die") and not (dep == "nsubj" and a.tags[verb] == "VBN"):
                return None
            if any(kid > at for kid in a.children[at] if a.deps[kid] not in ("prep", "punct", "cc", "conj")):
                return None
            return "person" if low in ("one", "1") else "people"
        if low == "those":
            for kid in a.children[at]:
                if a.deps[kid] == "relcl" and any(a.lowers[each] == "who" for each in a.children[kid]):
                    return "people"
                if a.lowers[kid] in ("responsible", "involved") or (
                    a.deps[kid] == "acl" and (a.lemmas[kid] in DONE_TO or a.tags[kid] == "VBG")
                ):
                    return "people"
            return None
        if low in ("another", "third", "fourth"):
            ends = not any(kid > at for kid in a.children[at])
            done = dep in ("nsubj", "nsubjpass", "dobj") and a.lemmas[a.head[at]] in DONE_TO
            return "person" if ends and done and (dep != "nsubj" or a.tags[a.head[at]] == "VBN") else None
        if low in _CROWDS:
            if dep == "nsubj" and a.tags[a.head[at]] == "VBN" and a.lemmas[a.head[at]] in DONE_TO:
                return "people"  # "left dozens injured"
            verbs = {"nsubj": _CROWDING, "nsubjpass": DONE_TO}.get(dep, frozenset[str]())
            return "people" if a.lemmas[a.head[at]] in verbs and not self._of(at) else None
        if low in ("many", "some", "most", "several"):
            verb = a.head[at]
            return (
                "people"
                if dep == "nsubj" and a.lemmas[verb] in SPEECH | _TO_STATE and at + 1 <= verb <= at + 3
                else None
            )
        start = a.left[at]
        if a.lowers[start] not in _ARTICLES or any(a.tags[kid][0] == "N" and kid > at for kid in a.children[at]):
            return None
        if low == "old" and at - start >= 3 and a.lowers[at - 2] == "year":
            return "person"
        if low in _AILING and a.lowers[start] == "the":
            return "person" if low in ("accused", "deceased") else "people"
        return None

    def _names_person(self, at: int) -> bool:
        found = self.at_token.get(at)
        return found is not None and found[0].label == "PERSON" and len(found[0].words) > 1

    def _of(self, at: int) -> bool:
        return at + 1 < len(self.a) and self.a.lowers[at + 1] == "of"

    def _heads_people(self, at: int, noun: str) -> bool:
        """Whether "head", "chair", "media" ... stand for people here: "head of", "the chair", never "social media"."""
        a = self.a
        before = a.lowers[at - 1] if at else ""
        if noun == "media":
            return before != "social"
        if noun == "enforcement":
            return before == "law"
        if noun in ("defense", "defence", "prosecution", "management"):
            return (
                a.deps[at] == "nsubj"
                and (a.lemmas[a.head[at]] in SPEECH or a.lemmas[a.head[at]] in ("rest", "call", "seek", "present"))
                and (before == "the" or noun == "management")
            )
        if noun == "business":
            return a.lowers[at] == "businesses" and a.deps[at] in ("nsubj", "dobj", "nsubjpass", "pobj")
        if noun == "press":
            return before == "the"
        if noun in ("pair", "duo"):
            return a.deps[at] in _SUBJECTS and not self._of(at)
        if noun == "board" and before == "the" and a.deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH | _DECIDES:
            return True
        if noun in ("service", "services", "unit", "branch", "office", "board"):
            for kid in a.children[at]:
                if kid < at and a.deps[kid] in ("compound", "amod", "nmod", "poss"):
                    if a.deps[kid] == "poss" and noun == "office":
                        return a.lowers[kid] not in ("your", "my") and a.deps[at] in _SUBJECTS
                    if a.lowers[kid] in _SERVING or sector_of(noun, (a.lowers[kid],)) not in (None, "JRN"):
                        return True
            if noun in ("service", "services", "unit", "branch"):
                return False
        if noun == "side":
            return any(kid in self.term_at for kid in a.children[at])
        if a.lowers[at] != noun:  # "heads", "chairs"
            return any(a.lowers[kid] == "of" for kid in a.children[at]) and noun == "head"
        return any(a.lowers[kid] == "of" for kid in a.children[at]) or a.words[at][0].isupper()

    # -- states ------------------------------------------------------------------------------------------

    def _state(self, name: Name, term: countries.Term) -> None:
        a = self.a
        if term.kind == "person" or any(self.used[at] for at in range(name.start, name.end)):
            return
        head = a.head_of(range(name.start, name.end))
        item = Item(name.start, name.end, head)
        text = a.quote(name.start, name.end)
        if term.kind == "seat":
            seat = Cluster("ORG", "government body", text, country=term.code, sector="GOV", rank=1, confidence=0.9)
            seat.entity = "seat:" + slug(text)
            self._keyed(f"seat:{term.code}:{text.lower()}", seat, item)
            return
        if term.kind == "people":
            group = Cluster("NORP", "unnamed group", text, country=term.code, plural=True, rank=3, confidence=0.7)
            group.sector = "CVL"
            self._keyed("people:" + term.code, group, item)
            return
        if (
            term.kind == "adjective"
            and a.deps[head] not in ("amod", "compound", "nmod", "poss")
            and (name.start == 0 or a.lowers[name.start - 1] != "the")
        ):
            # "English is spoken" is a language, "a Dane was arrested" a person
            if self._one_of(head) and a.lowers[name.start - 1] != "the":
                self._someone(name, head, term.code, "CVL")
            return
        item.acts = self._acts(head, term)
        if text == "Brussels" and item.acts:
            union = self.table.named("European Union")
            if union is not None and (union.id in self.by_key or not self._otherwise(term)):
                bloc = Cluster("ORG", union.kind, union.name)
                self._known(bloc, union)
                self._keyed(union.id, bloc, item)
                return
        land = Cluster("GPE", "state", term.name, country=term.code, sector="GOV", rank=0, confidence=0.93)
        land.entity = "state:" + term.code
        cluster = self._keyed(land.entity, land, item)
        main = cluster.main
        if main is not None and a.deps[main.head] in ("compound", "amod") and a.deps[head] not in ("compound", "amod"):
            cluster.main = item

    def _one_of(self, head: int) -> bool:
        """Whether an adjective for a people or a party is a noun for one of them: ``a Palestinian``."""
        a = self.a
        dep = a.deps[head]
        if dep not in PARTIES and (dep != "pobj" or a.lowers[a.head[head]] in INSIDE):
            return False
        if a.tags[head] not in ("NNP", "NN") or any(a.deps[kid] == "conj" for kid in a.children[head]):
            return False
        return any(kid < head and a.lowers[kid] in _ONE_OF for kid in a.children[head])

    def _someone(self, name: Name, head: int, code: str | None, sector: str | None) -> None:
        start = self._extent(head)[0]
        one = Cluster("PERSON", "person", self.a.quote(start, name.end), country=code, rank=5, confidence=0.7)
        one.sector = sector
        one.heads = {self.a.lowers[head]}
        self._new(one, Item(start, name.end, head))

    def _hit(self, place: int) -> bool:
        """Whether force is used on a place, or on something there: whose it is, is then a party to it."""
        a = self.a
        for _ in range(4):
            dep, above = a.deps[place], a.head[place]
            if dep in ("compound", "nmod", "conj") or (dep == "pobj" and a.lowers[above] in ("of", "along")):
                place = above if dep != "pobj" else a.head[above]
                continue
            if dep in ("dobj", "nsubjpass"):
                return a.lemmas[above] in _FORCE
            if dep != "pobj":
                return False
            over = a.head[above]
            if a.lowers[above] in _ONTO:
                return a.lemmas[over].lower() in _FORCE
            return a.lowers[above] in INSIDE and self._struck(over)
        return False

    def _struck(self, token: int) -> bool:
        """Whether a noun is a thing that force is used on, or a verb uses force on a thing: "hit a depot in"."""
        a = self.a
        if a.deps[token] == "pobj":  # "fired at bases in"
            prep = a.head[token]
            return a.lowers[prep] in _ONTO and a.lemmas[a.head[prep]] in _FORCE and a.lemmas[token] not in _NOUNS
        things = [token] if a.deps[token] in ("dobj", "nsubjpass") else a.children[token]
        return any(
            a.deps[thing] in ("dobj", "nsubjpass")
            and a.lemmas[a.head[thing]] in _FORCE
            and a.tags[thing] in ("NN", "NNS")
            and a.lemmas[thing] not in _NOUNS
            and a.lowers[thing] not in _NOUNS
            for thing in things
        )

    def _acts(self, head: int, term: countries.Term) -> bool:
        """Whether a state's name stands for the state, not for the land or the city."""
        a = self.a
        dep = a.deps[head]
        above = a.head[head]
        for _ in range(20):  # up a list of names; a bound for broken parses
            if dep != "conj":
                break
            head = above
            dep, above = a.deps[head], a.head[head]
        if term.kind in ("capital", "city"):
            return self._governs(head, term)
        if dep in ("amod", "compound", "nmod", "poss"):
            lemma = a.lemmas[above].lower()
            if lemma in _PLACE_NOUNS and self._hit(above):
                return True  # "fired at the Russian border area"
            return lemma not in _PLACE_NOUNS and not (self.named[above] and above != head and dep != "poss")
        if dep == "pobj":
            word = a.lowers[above]
            return word not in INSIDE or word == "at" or self._hit(head)
        return True

    def _governs(self, head: int, term: countries.Term) -> bool:
        """Whether a capital stands for its government: it acts, is spoken to or dealt with, or sends and is sent.

        Args:
            head: Its head, the first of a list.
            term: What it has to do with a state.
        """
        a = self.a
        dep, above = a.deps[head], a.head[head]
        capital = term.kind == "capital"
        if not capital and (not self._seat(head, term) or any(a.deps[kid] == "amod" for kid in a.children[head])):
            return False  # "a united Jerusalem"
        if (capital and self._attacked(head)) or self._headlined(head):
            return True
        capital = capital or a.words[head] == "Brussels"
        verb = a.lemmas[above]
        if dep == "poss":
            return a.lemmas[above].lower() not in _PLACE_NOUNS if capital else a.lemmas[above].lower() in _WORKS
        if dep == "nsubj":
            if verb == "be":  # "is to decide", "is ready"
                below = a.child(above, "xcomp", "acomp")
                return below is not None and (a.lowers[below] in _PERSONAL or a.tags[below] == "VB")
            if capital:
                return verb not in _OF_CITIES
            return verb in _HEADLINED
        if dep in ("dobj", "dative", "nsubjpass"):
            if verb == "take" and dep == "dobj":
                return any(
                    a.lowers[kid] == "to" and a.lowers[a.child(kid, "pobj") or kid] == "task"
                    for kid in a.children[above]
                )
            if verb in ("recognize", "recognise"):
                return False  # "recognised Jerusalem as the capital"
            return verb in _DEALT or (capital and (verb in SPEECH or (dep == "dative" and verb not in _DELIVERED)))
        if dep == "agent":
            return verb in SPEECH or verb in _TO_STATE
        if dep != "pobj":
            return False
        word, over = a.lowers[above], a.head[above]
        lemma = a.lemmas[over].lower()
        if capital and word in ("with", "by", "against", "among"):
            return True
        if word == "between":
            return capital and lemma not in _TRAVEL
        if a.deps[above] == "dative" and word == "to":
            return verb in _SENT["to"] or lemma not in _DELIVERED
        nouns = _SENT.get(word)
        if nouns is None:
            return False
        what = a.child(over, "dobj") if a.pos[over] == "VERB" else None
        # "lift curbs on Niamey": the parser may hang the phrase on the verb
        return lemma in nouns or (what is not None and what < above and a.lemmas[what] in nouns)

    def _seat(self, head: int, term: countries.Term) -> bool:
        """Whether a city may stand for a state that the article names otherwise too; Brussels always may."""
        first = head
        while self.term_at.get(first - 1) is term:
            first -= 1
        text = "_".join(self.a.words[first : head + 1])
        return text in _SEATS and (text == "Brussels" or self._otherwise(term))

    def _otherwise(self, term: countries.Term) -> bool:
        """Whether the article names a state by its own name too."""
        return any(each.code == term.code and each.kind in ("name", "adjective") for each in self.term_at.values())

    def _headlined(self, head: int) -> bool:
        """Whether a headline says what a capital does: ``Lima slaps curfew``, ``Oslo, Rome to share patrols``.

        The parser takes such a verb for a noun more often than not.
        """
        a = self.a
        sentence = a.sentence_of[head]
        if a.block(sentence).kind not in ("headline", "subhead"):
            return False
        start, stop = a.sentences[sentence]
        first, several = head, False
        while first > start:
            if self.term_at.get(first - 1) is not None:
                first -= 1
            elif a.lowers[first - 1] in (",", "and", "&") and first - 2 in self.term_at:
                first, several = first - 2, True
            else:
                break
        if first > start and a.words[first - 1] not in (";", ":", "—", "–"):
            return False
        at = head + 1
        while at < stop:
            if at in self.term_at:
                at += 1
            elif a.lowers[at] in (",", "and", "&") and at + 1 in self.term_at:
                at, several = at + 2, True
            else:
                break
        if at + 1 >= stop:
            return False
        low = a.lowers[at]
        if low == "to":
            # the parser takes "double" of "to double force" for an adjective
            return a.words[at + 1].islower() and a.tags[at + 1] not in ("DT", "PRP$", "CD", "IN", "TO", "NNS")
        if low in ("will", "may", "must", "won't"):
            return True
        bases = (low,) if several else (low[:-1], low[:-2], low[:-3] + "y") if low[-1] == "s" else ()
        if not any(base in _HEADLINED for base in bases):
            return False
        if a.tags[at] in ("VBZ", "VBP"):
            return True
        for after in range(at + 1, stop):
            if a.words[after] in (";", ":", ",", "—", "–"):
                break
            if a.tags[after] in ("VBZ", "VBP", "VBD", "MD"):
                return False  # "Moscow attacks kill four"
        return True


def _same_person(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: same last word, first words equal or one an initial."""
    if known == words:
        return True
    if len(known) < 2 or len(words) < 2 or known[-1] != words[-1]:
        return False
    one, other = known[0].rstrip("."), words[0].rstrip(".")
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def datelines(a: Analysis) -> frozenset[int]:
    """Tokens of the datelines that open paragraphs: ``WASHINGTON:``, ``NAIROBI, Kenya (AP) —``."""
    found: set[int] = set()
    block = -1
    for number, (start, end) in enumerate(a.sentences):
        if a.block_of[number] == block:
            continue
        block = a.block_of[number]
        first = a.words[start]
        if len(first) < 3 or not first.isupper():
            continue
        for at in range(start, min(start + 12, end)):
            if a.words[at] in (":", "—", "–", "-", "--") and at > start:
                if a.words[at] != ":" or a.block(number).kind == "paragraph":
                    found.update(range(start, at))
                break
            if a.pos[at] in ("VERB", "AUX") or a.tags[at] == "DT":
                break
    return frozenset(found)


def quoted(a: Analysis) -> list[bool]:
    """For each token whether it stands in quote marks; each block begins outside."""
    inside = False
    found: list[bool] = []
    block = -1
    sentence_of, block_of = a.sentence_of, a.block_of
    for at, word in enumerate(a.words):
        here = block_of[sentence_of[at]]
        if here != block:
            inside, block = False, here
        if word in _MARKS:
            if word == "''" and not inside:  # some wires open a quotation with what closes it
                inside = (
                    at + 1 < len(a) and a.starts[at + 1] == a.ends[at] and (not at or a.ends[at - 1] < a.starts[at])
                )
            else:
                inside = not inside if word == '"' else word in ("“", "``")
            found.append(True)
        else:
            found.append(inside)
    return found
