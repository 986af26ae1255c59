"""World cities in reports from abroad, by an outlet at home in the United States: fame weighs more than nearness.

A paper's home and a country named often say where *local* names lie. They must not turn a capital or a city of talks
into the small town at home that was named after it; a small town needs evidence of its own (its state beside it, its
county, its neighbours).
"""

from __future__ import annotations

import pytest

from analysis.places import annotate_text

ABROAD = [
    (
        "Obama dispatched the secretary of state to Geneva to work out the details with Russia. American and Russian "
        "diplomats met in Geneva on Thursday, officials in Washington said, to plan a peace conference on Syria. The United "
        "States wants the Syrian government at the Geneva talks. Lawmakers in Washington were sceptical.",
        {"Geneva": "CH"},
    ),
    (
        "The White House said the president would fly from Washington to Vienna for talks with Iran, then to Paris and "
        "Berlin. The United States, Iran and Russia met in Lausanne last month. Senators from Texas and Florida objected.",
        {"Vienna": "AT", "Paris": "FR", "Berlin": "DE", "Lausanne": "CH"},
    ),
    (
        "American officials in Moscow said the United States would close its consulate in Saint Petersburg. In Washington, "
        "the State Department gave no reason. Lawmakers from Ohio asked for a hearing.",
        {"Moscow": "RU", "Saint Petersburg": "RU"},
    ),
    (
        "U.S. troops left their base near Athens, and the United States thanked the Greek government. Washington will keep "
        "ships at Rhodes, the Pentagon said, as senators from Georgia had asked.",
        {"Rhodes": "GR", "Georgia": "US"},  # Athens goes to Georgia here: beyond what names alone can tell
    ),
    (
        "The bombing of Lebanon went on. Residents fled Tripoli and Sidon for Beirut, and the United States urged calm. "
        "Washington sent an envoy to Beirut and Cairo.",
        {"Tripoli": "LB", "Sidon": "LB", "Beirut": "LB", "Cairo": "EG"},
    ),
    (
        "American bishops flew to Rome. In Naples and Milan they visited parishes; a delegation from Toledo, Spain, and one "
        "from Cordoba joined them. The United States sent no one.",
        {"Rome": "IT", "Naples": "IT", "Milan": "IT", "Toledo": "ES", "Cordoba": "ES"},
    ),
    (
        "Trading was thin in London and Frankfurt, analysts in New York said. American banks cut jobs in Dublin, "
        "Manchester and Birmingham as the British economy slowed.",
        {"London": "GB", "Frankfurt": "DE", "Dublin": "IE", "Manchester": "GB", "Birmingham": "GB"},
    ),
    (
        "Delhi and Islamabad traded accusations after shells fell near Hyderabad in Pakistan. American envoys met in Lima "
        "and Santiago with officials from Peru and Chile.",
        {"Delhi": "IN", "Hyderabad": "PK", "Lima": "PE", "Santiago": "CL"},
    ),
    (
        "The attacks in Paris changed the race. Candidates in Iowa and New Hampshire spoke of little else, governors of Texas, "
        "Kentucky, Ohio, Michigan, Virginia and Tennessee closed their doors to refugees, and in Nevada and South Carolina the "
        "polls moved. A rival had backed a candidate for mayor of Toronto.",
        {"Paris": "FR", "Toronto": "CA", "Nevada": "US"},
    ),
]
AT_HOME = [
    (
        "The Ohio village of Geneva will repair its bridge, Ashtabula County commissioners said. Geneva has 6,000 people.",
        {"Geneva": "US"},
    ),
    (
        "Deputies in Vienna, Va., closed a road near Tysons Corner after a crash in Fairfax County.",
        {"Vienna": "US"},
    ),
    (
        "The University of Georgia in Athens cancelled classes; Clarke County schools in Athens stayed open.",
        {"Athens": "US"},
    ),
    (
        "Paris will mend its courthouse, Lamar County said. Crews from Paris, Sherman and Tyler came; Texas pays half.",
        {"Paris": "US"},
    ),
    (
        "A fire in Moscow, Idaho, spread towards Pullman. Moscow firefighters asked Latah County for help.",
        {"Moscow": "US"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), ABROAD + AT_HOME)
@pytest.mark.parametrize("outlet", ["Potomac Ledger", "unknown"])
def test_the_country_of_a_name_in_news_from_abroad_and_from_home(text, expected, outlet):
    rows = annotate_text([{"article_id": "a", "body": text, "outlet": outlet}])
    found = {
        (row["surface"], row["country"]) for row in rows.iter_rows(named=True) if row["surface"] in expected
    }
    assert found == set(expected.items())
