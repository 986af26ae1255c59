"""What is in a corpus, in the words that open every report: its sizes, and what it can and can't say."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import polars as pl

from analysis.corpus.attribution import UNKNOWN
from analysis.corpus.corpus import Corpus
from analysis.corpus.numerals import NUMERALS


def number(count: int) -> str:
    """Write a count as a newspaper does: in words up to twelve.

    Examples
    --------
    >>> number(3), number(40)
    ('three', '40')
    """
    if count == 0:
        return "no"
    return NUMERALS[count] if 0 < count < len(NUMERALS) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> counted(1, "article"), counted(2, "copy", "copies")
    ('one article', 'two copies')
    """
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def period(articles: pd.DataFrame) -> str:
    """Say from when to when the articles date, as far as their dates are known.

    Examples
    --------
    >>> period(pd.DataFrame({"published": pd.to_datetime(["2023-03-01", "2023-03-07"])}))
    '1 to 7 March 2023'
    >>> period(pd.DataFrame({"published": pd.to_datetime(["2023-03-07"])}))
    '7 March 2023'
    """
    days = pd.to_datetime(articles["published"]).dropna()
    if days.empty:
        return "no known dates"
    ends = pd.to_datetime(articles["published_until"]).dropna() if "published_until" in articles else days
    first, last = days.min(), max(days.max(), ends.max())
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} to {end}"


def from_outlets(outlets: Iterable[str]) -> str:
    """Count the outlets that have a name.

    Examples
    --------
    >>> from_outlets(["Hill Post", "Quay Star", "unknown"]), from_outlets(["unknown"])
    ('two outlets', 'no named outlet')
    """
    names = set(outlets) - {UNKNOWN.value}
    return counted(len(names), "outlet") if names else "no named outlet"


def largest_first(articles: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Order outlets by their number of articles; what has no name comes last, however much it is.

    Examples
    --------
    >>> largest_first(pd.DataFrame({"outlet": ["unknown", "unknown", "unknown", "Hill Post", "Quay Star", "Quay Star"]}))
    ['Quay Star', 'Hill Post', 'unknown']
    """
    sizes = articles[by].dropna().astype(str).value_counts()
    return sorted(sizes.index, key=lambda name: (name == UNKNOWN.value, -int(sizes[name]), name))


def most_articles(card: pd.DataFrame) -> str:
    """Say which outlet has the most articles, or that they have equally many.

    Parameters
    ----------
    card : pandas.DataFrame
        From `Corpus.card`: ``outlet`` and ``articles``.

    Examples
    --------
    >>> most_articles(pd.DataFrame({"outlet": ["Hill Post", "Quay Star"], "articles": [3, 9]}))
    'Quay Star has the most articles: 9 of 12'
    >>> most_articles(pd.DataFrame({"outlet": ["Hill Post", "Quay Star"], "articles": [1, 1]}))
    'Each of two outlets has one article'
    """
    total, card = int(card["articles"].sum()), card[card["outlet"] != UNKNOWN.value]
    if card.empty:
        return (
            f"No outlet is named by {'the article' if total == 1 else f'any of {total} articles'}"
            if total
            else "No articles"
        )
    if len(card) > 1 and len(set(card["articles"])) == 1:
        return (
            f"Each of {counted(len(card), 'outlet')} has {counted(int(card['articles'].iloc[0]), 'article')}"
        )
    ordered = card.sort_values(["articles", "outlet"], ascending=[False, True])
    leading = ordered[ordered["articles"] == ordered["articles"].iloc[0]]["outlet"]
    has = "has" if len(leading) == 1 else "have"
    return f"{' and '.join(leading)} {has} the most articles: {ordered['articles'].iloc[0]} of {total}"


def facts(corpus: Corpus) -> list[tuple[object, str]]:
    """Give the sizes that stand at the head of a report.

    Returns
    -------
    list of (number, words)
        Articles and outlets, copies, inputs set aside, lines removed.
    """
    copies = len(copies_of(corpus))
    return [
        (
            len(corpus),
            f"{'article' if len(corpus) == 1 else 'articles'} in {from_outlets(corpus.outlets)}",
        ),
        (copies, "copy or near copy of another" if copies == 1 else "copies or near copies of others"),
        (len(corpus.set_aside), "set aside, with reasons"),
        (int(corpus.articles["n_lines_removed"].sum()), "lines of page furniture removed"),
    ]


def dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Say how each article's date is known, the doubtful ones first.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``headline``, ``outlet`` and the columns on publication.

    Returns
    -------
    pandas.DataFrame
        ``headline``, ``outlet``, ``published`` (a day, a month, a range or unknown), ``evidence``; contradicted dates
        first, then those not known to the day, then the rest by day.

    Examples
    --------
    >>> dates(pd.DataFrame({
    ...     "headline": ["Ferry late", "Bridge shut"], "outlet": ["Quay Star", "Hill Post"],
    ...     "published": pd.to_datetime(["2023-03-07", "2023-03-01"]),
    ...     "published_until": pd.to_datetime(["2023-03-07", "2023-03-04"]),
    ...     "published_precision": ["day", "range"], "published_how": ["stamp in line 1", "worked out from the text"],
    ...     "published_conflict": ["", ""]}))
          headline     outlet                 published                  evidence
    0  Bridge shut  Hill Post  2023-03-01 to 2023-03-04  worked out from the text
    1   Ferry late  Quay Star                2023-03-07           stamp in line 1
    """
    first = pd.to_datetime(articles["published"]).dt.strftime("%Y-%m-%d")
    last = pd.to_datetime(articles["published_until"]).dt.strftime("%Y-%m-%d")
    precision, conflict = articles["published_precision"], articles["published_conflict"].fillna("")
    days = first.where(precision == "day", first + " to " + last).mask(precision == "month", first.str[:7])
    evidence = articles["published_how"].fillna("")
    shown = pd.DataFrame(
        {
            "headline": articles["headline"],
            "outlet": articles["outlet"],
            "published": days.fillna("unknown"),
            "evidence": evidence.where(conflict == "", evidence + "; contradicted by " + conflict),
        }
    )
    doubt = 2 * (conflict != "").astype(int) + (precision != "day").astype(int)
    ranked = shown.assign(doubt=doubt, day=first).sort_values(
        ["doubt", "day", "outlet", "headline"], ascending=[False, True, True, True], kind="stable"
    )
    return ranked.drop(columns=["doubt", "day"]).reset_index(drop=True)


def copies_of(corpus: Corpus) -> pd.DataFrame:
    """List the articles that repeat an earlier one of this corpus.

    Returns
    -------
    pandas.DataFrame
        Rows of ``duplicates`` of articles that are not the earliest of their cluster.
    """
    found = corpus.layer("duplicates")
    return found[~found["earliest"].astype(bool)].reset_index(drop=True)


def repeats(corpus: Corpus) -> pd.DataFrame:
    """Say which article repeats which, and how much of it.

    Returns
    -------
    pandas.DataFrame
        ``headline`` and ``outlet`` of the copy, by day; ``repeats`` (outlet and headline of the article it is most like); ``jaccard`` (share of their five-word runs that both have) and ``contained`` (share of the shorter one's
        runs that the longer has), 0 to 1.
    """
    about = corpus.articles.set_index("article_id")[["headline", "outlet", "published"]]
    copies = copies_of(corpus).join(about, on="article_id")
    like = about.reindex(copies["like"])
    copies["repeats"] = (
        like["outlet"] + ": " + like["headline"].fillna("").replace("", "no headline")
    ).to_numpy()
    columns = ["headline", "outlet", "repeats", "jaccard", "contained"]
    return copies.sort_values(["published", "headline"])[columns].reset_index(drop=True)


def read_by_rules(corpus: Corpus) -> str:
    """Say that no language model read the corpus, and what was not measured for that reason."""
    missing = "; ".join(f"{layer} ({why.partition(';')[0]})" for layer, why in corpus.absent.items())
    return (
        "Read by rules, without a language model: names, sources and statements are found by lists and by the words beside "
        f"them, rougher than with the model (figures in docs/scaling.md). Not measured: {missing}."
    )


def limits(corpus: Corpus, *, minimum: int) -> list[str]:
    """Say what can and can't be said with this corpus, from its sizes.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.
    minimum : int
        Articles an outlet needs before it is compared (``analysis.text.estimates.MINIMUM_ARTICLES``).

    Returns
    -------
    list of str
        Sentences for the box at the head of a report.
    """
    articles = corpus.articles
    sizes = articles.loc[articles["outlet"] != UNKNOWN.value, "outlet"].value_counts().sort_index()
    few = sizes[sizes < minimum]
    sentences = []
    if sizes.empty:
        sentences.append("There is nothing to compare: no article names its outlet.")
    elif len(few) == len(sizes):
        most = counted(int(sizes.max()), "article")
        sentences.append(
            f"Too few to compare: no outlet has {number(minimum)} articles (the most is {most}). The pictures show what is "
            "in these texts; they do not show how the outlets differ."
        )
    elif len(few):
        named = ", ".join(f"{outlet} ({count})" for outlet, count in few.items())
        sentences.append(
            f"Outlets are compared only where each has {number(minimum)} articles or more. Too few to compare: {named}."
        )
    else:
        has = f"Each outlet has {number(minimum)}" if len(sizes) > 1 else f"The outlet has {number(minimum)}"
        sentences.append(f"{has} articles or more; the intervals say how far that carries.")
    if corpus.absent:
        sentences.append(read_by_rules(corpus))
    sentences.append(
        "Intervals come from resampling articles: they say how much the numbers would move with other articles of the same "
        "kind, not whether the outlets' whole coverage is like these."
    )
    undated = int(articles["published"].isna().sum())
    conflicts = int((articles["published_conflict"].fillna("") != "").sum())
    if undated:
        sentences.append(f"{counted(undated, 'article').capitalize()} of {len(articles)} could not be dated.")
    if conflicts:
        stamps = counted(conflicts, "article").capitalize()
        carries = "carries" if conflicts == 1 else "carry"
        sentences.append(f"{stamps} {carries} a date that the text contradicts; the text was believed.")
    copies = len(copies_of(corpus))
    if copies:
        sentences.append(
            f"{counted(copies, 'article').capitalize()} {'repeats' if copies == 1 else 'repeat'} another, in whole or in long "
            f"parts, and {'is' if copies == 1 else 'are'} counted like the rest unless the notebook says otherwise."
        )
    rewritten = int((articles["kind"] == "rewritten").sum())
    if rewritten:
        sentences.append(
            f"{counted(rewritten, 'article').capitalize()} {'is' if rewritten == 1 else 'are'} rewritten by machine: wording there is nobody's choice."
        )
    unnamed = int((articles["outlet"] == UNKNOWN.value).sum())
    if unnamed:
        sentences.append(
            f"{counted(unnamed, 'article').capitalize()} {'does' if unnamed == 1 else 'do'} not name an outlet: shown as “unknown”, not "
            "compared. Name it in sources.csv."
        )
    return sentences


def as_pasted(lines: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put removed and kept lines back together, so that a removed line can be shown where it stood.

    Parameters
    ----------
    lines : pandas.DataFrame
        The ``lines`` layer.
    articles : pandas.DataFrame
        Their articles.

    Returns
    -------
    rows : pandas.DataFrame
        The lines with ``start`` and ``end`` in the pasted text, under the id ``<article_id>-as-pasted``.
    pasted : pandas.DataFrame
        The articles under that id, their ``body`` the pasted text, a line a line.

    Examples
    --------
    >>> lines = pd.DataFrame({"article_id": ["a", "a"], "line": [1, 3], "kept": [False, True],
    ...                       "kind": ["share bar", "body"], "text": ["Share:", "A bridge fell."]})
    >>> rows, pasted = as_pasted(lines, pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "body": [""]}))
    >>> pasted.body[0][rows.start[1]:rows.end[1]]
    'A bridge fell.'
    """
    ordered = pl.from_pandas(lines.drop(columns=["start", "end"], errors="ignore")).sort("article_id", "line")
    lengths = pl.col("text").str.len_chars().cast(pl.Int64) + 1
    rows = ordered.with_columns(
        pl.concat_str("article_id", pl.lit("-as-pasted")).alias("article_id"),
        (lengths.cum_sum().over("article_id") - lengths).alias("start"),
    ).with_columns((pl.col("start") + pl.col("text").str.len_chars().cast(pl.Int64)).alias("end"))
    bodies = rows.group_by("article_id", maintain_order=True).agg(pl.col("text").str.join("\n").alias("body"))
    pasted = articles.assign(article_id=articles["article_id"] + "-as-pasted").drop(columns="body")
    return rows.to_pandas(), pasted.merge(bodies.to_pandas(), on="article_id", how="inner")
