"""Nouns for people by what they do: sector, gender, and which office a title names.

The lists are our own. They hold nouns that news uses for someone who acts or
speaks ("minister", "spokeswoman", "rebels"); a noun that is missing makes no
actor, so that a wrong one ("driver" of growth) costs more than an absent one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        councilman councilwoman alderman mayoress comptroller treasurer regent viceroy
        mec policymaker selectman selectwoman councilperson councilmember burgomaster prefect subprefect
        emperor empress royal duke duchess functionary apparatchik plenipotentiary rapporteur ombudswoman
        postmaster peacemaker stateswoman officeholder lawgiver powerbroker landdrost attaché quaestor
        intendant czarina tsarina dignitary sarpanch wali vizier caudillo autocrat despot tyrant supremo
        kingmaker grandee overlord freeholder provost proconsul speechwriter taxman assessor examiner censor
         appointee""",
    "MIL": """general commander admiral colonel lieutenant captain soldier marine sailor airman troop brigadier
        serviceman servicewoman conscript reservist sniper paratrooper peacekeeper sergeant corporal
        navy-seal commodore gunner recruit infantryman cadet veteran major
        rifleman artilleryman submariner commando legionnaire midshipman
        bombardier grenadier guardsman cavalryman marksman sapper militaryman fusilier  aviator airwoman
        servicemember serviceperson defector deserter draftee enlistee generalissimo marshal subaltern gurkha
        warfighter quartermaster""",
    "UAF": """mercenary""",
    "COP": """carabinero warder customsman coastguardsman gamekeeper
        officer ranger policeman policewoman constable detective sheriff trooper gendarme cop investigator
        superintendent guard patrolman warden
        bailiff jailer jailor wardress bodyguard
        lawman policeperson copper subinspector jawan sleuth interrogator sentry watchman nightwatchman gaoler
        carabiniere carabinieri patrolwoman crimefighter bouncer doorman""",
    "JUD": """judge prosecutor attorney-general magistrate jurist justice solicitor-general juror public-defender
        attorney lawyer barrister solicitor counsel
        litigator arbitrator notary paralegal registrar
        advocate arbiter adjudicator stenographer conveyancer""",
    "LEG": """lawmaker senator congressman congresswoman parliamentarian legislator deputy-speaker speaker mp
        congressperson representative-elect backbencher assemblyman assemblywoman
        peer assemblymember
        assemblyperson whip mla mep msp mpp mlc frontbencher crossbencher baroness""",
    "SPY": """spy agent intelligence-officer operative
        spymaster informer
        spook codebreaker cryptographer eavesdropper""",
    "REB": """saboteur
        rebel militant insurgent guerrilla gunman jihadist jihadi separatist warlord fighter terrorist extremist
        mujahid islamist secessionist hijacker bomber mutineer militiaman assailant attacker combatant
        insurrectionist paramilitary marauder
        ambusher kamikaze radical supremacist anarchist revolutionary partisan putschist plotter""",
    "OPP": """dissident protester demonstrator marcher rioter opponent oppositionist protestor
        agitator dissenter
        picketer heckler detractor leaker revolutionist counterprotester counterdemonstrator strikebreaker
        abstainer refusenik""",
    "CRM": """captor henchman
        gangster criminal trafficker smuggler kidnapper pirate drug-lord mobster cartel hacker suspect robber
        thief killer murderer convict fugitive burglar fraudster poacher abductor perpetrator
        pimp counterfeiter swindler conman arsonist rapist pickpocket mugger looter vandal stalker carjacker
        shoplifter scammer ringleader kingpin racketeer extortionist blackmailer thug bandit hooligan
        crook culprit offender felon intruder hitman gunwoman miscreant outlaw wrongdoer molester paedophile
        pedophile abuser predator stabber strangler launderer scofflaw poisoner rustler bootlegger pusher
        accomplice conspirator parolee probationer extortioner embezzler hoaxer impostor imposter trespasser
        assaulter brigand highwayman lawbreaker evildoer cybercriminal mafioso raider murderess slayer
        delinquent copycat desperado perp hustler joyrider desecrator phisher procurer assassin shooter
        knifeman axeman gangbanger""",
    "BUS": """haulier pedlar stallkeeper bookseller debtor depositor
        executive ceo banker businessman businesswoman trader investor entrepreneur industrialist
        financier shareholder employer broker manufacturer exporter importer producer supplier retailer magnate tycoon
        mogul
        developer owner manager landlord billionaire tycoons oligarch lender creditor distributor
        vendor seller dealer
        wholesaler restaurateur hotelier grocer butcher baker innkeeper marketer realtor underwriter accountant
        consultant contractor franchisee jeweller jeweler shipowner shipper bondholder merchant undertaker
        proprietor moneylender pawnbroker stockbroker jobber middleman capitalist subcontractor franchiser
        franchisor shopowner storeowner storekeeper bookmaker bookie promoter impresario publicist advertiser
        manageress cofounder salesperson tradesman craftsman artisan auctioneer shipbuilder steelmaker caterer
        florist vintner agribusinessman cfo coo cto planner architect designer programmer techie technologist
        headhunter recruiter licensee lessor lessee policyholder unitholder stockholder bidder purchaser buyer
        acquirer gambler innovator inventor homebuilder remodeler surveyor appraiser actuary tobacconist
        newsagent fishmonger greengrocer optician""",
    "MED": """doctor nurse surgeon physician medic paramedic pathologist epidemiologist clinician midwife coroner
        virologist psychiatrist
        dentist pharmacist veterinarian therapist psychologist oncologist cardiologist pediatrician paediatrician
        immunologist microbiologist caregiver carer radiologist neurologist anaesthetist dermatologist
        practitioner  obstetrician gynaecologist gynecologist urologist hematologist haematologist
        nephrologist gastroenterologist ophthalmologist optometrist orthodontist chiropractor physiotherapist
        dietitian nutritionist phlebotomist ambulanceman vaccinator toxicologist geneticist neuroscientist
        neurosurgeon anesthesiologist physio healer herbalist acupuncturist bioethicist pharmacologist
        responder""",
    "EDU": """specialist analyst expert professor scientist researcher academic scholar economist teacher student
        historian
        scientists lecturer principal strategist pollster demographer seismologist forecaster meteorologist geologist
        biologist political-scientist sociologist author writer pupil dean schoolteacher astronomer engineer
        headteacher headmaster headmistress undergraduate freshman sophomore tutor librarian archaeologist
        anthropologist physicist chemist geophysicist volcanologist climatologist ecologist hydrologist
        oceanographer botanist zoologist mathematician statistician philosopher criminologist curator archivist
        rector schoolchild schoolboy schoolgirl poet novelist playwright biographer
        educator instructor graduate postgraduate alumnus alumna valedictorian schoolmaster schoolmistress
        trainer academician intellectual theorist linguist geographer astrophysicist astronaut cosmonaut
        biochemist primatologist entomologist ornithologist paleontologist palaeontologist agronomist arborist
        psephologist futurist trainee apprentice intern fellow kindergartner preschooler schoolkid matriculant
        learner examinee bursar invigilator boffin cosmologist metallurgist mycologist ethicist memoirist
        lexicographer dramatist lyricist""",
    "JRN": """journalist reporter editor correspondent blogger photographer columnist broadcaster cameraman publisher
        commentator presenter anchor newscaster photojournalist
        newsman newswoman newsreader stringer freelancer cartoonist podcaster influencer essayist reviewer
        anchorwoman anchorperson interviewer sportswriter newspaperman documentarian documentarist vlogger
        youtuber streamer tiktoker satirist pundit moderator copywriter subeditor paparazzo""",
    "LAB": """stallholder shunter raftsman boatman bargeman lifeboatman plucker tapper compositor typesetter
        quarryman foundryman cabby busboy railworker trainman prospector drover forester fitter riveter
        lineman stoker whaler interpreter translator navvy usher gaucho
        worker clerk miner trade-unionist unionist labourer laborer striker farmer fisherman driver farmhand
        employee staffer pilot docker dockworker longshoreman stevedore grower rancher carpenter electrician plumber
        mechanic bricklayer weaver picker planter steelworker trucker steward firefighter rescuer seafarer builder
        rescue-worker
        welder plasterer roofer chef waiter waitress bartender cleaner janitor porter postman courier cabbie
        railwayman lumberjack logger shepherd herdsman farmworker crofter seaman deckhand tailor seamstress
        machinist technician foreman lifeguard gardener fisherwoman beekeeper winemaker cobbler maid housekeeper
        barber hairdresser
        crewman crewmember signalman switchman sharecropper campesino peasant smallholder breeder dairyman
        milkman cowboy cowhand horticulturist orchardist cultivator woodcutter glassblower blacksmith
        metalworker autoworker ironworker millworker boilermaker pipefitter welders scaffolder handyman
        repairman locksmith  cabdriver chauffeur deliveryman mailman postwoman garbageman
        dustman binman sweeper streetcleaner dishwasher barista barmaid bellhop bellboy housemaid nanny
        babysitter servant receptionist typist cashier shopworker warehouseman stagehand rigger roughneck
        oilman coalminer pitman fireman firewoman hairstylist stylist beautician manicurist masseuse masseur
        homeworker outworker coworker workmate workman jobseeker breadwinner hireling moonlighter scab copilot
        skipper helmsman boatman ferryman bosun purser stewardess trawlerman oysterman sandhog stonemason
        upholsterer ratcatcher exterminator gravedigger embalmer mortician zookeeper goatherd cowherd
        swineherd teamster custodian caretaker""",
    "REL": """priest pope bishop archbishop cardinal imam cleric rabbi monk nun ayatollah pastor preacher missionary
        mullah patriarch lama
        vicar chaplain deacon curate parson friar abbot abbess mufti guru swami sheik muezzin theologian churchgoer
        pilgrim evangelist prelate pontiff
        reverend clergyman clergywoman parishioner worshiper believer devotee congregant seminarian acolyte
        archdeacon archpriest catholicos prioress ascetic sadhu fakir dervish sufi hajji gabbai chazan rebbe
        shaman astrologer exorcist televangelist churchman churchwoman layman laywoman verger monsignor zealot
        apostate heretic atheist nuncio legate""",
    "REF": """refugee migrant asylum-seeker evacuee deportee immigrant
        returnee stowaway castaway
        emigrant emigre émigré  resettler repatriate foreigner""",
    "SOC": """activist campaigner volunteer environmentalist human-rights-defender founder organizer organiser
        humanitarian aid-worker observer monitor
        conservationist philanthropist benefactor lobbyist feminist abolitionist donor
        reformer suffragette pacifist preservationist vigilante fundraiser trustee  mentor caseworker
        aidworker scoutmaster crusader canvasser petitioners samaritan naturalist vegan""",
    "PTY": """candidate nominee front-runner frontrunner party-leader democrat republican conservative liberal socialist
        communist nationalist independent
        contender challenger incumbent loyalist populist centrist hardliner
        tory labourite leftist rightist marxist trotskyist maoist fascist monarchist royalist federalist
        reformist progressive  libertarian caucusgoer superdelegate elector surrogate hopeful aspirant
        ultranationalist eurosceptic brexiteer remainer leaver""",
    "CVL": """newcomer well-wisher troublemaker sympathiser sympathizer runaway maroon
        resident citizen villager civilian voter witness eyewitness survivor victim local tourist passenger
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
        complainant plaintiff claimant defendant litigant petitioner
        teen adolescent preteen tween schoolmate classmate roommate flatmate housemate bedfellow playmate
        schoolfriend acquaintance companion fiance fiancé fiancée spouse newlywed bride bridegroom widower
        divorcee granddaughter grandson grandchild grandma grandpa granny grandad mom mum mommy mummy dad
        daddy stepparent stepchild dependant dependent kinsman kinswoman descendant ancestor heir heiress lady
        gentleman  bloke lad lass chap kid passerby diner clubber partygoer moviegoer theatregoer
        theatergoer gamer user subscriber viewer listener reader netizen internaut commenter poster texter
        trekker hitchhiker backpacker daytripper sightseer sunbather bather picnicker mountaineer alpinist
        rower canoeist snowboarder snorkeller parachutist skydiver paraglider balloonist birdwatcher hobbyist
        enthusiast aficionado amateur professional cricketer wicketkeeper defender winger quarterback
        linebacker rookie racer marathoner triathlete decathlete hurdler weightlifter sportsman sportswoman
        sportsperson teammate olympian paralympian medallist medalist finalist semifinalist equestrian
        horseman pianist violinist cellist trumpeter saxophonist soprano baritone maestro dj vocalist frontman
        bandleader songwriter choreographer ballerina supermodel celebrity entertainer performer comedienne
        comic magician illusionist acrobat clown puppeteer showman showgirl stripper impersonator diva
        heartthrob costar starlet cinematographer animator illustrator printmaker calligrapher craftswoman
        constituent townsman townsperson dweller aborigine tribesman tribeswoman clansman clanswoman elder
        bedouin highlander southerner northerner westerner easterner countrywoman compatriot  outsider
        stranger goer clubgoer vagrant hobo drifter beggar panhandler addict alcoholic drunkard smoker prostitute escort
        nonsmoker amputee quadriplegic paraplegic convalescent sufferer deceased decedent abductee kidnappee
        escapee internee pow arrestee accused accuser codefendant appellant respondent deponent testifier
        centenarian nonagenarian septuagenarian sexagenarian bicyclist scooterist homebuyer renter lodger
         roomer applicant  awardee laureate honoree honouree  contestant
        punter bettor pallbearer helper    proletarian bourgeois aristocrat noblewoman
        nobleman socialite millennial boomer twentysomething thirtysomething fortysomething attendee invitee
        partaker conferee signatory sponsor  tipster stepdad stepmum stepmom godmother godson
        goddaughter godchild mistress paramour suitor sweetheart admirer groupie occupier headman minor female
        male youth governess partner""",
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
ROLES["supervisor"] = Role(None, "")  # of a shift, of a county
ABBREVIATED: dict[str, str] = {
    "sen.": "senator",
    "sens.": "senator",
    "rep.": "congressman",
    "reps.": "congressman",
    "gov.": "governor",
    "gen.": "general",
    "lt.": "lieutenant",
    "col.": "colonel",
    "maj.": "major",
    "capt.": "captain",
    "sgt.": "sergeant",
    "sgt": "sergeant",
    "cpl.": "corporal",
    "adm.": "admiral",
    "brig.": "brigadier",
    "cmdr.": "commander",
    "pvt.": "soldier",
    "det.": "detective",
    "det": "detective",
    "insp.": "inspector",
    "supt.": "superintendent",
    "cllr": "councillor",
    "cllr.": "councillor",
    "atty.": "attorney",
    "rev.": "reverend",
    "fr.": "priest",
    "msgr.": "priest",
    "prof.": "professor",
    "amb.": "ambassador",
    "del.": "lawmaker",
}
"""Titles that stand before names in short, and what they are in full; nouns as in :data:`ROLES`."""
ROLES.update({short: Role(ROLES[word].sector, "") for short, word in ABBREVIATED.items()})
ROLES.update({noun: Role(None, gender) for noun, gender in _gender.items() if noun not in ROLES})

PEOPLE: dict[str, str | None] = {
    **dict.fromkeys(
        """troops forces army navy military soldiers marines battalion brigade paratroopers peacekeepers
        commandos coastguard airforce servicemen gunners sailors garrison regiment
        squadron peshmerga brass infantry infantrymen cavalry platoon contingent artillerymen airmen""".split(),
        "MIL",
    ),
    **dict.fromkeys(
        "police cops policemen policewomen gendarmes gendarmerie constabulary enforcement lawmen".split(), "COP"
    ),
    **dict.fromkeys(
        "authorities officialdom government administration cabinet regime junta ministry bureaucracy royalty".split(),
        "GOV",
    ),
    **dict.fromkeys("opposition".split(), "OPP"),
    **dict.fromkeys("parliament congress senate legislature lawmakers".split(), "LEG"),
    **dict.fromkeys("court courts judiciary tribunal prosecutors prosecution defence defense".split(), "JUD"),
    **dict.fromkeys(
        "rebels militants insurgents guerrillas militia militias gunmen jihadists separatists".split(), "REB"
    ),
    **dict.fromkeys("media newspapers press".split(), "JRN"),
    **dict.fromkeys(
        """people youths schoolchildren minorities slaves blacks whites gays lesbians moms mums
        innocents public crowd crowds mob population community villagers staff personnel crew team family
        families couple trio pair duo audience electorate populace citizenry diaspora peasantry household households
        folks townsfolk townspeople tribespeople relatives elite elites faithful intelligentsia aristocracy others
        """.split(),
        "CVL",
    ),
    **dict.fromkeys("clergy congregation laity".split(), "REL"),
    **dict.fromkeys("scientists academia faculty alumni".split(), "EDU"),
    **dict.fromkeys("firefighters rescuers workforce firemen fishermen".split(), "LAB"),
    **dict.fromkeys("gang gangs cartel cartels mafia underworld".split(), "CRM"),
    **dict.fromkeys("industry management".split(), "BUS"),
    **dict.fromkeys("establishment figures".split(), "ELI"),
    **dict.fromkeys("aliens".split(), "REF"),
}
"""Sector of collective nouns: singular or plural in form, several people in meaning."""

BODIES: dict[str, str | None] = {
    **dict.fromkeys(
        """government administration cabinet regime junta ministry department agency bureau authority council
        commission embassy consulate mission presidency secretariat treasury customs municipality delegation
        taskforce directorate inspectorate leadership politburo prefecture subcommittee governorate""".split(),
        "GOV",
    ),
    **dict.fromkeys("army navy military force command fleet pentagon corps guard".split(), "MIL"),
    **dict.fromkeys("police force constabulary squad".split(), "COP"),
    **dict.fromkeys("parliament congress senate legislature assembly knesset duma bundestag house".split(), "LEG"),
    **dict.fromkeys("court tribunal judiciary jury".split(), "JUD"),
    **dict.fromkeys("gang cartel mafia syndicate".split(), "CRM"),
    **dict.fromkeys("party coalition bloc".split(), "PTY"),
    **dict.fromkeys("opposition".split(), "OPP"),
    **dict.fromkeys(
        """company firm bank corporation carrier airline manufacturer maker retailer producer conglomerate
        lender insurer contractor startup refiner utility carmaker automaker drugmaker chipmaker planemaker miner
        brewer supermarket fund operator subsidiary brokerage franchise multinational wholesaler shipbuilder
        steelmaker business businesses consortium""".split(),
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
        """warship warships warplane warplanes fighter-jet jets submarine gunboat gunship frigate destroyer corvette
        flotilla armada tanks artillery armour armor howitzers""".split(),
        "MIL",
    ),
    **dict.fromkeys(
        """vessel vessels ship ships boat boats aircraft league front network centre center service institute museum
        trust society coastguard laboratory committee panel body watchdog regulator team board group alliance movement
        office unit service services branch band campaign""".split(),
        None,
    ),
}
"""Sector of nouns for one body of people that later text may call by that noun."""

NAMED_BODIES: dict[str, str] = {
    word: sector
    for sector, words in {
        "BUS": """inc inc. corp corp. ltd ltd. llc plc gmbh ag co co. holdings industries airlines airways motors
            enterprises ventures pharmaceuticals technologies systems software semiconductor energy petroleum oil gas
            mining steel chemicals foods brewery brewing breweries stores supermarkets hotels resorts railways
            shipping logistics partners capital securities insurance financial bancorp pharma laboratories solutions
            electronics telecom telecoms communications mobile aerospace aviation automotive brands properties realty
            casino entertainment pictures records studios""",
        "JRN": """times post herald tribune gazette chronicle journal guardian telegraph mirror observer news radio
            television tv broadcasting courier examiner inquirer sentinel dispatch weekly review magazine press
            reporter""",
        "EDU": "academy polytechnic lyceum kindergarten gymnasium",
        "MED": "hospitals infirmary hospice healthcare",
        "REL": "archdiocese synagogue ministries cathedral parish caliphate seminary",
        "LAB": "guild teamsters steelworkers autoworkers unions workers",
        "SOC": "foundation watch charity ngo activists campaigners trust volunteers society",
        "COP": "sheriff sheriffs constabulary interpol troopers",
        "JUD": "tribunal prosecutors",
        "GOV": "embassy inspectorate consulate ombudsman",
        "MIL": "battalion brigade regiment squadron marines",
        "PTY": "democrats republicans conservatives liberals socialists pac",
    }.items()
    for word in words.split()
}
"""Sector of bodies by the last word of their name, where that word is no noun of :data:`BODIES`."""

AT_END: frozenset[str] = frozenset(
    "business businesses office unit service services branch squad operator campaign fund team band board press".split()
)
"""Nouns for bodies that tell the sort of a named body only as its name's last word: no Business District is a firm."""

PUBLIC_CARE: frozenset[str] = frozenset(
    """election elections electoral disease diseases highways transportation transport roads rescue fire meteorological
    statistics revenue customs immigration corrections parks wildlife fisheries forestry forests aviation nuclear
    environmental veterinary sanitation education schools supervisors commissioners aldermen selectmen""".split()
)
"""Words of the names of boards, centres, services and divisions that are a government's."""

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
    guard fighter agent commissioner administrator mediator envoy emissary spokespeople captain general executive
    manager staffer staff employee president secretary organiser organizer volunteer treasurer supporter activist
    counsel recruit inspector superintendent authorities elder strategist operative lobbyist""".split()
)
"""Nouns whose sector the word before them tells: of rebels, of workers, of the police."""

_GROUPS = frozenset(
    """group movement network association department office unit squad team committee council board panel commission
    body organisation organization agency bureau service services authority alliance coalition federation leadership
    crew crews institute institution forces force community outlet station wing branch""".split()
)
"""Nouns for bodies whose sector the word before them tells: a police department, a rights group."""
_STATE = frozenset("department bureau commission authority office".split())
"""Those of them that are of the state but for a word like "police" or "court"."""
_STATES = frozenset(("COP", "MIL", "SPY", "JUD", "LEG", "PTY"))
_UNOFFICIAL = frozenset(
    """group movement network association organisation organization alliance coalition federation body community
    activist organizer organiser lobbyist leader""".split()
)
"""Those of them, and those who lead them, that are seldom of the state: an environmental group, but a state agency."""

_OF_WHOM: dict[str, str] = {
    word: sector
    for sector, words in {
        "REB": """rebel insurgent guerrilla militant militia separatist jihadist jihadi islamist terrorist secessionist
            faction rebels insurgents militants paramilitary""",
        "COP": "police policing sheriff constabulary patrol prison corrections homicide narcotics jail",
        "MIL": """army navy military naval airforce defence-force coastguard marine infantry army-backed coast battalion
            brigade""",
        "SPY": "intelligence spy counterintelligence espionage",
        "LAB": "union trade-union labor labour workers worker strike dockworkers farmers miners railway unions",
        "REL": """church religious muslim christian catholic orthodox jewish hindu buddhist evangelical spiritual
            diocesan mosque synagogue sikh pentecostal methodist baptist anglican presbyterian parish""",
        "CRM": "gang cartel mafia drug-cartel crime mob",
        "BUS": """company business industry corporate airline bank banking hotel retail factory plant oil-company
            industry-group employers investment""",
        "EDU": "student university school college academic campus faculty students",
        "JRN": "media newspaper press-club news television tv radio broadcasting",
        "JUD": "court judicial prosecution prosecutor prosecutors attorney attorneys",
        "LEG": "parliamentary congressional legislative senate",
        "MED": "hospital medical nursing ambulance coroner",
        "PTY": "party campaign",
        "OPP": "opposition protest dissident",
        "SOC": "aid charity rights humanitarian relief",
        "CVL": "tribal village community clan local-community neighbourhood neighborhood residents",
    }.items()
    for word in words.split()
}
"""Sector of those whom a noun of :data:`_GENERIC` or :data:`_GROUPS` leads, serves or makes up, by the word before."""

_OF_UNOFFICIAL: dict[str, str] = {
    word: sector
    for sector, words in {
        "REB": "armed terror extremist terrorist",
        "CRM": "drug criminal hacker hacking ransomware smuggling trafficking",
        "SOC": """advocacy environmental conservation civic consumer nonprofit watchdog monitoring climate animal
            welfare women campaign volunteer environmentalist civil feminist""",
        "BUS": "trade commerce manufacturers retailers bankers investors tech energy oil mining insurance developers",
        "LAB": "teachers nurses drivers truckers doctors dockers fishermen taxi",
        "OPP": "democracy pro-democracy anti-government antigovernment",
        "EDU": "research scientific",
        "JUD": "bar lawyers",
        "CVL": "parents tenants families victims survivors ethnic indigenous",
    }.items()
    for word in words.split()
}
"""The same for those of :data:`_UNOFFICIAL` alone."""
_AT_WORK = {
    **dict.fromkeys(("aid", "relief", "humanitarian", "charity", "rights", "social"), "SOC"),
    **dict.fromkeys(("health", "healthcare", "medical", "hospital", "nursing", "ambulance", "care"), "MED"),
    **dict.fromkeys(("campaign", "party"), "PTY"),
    **dict.fromkeys(("legal", "defence", "defense", "prosecution"), "JUD"),
    "media": "JRN",
    "news": "JRN",
}
"""Sector of workers, teams and staff of these."""
_WORKERS = frozenset("worker workers team teams staff crew crews group".split())


def sector_of(noun: str, before: Sequence[str]) -> str | None:
    """PLOVER sector of those a noun names, given the words before it.

    A rebel leader leads rebels, a union leader workers; an army officer is no policeman, and a police department is
    the police.

    Args:
        noun: A noun of :data:`ROLES`, :data:`PEOPLE` or :data:`BODIES`, lower case, as listed.
        before: The words that modify it, lower case; the nearest should come last.
    """
    sector = PEOPLE.get(noun) or (ROLES[noun].sector if noun in ROLES else BODIES.get(noun))
    if noun in ("host", "personality") and {"radio", "tv", "television", "talk", "show", "podcast"} & set(before):
        return "JRN"
    if noun == "servant" and {"civil", "public"} & set(before):
        return "GOV"
    if noun in ("general", "clerk"):
        words = [*before]
        if noun == "clerk":
            return "GOV" if {"county", "city", "town", "municipal", "court"} & set(words) else sector
        words = words[: words.index(noun)] if noun in words else words
        if words and words[-1] in ROLES:
            return ROLES[words[-1]].sector  # an attorney general, an inspector general
    if noun in _GENERIC or noun in _GROUPS or noun in _WORKERS:
        words = [*before]
        free = noun in _UNOFFICIAL
        for word in reversed(words):
            told = _AT_WORK.get(word) if noun in _WORKERS else None
            if told is None and free:
                told = _OF_UNOFFICIAL.get(word)
            if told is None and (noun in _GENERIC or noun in _GROUPS):
                told = _OF_WHOM.get(word)
            if told is None and word == "house" and "white" not in words and (noun in _GROUPS or noun == "member"):
                told = "LEG"  # a House committee
            if told is not None and not (told == "MIL" and sector == "REB"):
                if noun in _STATE and told not in _STATES:
                    continue  # the Labor Department is no union
                if noun == "secretary" and told not in ("LAB", "PTY", "LEG"):
                    continue  # an army secretary and a press secretary are of the government
                return told
    elif noun in ROLES and "opposition" in before:
        return "OPP"
    return sector


def body_sector(noun: str, before: Sequence[str]) -> str | None:
    """PLOVER sector of a named body, given the noun for a body in its name and the words before that.

    Args:
        noun: A noun of :data:`BODIES`, lower case.
        before: The words of the name before it, lower case.
    """
    sector = sector_of(noun, before) if noun in _GROUPS else BODIES[noun]
    return "GOV" if sector is None and noun == "office" else sector


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
    if "president" in have and have.isdisjoint(_OF_WHOM):
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
    **ABBREVIATED,
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
