"""Syllables by rule, for readability formulas.

A syllable is a run of vowels (``a e i o u y``); a silent final ``e``, ``es`` or ``ed`` counts none, a final ``le`` after a
consonant one, and two vowels that are spoken apart (``ia``, ``io``, ``eo``, ``ua`` …) two. Exceptions stand in
``data/text/syllables.tsv``. The accuracy against a pronouncing dictionary is given in docs/measures.md.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from analysis.text.tokens import table_lines


def syllables(words: pl.Series) -> pl.Series:
    """Count the syllables of words.

    Parameters
    ----------
    words : polars.Series of text
        Lower-case words. Compounds are counted part by part; a number counts one syllable a digit.

    Returns
    -------
    polars.Series of int
        At least 1 each.

    Examples
    --------
    >>> syllables(pl.Series(["war", "breakfast", "readability", "made", "people", "walked", "wanted"])).to_list()
    [1, 2, 5, 1, 2, 1, 2]
    """
    types = words.unique()
    table = pl.DataFrame({"word": types, "part": types}).with_columns(
        pl.col("part").str.replace("([dst])n['’]t$", "${1}ent").str.replace_all("['’]", "").str.split("-")
    )
    parts = table.explode("part").filter(pl.col("part").is_not_null())
    known = _known()
    counted = parts.with_columns(
        n=pl.coalesce(
            pl.col("part").replace_strict(
                list(known), list(known.values()), default=None, return_dtype=pl.Int64
            ),
            _rule(pl.col("part")),
        )
    )
    total = counted.group_by("word").agg(pl.col("n").sum())
    if not len(total):
        return pl.Series([1] * len(words), dtype=pl.Int64)
    return words.replace_strict(total["word"], total["n"].clip(1), default=1, return_dtype=pl.Int64)


def _rule(part: pl.Expr) -> pl.Expr:
    bare = part.str.replace(r"^y", "j").str.replace_all("qu", "q")
    # endings that are written but not spoken
    bare = bare.str.replace(r"([^aeiouydt])ed$", "$1").str.replace(r"([aeiou])ed$", "$1")
    bare = bare.str.replace(r"([^aeioucsxzgh])es$", "$1s").str.replace(r"([^cs]h)es$", "$1s")
    bare = bare.str.replace(r"([^aeiouyl])e$", "$1").str.replace(r"([aeiouy][rlwy]?l)e$", "$1")
    # an e before an ending stays silent
    bare = bare.str.replace(r"([^aeiouyl])e(ly|ment|ments|ness|less|ful|fully)$", "$1$2")
    groups = bare.str.count_matches(r"[aeiouyáéíóúüöäèêàâî]+").cast(pl.Int64)
    apart = bare.str.count_matches(
        r"i[ao]|[aeou]ing|eo(?:[^u]|$)|ua(?:[lt])|ie(?:t|nc|nt)|uo|ii|creat|yi|ism"
    )
    together = bare.str.count_matches(
        r"[cstg]i(?:o|a[ln])|[ln]ion|[lnv]ior|[^aeiou]eou|geo(?:n|us)|people|quo"
    )
    digits = part.str.count_matches(r"\p{N}").cast(pl.Int64)
    spoken = groups + apart.cast(pl.Int64) - together.cast(pl.Int64)
    return pl.when(digits > 0).then(digits).otherwise(pl.max_horizontal(spoken, pl.lit(1)))


@cache
def _known() -> dict[str, int]:
    rows = (line.split("\t") for line in table_lines("syllables.tsv")[1:])
    return {row[0]: int(row[1]) for row in rows}
