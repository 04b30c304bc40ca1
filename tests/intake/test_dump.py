"""Pages saved as text, in the manner of several sites, none of them real."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Raw, dump, furniture, read
from dateline.records import Article

TWICE = """Home
Sign in

Minister resigns over dam that never was

Water Minister Oke Adan outside parliament in May. (Savanna Herald / file photo)
Short Url
Updated 01 November 2025
Follow

Minister resigns over dam that never was

  • Auditors found no trace of the wall
  • Prime minister names successor

LUSAKA: The water minister resigned on Saturday after auditors found that a dam paid for in 2019 had not been built.
“I signed what I was given,” he told reporters.

Money sought

The auditors asked for 12 million kwacha to be returned.
Read more: Where did the concrete go?
The builder could not be reached.

Related articles
Drought enters its third year
Five rivers to visit


Ferry runs aground with 200 on board

Updated 8 sec ago
Follow

Ferry runs aground with 200 on board

KIGOMA: A ferry with about 200 people on board ran aground on Lake Tanganyika on Sunday, the port said.
Nobody was hurt.
- Fourth this year -
It was the fourth such accident this year, according to the port.

Most read
Ten walks around the lake

© 2025 Savanna Herald. All rights reserved.
"""

BYLINES = """Skip to content

Subscribe
Log In
The Northern Ledger

POLITICS

Parliament votes down motion against energy minister after nine-hour debate

The government kept its majority by four votes, with two members of its own side abstaining

By Jane Doe and John Roe, Nairobi correspondents
Published: 3 Nov 2025 14:05 GMT | Updated: 3 Nov 2025 18:40 GMT
5 min read
Share on Facebook Share on X Copy link

A file picture of the energy minister, Peter Onyango. Photograph: Ledger/Archive

Parliament rejected a motion of no confidence in the energy minister on Monday after a debate of nine hours, in which \
the opposition accused him of hiding the cost of a power contract.

Advertisement

“We lost a vote. The minister lost the country,” the opposition leader, Grace Wambui, said outside the chamber.

Most Popular
Ten walks around the lake
How to keep tomatoes until December

Doctors call off strike in the capital after overnight deal

By Ann Other
Published: 4 Nov 2025 07:15 GMT

Doctors at the four public hospitals of the capital returned to work on Tuesday, hours after their union signed a deal.
"""

RULED = """* Home * News * Weather

Ferry service to islands resumes
Nov 3, 2025
PORT ALDEN - Ferries to the outer islands sailed again on Monday after a pause of four days, the operator said.
Passengers were asked to book ahead.

----------------------------------------

Two held over theft of cathedral bell
Nov 3, 2025
PORT ALDEN - Police arrested two men on Monday on suspicion of stealing a bell of 300 kilograms from the cathedral.
"It was under a tarpaulin and a good deal of hay," said the police chief, Rosa Marchetti.

----------------------------------------

Cinema to close after 70 years
Nov 2, 2025
The Regent cinema will close in January, its owner said on Sunday, because nobody comes on weekdays.
"""

LABELS = """Man freed after 12 years as court quashes murder verdict
Rosa Marchetti
Correspondent, Leeds
Published
3 November 2025

A man who spent 12 years in prison for murder walked free on Monday after the appeal court quashed his conviction.
Image source, Agency Media
Image caption,
Daniel Okoro outside the court on Monday
Mr Okoro, 41, said he felt "like someone who has been returned to the wrong address".
Related Topics
Leeds
"""


AGENCY = """WORLD NEWS
Rebels and army trade blame after shelling of market in Kadesh
A woman walks past burned stalls in the main market of Kadesh, Monday, Nov. 3, 2025. (AP Photo/Amir Sol)

1 of 4 | A woman walks past burned stalls in the main market of Kadesh, Monday, Nov. 3, 2025. (AP Photo/Amir Sol)

By  AMIR SOL and LENA OSTROW
Updated 5:30 PM UTC, November 3, 2025

Share

KADESH CITY (AP) — Shells struck a crowded market in Kadesh on Monday and killed at least nine people, doctors said.

Doctors at the main hospital said that 34 people had been wounded, among them six children.

____

Ostrow reported from Geneva.
"""

LISTED = """News
|
Conflict

Zambia and Congo reopen border after three-day closure

Lorries carrying copper begin to move again as ministers announce deal on drinks imports.

Lorries queue at the border post [File: Chanda Mwale/Reuters]

By Chanda Mwale

Published On 3 Nov 2025
3 Nov 2025

Share on Social Media

Save

Zambia and the Democratic Republic of the Congo have reopened their border after a closure of three days.

Recommended Stories
list of 3 items
list 1 of 3
Copper price reaches record high
list 2 of 3
Who mines the metals in your phone?
end of list

"Nobody wins when 1,000 trucks are parked in the sun," said Zambia's trade minister.

Source: Agencies
"""

POINTS = """Exclusive: Velmora weighs tax on power exports, sources say

By Ilse Marr
November 3, 2025 2:05 PM GMT+1 · Updated 2 hours ago

Power lines near Port Alden, Velmora, March 2, 2025. REUTERS/Noel Quist/File Photo Purchase Licensing Rights

Summary
Companies
Tax would apply from January, sources say
Neighbours have warned of retaliation

PORT ALDEN, Nov 3 (Reuters) - Velmora's government is considering a tax of 15% on exports of electricity, three people \
familiar with the matter said.

The finance ministry declined to comment.

Sign up here.

Suggested Topics:
Energy
"""

CRUMBS = """Home / World / Europe

Flood toll in Tamana valley lowered to 17 after bodies were counted twice

Interior minister apologises to families and blames 'a list made by tired people at night'

Hanna Voss in Port Alden
Thu 6 Nov 2025 11.15 GMT
Last modified on Thu 6 Nov 2025 12.30 GMT
Share
View image in fullscreen
Rescuers in Upper Brenn on Tuesday. Photograph: P Annas/Courier
The interior ministry of Velmora on Thursday lowered the number of people killed by this week's floods from 21 to 17.
Sign up to This is Europe
Free weekly newsletter
after newsletter promotion
The Red Cross stood by its own count of 23.
Explore more on these topics
Flooding
Reuse this content
"""


def taken(text, **given):
    return read(Raw(text.encode(), "page.txt", **given))


def words(article, *kinds):
    return [article.text[block.span.start : block.span.end] for block in article.blocks if block.kind in kinds]


def test_headlines_printed_twice_part_the_reports():
    one, two = taken(TWICE)
    assert one.title == "Minister resigns over dam that never was"
    assert two.title == "Ferry runs aground with 200 on board"
    assert (one.dateline, two.dateline) == ("LUSAKA", "KIGOMA")
    assert one.text.count(one.title) == 1
    assert words(one, "caption") == ["Water Minister Oke Adan outside parliament in May. (Savanna Herald / file photo)"]
    assert words(one, "key_point") == ["Auditors found no trace of the wall", "Prime minister names successor"]
    assert words(one, "subhead") == ["Money sought"]
    assert words(two, "subhead") == ["- Fourth this year -"]
    assert words(one, "paragraph")[-1] == "The builder could not be reached."
    assert words(two, "paragraph")[-1].endswith("according to the port.")
    assert (one.page.position, one.page.articles, two.page.position) == (0, 2, 1)


def test_no_line_of_furniture_stays():
    for article in taken(TWICE):
        for line in ("Short Url", "Follow", "Updated", "Read more", "Most read", "Drought enters", "©", "Sign in"):
            assert line not in article.text


def test_dates_are_read_and_relative_ones_only_against_the_fetch():
    one, two = taken(TWICE)
    assert (one.published, one.updated, one.dated_by) == (None, "2025-11-01", "text")
    assert (two.published, two.updated, two.dated_by) == (None, None, None)
    _, fetched = taken(TWICE, retrieved="2025-11-02T09:30:00Z")
    assert fetched.updated == "2025-11-02T09:29Z"


def test_bylines_and_lines_of_dates_part_the_reports():
    one, two = taken(BYLINES)
    assert one.title.startswith("Parliament votes down")
    assert words(one, "standfirst") == [
        "The government kept its majority by four votes, with two members of its own side abstaining"
    ]
    assert one.byline == ("Jane Doe", "John Roe")
    assert (one.published, one.updated) == ("2025-11-03T14:05Z", "2025-11-03T18:40Z")
    assert len(words(one, "caption")) == 1
    assert len(words(one, "paragraph")) == 2
    assert (two.title, two.byline) == ("Doctors call off strike in the capital after overnight deal", ("Ann Other",))
    assert "tomatoes" not in one.text + two.text


def test_rules_part_the_reports():
    found = taken(RULED)
    assert [article.title for article in found] == [
        "Ferry service to islands resumes",
        "Two held over theft of cathedral bell",
        "Cinema to close after 70 years",
    ]
    assert [article.published for article in found] == ["2025-11-03", "2025-11-03", "2025-11-02"]
    assert "Home" not in found[0].text


def test_labels_on_lines_of_their_own():
    [article] = taken(LABELS)
    assert (article.published, article.byline) == ("2025-11-03", ("Rosa Marchetti",))
    assert words(article, "caption") == ["Daniel Okoro outside the court on Monday"]
    assert len(words(article, "paragraph")) == 2


def test_heads_of_other_manners():
    [agency] = taken(AGENCY)
    assert agency.title == "Rebels and army trade blame after shelling of market in Kadesh"
    assert (agency.dateline, agency.updated, agency.byline) == (
        "KADESH CITY", "2025-11-03T17:30Z", ("AMIR SOL", "LENA OSTROW"),
    )  # fmt: skip
    assert len(words(agency, "caption")) == 1
    [listed] = taken(LISTED)
    assert (listed.published, listed.byline) == ("2025-11-03", ("Chanda Mwale",))
    assert len(words(listed, "standfirst")) == len(words(listed, "caption")) == 1
    assert [each[:6] for each in words(listed, "paragraph")] == ["Zambia", '"Nobod']
    [points] = taken(POINTS)
    assert points.title.startswith("Exclusive")
    assert (points.published, str(points.dateline_day)) == ("2025-11-03T14:05+01:00", "2025-11-03")
    assert words(points, "key_point") == [
        "Tax would apply from January, sources say",
        "Neighbours have warned of retaliation",
    ]
    assert len(words(points, "caption")) == 1
    assert len(words(points, "paragraph")) == 2
    [crumbs] = taken(CRUMBS)
    assert crumbs.title == "Flood toll in Tamana valley lowered to 17 after bodies were counted twice"
    assert (crumbs.byline, crumbs.published, crumbs.updated) == (
        ("Hanna Voss",), "2025-11-06T11:15Z", "2025-11-06T12:30Z",
    )  # fmt: skip
    assert len(words(crumbs, "standfirst")) == len(words(crumbs, "caption")) == 1
    assert len(words(crumbs, "paragraph")) == 2


def test_a_line_said_twice_in_a_report_begins_no_other():
    offer = "Tickets for the match can still be had"
    body = "The club said on Monday that it would play at home on Sunday, whatever the weather did to the pitch."
    text = f"Cup tie to go ahead\n\nShare\nBy Ann Other\n\n{body}\n\n{offer}\n\n{body}\n\nThe gates open at noon.\n\n{offer}\n"
    assert [article.title for article in taken(text)] == ["Cup tie to go ahead"]


def test_a_sentence_that_begins_with_by_is_no_byline():
    text = "Talks go on\n\nShare\n\nTalks went on until midnight, a diplomat said on Monday.\nBy Tuesday Everyone Was Tired\n"
    [article] = taken(text)
    assert "By Tuesday" in article.text
    assert article.byline == ()


def test_nothing_of_a_body_is_lost():
    for text in (TWICE, BYLINES, RULED, LABELS, AGENCY, LISTED, POINTS, CRUMBS):
        whole = " ".join(article.text for article in taken(text))
        for line in text.split("\n"):
            if len(line) > 80:
                assert " ".join(line.split()).lstrip("• ").removeprefix("1 of 4 | ") in whole


def test_furniture_is_told_from_sentences():
    for line in (
        "Short Url",
        "5 min read",
        "Share on Facebook",
        "14 comments",
        "Advertisement",
        "Read more: On the river",
    ):
        assert furniture.kind(line), line
    for line in (
        "The minister will share power.",
        "Follow the money, she said.",
        "Live: Senate votes on budget",
        "14:05",
    ):
        assert furniture.kind(line) is None, line


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    line
                    for text in (TWICE, BYLINES, RULED, LABELS, AGENCY, LISTED, POINTS, CRUMBS)
                    for line in text.split("\n")
                ]
            ),
            st.text(max_size=60),
        ),
        max_size=40,
    )
)
def test_any_lines_may_come(lines):
    text = "\n".join(lines)
    page = dump.Dump(text)
    page.is_plain()
    page.about()
    for made in page.extracts():
        assert made.blocks
    for article in read(Raw(text.encode("utf-8", "surrogatepass"), "page.txt")):
        if isinstance(article, Article):
            assert all(article.text[b.span.start : b.span.end].strip() for b in article.blocks)
        else:
            assert article.reason != "failed", article.detail
