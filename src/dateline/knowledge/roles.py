"""Nouns for people by what they do: sector, gender, and which office a title names.

The lists are our own. They hold nouns that news uses for someone who acts or
speaks ("minister", "spokeswoman", "rebels"); a noun that is missing makes no
actor, so that a wrong one ("driver" of growth) costs more than an absent one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Role(NamedTuple):
    """What a role noun tells about who bears it."""

    sector: str | None
    """PLOVER sector."""
    gender: str
    """``m``, ``f``, or empty."""


_BY_SECTOR: dict[str, str] = {
    "GOV": """president prime-minister premier chancellor minister secretary undersecretary governor mayor ambassador
        envoy diplomat official spokesman spokeswoman spokesperson leader monarch king queen prince princess emir sultan
        sheikh crown-prince vice-president deputy aide adviser advisor administrator counsellor commissioner consul
        negotiator mediator emissary representative ruler dictator strongman bureaucrat technocrat civil-servant
        chief-of-staff head chairman chairwoman chairperson chair chief taoiseach tsar czar
        councillor councilor governor-general attache statesman politician interlocutor delegate delegation
        regulator inspector auditor ombudsman whistleblower co-chair president-elect president-designate
        councilman councilwoman alderman mayoress comptroller treasurer regent viceroy""",
    "MIL": """general commander admiral colonel lieutenant captain soldier marine sailor airman troop brigadier
        serviceman servicewoman conscript reservist sniper paratrooper peacekeeper sergeant corporal
        navy-seal commodore gunner recruit infantryman cadet veteran major
        rifleman artilleryman submariner commando legionnaire midshipman""",
    "UAF": """mercenary""",
    "COP": """officer policeman policewoman constable detective sheriff trooper gendarme cop investigator superintendent
        guard patrolman warden
        bailiff jailer jailor wardress bodyguard""",
    "JUD": """judge prosecutor attorney-general magistrate jurist justice solicitor-general juror public-defender
        attorney lawyer barrister solicitor counsel
        litigator arbitrator notary paralegal registrar""",
    "LEG": """lawmaker senator congressman congresswoman parliamentarian legislator deputy-speaker speaker mp
        congressperson representative-elect backbencher assemblyman assemblywoman
        peer assemblymember""",
    "SPY": """spy agent intelligence-officer operative
        spymaster informer""",
    "REB": """rebel militant insurgent guerrilla gunman jihadist jihadi separatist warlord fighter terrorist extremist
        mujahid islamist secessionist hijacker bomber mutineer militiaman assailant attacker combatant
        insurrectionist paramilitary marauder""",
    "OPP": """dissident protester demonstrator marcher rioter opponent oppositionist protestor
        agitator dissenter""",
    "CRM": """gangster criminal trafficker smuggler kidnapper pirate drug-lord mobster cartel hacker suspect robber
        thief killer murderer convict fugitive burglar fraudster poacher abductor perpetrator
        pimp counterfeiter swindler conman arsonist rapist pickpocket mugger looter vandal stalker carjacker
        shoplifter scammer ringleader kingpin racketeer extortionist blackmailer thug bandit hooligan""",
    "BUS": """executive ceo banker businessman businesswoman trader investor entrepreneur industrialist
        financier shareholder employer broker manufacturer exporter importer producer supplier retailer magnate tycoon
        developer owner manager landlord billionaire tycoons oligarch lender creditor distributor
        vendor seller dealer
        wholesaler restaurateur hotelier grocer butcher baker innkeeper marketer realtor underwriter accountant
        consultant contractor franchisee jeweller jeweler shipowner shipper bondholder merchant undertaker""",
    "MED": """doctor nurse surgeon physician medic paramedic pathologist epidemiologist clinician midwife coroner
        virologist psychiatrist
        dentist pharmacist veterinarian therapist psychologist oncologist cardiologist pediatrician paediatrician
        immunologist microbiologist caregiver carer radiologist neurologist anaesthetist dermatologist""",
    "EDU": """analyst expert professor scientist researcher academic scholar economist teacher student historian
        scientists lecturer principal strategist pollster demographer seismologist forecaster meteorologist geologist
        biologist political-scientist sociologist author writer pupil dean schoolteacher astronomer engineer
        headteacher headmaster headmistress undergraduate freshman sophomore tutor librarian archaeologist
        anthropologist physicist chemist geophysicist volcanologist climatologist ecologist hydrologist
        oceanographer botanist zoologist mathematician statistician philosopher criminologist curator archivist
        rector schoolchild schoolboy schoolgirl poet novelist playwright biographer""",
    "JRN": """journalist reporter editor correspondent blogger photographer columnist broadcaster cameraman publisher
        commentator presenter anchor newscaster photojournalist
        newsman newswoman newsreader stringer freelancer cartoonist podcaster influencer essayist reviewer""",
    "LAB": """worker miner trade-unionist unionist labourer laborer striker farmer fisherman driver farmhand employee
        staffer pilot docker dockworker longshoreman stevedore grower rancher carpenter electrician plumber mechanic
        bricklayer weaver picker planter steelworker trucker steward firefighter rescuer seafarer builder
        rescue-worker
        welder plasterer roofer chef waiter waitress bartender cleaner janitor porter postman courier cabbie
        railwayman lumberjack logger shepherd herdsman farmworker crofter seaman deckhand tailor seamstress
        machinist technician foreman lifeguard gardener fisherwoman beekeeper winemaker cobbler maid housekeeper
        barber hairdresser""",
    "REL": """priest pope bishop archbishop cardinal imam cleric rabbi monk nun ayatollah pastor preacher missionary
        mullah patriarch lama
        vicar chaplain deacon curate parson friar abbot abbess mufti guru swami sheik muezzin theologian churchgoer
        pilgrim evangelist prelate pontiff""",
    "REF": """refugee migrant asylum-seeker evacuee deportee immigrant
        returnee stowaway castaway""",
    "SOC": """activist campaigner volunteer environmentalist human-rights-defender founder organizer organiser
        humanitarian aid-worker observer monitor
        conservationist philanthropist benefactor lobbyist feminist abolitionist donor""",
    "PTY": """candidate nominee front-runner frontrunner party-leader democrat republican conservative liberal socialist
        communist nationalist independent
        contender challenger incumbent loyalist populist centrist hardliner""",
    "CVL": """resident citizen villager civilian voter witness eyewitness survivor victim local tourist passenger
        shopkeeper relative parent mother father son daughter brother sister wife husband widow neighbor neighbour
        child boy girl woman man teenager person inhabitant bystander commuter hostage captive
        taxpayer patient client bereaved mourner worshipper shopper pensioner consumer homeowner motorist
        cousin uncle aunt grandfather grandmother nephew niece settler herder nomad islander supporter critic
        friend side fan follower inmate backer passer-by onlooker detainee prisoner orphan pedestrian traveller traveler
        guest fiancee lover girlfriend boyfriend baby infant toddler player coach actor actress singer
        artist athlete musician star champion counterpart climber hiker swimmer skier diver cyclist runner
        motorcyclist camper visitor hunter
        rider caller colleague ally rival successor
        predecessor member participant host speaker-designate boss insider source stakeholder informant caller
        individual occupant adult youngster juvenile national expatriate expat countryman spectator reveller reveler
        squatter tenant hawker peddler customer
        octogenarian retiree grandparent stepfather stepmother stepson stepdaughter sibling godfather householder
        landowner ratepayer concertgoer festivalgoer holidaymaker vacationer surfer yachtsman kayaker angler jogger
        skater dancer drummer guitarist painter sculptor filmmaker screenwriter comedian composer rapper footballer
        goalkeeper midfielder batsman golfer boxer jockey sprinter wrestler gymnast referee umpire newborn
        complainant plaintiff claimant defendant litigant petitioner""",
}

_GENDER: dict[str, str] = {
    "m": """spokesman king prince sultan sheikh emir policeman congressman assemblyman businessman chairman serviceman
        airman gunman militiaman fisherman cameraman father son brother husband boy man uncle grandfather nephew actor
        pope priest bishop archbishop cardinal imam monk ayatollah mullah rabbi boyfriend statesman strongman patrolman
        infantryman salesman tsar czar crown-prince lama patriarch anchorman landlord
        headmaster postman newsman councilman stepfather stepson schoolboy waiter friar abbot vicar batsman yachtsman
        conman railwayman herdsman rifleman godfather mufti swami""",
    "f": """spokeswoman queen princess policewoman congresswoman assemblywoman businesswoman chairwoman servicewoman
        mother daughter sister wife widow girl woman aunt grandmother niece actress nun girlfriend fiancee midwife
        saleswoman landlady headmistress newswoman councilwoman stepmother stepdaughter schoolgirl waitress abbess
        maid seamstress fisherwoman wardress mayoress""",
}

_gender = {noun: gender for gender, nouns in _GENDER.items() for noun in nouns.split()}

ROLES: dict[str, Role] = {
    noun: Role(sector, _gender.get(noun, "")) for sector, nouns in _BY_SECTOR.items() for noun in nouns.split()
}
"""Role by singular noun, lower case."""
ROLES["director"] = Role(None, "")  # of a company, of an agency, of a film
ROLES.update({noun: Role(None, gender) for noun, gender in _gender.items() if noun not in ROLES})

PEOPLE: dict[str, str | None] = {
    **dict.fromkeys(
        """troops forces army navy military soldiers marines battalion brigade paratroopers peacekeepers
        commandos coastguard airforce servicemen gunners sailors garrison regiment
        squadron peshmerga""".split(),
        "MIL",
    ),
    **dict.fromkeys("police cops policemen gendarmes gendarmerie constabulary".split(), "COP"),
    **dict.fromkeys("authorities officialdom government administration cabinet regime junta ministry".split(), "GOV"),
    **dict.fromkeys("opposition".split(), "OPP"),
    **dict.fromkeys("parliament congress senate legislature lawmakers".split(), "LEG"),
    **dict.fromkeys("court courts judiciary tribunal prosecutors".split(), "JUD"),
    **dict.fromkeys(
        "rebels militants insurgents guerrillas militia militias gunmen jihadists separatists".split(), "REB"
    ),
    **dict.fromkeys("media newspapers".split(), "JRN"),
    **dict.fromkeys(
        """people youths public crowd crowds mob population community villagers staff personnel crew team family
        families""".split(),
        "CVL",
    ),
    **dict.fromkeys("clergy".split(), "REL"),
    **dict.fromkeys("scientists academia".split(), "EDU"),
    **dict.fromkeys("firefighters rescuers".split(), "LAB"),
    **dict.fromkeys("gang gangs cartel cartels mafia".split(), "CRM"),
    **dict.fromkeys("industry".split(), "BUS"),
}
"""Sector of collective nouns: singular or plural in form, several people in meaning."""

BODIES: dict[str, str | None] = {
    **dict.fromkeys(
        """government administration cabinet regime junta ministry department agency bureau authority council
        commission embassy consulate mission presidency secretariat treasury customs municipality delegation
        taskforce directorate inspectorate leadership politburo""".split(),
        "GOV",
    ),
    **dict.fromkeys("army navy military force command fleet pentagon corps guard".split(), "MIL"),
    **dict.fromkeys("police force constabulary".split(), "COP"),
    **dict.fromkeys("parliament congress senate legislature assembly knesset duma bundestag house".split(), "LEG"),
    **dict.fromkeys("court tribunal judiciary jury".split(), "JUD"),
    **dict.fromkeys("gang cartel mafia syndicate".split(), "CRM"),
    **dict.fromkeys("party coalition bloc".split(), "PTY"),
    **dict.fromkeys("opposition".split(), "OPP"),
    **dict.fromkeys(
        """company firm bank corporation carrier airline manufacturer maker retailer producer conglomerate
        lender insurer contractor startup refiner utility carmaker automaker drugmaker chipmaker planemaker miner
        brewer supermarket fund""".split(),
        "BUS",
    ),
    **dict.fromkeys("union federation".split(), "LAB"),
    **dict.fromkeys("university college school institute think-tank".split(), "EDU"),
    **dict.fromkeys(
        "newspaper magazine broadcaster network channel daily outlet website tabloid weekly".split(), "JRN"
    ),
    **dict.fromkeys("charity foundation organisation organization nonprofit ngo association club".split(), "SOC"),
    **dict.fromkeys("church diocese mosque".split(), "REL"),
    **dict.fromkeys("hospital clinic".split(), "MED"),
    **dict.fromkeys("militia faction cell insurgency".split(), "REB"),
    **dict.fromkeys(
        """vessel vessels ship ships boat boats submarine warship warships warplane warplanes fighter-jet aircraft jets
        league front network centre center service institute museum trust society coastguard laboratory committee panel
        body watchdog regulator team board campaign group alliance movement""".split(),
        None,
    ),
}
"""Sector of nouns for one body of people that later text may call by that noun."""

DOCUMENTS: frozenset[str] = frozenset(
    """report strategy statement study document survey poll paper memo letter communique communiqué declaration
    indictment complaint lawsuit ruling verdict review audit dossier bulletin article editorial resolution
    treaty constitution filing affidavit transcript manifesto decree text draft doctrine budget assessment notice
    advisory circular white-paper email tweet post video charter announcement census index findings research data
    message""".split()
)
"""Nouns for writings that news lets speak ("the report said")."""

_GENERIC = frozenset(
    """leader chief head official spokesman spokeswoman spokesperson chairman chairwoman chairperson chair deputy boss
    director representative delegate delegation negotiator adviser advisor aide member commander officer source figure
    guard fighter agent commissioner administrator mediator envoy emissary spokespeople captain general""".split()
)
"""Nouns whose sector the word before them tells: of rebels, of workers, of the police."""

_OF_WHOM: dict[str, str] = {
    word: sector
    for sector, words in {
        "REB": """rebel insurgent guerrilla militant militia separatist jihadist jihadi islamist terrorist secessionist
            faction""",
        "COP": "police",
        "MIL": """army navy military naval airforce defence-force coastguard marine infantry army-backed""",
        "SPY": "intelligence spy counterintelligence",
        "LAB": "union trade-union labor labour workers worker strike dockworkers farmers miners railway",
        "REL": "church religious muslim christian catholic orthodox jewish hindu buddhist evangelical spiritual",
        "CRM": "gang cartel mafia drug-cartel crime mob",
        "BUS": """company business industry corporate airline bank banking hotel retail factory plant oil-company
            industry-group employers""",
        "EDU": "student university school college academic",
        "JRN": "media newspaper press-club",
        "JUD": "court judicial",
        "LEG": "parliamentary congressional legislative senate",
        "MED": "hospital",
        "PTY": "party",
        "OPP": "opposition protest dissident",
        "SOC": "aid charity rights humanitarian relief campaign",
        "CVL": "tribal village community clan local-community neighbourhood neighborhood",
    }.items()
    for word in words.split()
}


def sector_of(noun: str, before: Iterable[str]) -> str | None:
    """PLOVER sector of those a noun names, given the words before it.

    A rebel leader leads rebels, a union leader workers; an army officer is no policeman.

    Args:
        noun: A noun of :data:`ROLES`, :data:`PEOPLE` or :data:`BODIES`, lower case, as listed.
        before: The words that modify it, lower case; the nearest should come last.
    """
    sector = PEOPLE.get(noun) or (ROLES[noun].sector if noun in ROLES else BODIES.get(noun))
    if noun in _GENERIC:
        for word in reversed(list(before)):
            told = _OF_WHOM.get(word)
            if told is not None and not (told == "MIL" and sector == "REB"):
                return told
    elif noun in ROLES and "opposition" in before:
        return "OPP"
    return sector


FORMER: frozenset[str] = frozenset(
    "former ex late erstwhile ousted deposed outgoing-former one-time onetime then retired".split()
)
"""Words that say a title is no longer held (or was held then)."""

_TITLE_NOISE = frozenset(
    "the a an his her their its this that former ex - acting interim visiting outgoing incoming new late then".split()
)


def office_keys(words: Iterable[str], country: str | None = None) -> frozenset[str]:
    """Offices that a title names, in general terms: ``foreign minister``, ``head of government``.

    Args:
        words: The words of the title, any case.
        country: ISO alpha-3 of whose office it is, where known: a "secretary of state" is the foreign minister of
            the United States alone.
    """
    have = {word.lower() for word in words} - _TITLE_NOISE
    keys: set[str] = set()
    minister = bool(have & {"minister", "secretary", "chief", "ministers"})
    deputy = bool(have & {"deputy", "vice", "assistant", "undersecretary", "junior", "under"})
    if deputy and "president" not in have:
        return frozenset({"deputy"})
    if "diplomat" in have and have & {"top", "chief"}:
        keys.add("foreign minister")
    if minister and ("foreign" in have or ("affairs" in have and "external" in have)):
        keys.add("foreign minister")
    if "secretary" in have and "state" in have and country in (None, "USA", "VAT"):
        keys.add("foreign minister")
    if minister and have & {"defence", "defense"}:
        keys.add("defence minister")
    if (minister and have & {"finance", "treasury"}) or ("chancellor" in have and "exchequer" in have):
        keys.add("finance minister")
    if minister and have & {"interior", "home"}:
        keys.add("interior minister")
    if ("prime" in have and "minister" in have) or have & {"premier", "pm", "taoiseach"}:
        keys.add("head of government")
    if "chancellor" in have and "exchequer" not in have and country in (None, "DEU", "AUT"):
        keys.add("head of government")
    if "president" in have:
        keys.add("vice president" if have & {"vice", "deputy"} else "president")
    if have & {"king", "queen", "emir", "sultan", "monarch", "emperor"}:
        keys.add("monarch")
    if have & {"leader", "ruler", "strongman", "dictator"} and not have & {"opposition", "party", "rebel", "union"}:
        keys.add("leader")
    if "pope" in have or "pontiff" in have:
        keys.add("pope")
    if "secretary-general" in have or ("secretary" in have and "general" in have):
        keys.add("secretary-general")
    return frozenset(keys)


LEADS: frozenset[str] = frozenset({"president", "head of government", "monarch", "leader"})
"""Office keys that news also calls "the leader" of a country."""

SYNONYMS: dict[str, str] = {
    "spokesperson": "spokes",
    "spokesman": "spokes",
    "spokeswoman": "spokes",
    "premier": "prime-minister",
    **dict.fromkeys(("soldier", "soldiers", "servicemen", "serviceman"), "troop"),
    "troops": "troop",
    "forces": "troop",
    "force": "troop",
    "cop": "police",
    "policeman": "police",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "lawmaker": "legislator",
    "parliamentarian": "legislator",
    "mp": "legislator",
    "demonstrator": "protester",
    "protestor": "protester",
    "marcher": "protester",
    "gunman": "attacker",
    "assailant": "attacker",
    "insurgent": "rebel",
    "guerrilla": "rebel",
    "advisor": "adviser",
    "organization": "organisation",
    "firm": "company",
    "jihadist": "militant",
}
"""Nouns that may call the same people, each by one key."""
