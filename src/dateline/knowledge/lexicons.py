"""Words that mark a statement: reporting verbs, nouns and adjectives, and what kind of saying each is.

The lists are our own writing. A kind tells the stance of a statement and helps
the learned coder with words it has seen too seldom; it decides nothing alone.
"""

from __future__ import annotations

from typing import Literal

ReportKind = Literal["speech", "denial", "question", "order", "refusal", "attitude", "decision", "judgement", "finding"]
"""What kind of saying a word marks.

* ``speech``: puts words forth (say, argue, promise).
* ``denial``: says that something is not so (deny, refute).
* ``question``: asks for an answer (wonder, question).
* ``order``: asks for an act (urge, demand, call for).
* ``refusal``: will not say or do (decline, refuse).
* ``attitude``: holds a view or a wish without a word for speaking (believe, want, oppose).
* ``decision``: settles or plans something (decide, approve, plan).
* ``judgement``: praises or blames (condemn, welcome).
* ``finding``: a document or inquiry shows something (find, reveal).
"""


def _table(**words: str) -> dict[str, ReportKind]:
    kinds: dict[str, ReportKind] = {
        "speech": "speech",
        "denial": "denial",
        "question": "question",
        "order": "order",
        "refusal": "refusal",
        "attitude": "attitude",
        "decision": "decision",
        "judgement": "judgement",
        "finding": "finding",
    }
    return {word: kinds[kind] for kind, listed in words.items() for word in listed.split()}


VERBS = _table(
    speech="""
        say tell add note announce state declare report explain argue claim insist maintain assert affirm reaffirm
        aver stress emphasize emphasise underline underscore highlight remark comment observe mention point reply
        respond answer retort counter rejoin acknowledge admit concede confess confirm disclose divulge reveal
        suggest hint imply intimate insinuate warn caution alert predict forecast foretell promise pledge vow swear
        guarantee assure reassure allege contend posit opine muse quip joke jest boast brag gloat complain grumble
        gripe moan whine lament bemoan write tweet retweet post blog text email cable quote cite recount recall
        relate narrate describe portray depict characterize characterise label dub term call brand refer allude
        reference speak talk chat whisper murmur mutter shout yell scream chant cry exclaim declaim recite preach
        proclaim pronounce herald trumpet tout testify attest vouch depose clarify elaborate specify detail outline
        spell summarize summarise paraphrase reiterate repeat echo restate remind inform notify brief advise apprise
        broadcast relay transmit publish headline telegraph postulate theorize theorise speculate estimate reckon
        interject interrupt chime volunteer offer venture submit communicate convey express voice articulate vent
        air utter read acquaint update message telephone signal threaten apologise apologize thank congratulate
        greet toast salute rant ramble plead stipulate profess
    """,
    denial="deny refute rebut dispute contradict disavow disown repudiate gainsay disclaim rubbish",
    question="ask question wonder inquire enquire query quiz interrogate probe",
    order="""
        urge demand order command instruct direct appeal beg beseech implore exhort entreat request petition press
        encourage invite summon bid require lobby plead prod nudge
    """,
    refusal="refuse decline balk demur abstain sidestep dodge evade",
    attitude="""
        believe think feel consider know doubt suspect fear worry hope wish want expect anticipate assume presume
        suppose figure guess imagine understand realize realise recognize recognise regard view see deem perceive
        hold favor favour prefer support back oppose object resist like dislike love hate loathe detest admire
        respect trust distrust mistrust envy regret resent mourn crave desire long yearn agree disagree concur
        dissent differ sympathize sympathise care remember forget intend mean contemplate ponder mull weigh eye
        envision envisage seek aim strive
    """,
    decision="""
        decide determine resolve rule order approve reject endorse adopt ratify authorize authorise sanction veto
        choose elect opt plan propose recommend nominate appoint vote commit accept agree conclude consent allow
        permit bar ban prohibit mandate pick select sentence acquit convict
    """,
    judgement="""
        accuse blame charge condemn criticize criticise denounce decry deplore deride mock ridicule slam blast bash
        assail attack lambaste lambast castigate chastise chide rebuke reprimand reproach scold scorn censure pan
        rip skewer savage hammer knock fault rail fume praise hail laud applaud commend celebrate welcome extol
        compliment cheer champion defend justify excuse downplay dismiss belittle discredit embrace promote advocate
        espouse credit liken compare equate protest challenge thunder rap boo jeer
    """,
    finding="""
        show find indicate demonstrate prove establish discover uncover expose document suggest reflect project
        conclude calculate count rank rate list poll survey
    """,
)
"""Verb lemma to kind. A lemma that stands in two lists has the later kind."""

NOUNS = _table(
    speech="""
        statement claim comment remark assertion announcement declaration allegation accusation report argument
        contention suggestion warning promise pledge vow assurance admission acknowledgement acknowledgment
        confession explanation description account testimony speech address message letter tweet post quote word
        mention reference note reply response answer retort prediction forecast hint insinuation rumor rumour
        speculation boast complaint threat apology disclosure revelation insistence reminder proclamation rhetoric
        mantra slogan chant cry
    """,
    denial="denial rebuttal refutation repudiation disavowal",
    question="question query inquiry enquiry",
    order="call demand request appeal plea order instruction directive invitation petition ultimatum",
    refusal="refusal reluctance unwillingness rejection",
    attitude="""
        belief view opinion thought feeling fear worry concern hope wish expectation doubt suspicion stance position
        support opposition objection preference desire wish intention intent understanding assumption perception
        sense conviction sentiment optimism pessimism skepticism scepticism regret consensus confidence enthusiasm
    """,
    decision="decision plan proposal recommendation ruling verdict conclusion endorsement approval offer agreement",
    judgement="criticism condemnation denunciation praise attack defence defense judgment judgement rebuke assessment",
    finding="finding estimate evidence survey poll study indication sign analysis",
)
"""Noun lemma to kind."""

ADJECTIVES = _table(
    attitude="""
        sure certain confident convinced aware unaware afraid worried concerned hopeful optimistic pessimistic
        doubtful skeptical sceptical wary willing unwilling reluctant eager ready keen determined supportive opposed
        critical happy glad proud pleased angry upset surprised disappointed sorry grateful adamant clear
    """,
)
"""Adjective lemma, after "be", to kind."""

NO_COMMENT = frozenset(("comment", "respond", "reply", "answer", "elaborate", "speak", "say", "discuss", "disclose"))
"""Verbs below "declined to" and "did not" that make a refusal to comment."""

SPEAKERS = frozenset(
    """
    adviser advisor agency aide ambassador analyst army attorney authorities authority bishop body campaigner cardinal
    charity chief cleric commander commissioner company coroner council court delegate deputy diplomat director
    doctor economist embassy envoy executive expert father firm general government governor group hospital insider
    investigator judge king lawmaker lawyer leader mayor medic military minister ministry monitor mother navy
    negotiator observer office officer official organisation organization parliament party police policeman pm poll
    pope premier president prince prosecutor psychologist queen ranger rebel regulator report representative rescuer
    researcher resident scientist secretary senator sheriff soldier source spokesman spokesperson spokeswoman study
    survey survivor think-tank trader union victim watchdog witness
    """.split()
)
"""Nouns that speak in headlines without a verb ("Minister: talks will go on"); topics and labels are left out."""
