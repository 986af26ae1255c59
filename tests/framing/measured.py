"""Compare the kit with the labelled sentences of tests/data; by hand it prints errors and writes the published tables.

``python tests/framing/measured.py`` prints the figures and the errors on the working half of each set (``--kept``: on
the half kept aside too), ``--write`` brings analysis/data/framing/quality.tsv and docs/measures-framing.md up to date.
"""

import sys
from pathlib import Path

import pandas as pd
from compared import GROUPS, generic, policy, war_peace
from labelled import halves

ROOT = Path(__file__).parents[2]


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
