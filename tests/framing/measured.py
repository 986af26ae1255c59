"""Compare the kit with the labelled sentences of tests/data; by hand it prints errors and writes the published tables.

``python tests/framing/measured.py`` prints the figures and the errors on the working half of each set (``--kept``: on
the half kept aside too), ``--write`` brings analysis/data/framing/quality.tsv and docs/measures-framing.md up to date.
A pair is ``(gold, kit, text)``, with "" for nothing.
"""

import re
import sys
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import actors, framing, places, stories
from analysis.codebook import load
from analysis.language import parse
from analysis.schemas import conform

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
MARK = re.compile(r"\{([^|}]+)\|([^}]*)\}")
KEPT = "# ---- kept aside"
CODES = {
    "frames": {
        "R1": "responsibility: government can ease it",
        "R2": "responsibility: somebody is to blame",
        "R3": "responsibility: solution suggested",
        "R4": "responsibility: urgent action",
        "H1": "human interest: a human face",
        "H2": "human interest: feeling words",
        "H3": "human interest: how people are affected",
        "H4": "human interest: private life",
        "C1": "conflict: disagreement",
        "C2": "conflict: reproach",
        "C3": "conflict: two sides",
        "C4": "conflict: winners and losers",
        "M1": "morality: message",
        "M2": "morality: prescription",
        "E1": "economic: losses and gains",
        "E2": "economic: costs",
        "E3": "economic: consequences",
    },
    "policy": {
        "Ec": "economic",
        "Ca": "capacity and resources",
        "Mo": "morality",
        "Fa": "fairness",
        "Le": "legality",
        "Po": "policy prescription",
        "Cr": "crime and punishment",
        "Se": "security and defence",
        "He": "health and safety",
        "Qu": "quality of life",
        "Cu": "cultural identity",
        "Pu": "public opinion",
        "Pl": "political",
        "Ex": "external relations",
    },
    "pairs": {
        "WF": "war: fighting here and now",
        "PC": "peace: causes and consequences",
        "WV": "war: visible effects",
        "PI": "peace: invisible effects",
        "WE": "war: elites speak",
        "PP": "peace: people speak",
        "WD": "war: differences",
        "PA": "peace: agreement",
        "WZ": "war: zero-sum",
        "PW": "peace: win-win",
    },
}


def halves(name):
    """Give the lines of the working half and of the half kept aside."""
    parts = [[], []]
    half = 0
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        half = 1 if line.startswith(KEPT) else half
        if line and not line.startswith("#"):
            parts[half].append(line)
    return parts


def marked(lines):
    """Give ``(text, {start: (surface, code)})`` for lines with ``{words|code}``."""
    cases = []
    for line in lines:
        text, marks, at = "", {}, 0
        for mark in MARK.finditer(line):
            text += line[at : mark.start()]
            marks[len(text)] = mark.group(1), mark.group(2)
            text += mark.group(1)
            at = mark.end()
        cases.append((text + line[at:], marks))
    return cases


def coded(lines):
    """Give ``(text, {code, ...})`` for lines of codes, a tab and a sentence; "-" and "Ot" are no codes."""
    rows = [line.split("\t") for line in lines if not line.startswith(("items\t", "where\t"))]
    return [(text, set(codes.split(",")) - {"-", "Ot"}) for codes, text in rows]


@cache
def annotated(texts):
    """Give articles and layers as the kit would make them, one article a text."""
    book = load("ukraine-war")
    parses = list(parse({"article_id": f"{n:03d}", "body": text} for n, text in enumerate(texts)))
    found = places.annotate(parses)
    mentions = actors.annotate_mentions(parses, places=found, codebook=book)
    told = actors.annotate_statements(parses, mentions=mentions, codebook=book)
    layers = {
        "mentions": mentions,
        "statements": told,
        "labels": framing.annotate_labels(parses, statements=told, codebook=book),
        "harms": framing.annotate_harms(
            parses, mentions=mentions, statements=told, codebook=book, places=found
        ),
        "quantities": stories.annotate_quantities(parses, places=found, statements=told),
    }
    articles = pd.DataFrame(
        {"article_id": [f"{n:03d}" for n in range(len(texts))], "body": texts, "outlet": "Hill Post"}
    )
    return articles, {name: layer.to_pandas() for name, layer in layers.items()}


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


def labels(lines, layers=None):
    """Own, quoted, reported or scare: whose word a label is."""
    cases = marked(lines)
    _, layers = annotated(tuple(text for text, _ in cases))
    rows = layers["labels"]
    rows = rows.assign(code=rows["voice"].mask(rows["scare"].astype(bool), "scare"))
    return _compare(cases, _at(rows, "code"), only=True)


def plain_labels(lines):
    """Do as `labels`, without the statements layer."""
    cases = marked(lines)
    parses = list(parse({"article_id": f"{n:03d}", "body": text} for n, (text, _) in enumerate(cases)))
    rows = framing.annotate_labels(
        parses, statements=conform([], "statements"), codebook=load("ukraine-war")
    ).to_pandas()
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
    cases = coded(lines)
    articles, layers = annotated(tuple(text for text, _ in cases))
    sentences = articles.assign(start=0, end=articles["body"].str.len(), sentence=0)
    rows = framing.frame_evidence(
        articles, sentences, layers["statements"], codebook=load("ukraine-war"), harms=layers["harms"]
    )
    codes = {frame: code for code, frame in CODES[name].items()}
    pairs = []
    for number, (text, gold) in enumerate(cases):
        here = rows[rows["article_id"] == f"{number:03d}"]
        said = {
            codes[frame]: form
            for frame, form in zip(here["frame"], here["form"], strict=True)
            if frame in codes
        }
        pairs += [
            (
                CODES[name][code] * (code in gold),
                CODES[name][code] * (code in said),
                f"{said.get(code, '')}: {text}",
            )
            for code in sorted(gold | set(said))
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


# group, file, how it is compared; "items" asks for a row of each item too
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


def scores(pairs):
    """Give precision, recall, finds and labelled cases."""
    hits = sum(gold == kit != "" for gold, kit, _ in pairs)
    said, there = sum(kit != "" for _, kit, _ in pairs), sum(gold != "" for gold, *_ in pairs)
    return hits / said if said else float("nan"), hits / there if there else float("nan"), said, there


def macro_f1(pairs):
    """Give the mean F1 over the codes of the gold."""
    codes = sorted({gold for gold, *_ in pairs if gold})
    each = [
        2
        * sum(g == code == k for g, k, _ in pairs)
        / (sum(g == code for g, *_ in pairs) + sum(k == code for _, k, _ in pairs))
        for code in codes
    ]
    return sum(each) / len(each)


def tables():
    """Give the published figures: a row a group, and a row an item of the schemes of frames."""
    rows = []
    for group, name, compare in GROUPS:
        working, kept = (compare(lines) for lines in halves(name))
        codes = {gold or kit for gold, kit, _ in working + kept}
        rows.append(_row(group, "", working, kept))
        if compare in (generic, policy, war_peace):
            for code in sorted(codes):
                mine = [[pair for pair in half if code in pair[:2]] for half in (working, kept)]
                rows.append(_row(group, code, *mine))
    return pd.DataFrame(rows)


def _row(group, item, working, kept):
    (before, _, n_before, _), (value, recall, n, labelled) = scores(working), scores(kept)
    several = len({gold for gold, *_ in kept if gold}) > 1 and not item
    return {
        "indicator": group,
        "item": item,
        "figure": "precision",
        "value": value,
        "n": n,
        "on": "finds in sentences kept aside",
        "recall": recall,
        "labelled": labelled,
        "macro_f1": macro_f1(kept) if several else float("nan"),
        "working": before,
        "n_working": n_before,
    }


def as_markdown(table):
    """Write the table of the docs."""

    def number(value):
        return "–" if pd.isna(value) else f"{round(value, 3):.2f}".removeprefix("0")

    head = "| indicator | kept aside: precision | recall | finds | labelled | macro-F1 | working half: precision | finds |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    for row in table.itertuples():
        name = f"{row.indicator} · {row.item}" if row.item else f"**{row.indicator}**"
        lines.append(
            f"| {name} | {number(row.value)} | {number(row.recall)} | {row.n:.0f} | {row.labelled:.0f} | "
            f"{number(row.macro_f1)} | {number(row.working)} | {row.n_working:.0f} |"
        )
    return "\n".join(lines)


def between(text):
    """Cut the docs at the generated table: before, table, after."""
    start, end = "<!-- begin: measured -->\n", "\n<!-- end: measured -->"
    before, rest = text.split(start)
    table, after = rest.split(end)
    return before + start, table, end + after


QUALITY = ROOT / "analysis" / "data" / "framing" / "quality.tsv"
DOCS = ROOT / "docs" / "measures-framing.md"


def write():
    """Bring the published tables up to date; rows of other makers stay as they are."""
    table = tables()
    old = pd.read_csv(QUALITY, sep="\t", comment="#")
    others = old.loc[old["figure"] != "precision"].reindex(columns=table.columns)
    comment = [line for line in QUALITY.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    text = pd.concat([table, others]).to_csv(sep="\t", index=False, float_format="%.3f")
    QUALITY.write_text("\n".join([*comment, text]), encoding="utf-8")
    before, _, after = between(DOCS.read_text(encoding="utf-8"))
    DOCS.write_text(before + as_markdown(table) + after, encoding="utf-8")


def main(arguments):
    """Print figures and errors, or write the tables."""
    if "--write" in arguments:
        write()
        return
    wanted = [word for word in arguments if not word.startswith("--")]
    for group, name, compare in GROUPS:
        if wanted and not any(word in group for word in wanted):
            continue
        for half, lines in zip(("working", "kept aside"), halves(name), strict=True):
            pairs = compare(lines)
            figures = "precision {:.2f} recall {:.2f} of {} finds, {} labelled".format(*scores(pairs))
            print(f"{group} ({half}): {figures}, macro-F1 {macro_f1(pairs):.2f}")
            if half == "working" or "--kept" in arguments:
                for gold, kit, text in pairs:
                    if gold != kit:
                        print(f"    {gold or '–'} ≠ {kit or '–'}: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
