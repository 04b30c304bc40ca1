"""Lines that a web page puts around a report and that are no part of it.

The lists name what news sites of any kind print: buttons, calls to follow, share, subscribe or pay, links to other
pages, notices of advertising and rights. They are English; other languages' furniture stays in the text.
"""

from __future__ import annotations

import re
from typing import Literal

Furniture = Literal["head", "body", "list"]
"""``head``: what stands beside a headline; ``body``: what may stand anywhere; ``list``: the head of a list of links."""

_EXTERNAL = (
    "facebook twitter x whatsapp telegram linkedin reddit pinterest email e-mail instagram threads bluesky messenger "
    "flipboard"
).split()
_PLATFORM = "(?:" + "|".join(_EXTERNAL) + ")"
_BUTTON = r"(?:" + "|".join(_EXTERNAL) + r"|link|print|copy\ link|share|save|comments?|sms|more)"


def _lines(text: str) -> frozenset[str]:
    """The entries of a list written with bars between them."""
    return frozenset(" ".join(entry.split()) for entry in text.split("|"))


_HEAD = _lines(
    """
    short url | follow | following | follow us | follow this story | follow this topic | follow author | share |
    shares | share this | share this article | share this story | share article | share story | share link |
    share options | share on social media | share this on social media | share via | share on | share full article |
    tweet | tweet this | like | print | print this |
    print article | print this article | email | email this | email this article | send | save | saved |
    save article | save for later | save this article | save this story | bookmark | bookmark this |
    add to favorites | add to favourites | copy | copied | copy link | copy url | link copied |
    link copied to clipboard | copy to clipboard | get link | listen | listen now | listen to article |
    listen to this article | listen to the article | listen to this story | play | play audio | pause | audio |
    text size | font size | a a | aa | increase font size | decrease font size | comment | comments | no comments |
    leave a comment | add a comment | post a comment | view comments | join the conversation | join the discussion |
    show comments | hide comments | gift this article | give this article | republish | republish this article |
    reprints | exclusive to subscribers | subscribers only | premium | translate | translate this article |
    google preferred source | prefer us on google | follow on google | follow us on google news |
    follow us on google | on google news | add to google | toggle caption | hide caption | show caption | enlarge |
    enlarge this image | enlarge image | expand | expand image | view image in fullscreen |
    view image in full screen | open image in fullscreen | open image modal | click to enlarge | tap to enlarge |
    view gallery | view photos | view all photos | open gallery | photo gallery | image gallery | gallery |
    see more photos | watch video | play video | watch now | watch live | video | image | picture | pause video |
    unmute | mute | loading | loading video | summary | ai summary | generate summary | key takeaways powered by ai |
    reading time | minute read | read time | in this article | table of contents | jump to comments |
    skip to comments | see all updates | most recent first | oldest first
    """
)

_BODY = _lines(
    """
    advertisement | advertisements | advert | ad | ads | ad feedback | advertising |
    story continues below advertisement | story continues below this ad | story continues after advertisement |
    article continues below advertisement | article continues after advertisement | article continues after this ad |
    article continues below | story continues | story continues below | text continues after advertisement |
    continue reading below | continue reading | continue reading the main story | scroll to continue |
    scroll down to continue | skip advertisement | skip ad | skip past newsletter promotion |
    after newsletter promotion | remove ads | report this ad | report ad | why am i seeing this ad | sponsored |
    sponsored content | sponsored by | paid content | paid post | promoted | promoted content | partner content |
    from our partners | from our advertisers | subscribe | subscribe now | subscribe today |
    subscribe to our newsletter | subscribe to our newsletters | subscribe for free | subscribe to continue reading |
    already a subscriber | already a subscriber log in | start your free trial | unlock this article |
    become a member | become a subscriber | become a supporter | join us | support us | support our journalism |
    support our work | donate | donate now | make a donation | sign up | sign up now | sign up here |
    sign up for free | sign up for our newsletter | sign up to our newsletter | sign up for our newsletters |
    sign up for our daily newsletter | sign in | sign out | log in | login | log out | register | register now |
    create account | create an account | create a free account | my account | newsletter | newsletters |
    our newsletters | get the newsletter | get our newsletter | enter your email | enter your email address |
    your email address | email address | submit | i agree | accept | accept all | accept cookies |
    accept all cookies | reject all | manage cookies | manage preferences | cookie settings | cookie policy |
    cookie preferences | privacy | privacy policy | privacy notice | privacy settings | your privacy choices |
    do not sell my personal information | do not sell or share my personal information | terms | terms of use |
    terms of service | terms and conditions | terms & conditions | contact | contact us | about | about us |
    advertise | advertise with us | careers | help | help center | help centre | faq | site map | sitemap |
    accessibility | accessibility statement | corrections | editorial guidelines | editorial policy |
    code of ethics | all rights reserved | copyright | copyright notice | rights and permissions | terms of sale |
    home | homepage | menu | main menu | close menu | open menu | navigation | main navigation | search |
    search for | toggle navigation | toggle menu | close | skip to content | skip to main content |
    skip to navigation | skip links | jump to content | go to content | back | back to top | back to home | go back |
    return to homepage | top | next | previous | prev | next article | previous article | next story |
    previous story | next post | previous post | next page | previous page | older posts | newer posts | more |
    more… | more... | see more | see all | see also | view all | view more | show more | show less | read more |
    read more… | read more... | read full story | read full article | read the full story | read the full article |
    read next | read also | also read | load more | load more comments | load more stories | loading… | loading... |
    explore more | learn more | find out more | click here | click here to read more | tap here | download our app |
    download the app | get the app | download app | available on the app store | get it on google play |
    install the app | breaking news | live | live updates | live now | live tv | watch | have your say |
    what do you think | send us a tip | got a tip | got a news tip | send a letter | report a typo |
    report an error | suggest a correction | report a correction | was this article helpful | was this helpful |
    rate this article | thank you for reading | thanks for reading | thank you | please enable javascript |
    javascript is disabled | enable javascript | your browser does not support the video tag |
    this video can not be played | this video cannot be played | video unavailable | media caption | image caption |
    image source | image credit | photo credit | getty images | follow us on social media | connect with us |
    stay connected | stay informed | stay up to date | our apps | our channels | editions | edition | us edition |
    international edition | my feed | my news | notifications | enable notifications | turn on notifications |
    allow notifications | not now | no thanks | maybe later | got it | ok | dismiss | undo |
    this article was originally published in | tags | topics | topics in this article | topics in this story |
    in this story | filed under | categories | category | keywords | related tags | hashtags | section | sections |
    trending topics | end of list | list of 1 item | end of recommended stories | playing now | up next |
    now playing | at a glance
    """
)

_LIST = _lines(
    """
    related | related article | related articles | related story | related stories | related content |
    related topics | related news | related coverage | related links | related reading | related posts |
    related video | related videos | related items | more on this | more on this story | more on this topic |
    more from this section | more like this | more stories | more news | more top stories | more to read |
    more headlines | more coverage | more in world | more in politics | more in news | you may also like |
    you might also like | you may like | you might like | you may be interested in | you might be interested in |
    recommended | recommended stories | recommended reading | recommended for you | recommended articles |
    recommended topics | read more from | further reading | also in the news | also on this site | also of interest |
    in other news | in case you missed it | what to read next | what to watch next | read this next | next up |
    up next for you | keep reading | don't miss | dont miss | most read | most viewed | most popular |
    most popular stories | most shared | most commented | most watched | popular | popular now | popular stories |
    popular posts | trending | trending now | trending news | trending stories | what's trending | top stories |
    top news | top headlines | latest | latest news | latest stories | latest headlines | latest videos |
    latest updates | just in | the latest | editor's pick | editor's picks | editors' picks | editors picks |
    editor's choice | our picks | our pick | features | around the web | from the web | from around the web |
    elsewhere on the web | promoted stories | sponsored stories | stories for you | picked for you | for you |
    we recommend | hot topics | must read | must reads | must watch | list of 3 items | list of 4 items |
    recommended stories list of 3 items | recommended stories list of 4 items | around the network |
    today's top stories | today's headlines | other stories | other news | explore | explore more stories |
    discover more | more videos | watch more
    | suggested topics | suggested reading | explore more on these topics | explore more on this topic | more about |
    read more on these topics
    """
)

_HEAD_SHAPES = re.compile(
    rf"""
      (?:share|tweet|send|post|pin|follow\ us|find\ us|follow)\s+(?:this\s+)?(?:article\s+|story\s+)?
        (?:on|via|by|to|with)\s+{_PLATFORM}\b.*
    | {_BUTTON}(?:\s*[|/,·•]?\s+{_BUTTON})+
    | {"|".join(each for each in _EXTERNAL if each != "x")}
    | \d[\d.,]*\s*k?\s+(?:comments?|shares?|views?|likes?|reads?|retweets?|reactions?)
    | (?:comments?|shares?|views?|likes?)\s*[:(]?\s*\d[\d.,]*\s*k?\)?
    | (?:estimated\s+)?(?:reading|read)\s+time\s*:?\s*(?:about\s+)?\d+\s*(?:-?\s*mins?(?:utes?)?)?.*
    | \d+\s*(?:-|\s)?\s*min(?:ute)?s?\.?\s*(?:to\s+)?read(?:ing\s+time)?
    | listen\s+to\s+(?:this|the)\s+(?:article|story|report)\b.{{0,40}}
    | (?:\d+|[ivx]+)\s*/\s*\d+
    | \d+\s+of\s+\d+
    | [a-z]\s*[-+]\s+[a-z]\s*[-+]
    | \d{{1,2}}:[0-5]\d\s*/\s*\d{{1,2}}:\d\d
    | (?:follow|add)\s+.{{2,40}}\s+(?:on|as\s+(?:a|your)\s+preferred\s+source\s+on)\s+google(?:\s+news)?
    | (?:view|show|hide|see)\s+(?:all\s+)?(?:\d+\s+)?(?:comments|photos|images|more\ photos)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BODY_SHAPES = re.compile(
    r"""
      (?:home|news|world|latest)(?:\s*[/>›»→|]\s*[\w\ &'’-]{2,25}){1,5}
    | (?:privacy\s+notice|our\s+standards|licensing\s+rights)\s*:\s*.{0,300}
    | .{2,60},?\ opens\ (?:in\ )?(?:a\ )?new\ (?:tab|window)\.?
    | sources?\s*:\s*(?!\S+\s+(?:said|says|told)).{2,60}
    | (?:free\s+)?(?:daily|weekly|monthly)\s+newsletter
    | reuse\s+this\s+content
    |
      (?:read\s+(?:more|also|next|the\s+full\s+(?:story|article|report))|also\s+read|see\s+also|related(?:\s+(?:story|stories|article|articles|news|content|reading|coverage))?
        |more\s+on\s+this|more\s+(?:stories|news|from)|further\s+reading|recommended|don['’]?t\s+miss|must\s+read|watch(?:\s+(?:also|now|live|more|this))?|listen(?:\s+now)?
        |you\s+(?:may|might)\s+also\s+like|podcast|video|gallery|photos)\s*[:|»>►▶→]\s*\S.{0,180}
    | (?:read|watch|listen)\s+(?:more|also)\s+[-–—]\s*\S.{0,160}
    | (?:click|tap)\s+(?:here|on\s+the\s+link)\b.{0,120}
    | (?:sign\s+up|subscribe|register)\s+(?:for|to|here|now|today|and)\b.{0,200}
    | (?:get|receive)\s+(?:the\s+|our\s+|all\s+the\s+)?(?:latest|best|top|day['’]s|morning|breaking|biggest|must-read)
        .{0,140}
        \b(?:inbox|newsletter|email|phone|app|alerts?)\b.{0,60}
    | .{0,80}\b(?:delivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox|in\s+your\s+inbox)\b.{0,80}
    | (?:download|get|install)\s+(?:the|our)\s+.{0,40}\bapp\b.{0,80}
    | (?:by\s+(?:signing|subscribing|clicking|providing|submitting|continuing|using)\b).{0,40}
        \b(?:you|agree|consent|accept)\b.{0,240}
    | (?:this|our)\s+(?:site|website)\s+(?:uses|is\s+protected\s+by)\s+(?:cookies|recaptcha).{0,240}
    | we\s+(?:use|and\s+our\s+partners\s+use|value\s+your\s+privacy)\b.{0,40}\b(?:cookies|privacy)\b.{0,300}
    | (?:©|\(c\)\s|copyright\s+(?:©|\(c\)|\d{4})).{0,200}
    | .{0,100}\ball\s+rights\s+reserved\b.{0,160}
    | (?:follow|like|join|find)\s+(?:us|.{2,40})\s+on\s+(?:facebook|twitter|x|whatsapp|telegram|instagram|youtube|
        linkedin|tiktok|threads|bluesky|google\s+news|social\s+media)\b.{0,120}
    | (?:join|follow)\s+our\s+(?:whatsapp|telegram|youtube)\b.{0,120}
    | (?:support|help)\s+(?:our|independent|quality|us)\s+(?:journalism|work|newsroom)\b.{0,160}
    | (?:already|not)\s+a\s+(?:subscriber|member)\b.{0,80}
    | (?:filed\s+under|tags?|topics?|categor(?:y|ies)|keywords|posted\s+in|read\s+more\s+about)\s*:\s*.{0,200}
    | (?:view|open|see)\s+(?:this\s+)?(?:image|photo|gallery|post|video)\b.{0,60}
    | (?:most\s+(?:read|popular|viewed)|trending)\s+(?:in|on|now|this|today)\b.{0,60}
    | (?:image|photo|picture|video|photograph)\s+(?:source|credit|copyright|rights)\s*[,:]\s*.{2,80}
    | \[?\s*(?:advertisement|sponsored|ad)\s*\]?
    | skip\s+(?:to|past)\s+.{0,60}
    | (?:got|have)\s+a\s+(?:news\s+)?(?:tip|story)\b.{0,120}
    | end\s+of\s+(?:list|recommended\s+stories|.{0,30}promotion)
    | list\s+of\s+\d+\s+items?
    | list\s+\d+\s+of\s+\d+
    | \#\w+(?:[\s,]+\#\w+)*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EDGES = " \t.,:;!?|>»›→►▶▼▾+*[](){}<←«‹•·–—-…↓↑✕×"


# What a long line of furniture holds: most long lines are sentences, and this is quicker than all the shapes.
_MAY_BE_LONG = re.compile(
    r"^\W*(?:read|also|see|related|more|further|recommended|do|don|must|watch|listen|you|click|tap|sign|subscribe|register|"
    r"get|receive|download|install|by|this|our|we|copyright|follow|like|join|find|support|help|already|not|filed|tags?|topics?|"
    r"categor|keywords|posted|view|open|most|trending|skip|got|have|podcast|video|gallery|photos|share|tweet|send|image|photo|"
    r"picture|list|end)\b|privacy|our standards|inbox|all rights reserved|opens new|©|#",
    re.IGNORECASE,
)


def kind(line: str) -> Furniture | None:
    """What furniture a line is, or none where it may be part of the report."""
    if len(line) > 360 or (len(line) > 100 and not _MAY_BE_LONG.search(line)):
        return None
    bare = line.strip(_EDGES)
    if not bare:
        return None
    folded = " ".join(bare.lower().replace("’", "'").split())
    # "I agree." and "Pause." are somebody's words; buttons have no full stop, and calls to act have more words.
    if line.rstrip().endswith(".") and not line.rstrip().endswith("..") and folded.count(" ") < 2:
        return None
    if folded in _HEAD:
        return "head"
    if folded in _LIST:
        return "list"
    if folded in _BODY:
        return "body"
    stripped = line.strip()
    if _HEAD_SHAPES.fullmatch(bare) or _HEAD_SHAPES.fullmatch(stripped):
        return "head"
    if _BODY_SHAPES.fullmatch(stripped):
        return "body"
    return None
