"""What the kit says of each labelled sentence, beside its label: one function a rule.

Each gives pairs ``(gold, kit, text)``, with "" for nothing.
"""

import pandas as pd
from labelled import annotated, coded, codes_of, marked

from analysis import framing
from analysis.codebook import load


def _compare(cases, kit, *, only=False):
    """Pair marks with what the kit says at their start; a code "-" may be found or not."""
    pairs = []
    for number, (text, marks) in enumerate(cases):
        found = {start: code for (article, start), code in kit.items() if article == number}
        for start in sorted(marks if only else {*marks, *found}):
            gold = marks.get(start, ("", ""))[1]
            if gold != "-":
                pairs.append((gold.replace("none", ""), found.get(start, ""), text))
    return pairs


def _at(rows, code):
    return {(int(row.article_id), int(row.start)): getattr(row, code) for row in rows.itertuples()}


def labels(lines):
    """Own, quoted, reported or scare: whose word a label is."""
    cases = marked(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    rows = layers["labels"]
    rows = rows.assign(code=rows["voice"].mask(rows["scare"].astype(bool), "scare"))
    return _compare(cases, _at(rows, "code"), only=True)


def scare(lines):
    """Labels in scare quotes against all others."""
    return [
        ("scare" * (gold == "scare"), "scare" * (kit == "scare"), text) for gold, kit, text in labels(lines)
    ]


def voices(lines):
    """In which of the seven voices a harm event is told."""
    cases = marked(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    return _compare(cases, _at(layers["harms"], "voice"))


def claims(lines):
    """A claim of fact: attributed or in the outlet's own voice."""
    cases = marked(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    rows = framing.claims_of_fact(layers["harms"], layers["quantities"])
    kit = {key: "own" if told == "own voice" else "attributed" for key, told in _at(rows, "told").items()}
    return _compare(cases, kit)


def people(lines):
    """How those harmed are told."""
    return [(gold.split(":")[0], kit.split(":")[0], text) for gold, kit, text in _people(lines)]


def sides(lines):
    """On which side those harmed are, where a reader knows it."""
    pairs = [(gold.partition(":")[2], kit.partition(":")[2], text) for gold, kit, text in _people(lines)]
    return [pair for pair in pairs if pair[0] or pair[1]]


def _people(lines):
    cases = marked(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    rows = framing.victims(layers["harms"], layers["mentions"], layers["statements"].head(0))
    return _compare(cases, _at(rows.assign(code=rows["told"] + ":" + rows["victim_side"]), "code"))


def evaluative(lines):
    """Words of praise and blame beside a name."""
    cases = marked(lines)
    articles, layers = annotated(tuple(text for text, _ in cases))
    rows = framing.evaluative_words(layers["mentions"], articles, codebook=load("ukraine-war"))
    cases = [(text, {at: m for at, m in marks.items() if m[1] != "title"}) for text, marks in cases]
    return _compare(cases, _at(rows, "leaning"))


def titles(lines):
    """Give the titles before a name."""
    cases = marked(lines)
    articles, layers = annotated(tuple(text for text, _ in cases))
    rows = framing.titles(layers["mentions"], articles).assign(code="title")
    cases = [
        (text, {at: (word, code if code == "title" else "-") for at, (word, code) in marks.items()})
        for text, marks in cases
    ]
    return _compare(cases, _at(rows, "code"))


def responsible(lines):
    """Cause, remedy, beginning or answering, with a named party."""
    cases = marked(lines)
    articles, layers = annotated(tuple(text for text, _ in cases))
    sentences = articles.assign(start=0, end=articles["body"].str.len(), sentence=0)
    rows = framing.responsibility(
        articles, sentences, layers["mentions"], layers["statements"].head(0), codebook=load("ukraine-war")
    )
    return _compare(cases, _at(rows, "kind"))


def _items(lines, name):
    cases, items = coded(lines), codes_of(name)
    articles, layers = annotated(tuple(text for text, _ in cases))
    sentences = articles.assign(start=0, end=articles["body"].str.len(), sentence=0)
    rows = framing.frame_evidence(
        articles, sentences, layers["statements"], codebook=load("ukraine-war"), harms=layers["harms"]
    )
    rows = rows[rows["frame"].isin(items.values())]
    pairs = []
    for number, (text, codes) in enumerate(cases):
        here = rows[rows["article_id"] == f"{number:03d}"]
        gold, said = {items[code] for code in codes}, dict(zip(here["frame"], here["form"], strict=True))
        pairs += [
            (item * (item in gold), item * (item in said), f"{said.get(item, '')}: {text}")
            for item in sorted(gold | set(said))
        ]
    return pairs


def generic(lines):
    """Items of the five generic frames."""
    return _items(lines, "frames")


def policy(lines):
    """Dimensions of the Policy Frames Codebook."""
    return _items(lines, "policy")


def war_peace(lines):
    """Poles of the pairs of war and peace journalism."""
    return _items(lines, "pairs")


def episodes(lines):
    """Episodic or thematic sentences."""
    cases = coded(lines)
    articles = pd.DataFrame({"article_id": range(len(cases)), "body": [text for text, _ in cases]})
    sentences = articles.assign(start=0, end=articles["body"].str.len())
    rows = framing.episodes(articles, sentences, codebook=load("ukraine-war")).set_index("article_id")["kind"]
    names = {"ep": "episodic", "th": "thematic"}
    return [
        (names.get(next(iter(gold), ""), ""), rows.get(number, ""), text)
        for number, (text, gold) in enumerate(cases)
    ]


def civilians(lines):
    """Statements of civilians."""
    cases = coded(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    said = layers["statements"].drop_duplicates("article_id").set_index("article_id")["source_class"]
    return [
        ("civilian" * ("civilian" in gold), "civilian" * (said.get(f"{n:03d}", "") == "civilian"), text)
        for n, (text, gold) in enumerate(cases)
    ]


def salience(lines):
    """Actors in headlines and ledes."""
    book = load("ukraine-war")
    cases = [line.split("\t") for line in lines if not line.startswith("where")]
    articles, layers = annotated(tuple(f"{lede}\n{rest}" for *_, lede, rest in cases))
    articles = articles.assign(headline=[headline for _, _, headline, *_ in cases])
    rows = framing.positions(layers["mentions"], articles, codebook=book).set_index(["article_id", "actor"])
    pairs = []
    for number, (where, actor, *text) in enumerate(cases):
        known = book.actor_of(actor)
        key = (f"{number:03d}", known.name if known else actor)
        row = rows.loc[key] if key in rows.index else {"in_headline": False, "in_lede": False}
        for sign, column in (("H", "in_headline"), ("L", "in_lede")):
            pair = column * (sign in where), column * bool(row[column])
            if any(pair):
                pairs.append((*pair, f"{actor}: {' / '.join(text)}"))
    return pairs


# group, file, how it is compared
GROUPS = (
    ("Labels: whose word", "framing_labels.txt", labels),
    ("Scare quotes", "framing_scare.txt", scare),
    ("Seven voices of harm", "framing_voices.txt", voices),
    ("Claims of fact: attributed or own", "framing_claims.txt", claims),
    ("How those harmed are told", "framing_people.txt", people),
    ("Side of those harmed", "framing_people.txt", sides),
    ("Civilians among speakers", "framing_sources.tsv", civilians),
    ("Evaluative words beside a name", "framing_evaluative.txt", evaluative),
    ("Titles before a name", "framing_evaluative.txt", titles),
    ("Cause, remedy, beginning, answer", "framing_responsibility.txt", responsible),
    ("Generic frames", "framing_frames.tsv", generic),
    ("Policy frames", "framing_policy.tsv", policy),
    ("War and peace pairs", "framing_pairs.tsv", war_peace),
    ("Episodic and thematic", "framing_episodes.tsv", episodes),
    ("Headline and lede", "framing_salience.tsv", salience),
)
